import ImporterCatalog
import Importing

/// Finds the roots of downloads in a part from the signs that its files give.
struct RootFinder {
  /// A download's root in a part.
  struct Root {
    let path: String
    let importer: any Importer
    /// Files that are whole downloads by themselves.
    let wholeFiles: [String]
  }

  private struct Signs {
    var certain: [String: Int] = [:]
    var weak: [String: Int] = [:]
    var whole: [String: [String]] = [:]
  }

  private var roots: [String: Signs] = [:]

  /// Notes what every importer makes of a file.
  mutating func look(at file: CandidateFile) {
    let signs = ImporterCatalog.all.compactMap { importer in
      importer.recognize(file).map { (importer, $0) }
    }
    let hasCertain = signs.contains { $0.1.isCertain }
    // What one kind shows for certain is no sign of another.
    for (importer, sign) in signs where sign.isCertain || !hasCertain {
      if sign.isCertain {
        roots[sign.root, default: Signs()].certain[importer.name, default: 0] += 1
      } else {
        roots[sign.root, default: Signs()].weak[importer.name, default: 0] += 1
      }
      if sign.isWholeDownload {
        roots[sign.root, default: Signs()].whole[importer.name, default: []].append(file.path)
      }
    }
  }

  /// The roots with the importer that the signs speak for. Where certain signs are missing, the
  /// part's name decides, then the order of the catalog.
  func decide(partName: String) -> [Root] {
    roots.keys.sorted().flatMap { path -> [Root] in
      guard let signs = roots[path], !isInsideCertain(path, signs) else { return [] }
      let names = signs.certain.isEmpty ? Array(signs.weak.keys) : Array(signs.certain.keys)
      let candidates = ImporterCatalog.all.filter { names.contains($0.name) }
      let counts = signs.certain.isEmpty ? signs.weak : signs.certain
      let isNamed = candidates.first { partName.lowercased().hasPrefix($0.name) }
      let most = candidates.max { (counts[$0.name] ?? 0) < (counts[$1.name] ?? 0) }
      // A folder may hold several kinds of single files: each kind is a root of its own.
      if signs.certain.count > 1, !signs.whole.isEmpty {
        return candidates.map {
          Root(path: path, importer: $0, wholeFiles: (signs.whole[$0.name] ?? []).sorted())
        }
      }
      guard let importer = isNamed ?? (signs.certain.isEmpty ? candidates.first : most) else {
        return []
      }
      let whole = signs.whole[importer.name] ?? []
      return [Root(path: path, importer: importer, wholeFiles: whole.sorted())]
    }
  }

  /// True for doubtful signs within a download that is certain.
  private func isInsideCertain(_ path: String, _ signs: Signs) -> Bool {
    guard signs.certain.isEmpty else { return false }
    return roots.contains { other, found in
      !found.certain.isEmpty && other != path
        && (other.isEmpty || path.hasPrefix(other + "/"))
    }
  }
}
