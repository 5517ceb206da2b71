import CRSVG
import PDF

/// Draws a template's fixed art once, as a form for every page of the type.
enum PageArt {
    struct Fault: Error {
        let reason: String
    }

    /// A builder that holds the form, and the form.
    static func form(
        of svg: [UInt8], geometry: PageGeometry
    ) throws(Fault) -> (builder: PDFBuilder, form: PDFReference) {
        do {
            let file = try PDFFile(parsing: try draw(svg, geometry))
            var builder = PDFBuilder()
            let form = try PDFFormImport.importPage(of: file, index: 0, into: &builder)
            ArtFonts.slim(in: &builder, of: file)
            return (builder, form)
        } catch let fault as Fault {
            throw fault
        } catch {
            throw Fault(reason: "the art cannot be taken over: \(error)")
        }
    }

    /// A PDF file of one page.
    private static func draw(_ svg: [UInt8], _ geometry: PageGeometry) throws(Fault) -> [UInt8] {
        var output = Output()
        var message = [CChar](repeating: 0, count: 512)
        let outcome = unsafe withUnsafeMutablePointer(to: &output) { output in
            unsafe chancery_rsvg_draw(
                svg, svg.count, geometry.width, geometry.height,
                { context, bytes, count in
                    guard let output = unsafe context?.assumingMemoryBound(to: Output.self),
                        unsafe output.pointee.bytes.count + count <= Output.limit
                    else { return 1 }
                    unsafe output.pointee.bytes += UnsafeBufferPointer(start: bytes, count: count)
                    return 0
                }, output, &message, message.count)
        }
        let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        switch outcome {
        case CHANCERY_RSVG_DRAWN: return output.bytes
        case CHANCERY_RSVG_MISSING:
            throw Fault(reason: "librsvg and cairo are needed to draw it (Debian: librsvg2-2, libcairo2): \(text)")
        case CHANCERY_RSVG_UNREADABLE: throw Fault(reason: "is no SVG that librsvg can read: \(text)")
        default: throw Fault(reason: "librsvg cannot draw it: \(text)")
        }
    }

    private struct Output {
        static let limit = 32 << 20
        var bytes: [UInt8] = []
    }
}
