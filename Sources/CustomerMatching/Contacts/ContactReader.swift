import InboxModel
import SearchText

/// Reads a message for ways to reach people, names and places, and whose they are.
///
/// A text without seven digits, an `@` or one of the phrases of `MatchingWords.sieve` holds none.
struct ContactReader {
  private let phones: PhoneFinder
  private let words = MatchingWords.shared
  private let names = NameReader()
  private let marker: TextMarker
  private let judge: OwnershipJudge

  /// - Parameters:
  ///   - region: The business's country, two letters; nil finds international numbers only.
  ///   - marker: Finds words.
  init(region: String?, _ marker: TextMarker) {
    phones = PhoneFinder(region: region)
    self.marker = marker
    judge = OwnershipJudge(names: names)
  }

  /// True for a text with an `@`, or with seven digits between which no letter stands.
  static func isWorthReading(_ bytes: some Sequence<UInt8>) -> Bool {
    var digits = 0
    var (previous, earlier): (UInt8, UInt8) = (0, 0)
    for byte in bytes {
      if byte == 0x40 { return true }
      // Arabic and Persian digits are two bytes each, wide ones three.
      if byte &- 0x30 < 10 || previous == 0xD9 && byte &- 0xA0 < 10
        || previous == 0xDB && byte &- 0xB0 < 10
        || previous == 0xBC && earlier == 0xEF && byte &- 0x90 < 10
      {
        digits += 1
        if digits == 7 { return true }
      } else if (byte | 0x20) &- 0x61 < 26 || endsLetter(byte, after: previous) {
        digits = 0
      }
      (previous, earlier) = (byte, previous)
    }
    return false
  }

  /// True for the second byte of a letter that is none of Latin's; marks of direction and wide or
  /// foreign digits end nothing.
  private static func endsLetter(_ byte: UInt8, after previous: UInt8) -> Bool {
    previous >= 0xC3 && previous <= 0xDF && byte >= 0x80
  }

  /// The contact points of a message, in its order.
  ///
  /// - Parameters:
  ///   - text: What it says.
  ///   - message: The message.
  ///   - surroundings: What is around it.
  /// - Returns: What was found, with whose it is and why.
  func read(
    _ text: MarkedText, _ message: ChatMessage, _ surroundings: Surroundings
  ) -> [ContactPoint] {
    let links = HandleFinder.find(text.bytes)
    let emails = emails(text)
    let numbers = numbers(
      text, links,
      region: surroundings.handle.flatMap { $0.hasPrefix("+") ? $0 : nil }.flatMap(
        PhoneFinder.region))
    let context = OwnershipJudge.Context(message, surroundings, marker, names)
    let starts = (numbers.map(\.range) + emails.map(\.range) + links.map(\.range))
      .sorted { $0.lowerBound < $1.lowerBound }
    let told = surroundings.toldByOwner
    func judged(_ range: Range<Int>, isHandle: Bool = false) -> OwnershipJudge.Judgement {
      let before = starts.last { $0.upperBound <= range.lowerBound }?.upperBound ?? 0
      let after = starts.first { $0.lowerBound >= range.upperBound }?.lowerBound ?? text.bytes.count
      return judge.judge(range, area: before..<after, in: text, context, isHandle: isHandle)
    }
    var found = numbers.map { number in
      var judgement = judged(number.range)
      if !message.isOwner, !judgement.isStated, told.contains(number.e164) {
        judgement = .init(ownership: .other, reason: "the shop wrote it first")
      }
      return point(.phone, number.e164, text, number.range, judgement, line: number.line)
    }
    for email in emails {
      var judgement = judged(email.range)
      if email.isSpelledOut {
        judgement.ownership = .unknown
        judgement.reason = "written with words for its signs"
      }
      found.append(point(.email, email.value, text, email.range, judgement))
    }
    let handles = HandleReader(lexicon: words.lexicon)
    for handle in handles.read(text, links, emails: emails.map(\.range)) {
      let judgement = handles.judgement(
        handle, judged(handle.range, isHandle: true), in: text)
      found.append(
        point(
          .handle, handle.platform.map { "\($0):" + handle.handle } ?? "@" + handle.handle, text,
          handle.range, judgement))
    }
    if !message.isOwner {
      if text.has("name_given") { found += NameGiven.find(text, sender: context.sender, names) }
      found += AddressFinder.find(text, without: starts)
    }
    return found
  }

  /// What a contact card says: it is of whom the card is of.
  func card(_ text: String) -> [ContactPoint] {
    let bytes = Array(text.utf8)
    func slice(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    let reason = "on a contact card"
    return phones.find(bytes).map {
      ContactPoint(
        kind: .phone, value: $0.e164, raw: slice($0.range), ownership: .other, reason: reason,
        line: $0.line)
    }
      + EmailFinder.find(bytes).map {
        ContactPoint(
          kind: .email, value: $0.value, raw: slice($0.range), ownership: .other, reason: reason)
      }
  }

  /// What an entry of an address book says: it may be anybody.
  func entry(_ text: String) -> [ContactPoint] {
    card(text).map {
      var point = $0
      point.ownership = .unknown
      point.reason = "in an address book"
      return point
    }
  }

  /// The number by which a platform knows a person.
  func shown(_ e164: String, raw: String) -> ContactPoint {
    ContactPoint(
      kind: .phone, value: e164, raw: raw, ownership: .own, reason: "the platform shows it",
      isStated: true, line: phones.read(e164).flatMap(\.line) ?? .mobile)
  }

  private func point(
    _ kind: ContactPoint.Kind, _ value: String, _ text: MarkedText, _ range: Range<Int>,
    _ judgement: OwnershipJudge.Judgement, line: ContactPoint.Line? = nil
  ) -> ContactPoint {
    ContactPoint(
      kind: kind, value: value, raw: text.slice(range), ownership: judgement.ownership,
      reason: judgement.reason, isStated: judgement.isStated, line: line, role: judgement.role)
  }

  private func emails(_ text: MarkedText) -> [EmailFinder.Found] {
    let plain = text.bytes.contains(0x40) ? EmailFinder.find(text.bytes) : []
    guard plain.isEmpty else { return plain }
    return EmailFinder.spelledOut(text)
  }

  private func numbers(
    _ text: MarkedText, _ links: [HandleFinder.Found], region: String?
  ) -> [PhoneFinder.Found] {
    // A link to a chat holds the number without its plus.
    var found = links.filter { $0.platform == "whatsapp" }.compactMap { link in
      phones.read("+" + link.handle).map {
        PhoneFinder.Found(e164: $0.e164, line: $0.line, range: link.range)
      }
    }
    guard ContactReader.isWorthReading(text.bytes) else { return found }
    var plain = phones.find(text.bytes)
    if plain.isEmpty, let region { plain = PhoneFinder(region: region).find(text.bytes) }
    found += plain.filter { number in !links.contains { $0.range.overlaps(number.range) } }
    return found
  }
}
