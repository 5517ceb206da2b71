import Glibc
import Licensing

/// From a host's name to one address that may be asked.
enum HostAddress {
    /// Addresses inside an organization are asked only where the operator says so; a laptop asks itself by `localhost`.
    private static let permission = "CHANCERY_ALLOW_PRIVATE_ADDRESSES"

    /// The first admissible numeric address of `host`.
    static func resolve(_ host: String, port: Int) throws(StatusFetchFault) -> String {
        let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let addresses = numeric(name)
        guard !addresses.isEmpty else { throw StatusFetchFault(reason: "the name \(name) is not known") }
        let allowsPrivate = Environment.value(of: permission) == "yes"
        let admissible = addresses.first { address in
            switch AddressRange(of: address) {
            case .everywhere: true
            case .loopback: isLoopbackName(name)
            case .inside: allowsPrivate
            case .never: false
            }
        }
        guard let admissible else {
            throw StatusFetchFault(
                reason: "\(name) leads to an address inside a network, which is not asked without \(permission)=yes")
        }
        return admissible
    }

    private static func isLoopbackName(_ name: String) -> Bool {
        name == "localhost" || AddressRange(of: name) == .loopback
    }

    private static func numeric(_ name: String) -> [String] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [String] = []
        var next = unsafe list
        while let entry = unsafe next {
            var text = [CChar](repeating: 0, count: 64)
            let result = unsafe getnameinfo(
                entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            if result == 0 { addresses.append(text.untilZero) }
            unsafe next = entry.pointee.ai_next
        }
        // IPv4 first: a loopback service often listens there alone.
        return addresses.filter { !$0.contains(":") } + addresses.filter { $0.contains(":") }
    }
}

/// Who can reach a numeric address (RFC 6890).
enum AddressRange: Hashable {
    case everywhere
    case loopback
    /// Private networks.
    case inside
    /// Link-local, multicast, unspecified, reserved: also where clouds keep their credentials.
    case never

    init(of text: String) {
        if let mapped = text.lowercased().split(separator: ":").last, text.lowercased().hasPrefix("::ffff:"),
            mapped.contains(".")
        {
            self = AddressRange(ipv4: String(mapped))
        } else {
            self = text.contains(":") ? AddressRange(ipv6: text.lowercased()) : AddressRange(ipv4: text)
        }
    }

    private init(ipv4 text: String) {
        let parts = text.split(separator: ".").compactMap { UInt8($0) }
        guard parts.count == 4 else {
            self = .never
            return
        }
        switch (parts[0], parts[1]) {
        case (127, _): self = .loopback
        case (10, _), (172, 16...31), (192, 168), (100, 64...127): self = .inside
        case (0, _), (169, 254), (192, 0), (198, 18...19), (224..., _): self = .never
        default: self = .everywhere
        }
    }

    private init(ipv6 text: String) {
        let first = text.split(separator: ":", omittingEmptySubsequences: false).first.flatMap { UInt16($0, radix: 16) }
        switch first {
        case _ where text == "::1": self = .loopback
        case (0xFC00...0xFDFF)?: self = .inside
        case (0x2000...0x3FFF)?: self = .everywhere
        default: self = .never
        }
    }
}
