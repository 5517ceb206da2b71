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

    var size: (width: Int, height: Int) { (image.width, image.height) }
}
