import Foundation

/// The addresses on a page: files of the download, and links that lead through Meta's counters.
enum PageAddress {
  /// The path from the download's root of a file that a page names.
  ///
  /// With a base, or with steps upwards, the page's folder decides; without, the page of its time
  /// names files from the root. A path that leaves the root stays as written and finds nothing.
  static func resolve(_ link: String, _ folder: String, _ base: String?) -> String {
    let plain = link.split(separator: "?").first.map(String.init) ?? link
    let path = plain.removingPercentEncoding ?? plain
    guard base != nil || path.hasPrefix("../") else {
      return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
    }
    var steps: [Substring] = []
    for step in folder.split(separator: "/") + (base ?? "").split(separator: "/")
      + path.split(separator: "/")
    {
      switch step {
      case ".": break
      case "..":
        guard !steps.isEmpty else { return path }
        steps.removeLast()
      default: steps.append(step)
      }
    }
    return steps.joined(separator: "/")
  }

  /// Where a link leads: `l.facebook.com/l.php?u=…` names it in `u`.
  static func target(of link: String) -> String {
    guard link.contains("/l.php?") || link.contains("l.instagram.com/?"),
      let found = URLComponents(string: link)?.queryItems?.first(where: { $0.name == "u" })?.value
    else { return link }
    return found
  }
}
