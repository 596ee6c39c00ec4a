import InboxModel
import SearchText

/// Says whose a number, address or handle in a message is: by the words around it, by what was
/// asked, by the names beside it.
struct OwnershipJudge {
  private let names: NameReader

  init(names: NameReader) { self.names = names }

  /// Whose something is, and why.
  struct Judgement {
    var ownership: ContactPoint.Ownership
    var reason: String
    var isStated = false
    var role: ContactPoint.Role?
  }

  /// What came before a message and directly after it, for as far as it may decide; read only if
  /// the message itself does not.
  final class Context {
    let isOwner: Bool
    let isDirect: Bool
    private let surroundings: Surroundings
    private let message: ChatMessage
    private let marker: TextMarker
    private let names: NameReader

    /// What the sender is called.
    private(set) lazy var sender = PersonName(surroundings.name ?? "", names)

    /// Messages of the day before it, nearest first.
    private(set) lazy var before: [(text: MarkedText, isOwner: Bool)] = {
      let day: Int64 = 86_400_000
      return surroundings.before.prefix { message.sentAt - $0.sentAt < day }.map {
        (marker.mark($0.text), $0.isOwner)
      }
    }()

    /// What the same person wrote next, if it is short and shows no number itself.
    private(set) lazy var after: MarkedText? = {
      guard let next = surroundings.after, next.sender == message.sender,
        next.sentAt - message.sentAt < 600_000, !ContactReader.isWorthReading(next.text.utf8)
      else { return nil }
      return marker.mark(next.text)
    }()

    init(
      _ message: ChatMessage, _ surroundings: Surroundings, _ marker: TextMarker,
      _ names: NameReader
    ) {
      self.message = message
      self.surroundings = surroundings
      self.marker = marker
      self.names = names
      isOwner = message.isOwner
      isDirect = surroundings.isDirect
    }
  }

  private static let speaking = ["own", "other", "other_recommend", "courier", "shop", "gift"]
  /// So many words may stand between a number and the words that say whose it is.
  private static let reach = (before: 8, after: 5)

  /// - Parameters:
  ///   - range: Where it stands.
  ///   - area: As far as the words around may be about it: to the next of its kind on both sides.
  ///   - text: The message.
  ///   - context: What is around the message.
  ///   - isHandle: True for handles, which people quote more often than give.
  /// - Returns: Whose it is.
  func judge(
    _ range: Range<Int>, area: Range<Int>, in text: MarkedText, _ context: Context,
    isHandle: Bool = false
  ) -> Judgement {
    if let said = reported(text) { return Judgement(ownership: .unknown, reason: said) }
    if let hit = nearest(range, area, text, isHandle) {
      if hit.category == "own", let denied = denied(range, text) {
        return Judgement(ownership: .unknown, reason: denied)
      }
      return verdict(hit, text, context)
    }
    if let denied = denied(range, text) { return Judgement(ownership: .unknown, reason: denied) }
    if context.isOwner { return Judgement(ownership: .other, reason: "the shop wrote it") }
    if let name = otherName(range, text, context.sender) {
      return Judgement(ownership: .unknown, reason: "stands beside the name \(name)")
    }
    if let answer = answer(context) { return answer }
    guard context.isDirect, !isHandle else {
      return Judgement(ownership: .unknown, reason: "without a word of whose it is")
    }
    return Judgement(ownership: .own, reason: "given without a word of anybody else")
  }

  /// What shows that these are somebody else's words: a quote, something forwarded, "she told me".
  private func reported(_ text: MarkedText) -> String? {
    if let first = text.text.first, ">[«".contains(first) { return "a quote" }
    return text.hits.first { $0.category == "reported" }.map { "“\(text.words(of: $0))”" }
  }

  /// A "not", "old" or "broken" in the same sentence.
  private func denied(_ range: Range<Int>, _ text: MarkedText) -> String? {
    let hit = text.hits.first { hit in
      guard hit.category == "denied" else { return false }
      let place =
        text.places[hit.words.lowerBound]
        .lowerBound..<text.places[hit.words.upperBound - 1].upperBound
      let isBefore = place.upperBound <= range.lowerBound
      let gap =
        isBefore
        ? place.upperBound..<range.lowerBound
        : range.upperBound..<max(range.upperBound, place.lowerBound)
      let words = text.places.count { gap.contains($0.lowerBound) }
      return words <= (isBefore ? 6 : 2) && !text.breaks(in: gap)
        && (isBefore || !text.slice(gap).contains(where: { ",،".contains($0) }))
    }
    return hit.map { "“\(text.words(of: $0))”" }
  }

  private func verdict(_ hit: Lexicon.Hit, _ text: MarkedText, _ context: Context) -> Judgement {
    let reason = "“\(text.words(of: hit))”"
    switch hit.category {
    case "own": return Judgement(ownership: .own, reason: reason, isStated: true)
    case "courier":
      return Judgement(ownership: .other, reason: reason, isStated: true, role: .courier)
    case "shop":
      return Judgement(
        ownership: context.isOwner && !hit.notes.contains("yours") ? .own : .other, reason: reason,
        isStated: true, role: .shop)
    case "gift": return Judgement(ownership: .unknown, reason: reason)
    default: return Judgement(ownership: .other, reason: reason, isStated: true)
    }
  }

