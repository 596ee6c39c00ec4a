import SearchText

/// E-mail addresses: what stands around an `@` without blanks, with a dot behind it.
enum EmailFinder {
  /// An address and where it stands.
  struct Found {
    /// In lower case.
    let value: String
    /// In bytes of the text.
    let range: Range<Int>
    /// True if it is written with words for its signs, to hide it from machines.
    var isSpelledOut = false
  }

  static func find(_ bytes: [UInt8]) -> [Found] {
    var found: [Found] = []
    for (index, byte) in bytes.enumerated() where byte == 0x40 {
      var start = index
      while start > 0, isLocal(bytes[start - 1]) { start -= 1 }
      var end = index + 1
      while end < bytes.count, isDomain(bytes[end]) { end += 1 }
      while end > index + 1, bytes[end - 1] == 0x2E || bytes[end - 1] == 0x2D { end -= 1 }
      while start < index, bytes[start] == 0x2E { start += 1 }
      let domain = bytes[(index + 1)..<end]
      guard start < index, let dot = domain.lastIndex(of: 0x2E), domain.startIndex < dot,
        domain.endIndex - dot > 2, domain[(dot + 1)...].allSatisfy({ !isDigit($0) })
      else { continue }
      found.append(
        Found(
          value: String(decoding: bytes[start..<end], as: UTF8.self).lowercased(),
          range: start..<end
        ))
    }
    return found
  }

  /// Words for the signs of an address, folded.
  static let atWords: Set<FoldedWord> = ["at", "arroba", "papaki", "παπακι", "שטרודל", "ات"]
  static let dotWords: Set<String> = ["dot", "punto", "point", "nokta", "נקודה", "τελεια"]

  /// Addresses such as `rania (at) example dot com`: only a human can be sure of them.
  static func spelledOut(_ text: MarkedText) -> [Found] {
    text.words.indices.compactMap { place in
      guard atWords.contains(FoldedWord(text.words[place])), place > 0, place + 2 < text.words.count
      else {
        return nil
      }
      let first = local(before: place, text)
      guard let (last, domain, hasWord) = domain(after: place, text), isJoint(place - 1, text),
        isJoint(place, text)
      else { return nil }
      let range = text.places[first].lowerBound..<text.places[last].upperBound
      // "at the shop.Please": a sentence has no word for its signs.
      let isMeant =
        hasWord || text.words[place] != "at" || text.slice(range).contains("(")
        || text.slice(range).contains("[")
      let name = text.slice(text.places[first].lowerBound..<text.places[place - 1].upperBound)
      guard isMeant, name.utf8.allSatisfy(isLocal) else { return nil }
      return Found(value: "\(name)@\(domain)".lowercased(), range: range, isSpelledOut: true)
    }
  }

  /// The first word of what stands before the sign, with the words that points join to it.
  private static func local(before place: Int, _ text: MarkedText) -> Int {
    var first = place - 1
    while first > 0 {
      let gap = text.slice(text.places[first - 1].upperBound..<text.places[first].lowerBound)
      guard [".", "_", "-", "+"].contains(gap) else { break }
      first -= 1
    }
    return first
  }

  /// What follows the sign: two words or more with points between them, or words for points.
  private static func domain(
    after place: Int, _ text: MarkedText
  ) -> (last: Int, domain: String, hasWord: Bool)? {
    var last = place + 1
    var parts = [text.slice(text.places[last])]
    var hasWord = false
    while last + 1 < text.words.count {
      let gap = text.slice(text.places[last].upperBound..<text.places[last + 1].lowerBound)
      if gap == "." || gap == "-" {
        last += 1
        parts.append(gap + text.slice(text.places[last]))
      } else if dotWords.contains(text.words[last + 1]), last + 2 < text.words.count,
        isJoint(last, text), isJoint(last + 1, text)
      {
        last += 2
        hasWord = true
        parts.append("." + text.slice(text.places[last]))
      } else {
        break
      }
    }
    let domain = parts.joined()
    guard parts.count > 1, domain.utf8.allSatisfy(isDomain),
      let top = domain.split(separator: ".").last,
      (2...24).contains(top.utf8.count), top.utf8.allSatisfy(isLetter)
    else { return nil }
    return (last, domain, hasWord)
  }

  /// True if nothing but blanks and brackets stands between a word and the next.
  private static func isJoint(_ place: Int, _ text: MarkedText) -> Bool {
    let gap = text.slice(text.places[place].upperBound..<text.places[place + 1].lowerBound)
    return gap.allSatisfy { " ()[]{}".contains($0) }
  }

  /// The address by which mailboxes are compared: at Gmail dots and what follows a plus say nothing.
  static func key(_ address: String) -> String {
    let parts = address.lowercased().split(separator: "@", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return address.lowercased() }
    guard ["gmail.com", "googlemail.com"].contains(parts[1]) else {
      return parts.joined(separator: "@")
    }
    let local = parts[0].prefix { $0 != "+" }.filter { $0 != "." }
    return local + "@gmail.com"
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  private static func isDomain(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == 0x2E || byte == 0x2D
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    isDomain(byte) || byte == 0x5F || byte == 0x2B || byte == 0x25
  }
}
