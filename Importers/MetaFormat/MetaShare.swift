import TextDecoding

/// A shared link, post or place (`share`): every key is optional.
struct MetaShare {
  private(set) var link: String?
  private(set) var text: String?

  /// What a page shows of it.
  init(link: String?, text: String?) {
    self.link = link
    self.text = text
  }

  init?(_ reader: inout JSONReader) throws {
    guard reader.peek() == .object else {
      try reader.skip()
      return nil
    }
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "link": link = try reader.string()
      case "share_text": text = try reader.string()
      default: try reader.skip()
      }
    }
  }

  /// A pin on a map. Source: `share.link` of "X sent a location.".
  var isLocation: Bool {
    guard let link else { return false }
    return link.contains("bing.com/maps") || link.contains("maps.google.")
      || link.contains("google.com/maps")
  }
}
