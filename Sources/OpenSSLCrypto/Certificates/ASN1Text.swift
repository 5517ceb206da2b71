import COpenSSL
import Primitives

/// Reads strings of OpenSSL's ASN.1 types.
enum ASN1Text {
    static func bytes(of string: UnsafePointer<ASN1_STRING>) -> [UInt8] {
        let count = Int(unsafe ASN1_STRING_length(string))
        guard count > 0, let start = unsafe ASN1_STRING_get0_data(string) else { return [] }
        return unsafe Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// Whatever its character set; `nil` when it does not keep to it.
    static func text(of string: UnsafePointer<ASN1_STRING>) -> String? {
        var buffer: UnsafeMutablePointer<UInt8>?
        let count = unsafe ASN1_STRING_to_UTF8(&buffer, string)
        guard count >= 0, let start = unsafe buffer else { return nil }
        defer { unsafe chancery_free(start) }
        return unsafe String(validating: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
    }

    /// UTCTime or GeneralizedTime (RFC 5280 §4.1.2.5), which have whole seconds.
    static func instant(of time: UnsafePointer<ASN1_TIME>) -> Instant? {
        var parts = unsafe tm()
        guard unsafe ASN1_TIME_to_tm(time, &parts) == 1,
            let date = unsafe CalendarDate(
                year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
        else { return nil }
        let seconds = unsafe Int64(parts.tm_hour) * 3600 + Int64(parts.tm_min) * 60 + Int64(parts.tm_sec)
        return Instant(startOf: date).adding(seconds: seconds)
    }
}

enum ObjectIdentifierText {
    /// `nil` for longer texts than any registered OID has.
    static func dotted(_ object: OpaquePointer?) -> String? {
        guard let object = unsafe object else { return nil }
        var buffer = [CChar](repeating: 0, count: 128)
        let count = unsafe OBJ_obj2txt(&buffer, Int32(buffer.count), object, 1)
        guard count > 0, Int(count) < buffer.count else { return nil }
        return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

enum GeneralNameText {
    /// Names of kind URI that are printable ASCII (RFC 5280 §4.2.1.6); others are left out.
    static func uris(_ names: OpaquePointer) -> [String] {
        unsafe (0..<max(0, chancery_names_count(names))).compactMap { index in
            guard let name = unsafe chancery_names_uri(names, index) else { return nil }
            let bytes = unsafe ASN1Text.bytes(of: name)
            guard !bytes.isEmpty, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}

enum DistinguishedNameText {
    /// RFC 4514, with UTF-8 left readable; empty when the name cannot be written.
    static func rfc4514(_ name: OpaquePointer?) -> String {
        guard let buffer = unsafe BIO_new(BIO_s_mem()) else { return "" }
        defer { unsafe BIO_free(buffer) }
        var start: UnsafeMutablePointer<CChar>?
        guard unsafe X509_NAME_print_ex(buffer, name, 0, chancery_name_flags()) >= 0,
            case let count = unsafe chancery_buffer_bytes(buffer, &start), count > 0, let start = unsafe start
        else { return "" }
        return unsafe String(
            decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The only value of an attribute; `nil` when there is none or more than one, which could mislead.
    static func value(of attribute: Int32, in name: OpaquePointer?) -> String? {
        let index = unsafe X509_NAME_get_index_by_NID(name, attribute, -1)
        guard index >= 0, unsafe X509_NAME_get_index_by_NID(name, attribute, index) < 0,
            let entry = unsafe X509_NAME_get_entry(name, index), let data = unsafe X509_NAME_ENTRY_get_data(entry)
        else { return nil }
        return unsafe ASN1Text.text(of: data)
    }
}
