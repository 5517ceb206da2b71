import Licensing
import PDF

/// A template, compiled: the art as a form and what varies.
struct PageTemplate: Sendable {
    let language: String
    let geometry: PageGeometry
    let texts: [TextPlacement]
    let boxes: [BoxPlacement]
    /// Holds the art and what it needs, and nothing else.
    let art: PDFBuilder
    let form: PDFReference

    /// Reads and draws the template of `type` in the file at `path`.
    static func compile(
        path: String, type: LicenseType, language: String
    ) throws(TemplateFaults) -> PageTemplate {
        let file = try SourceFile(path: path)
        let reader = try file.reader(type)
        do throws(PageArt.Fault) {
            return try compiled(file.bytes, reader, language: language)
        } catch {
            throw TemplateFaults([file.fault(XMLFault(offset: reader.start, problem: error.reason))])
        }
    }

    /// Reads it only: all faults but those of drawing the art, without opening a font.
    static func check(path: String, type: LicenseType) throws(TemplateFaults) {
        _ = try SourceFile(path: path).reader(type)
    }

    private struct SourceFile {
        let path: String
        let bytes: [UInt8]

        init(path: String) throws(TemplateFaults) {
            self.path = path
            do throws(FileFault) {
                bytes = try TemplateFile.read(path, limit: XMLReader.mostBytes)
            } catch {
                throw TemplateFaults([TemplateFault(file: path, line: 1, column: 1, problem: error.reason)])
            }
        }

        func fault(_ fault: XMLFault) -> TemplateFault {
            let position = TextPosition(of: fault.offset, in: bytes)
            return TemplateFault(file: path, line: position.line, column: position.column, problem: fault.problem)
        }

        /// - Throws: when it has any fault.
        func reader(_ type: LicenseType) throws(TemplateFaults) -> TemplateReader {
            let reader: TemplateReader
            do throws(XMLFault) {
                reader = try TemplateReader(bytes, type: type)
            } catch {
                throw TemplateFaults([fault(error)])
            }
            guard reader.faults.isEmpty else {
                throw TemplateFaults(reader.faults.sorted { $0.offset < $1.offset }.map(fault))
            }
            return reader
        }
    }

    private static func compiled(
        _ bytes: [UInt8], _ reader: TemplateReader, language: String
    ) throws(PageArt.Fault) -> PageTemplate {
        var art = bytes
        for range in reader.variableRanges {
            for index in range { art[index] = 0x20 }
        }
        let (builder, form) = try PageArt.form(of: art, geometry: reader.geometry)
        return PageTemplate(
            language: language, geometry: reader.geometry, texts: reader.texts, boxes: reader.boxes, art: builder,
            form: form)
    }
}
