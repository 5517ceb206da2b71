import Licensing
import Primitives

/// The documents of a license as files.
enum IssuedFiles {
    /// Writes them and prints the number, or `{"number", "files"}`.
    static func write(_ license: IssuedLicense, to folder: OutputFolder, asJSON: Bool) throws(CommandFault) {
        do {
            try save(license.documents, to: folder)
        } catch {
            throw CommandFault(
                error.status,
                "\(license.number) is issued, but \(error.message); fetch it with: chancery show \(license.number) --out DIR"
            )
        }
        Terminal.data(asJSON ? line(license, in: folder) : license.number.description)
    }

    static func save(_ documents: [IssuedDocument], to folder: OutputFolder) throws(CommandFault) {
        for document in documents { try OutputFile.write(document.bytes, to: folder.file(document.fileName)) }
    }

    /// One compact JSON line.
    static func line(_ license: IssuedLicense, in folder: OutputFolder) -> String {
        let files = license.documents.map { JSONValue.string(folder.file($0.fileName)) }
        let object: JSONValue = ["number": .string(license.number.description), "files": .array(files)]
        return object.compactText
    }
}
