import InboxModel
import SearchText

/// The keys of a profile: what it must share with another to be looked at beside it.
struct KeyMaker {
  private let names: NameReader
  private let marker: TextMarker
  /// A name of more words than these makes no more pairs.
  private static let longestName = 4

  init(_ names: NameReader, _ marker: TextMarker) {
    self.names = names
    self.marker = marker
  }

  /// The keys of a profile, each with how it came to it; of several sightings of one key the surest,
  /// and beside it one that says whose else it is.
  func keys(of profile: MatchProfile) -> [KeySighting] {
    var found: [KeySighting] = []
    for contact in profile.contacts { found += keys(of: contact.point, contact.id, profile) }
    found += ownHandles(profile)
    if profile.isDirect, !profile.isOwner {
      found += nameKeys(profile).map { KeySighting($0, .derived) }
    }
    var best: [PersonKey: KeySighting] = [:]
    for sighting in found {
      guard let known = best[sighting.key] else {
        best[sighting.key] = sighting
        continue
      }
      let role = known.role ?? sighting.role
      // Of two that are equally sure the earlier.
      if sighting.strength < known.strength { best[sighting.key] = sighting }
      best[sighting.key]?.role = role
    }
    return best.values.sorted {
      ($0.key.kind.rawValue, $0.key.value) < ($1.key.kind.rawValue, $1.key.value)
    }
  }

  private func keys(
    of point: ContactPoint, _ id: Int64, _ profile: MatchProfile
  ) -> [KeySighting] {
    let strength: KeySighting.Strength =
      switch (point.ownership, point.isStated) {
      case (.own, _) where point.value == profile.handle: .shown
      case (.own, true): .stated
      case (.own, false): .given
      default: .foreign
      }
    func sighting(_ kind: PersonKey.Kind, _ value: String) -> KeySighting {
      KeySighting(PersonKey(kind, value), strength, role: point.role, contact: id)
    }
    switch point.kind {
    case .phone:
      return [sighting(point.line == .fixed ? .landline : .mobile, KeyMaker.number(point.value))]
    case .email:
      var found = sighting(.email, EmailFinder.key(point.value))
      if !point.raw.contains("@") { found.strength = .derived }
      return [found]
    case .handle:
      let parts = point.value.split(separator: ":", maxSplits: 1)
      // Without a platform it stands with its sign, `@name`.
      let platform = parts.count == 2 ? String(parts[0]) : ""
      let handle = parts.count == 2 ? String(parts[1]) : String(point.value.dropFirst())
      let letters = KeyMaker.letters(handle)
      var found =
        platform.isEmpty
        ? [sighting(.anyHandle, KeyMaker.stem(letters))]
        : [
          sighting(.handle, point.value), sighting(.slug, platform + ":" + letters),
          sighting(.anyHandle, KeyMaker.stem(letters)),
        ]
      if point.ownership == .unknown {
        for place in found.indices { found[place].strength = .derived }
      }
      return found.filter { $0.key.value.utf8.count >= 3 }
    case .address:
      return addressKeys(point.value).map { KeySighting($0, .derived, contact: id) }
    case .name: return []
    }
  }

  /// What the platform itself shows of handles: a handle, a name that is one, a folder's name.
  private func ownHandles(_ profile: MatchProfile) -> [KeySighting] {
    let platform = profile.platform
    var found: [KeySighting] = []
    for handle in KeyMaker.shownHandles(profile) {
      found += [
        KeySighting(PersonKey(.handle, platform + ":" + handle), .shown),
        KeySighting(PersonKey(.slug, platform + ":" + KeyMaker.letters(handle)), .shown),
        KeySighting(PersonKey(.anyHandle, KeyMaker.stem(KeyMaker.letters(handle))), .shown),
      ]
    }
    guard let slug = profile.slug.map(KeyMaker.letters), slug.count >= 4 else { return found }
    // A folder that is not called after the name is called after the handle.
    let isOfName = isCalledAfter(profile.name ?? "", slug)
    found.append(
      KeySighting(PersonKey(.slug, platform + ":" + slug), isOfName ? .derived : .shown))
    if !isOfName { found.append(KeySighting(PersonKey(.anyHandle, KeyMaker.stem(slug)), .shown)) }
    return found
  }

