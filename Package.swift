// swift-tools-version:6.1
import PackageDescription

// The floors of the house: a target may depend on targets of lower floors only.
// `make lint` checks the imports; this file is where the rule is written down.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(
  _ name: String, path: String? = nil, _ dependencies: [Target.Dependency] = [],
  resources: [Resource] = [], exclude: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, exclude: exclude, resources: resources,
    swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "archive",
  products: [
    .executable(name: "archive", targets: ["ArchiveCommand"]),
    .executable(name: "benchmark", targets: ["Benchmark"]),
    .executable(name: "benchmark-floor", targets: ["BenchmarkFloor"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    // Floor 0: values, bytes, text. C shims, one per library.
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CSystem"),
    .target(
      name: "CPhoneNumber",
      linkerSettings: [.linkedLibrary("phonenumber"), .linkedLibrary("stdc++")]),
    library("InboxModel"),
    library("TextDecoding", ["CXML"]),
    library("Downloads", ["CArchive", "CZlib"]),
    library("SearchText", ["CStemmer"]),
    library("ForeignDatabases", ["CSQLite"]),
    library("Unsealing", ["COpenSSL", "CZlib"]),

    // Floor 1: the contract, the store, the pure passes.
    library("Importing", ["InboxModel", "TextDecoding", "Downloads"]),
    library(
      "ArchiveStore",
      ["InboxModel", "TextDecoding", "Downloads", "SearchText", "CSystem", grdb, sqlite, crypto]),
    library(
      "ArchiveExport", ["TextDecoding", "Downloads", "CSystem", "CXlsxWriter", crypto],
      resources: [.copy("Presets/Files")],
      exclude: ["Presets/README.md"]),
    library(
      "CustomerMatching", ["InboxModel", "TextDecoding", "SearchText", "CPhoneNumber"],
      resources: [.copy("Tables")]),
    library(
      "OrderReading", ["InboxModel", "TextDecoding", "SearchText"], resources: [.copy("Tables")]),

    // Floor 2: the importers, one target per platform.
    library(
      "MetaFormat", path: "Importers/MetaFormat",
      ["Importing", "InboxModel", "TextDecoding", "Downloads"],
      resources: [.copy("Tables")]),
    library(
      "Facebook", path: "Importers/Facebook",
      ["MetaFormat", "Importing", "InboxModel", "TextDecoding", "Downloads"],
      exclude: ["README.md"]),
    library(
      "Instagram", path: "Importers/Instagram",
      ["MetaFormat", "Importing", "InboxModel", "TextDecoding", "Downloads"],
      exclude: ["README.md"]),
    library(
      "WhatsApp", path: "Importers/WhatsApp",
      ["Importing", "InboxModel", "TextDecoding", "Downloads", "ForeignDatabases", "Unsealing"],
      resources: [.copy("Tables")], exclude: ["README.md"]),

    // Floor 3: the one explicit list of importers.
    library(
      "ImporterCatalog", path: "Importers/Catalog",
      ["Importing", "Facebook", "Instagram", "WhatsApp"]),

    // Floor 4: the front door.
    library(
      "SocialArchive",
      [
        "ImporterCatalog", "Importing", "ArchiveStore", "ArchiveExport", "CustomerMatching",
        "OrderReading",
        "InboxModel", "TextDecoding", "Downloads", "SearchText",
      ]),

    // Floor 5: the command line.
    .executableTarget(
      name: "ArchiveCommand", dependencies: ["SocialArchive", argumentParser],
      resources: [.copy("Guides")], swiftSettings: strict),

    // `make bench`: downloads of any size, the floor they are measured against, the table.
    .executableTarget(
      name: "BenchmarkFloor",
      linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("xlsxwriter")]),
    .executableTarget(
      name: "Benchmark",
      dependencies: [
        "SocialArchive", "ImporterCatalog", "Importing", "ArchiveStore", "SearchText",
        "TextDecoding",
      ],
      swiftSettings: strict),

    // Tests.
    library("TestSupport", path: "Tests/TestSupport", ["SocialArchive", sqlite]),
    tests("SampleTests", ["SocialArchive", "ArchiveStore", "TestSupport"]),
    tests("TextDecodingTests", ["TextDecoding", "TestSupport"]),
    tests("DownloadsTests", ["Downloads", "TestSupport"]),
    tests("ReconciliationTests", ["ArchiveStore", "InboxModel"]),
    tests("ArchiveTests", ["SocialArchive", "ArchiveStore", "TestSupport"]),
    tests(
      "CustomerTests",
      ["SocialArchive", "ArchiveStore", "CustomerMatching", "InboxModel", "TestSupport"],
      resources: [.copy("Graded")]),
    tests(
      "OrderTests",
      [
        "SocialArchive", "ArchiveStore", "OrderReading", "CustomerMatching", "InboxModel",
        "TestSupport",
      ],
      resources: [.copy("Graded")]),
    tests(
      "ExportTests", ["SocialArchive", "ArchiveStore", "ArchiveExport", "TestSupport"],
      resources: [.copy("Readers")]),
    tests("PageTests", ["SocialArchive", "ArchiveStore", "TestSupport"]),
    tests(
      "WhatsAppTests", ["SocialArchive", "ArchiveStore", "TestSupport", "CZlib", sqlite, crypto]),
    .testTarget(
      name: "SearchTests",
      dependencies: ["SocialArchive", "ArchiveStore", "SearchText", "TestSupport", sqlite],
      exclude: ["Lookups"], swiftSettings: strict),
    tests("HouseTests", ["TestSupport"]),
  ],
  cxxLanguageStandard: .cxx17
)