  /// The phrase nearest to it; what stands before counts more than what follows.
  private func nearest(
    _ range: Range<Int>, _ area: Range<Int>, _ text: MarkedText, _ isHandle: Bool
  ) -> Lexicon.Hit? {
    var best: (distance: Int, hit: Lexicon.Hit)?
    let first = text.places.firstIndex { $0.upperBound > range.lowerBound } ?? text.places.count
    let next = text.places.firstIndex { $0.lowerBound >= range.upperBound } ?? text.places.count
    for hit in text.hits where OwnershipJudge.speaking.contains(hit.category) {
      if hit.category == "other_recommend" && !isHandle { continue }
      let place =
        text.places[hit.words.lowerBound]
        .lowerBound..<text.places[hit.words.upperBound - 1].upperBound
      guard place.lowerBound >= area.lowerBound, place.upperBound <= area.upperBound else {
        continue
      }
      var distance: Int
      if hit.words.upperBound <= first {
        distance = first - hit.words.upperBound
        guard distance <= OwnershipJudge.reach.before else { continue }
        if text.breaks(in: place.upperBound..<range.lowerBound) { distance += 6 }
      } else if hit.words.lowerBound >= next {
        distance = hit.words.lowerBound - next
        guard distance <= OwnershipJudge.reach.after else { continue }
        distance += text.breaks(in: range.upperBound..<place.lowerBound) ? 8 : 3
      } else {
        continue
      }
      // What often means something else counts only directly beside it.
      let isNear = isHandle ? distance <= 3 : distance == 0 || distance == 3
      if hit.notes.contains("weak"), !isNear { continue }
      // Of two at one place, the one that says it is not theirs.
      let isOwn = hit.category == "own"
      if let best, (best.distance, 0) < (distance, isOwn ? 1 : -1) { continue }
      best = (distance, hit)
    }
    guard let best, best.hit.category == "own" else { return best?.hit }
    // "My sister's number": the words for the writer's own are part of what says it is hers.
    return text.hits.first {
      ["other", "courier"].contains($0.category) && $0.words.overlaps(best.hit.words)
    } ?? best.hit
  }

  /// A known given name beside it that is not the sender's.
  private func otherName(
    _ range: Range<Int>, _ text: MarkedText, _ sender: PersonName
  ) -> String? {
    // A nickname of one word may hide any name.
    guard !sender.givenNames.isEmpty || sender.words.count > 1, text.words.count <= 30 else {
      return nil
    }
    let first = text.places.firstIndex { $0.upperBound > range.lowerBound } ?? text.places.count
    let next = text.places.firstIndex { $0.lowerBound >= range.upperBound } ?? text.places.count
    let near = Array(max(0, first - 3)..<first) + Array(next..<min(text.places.count, next + 3))
    let marked =
      near
      + text.hits.filter { $0.category == "name_given" }.flatMap {
        Array($0.words.upperBound..<min(text.places.count, $0.words.upperBound + 2))
      }
    // What is part of a phrase, or an everyday word as well, is no name here.
    let said = Set(text.hits.filter { $0.category != "name_given" }.flatMap { Array($0.words) })
    for place in marked where !said.contains(place) {
      let word = text.slice(text.places[place])
      let name = PersonName(word, names)
      guard let known = name.givenNames.first, known.folded.unicodeScalars.count > 2 else {
        continue
      }
      let isMine = sender.words.contains { NameAgreement.likeness($0, known) != nil }
      if !isMine { return word }
    }
    return nil
  }

  /// What the messages around say.
  private func answer(_ context: Context) -> Judgement? {
    if let after = context.after, after.words.count <= 8,
      let hit = after.hits.first(where: { $0.category == "other" && !$0.notes.contains("weak") })
    {
      return Judgement(ownership: .other, reason: "“\(after.words(of: hit))” follows it")
    }
    for (text, isOwner) in context.before.prefix(4) {
      for hit in text.hits where !hit.notes.contains("weak") {
        let said = "“\(text.words(of: hit))”"
        switch (hit.category, isOwner) {
        case ("ask_other", true):
          return Judgement(ownership: .other, reason: "the shop asked \(said)", isStated: true)
        case ("ask_own", true):
          return Judgement(ownership: .own, reason: "the shop asked \(said)", isStated: true)
        case ("other", true):
          return Judgement(ownership: .other, reason: "the shop spoke of \(said)")
        case ("gift", false):
          return Judgement(ownership: .other, reason: "\(said) came before it")
        case ("other", false) where !ContactReader.isWorthReading(text.bytes):
          return Judgement(ownership: .other, reason: "\(said) came before it")
        default: continue
        }
      }
    }
    return nil
  }
}
