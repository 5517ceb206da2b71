import Glibc

/// The faces that templates draw with, found in the folders where distributions put them.
struct FontLibrary: Sendable {
    private static let folders = [
        "/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/google-noto-cjk",
        "/usr/share/fonts/google-noto-sans-cjk-fonts", "/usr/share/fonts/google-noto-serif-cjk-fonts",
        "/usr/local/share/fonts",
    ]

    private let faces: [FaceStyle: FontFace]
    /// Each face, and the others that stand in for it.
    private let chains: [FaceStyle: [FontFace]]

    /// Opens what is installed; files are mapped, not read.
    init() {
        var faces: [FaceStyle: FontFace] = [:]
        for style in FaceStyle.allCases {
            faces[style] = FontLibrary.path(of: style).flatMap { try? FontFace(path: $0, style: style) }
        }
        self.faces = faces
        chains = Dictionary(
            uniqueKeysWithValues: FaceStyle.allCases.map { ($0, $0.fallbacks.compactMap { faces[$0] }) })
    }

    /// Where a face is installed; `nil` when it is not.
    static func path(of style: FaceStyle) -> String? {
        folders.lazy.map { "\($0)/\(style.fileName)" }.first { unsafe access($0, R_OK) == 0 }
    }

    /// `nil` when it is not installed.
    subscript(style: FaceStyle) -> FontFace? { faces[style] }

    /// The first face that has all of `character`, beginning with `style`.
    func face(for character: Character, style: FaceStyle) -> FontFace? {
        chains[style]?.first { $0.covers(character) }
    }
}