  /// True if a folder's name is made of a name, in whatever script.
  private func isCalledAfter(_ name: String, _ slug: String) -> Bool {
    guard KeyMaker.letters(name) != slug else { return true }
    guard !slug.utf8.contains(where: { $0 &- 0x30 < 10 }) else { return false }
    let words = PersonName(name, names).words
    // The words of one script: others make no part of the folder's name.
    let sounds = words.map { Romanized($0.folded) }
    guard !sounds.isEmpty else { return true }
    let joined = Romanized(
      sounds.map { String(decoding: $0.letters, as: UTF8.self) }.joined())
    let hasVowels = sounds.allSatisfy(\.hasVowels)
    let ofName =
      hasVowels
      ? joined.skeletons : Romanized.withoutVowels(sounds.flatMap(\.letters))
    return !ofName.isDisjoint(with: Romanized(slug).skeletons)
  }

  /// The handles of a profile as its platform shows them, in lower case.
  static func shownHandles(_ profile: MatchProfile) -> [String] {
    [profile.handle, profile.name].compactMap { text in
      guard let text, !text.hasPrefix("+"), !text.contains(":"),
        text == profile.handle || HandleFinder.looksLikeHandle(text[...])
      else { return nil }
      return text.lowercased()
    }
  }

  /// The letters and digits of a handle or name in Latin letters, in lower case.
  static func letters(_ handle: String) -> String {
    String(
      decoding: handle.lowercased().utf8.filter { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 },
      as: UTF8.self)
  }

  /// The letters and digits of all handles that are known to be the person's.
  static func ownLetters(_ profile: MatchProfile) -> Set<String> {
    var found = Set(shownHandles(profile).map(letters))
    if let slug = profile.slug.map(letters) { found.insert(slug) }
    for contact in profile.contacts
    where contact.point.kind == .handle && contact.point.ownership == .own {
      let value = contact.point.value
      found.insert(letters(String(value[(value.firstIndex(of: ":") ?? value.startIndex)...])))
    }
    return found
  }

  /// Letters without the number at their end, by which people tell one handle from another.
  static func stem(_ letters: String) -> String {
    let end = letters.utf8.lastIndex { $0 &- 0x30 >= 10 }
    let stem =
      end.map { letters.utf8[...$0] } ?? letters.utf8[letters.startIndex..<letters.startIndex]
    return stem.count >= 6 ? String(decoding: stem, as: UTF8.self) : letters
  }

  /// A number as lines are compared: Palestinian mobiles answer under +970 and +972.
  static func number(_ e164: String) -> String {
    let rest = e164.dropFirst(4)
    guard e164.hasPrefix("+970") || e164.hasPrefix("+972"), rest.utf8.count == 9,
      rest.hasPrefix("56") || rest.hasPrefix("59")
    else { return e164 }
    return "+970" + rest
  }

  /// An address by its numbers with each of its words: how it is put together differs.
  private func addressKeys(_ text: String) -> [PersonKey] {
    let marked = marker.mark(text)
    let numbers = marked.words.filter { $0.allSatisfy(\.isNumber) }.sorted()
    guard !numbers.isEmpty, marked.words.count >= 3 else { return [] }
    let marks = Set(
      marked.hits.filter { $0.category == "address_marker" }.flatMap { Array($0.words) })
    let words = marked.words.indices.filter {
      !marks.contains($0) && marked.words[$0].unicodeScalars.count >= 4
        && !marked.words[$0].allSatisfy(\.isNumber)
    }.flatMap { Lexicon.forms(of: marked.words[$0]) }
    return Set(words).sorted().prefix(12).map {
      PersonKey(.address, (numbers + [$0]).joined(separator: " "))
    }
  }

  /// Two words of a name, each by what it sounds like and by what the table knows of it.
  private func nameKeys(_ profile: MatchProfile) -> Set<PersonKey> {
    var keys: Set<PersonKey> = []
    for text in [profile.name].compactMap(\.self) + profile.aliases {
      let words = PersonName(text, names).words.filter { !$0.isInitial }
        .prefix(KeyMaker.longestName)
      // Names that many have would bring thousands together, and prove nothing.
      guard words.count >= 2, words.contains(where: { !$0.isCommon }) else { continue }
      let codes = words.map { word -> [String] in
        word.isCommon
          ? word.entries.map(\.canonical) : word.sound.skeletons.filter { $0.count >= 3 }
      }
      for first in codes.indices {
        for second in codes.indices where second > first {
          for a in codes[first] {
            for b in codes[second] {
              keys.insert(PersonKey(.name, [a, b].sorted().joined(separator: " ")))
            }
          }
        }
      }
    }
    return keys
  }
}
