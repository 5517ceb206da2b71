// swift-tools-version: 6.2
import PackageDescription

/// Every room is built under the same strict settings; see CONTRIBUTING.md.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    // Rooms are many and small: without this a call from one to the next is never inlined nor specialized.
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

func room(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: imports, exclude: ["README.md"], swiftSettings: strict)
}

func tests(_ name: String, _ imports: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: imports, resources: resources, swiftSettings: strict)
}

let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")

/// What the tests of a room above the formats may look into.
let formats: [Target.Dependency] = ["JOSE", "CMS", "PDF", "Credentials"]

let package = Package(
    name: "chancery",
    products: [.executable(name: "chancery", targets: ["chancery"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.20.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
    ],
    targets: [
        // C libraries, one system module each.
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CHarfBuzz", pkgConfig: "harfbuzz", providers: [.apt(["libharfbuzz-dev"])]),
        .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CRSVG"),

        // Values and ports.
        room("Primitives"),

        // Formats: bytes in, values out.
        room("Deflate", ["CZlib", "Primitives"]),
        room("JOSE", ["Primitives"]),
        room("CMS", ["Primitives", asn1]),
        room("PDF", ["Deflate", "Primitives"]),
        room("Credentials", ["JOSE", "Deflate", "Primitives"]),

        // Rules and operations: no I/O.
        room("Audit", ["Primitives"]),
        room("Identity", ["JOSE", "Audit", "Primitives"]),
        room("Licensing", ["JOSE", "CMS", "PDF", "Credentials", "Audit", "Primitives"]),

        // Adapters: the outside world; never import one another.
        room("OpenSSLCrypto", ["COpenSSL", "JOSE", "Audit", "Identity", "Licensing", "Primitives"]),
        room("PolicyFiles", ["Identity", "JOSE", "Licensing", "Primitives", yams]),
        room("LicensePages", ["CHarfBuzz", "CQRencode", "CRSVG", "Licensing", "PDF", "Primitives"]),
        room("Store", ["Identity", "Licensing", "Audit", "Primitives", grdb, sqlite]),
        room(
            "Web",
            ["Identity", "Licensing", "Credentials", "JOSE", "Audit", "Primitives", logging, hummingbird, mustache]),

        // The one composition root.
        .executableTarget(
            name: "chancery",
            dependencies: [
                "CMalloc", "Primitives", "JOSE", "CMS", "PDF", "Credentials", "Audit", "Identity", "Licensing",
                "OpenSSLCrypto", "PolicyFiles", "LicensePages", "Store", "Web",
                arguments, logging, hummingbird, hummingbirdTLS, httpClient,
            ],
            exclude: ["README.md"],
            swiftSettings: strict),

        tests("PrimitivesTests", ["Primitives"]),
        tests("DeflateTests", ["Deflate", "Primitives"]),
        tests("JOSETests", ["JOSE", "OpenSSLCrypto", "Primitives"]),
        tests("CMSTests", ["CMS", "OpenSSLCrypto", "Primitives"]),
        tests(
            "PDFTests", ["PDF", "Deflate", "OpenSSLCrypto", "Primitives"], resources: [.copy("Vectors")]),
        tests("CredentialsTests", ["Credentials", "JOSE", "OpenSSLCrypto", "Primitives"]),
        tests("AuditTests", ["Audit", "OpenSSLCrypto", "Primitives"]),
        tests("IdentityTests", ["Identity", "JOSE", "Audit", "OpenSSLCrypto", "Primitives"]),
        tests("OpenSSLCryptoTests", ["OpenSSLCrypto", "Identity", "Licensing", "Audit", "JOSE", "Primitives"]),
        tests("LicensingTests", formats + ["Licensing", "OpenSSLCrypto", "Audit", "Primitives"]),
        tests("PolicyFilesTests", ["PolicyFiles", "Identity", "JOSE", "Licensing", "Primitives"]),
        tests("StoreTests", ["Store", "Identity", "Licensing", "Audit", "OpenSSLCrypto", "Primitives", grdb, sqlite]),
        tests("LicensePagesTests", ["LicensePages", "Licensing", "PDF", "Primitives"]),
        tests(
            "WebTests",
            [
                "Web", "Identity", "Licensing", "JOSE", "Audit", "OpenSSLCrypto", "Primitives", logging, hummingbird,
                hummingbirdTesting,
            ]),
        tests("EndToEndTests", ["Licensing", "OpenSSLCrypto", "JOSE", "CMS", "PDF", "Credentials", "Primitives"]),
    ],
    swiftLanguageModes: [.v6]
)
