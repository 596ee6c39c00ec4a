import ArchiveStore
import Importing

/// Where the files of a container belong.
struct PlacementPlan {
  private struct Home {
    let root: String
    let importer: any Importer
    let part: Int64
  }

  /// The deepest roots first.
  private var homes: [Home] = []
  private var files: [String: Int64] = [:]

  mutating func add(root: String, importer: any Importer, part: Int64) {
    homes.append(Home(root: root, importer: importer, part: part))
    homes.sort { $0.root.utf8.count > $1.root.utf8.count }
  }

  mutating func add(file: String, part: Int64) { files[file] = part }

  /// The placement of a file by the rules of the importer whose root is nearest above it and
  /// knows it.
  func placement(
    of path: String, container: Int64, name: String
  ) -> ImportLedger.Placement {
    var unknown: ImportLedger.Placement?
    for home in homes {
      guard let inside = PlacementPlan.path(path, below: home.root) else { continue }
      let part = files[path] ?? home.part
      let holder = home.root.split(separator: "/").last.map(String.init) ?? name
      if let rule = home.importer.rules.first(where: { $0.pattern.matches(inside) }) {
        return ImportLedger.Placement(
          part: part, path: inside, holder: holder, importer: home.importer.name,
          fate: PlacementPlan.fate(rule.action, home.importer))
      }
      unknown =
        unknown
        ?? ImportLedger.Placement(
          part: part, path: inside, holder: holder, importer: home.importer.name,
          fate: .kept("not known"))
    }
    if let unknown { return unknown }
    if let litter = FileRule.litter.first(where: { $0.pattern.matches(path) }),
      case .ignore(let reason) = litter.action
    {
      return ImportLedger.Placement(
        part: container, path: path, holder: name, importer: nil, fate: .ignored(reason))
    }
    return ImportLedger.Placement(
      part: container, path: path, holder: name, importer: nil,
      fate: .kept("belongs to no known download"))
  }

  private static func fate(
    _ action: FileRule.Action, _ importer: any Importer
  ) -> ImportLedger.Placement.Fate {
    switch action {
    case .read: .read(version: importer.version)
    case .attachment: .attachment
    case .notYet(let what): .kept("not read yet: \(what)")
    case .ignore(let reason): .ignored(reason)
    }
  }

  private static func path(_ path: String, below root: String) -> String? {
    if root.isEmpty { return path }
    guard path.hasPrefix(root + "/") else { return nil }
    return String(path.dropFirst(root.count + 1))
  }
}
