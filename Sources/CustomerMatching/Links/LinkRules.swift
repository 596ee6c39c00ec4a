import InboxModel

/// Says which holders of a key are one person, which may be, and why the others are not.
///
/// Automatic are only a mobile, a mailbox and a handle that are the person's own, and each only if
/// nothing speaks against it: a false link sends one customer's order to another.
struct LinkRules {
  let names: NameReader
  /// A key that more people than these were seen with is nobody's own.
  private static let mostPeople = 3
  /// A number that rests so long, in milliseconds, may be given to somebody else: twelve months.
  static let recycling: Int64 = 365 * 86_400_000
  /// Handles this long are seldom chosen by two people.
  static let rareHandle = 12
  /// So many profiles may have one rare name before it counts as common.
  private static let mostNamesakes = 4

  init(_ names: NameReader) { self.names = names }

  /// Two holders, and what is to be said of both.
  struct Pair {
    let key: PersonKey
    let first: KeyHolder
    let second: KeyHolder
    let names: NameAgreement
    /// True if both have mobiles of their own, or mailboxes, and none in common.
    let isConflicting: (mobiles: Bool, emails: Bool)

    var weakest: KeySighting.Strength { max(first.sighting.strength, second.sighting.strength) }
    var strongest: KeySighting.Strength { min(first.sighting.strength, second.sighting.strength) }
    var isNameFit: Bool { names.agrees && !names.isContradictory }
    var hasConflict: Bool { isConflicting.mobiles || isConflicting.emails }
  }

  /// What is said of two profiles with one key.
  struct Finding {
    let rule: ProfileLink.Rule
    let verdict: ProfileLink.Verdict
    let reason: String
  }

  /// All pairs of a key's holders.
  ///
  /// - Parameters:
  ///   - key: What they share.
  ///   - holders: The profiles; the order does not matter.
  ///   - isCrowded: True if so many more have the key that it is nobody's own.
  /// - Returns: A link for each pair, also those that are refused.
  func links(_ key: PersonKey, _ holders: [KeyHolder], isCrowded: Bool) -> [ProfileLink] {
    let holders = holders.sorted {
      ($0.profile.uid, $0.profile.id) < ($1.profile.uid, $1.profile.id)
    }
    let veto = isCrowded ? crowded(key) : veto(key, holders)
    let people = holders.filter { !$0.profile.isOwner }
    var found: [ProfileLink] = []
    for (place, first) in people.enumerated() {
      for second in people[(place + 1)...] {
        let finding = veto ?? judge(pair(key, first, second), people)
        guard let finding else { continue }
        found.append(
          ProfileLink(
            first: first.profile.id, second: second.profile.id, rule: finding.rule, key: key,
            verdict: finding.verdict, reason: finding.reason,
            firstContact: first.sighting.contact, secondContact: second.sighting.contact))
      }
    }
    return found
  }

  /// Why a key proves nothing at all; nil if it may.
  private func veto(_ key: PersonKey, _ holders: [KeyHolder]) -> Finding? {
    let rule = LinkRules.rule(key.kind)
    func refused(_ reason: String) -> Finding {
      Finding(rule: rule, verdict: .refused, reason: reason)
    }
    switch key.kind {
    case .name:
      return holders.count > LinkRules.mostNamesakes ? refused("many are called so") : nil
    case .address: return people(holders) > LinkRules.mostPeople ? refused("many live there") : nil
    case .email where MatchingWords.shared.roles.contains(String(key.value.prefix { $0 != "@" })):
      return refused("\(key.value) belongs to a role, not to a person")
    case .mobile, .landline, .email, .handle, .slug, .anyHandle:
      if holders.contains(where: { $0.profile.isOwner && $0.sighting.strength < .derived }) {
        return refused("\(key.value) is the shop's own")
      }
      if holders.contains(where: { $0.sighting.role == .courier }) {
        return refused("\(key.value) is a courier's")
      }
      return people(holders) > LinkRules.mostPeople ? crowded(key) : nil
    }
  }

  private func crowded(_ key: PersonKey) -> Finding {
    Finding(
      rule: LinkRules.rule(key.kind), verdict: .refused,
      reason: "\(key.value) was seen with more than \(LinkRules.mostPeople) people")
  }

  /// How many people the holders are, those whose names agree counting once.
  private func people(_ holders: [KeyHolder]) -> Int {
    let others = holders.filter { !$0.profile.isOwner }
    guard others.count > LinkRules.mostPeople else { return others.count }
    guard others.count <= 12 else { return others.count }
    var groups: [PersonName] = []
    for holder in others {
      let name = PersonName(holder.profile.name ?? "", names)
      let isKnown = groups.contains { group in
        let agreement = NameAgreement(group, name)
        return agreement.agrees && !agreement.isContradictory
      }
      if !isKnown { groups.append(name) }
    }
    return groups.count
  }

  private static func rule(_ kind: PersonKey.Kind) -> ProfileLink.Rule {
    switch kind {
    case .mobile: .phone
    case .landline: .landline
    case .email: .email
    case .handle, .slug, .anyHandle: .handle
    case .address: .address
    case .name: .name
    }
  }

  private func judge(_ pair: Pair, _ holders: [KeyHolder]) -> Finding? {
    switch pair.key.kind {
    case .mobile: phone(pair)
    case .email: email(pair)
    case .handle, .slug: handle(pair, holders)
    case .anyHandle: anyHandle(pair)
    case .landline: weak(pair, .landline, "both have the fixed line \(pair.key.value)")
    case .address: weak(pair, .address, "both gave the address “\(address(pair))”")
    case .name: name(pair)
    }
  }

  private func pair(_ key: PersonKey, _ first: KeyHolder, _ second: KeyHolder) -> Pair {
    func own(_ holder: KeyHolder, _ kind: ContactPoint.Kind) -> Set<String> {
      Set(
        holder.profile.contacts.filter {
          $0.point.kind == kind && $0.point.ownership == .own
            && (kind == .email || $0.point.line == .mobile)
        }.map { kind == .email ? EmailFinder.key($0.point.value) : KeyMaker.number($0.point.value) }
      )
    }
    func conflict(_ kind: ContactPoint.Kind) -> Bool {
      let (a, b) = (own(first, kind), own(second, kind))
      return !a.isEmpty && !b.isEmpty && a.isDisjoint(with: b)
    }
    return Pair(
      key: key, first: first, second: second, names: agreement(first.profile, second.profile),
      isConflicting: (conflict(.phone), conflict(.email)))
  }

  /// The best that any two of their names say.
  private func agreement(_ first: MatchProfile, _ second: MatchProfile) -> NameAgreement {
    let (mine, theirs) = (forms(first), forms(second))
    var best: NameAgreement?
    for a in mine {
      for b in theirs {
        let agreement = NameAgreement(a, b)
        guard let known = best else {
          best = agreement
          continue
        }
        if agreement.weight > known.weight {
          best = agreement
        }
      }
    }
    return best ?? NameAgreement(PersonName("", names), PersonName("", names))
  }

  private func forms(_ profile: MatchProfile) -> [PersonName] {
    let texts = [profile.name].compactMap(\.self) + profile.aliases.prefix(6)
    let all = texts.map { PersonName($0, names) }.filter { !$0.isEmpty }
    return all.isEmpty ? [PersonName("", names)] : all
  }
}
