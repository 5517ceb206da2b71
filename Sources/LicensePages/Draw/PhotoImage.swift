import Licensing
import PDF

/// A photo as an image XObject: the JPEG as it is (ISO 32000-2 §7.4.8).
struct PhotoImage {
    private let image: JPEGImage

    /// `nil` for anything but grey and colour.
    init?(_ image: JPEGImage) {
        guard image.width > 0, image.height > 0, image.components == 1 || image.components == 3 else { return nil }
        self.image = image
    }

    var object: PDFObject {
        .stream(
            PDFStream(
                dictionary: [
                    "Type": .name("XObject"), "Subtype": .name("Image"), "Width": .integer(image.width),
                    "Height": .integer(image.height), "BitsPerComponent": .integer(8), "Filter": .name("DCTDecode"),
                    "ColorSpace": .name(image.components == 1 ? "DeviceGray" : "DeviceRGB"),
                ], encodedBytes: image.bytes))
    }

    /// From the unit square of an image to the page: whole and centred, in its own proportions.
    func matrix(in box: BoxPlacement) -> SVGMatrix {
        let scale = min(box.width / Double(image.width), box.height / Double(image.height))
        let (width, height) = (Double(image.width) * scale, Double(image.height) * scale)
        let corner = SVGMatrix.translation(box.x + (box.width - width) / 2, box.y + (box.height + height) / 2)
        return SVGMatrix.scale(width, -height).followed(by: corner).followed(by: box.matrix)
    }
}
