#if canImport(Glibc)
  import Glibc
#endif

/// The elements that a reader of lists and messages tells apart.
package enum HTMLName: UInt8, Sendable {
  /// A piece of text, not an element.
  case text
  case other
  case a, aside, audio, body, br, div, footer, h1, h2, h3, h4, head, header, html, img, li, main
  case ol, p, section, source, span, style, table, tbody, td, th, time, title, tr, ul, video, script
  case base

  /// True if a browser begins a new line before and after the element.
  var isBlock: Bool {
    switch self {
    case .aside, .body, .div, .footer, .h1, .h2, .h3, .h4, .header, .html, .li, .main, .ol, .p,
      .section, .table, .td, .th, .tr, .ul:
      true
    default: false
    }
  }

  private static let names: [String: HTMLName] = [
    "a": .a, "aside": .aside, "audio": .audio, "body": .body, "br": .br, "div": .div,
    "footer": .footer, "h1": .h1, "h2": .h2, "h3": .h3, "h4": .h4, "head": .head,
    "header": .header, "html": .html, "img": .img, "li": .li, "main": .main, "ol": .ol, "p": .p,
    "section": .section, "source": .source, "span": .span, "style": .style, "table": .table,
    "tbody": .tbody, "td": .td, "th": .th, "time": .time, "title": .title, "tr": .tr, "ul": .ul,
    "video": .video, "script": .script, "base": .base,
  ]

  /// The element of a name in lower case.
  static func of(_ name: UnsafePointer<UInt8>) -> HTMLName {
    // The names that come by the million.
    switch (name[0], name[1]) {
    case (UInt8(ascii: "d"), UInt8(ascii: "i")) where name[2] == UInt8(ascii: "v") && name[3] == 0:
      return .div
    case (UInt8(ascii: "a"), 0): return .a
    case (UInt8(ascii: "p"), 0): return .p
    default: break
    }
    return names[String(cString: name)] ?? .other
  }
}
