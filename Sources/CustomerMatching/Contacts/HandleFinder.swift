/// Handles and links to profiles.
struct HandleFinder {
  /// A handle and where it stands.
  struct Found {
    /// In lower case, without its `@`.
    let handle: String
    /// By the link's address; nil where only words can say it.
    let platform: String?
    /// In bytes of the text.
    let range: Range<Int>
  }

  private static let hosts: [(name: String, platform: String)] = [
    ("instagram.com/", "instagram"), ("instagr.am/", "instagram"), ("ig.me/m/", "instagram"),
    ("facebook.com/", "facebook"), ("fb.com/", "facebook"), ("fb.me/", "facebook"),
    ("m.me/", "facebook"), ("messenger.com/t/", "facebook"), ("wa.me/", "whatsapp"),
    ("api.whatsapp.com/send?phone=", "whatsapp"), ("t.me/", "telegram"),
    ("tiktok.com/", "tiktok"), ("snapchat.com/add/", "snapchat"),
  ]

  /// What stands behind a host and is no profile.
  private static let reserved: Set<String> = [
    "p", "reel", "reels", "stories", "story", "explore", "tv", "s", "groups", "events",
    "marketplace", "watch", "photo", "photo.php", "photos", "video", "videos", "share", "sharer",
    "sharer.php", "pages", "story.php", "permalink.php", "login", "hashtag", "help", "profile.php",
    "l.php", "joinchat", "c", "add", "message", "qr", "accounts", "direct",
  ]

  /// Handles in a text, links first; a link's place is not looked at again.
  static func find(_ bytes: [UInt8]) -> [Found] {
    let lower = bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    var found: [Found] = []
    // Each of them has one.
    for host in lower.contains(0x2F) ? hosts : [] {
      let name = Array(host.name.utf8)
      var from = 0
      while let place = lower[from...].firstRange(of: name) {
        from = place.upperBound
        let isWhole = place.lowerBound == 0 || !isLetterOrDigit(lower[place.lowerBound - 1])
        var start = place.upperBound
        while start < lower.count, lower[start] == 0x40 || lower[start] == 0x2B { start += 1 }
        guard isWhole, let end = endOfHandle(lower, start) else { continue }
        let handle = String(decoding: lower[start..<end], as: UTF8.self)
        guard !reserved.contains(handle) else { continue }
        found.append(
          Found(handle: handle, platform: host.platform, range: place.lowerBound..<end))
      }
    }
    for (place, byte) in lower.enumerated() where byte == 0x40 {
      guard place == 0 || !isWord(lower[place - 1]) && lower[place - 1] != 0x2F,
        !found.contains(where: { $0.range.contains(place) }),
        let end = endOfHandle(lower, place + 1), end - place > 2
      else { continue }
      found.append(
        Found(
          handle: String(decoding: lower[(place + 1)..<end], as: UTF8.self), platform: nil,
          range: place..<end))
    }
    return found
  }

  /// A word that looks like a handle: Latin letters with a point, a line or a number in it.
  static func looksLikeHandle(_ word: Substring) -> Bool {
    let bytes = Array(word.utf8)
    guard (4...30).contains(bytes.count), bytes.allSatisfy(isWord), let first = bytes.first,
      let last = bytes.last, isLetterOrDigit(first), last != 0x2E
    else { return false }
    return bytes.contains { ($0 | 0x20) &- 0x61 < 26 }
      && bytes.contains { $0 == 0x2E || $0 == 0x5F || $0 &- 0x30 < 10 }
  }

  private static func endOfHandle(_ bytes: [UInt8], _ start: Int) -> Int? {
    var end = start
    while end < bytes.count, isWord(bytes[end]) { end += 1 }
    while end > start, bytes[end - 1] == 0x2E { end -= 1 }
    return end - start >= 2 && end - start <= 50 ? end : nil
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || byte == 0x2E || byte == 0x5F
  }
}
