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

  /// Every element by its name's bytes.
  private static let names: [UInt64: HTMLName] = {
    let spelled: [String: HTMLName] = [
      "a": .a, "aside": .aside, "audio": .audio, "body": .body, "br": .br, "div": .div,
      "footer": .footer, "h1": .h1, "h2": .h2, "h3": .h3, "h4": .h4, "head": .head,
      "header": .header, "html": .html, "img": .img, "li": .li, "main": .main, "ol": .ol, "p": .p,
      "section": .section, "source": .source, "span": .span, "style": .style, "table": .table,
      "tbody": .tbody, "td": .td, "th": .th, "time": .time, "title": .title, "tr": .tr, "ul": .ul,
      "video": .video, "script": .script, "base": .base,
    ]
    var names: [UInt64: HTMLName] = [:]
    for (name, element) in spelled {
      names[name.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = element
    }
    return names
  }()

  private static let divKey = UInt64(0x64_69_76)

  /// The element of a name in lower case.
  static func of(_ name: UnsafePointer<UInt8>) -> HTMLName {
    var key: UInt64 = 0
    var length = 0
    while name[length] != 0 {
      guard length < 8 else { return .other }
      key = key << 8 | UInt64(name[length])
      length += 1
    }
    // The one that comes by the million.
    return key == divKey ? .div : names[key] ?? .other
  }
}
