import InboxModel

/// What each kind of key proves.
extension LinkRules {
  func phone(_ pair: Pair) -> Finding {
    let number = pair.key.value
    func finding(_ verdict: ProfileLink.Verdict, _ reason: String) -> Finding {
      Finding(rule: .phone, verdict: verdict, reason: reason)
    }
    if pair.weakest == .foreign { return finding(.refused, foreign(pair)) }
    if let months = rest(pair), !pair.names.agrees {
      return finding(
        .refused, "\(number) may have a new owner: \(months) months lie between the two names")
    }
    // A number without a word of whose it is may be a husband's: the names must say the same.
    if pair.names.isContradictory
      || pair.weakest == .given && !pair.names.agrees
        && !pair.names.agreesFaintly
    {
      return finding(.suggested, "both use \(number), but under two names: \(how(pair))")
    }
    return finding(.joined, "the same number \(number): \(how(pair))")
  }

  func email(_ pair: Pair) -> Finding {
    let address = pair.key.value
    func finding(_ verdict: ProfileLink.Verdict, _ reason: String) -> Finding {
      Finding(rule: .email, verdict: verdict, reason: reason)
    }
    if pair.weakest == .foreign { return finding(.refused, foreign(pair)) }
    if pair.names.isContradictory {
      return finding(.refused, "two people with different names use \(address)")
    }
    if pair.isConflicting.mobiles {
      return finding(
        pair.isNameFit ? .suggested : .refused,
        "both use \(address), but each has a mobile of their own")
    }
    if pair.weakest == .derived {
      return finding(.suggested, "\(address), written out in words by one of the two")
    }
    if pair.weakest == .given, !pair.names.agrees {
      return finding(.suggested, "both use \(address), but under two names: \(how(pair))")
    }
    return finding(.joined, "the same mail address \(address): \(how(pair))")
  }

  /// One claims a handle, the other has it; or both claim it.
  func handle(_ pair: Pair, _ holders: [KeyHolder]) -> Finding? {
    let handle = pair.key.value
    let strengths = [pair.first.sighting.strength, pair.second.sighting.strength]
    func finding(_ verdict: ProfileLink.Verdict, _ reason: String) -> Finding {
      Finding(rule: .handle, verdict: verdict, reason: reason)
    }
    if pair.weakest == .foreign {
      return pair.strongest == .shown ? finding(.refused, foreign(pair)) : nil
    }
    let claims = strengths.filter { $0 == .stated || $0 == .given }
    // Two folders of one name, or two who only mention a handle, say nothing.
    guard !claims.isEmpty else {
      return strengths.contains(.shown) && strengths.contains(.derived) && pair.key.kind == .handle
        && pair.isNameFit ? finding(.suggested, "one mentions \(handle), which the other has") : nil
    }
    if pair.names.isContradictory || !claims.contains(.stated) && !pair.names.agrees {
      return finding(.suggested, "\(how(pair)) (\(handle)), but under two names")
    }
    if pair.weakest == .derived {
      let isOnly = holders.count { $0.sighting.strength == .derived } == 1
      // The claim, the only such folder, and names that agree: a name alone never joins.
      let isUnmistakable =
        isOnly && pair.key.kind == .slug && claims == [.stated]
        && (pair.names.agrees || kuniyaAgrees(pair))
      return finding(
        isUnmistakable ? .joined : .suggested,
        "says to be \(handle), and one profile alone is called so")
    }
    return finding(.joined, "\(how(pair)): \(handle)")
  }

  /// True if one is called the father or mother of whom the other is called after.
  private func kuniyaAgrees(_ pair: Pair) -> Bool {
    let (a, b) = (
      PersonName(pair.first.profile.name ?? "", names),
      PersonName(pair.second.profile.name ?? "", names)
    )
    func agree(_ sons: [PersonName.Word], _ others: [PersonName.Word]) -> Bool {
      sons.contains { son in
        others.contains { [.same, .table].contains(NameAgreement.likeness(son, $0)) }
      }
    }
    return agree(a.sons, b.words) || agree(b.sons, a.words)
  }

  /// Handles on two platforms.
  func anyHandle(_ pair: Pair) -> Finding? {
    let (a, b) = (pair.first.profile, pair.second.profile)
    func finding(_ verdict: ProfileLink.Verdict, _ reason: String) -> Finding {
      Finding(rule: .handle, verdict: verdict, reason: reason)
    }
    guard a.platform != b.platform, pair.weakest != .foreign else { return nil }
    let same = KeyMaker.ownLetters(a).intersection(KeyMaker.ownLetters(b)).max {
      $0.count < $1.count
    }
    let exact = Set(KeyMaker.shownHandles(a)).intersection(KeyMaker.shownHandles(b))
    if let same, same.count >= LinkRules.rareHandle, pair.weakest == .shown,
      // Folders leave out the signs of a handle: there the names must agree, too.
      pair.isNameFit || exact.contains { KeyMaker.letters($0) == same }, !pair.names.isContradictory
    {
      return finding(.joined, "the same rare handle \(same) on \(a.platform) and \(b.platform)")
    }
    guard pair.key.value.count >= 6, pair.isNameFit, !pair.hasConflict, pair.strongest == .shown
    else {
      return finding(.refused, "handles as short or alike as \(pair.key.value) are chosen by many")
    }
    return finding(.suggested, "handles alike (\(pair.key.value)), and names that agree")
  }

  /// What proves something only together with names that agree, and nothing that speaks against it.
  func weak(_ pair: Pair, _ rule: ProfileLink.Rule, _ reason: String) -> Finding {
    let isName = pair.names.isFull || pair.names.agrees && shortest(pair) == 1
    let isFit =
      isName && !pair.names.isContradictory && !pair.hasConflict
      && pair.weakest != .foreign
    return Finding(
      rule: rule, verdict: isFit ? .suggested : .refused,
      reason: isFit
        ? reason + ", and their names agree" : reason + ", which families and offices share"
    )
  }

  /// The address as one of the two wrote it.
  func address(_ pair: Pair) -> String {
    pair.first.profile.contacts.first { $0.id == pair.first.sighting.contact }?.point.value
      ?? pair.key.value
  }

  func name(_ pair: Pair) -> Finding? {
    guard pair.names.isFull, !pair.names.isContradictory, pair.names.isRare else { return nil }
    let names = "\(pair.first.profile.name ?? "") = \(pair.second.profile.name ?? "")"
    return Finding(
      rule: .name, verdict: pair.hasConflict ? .refused : .suggested,
      reason: pair.hasConflict
        ? "a name in common (\(names)), but different numbers or addresses of their own"
        : "a rare name in common: \(names)")
  }

  private func shortest(_ pair: Pair) -> Int {
    return [pair.first, pair.second].map {
      PersonName($0.profile.name ?? "", names).words.count
    }.min() ?? 0
  }

  /// The months between the last of one and the first of the other; nil if they are too few to
  /// matter.
  private func rest(_ pair: Pair) -> Int? {
    let (a, b) = (pair.first.profile, pair.second.profile)
    guard a.isDirect, b.isDirect else { return nil }
    let gap = max(a.first - b.last, b.first - a.last)
    return gap > LinkRules.recycling ? Int(gap / (30 * 86_400_000)) : nil
  }

  private func how(_ pair: Pair) -> String {
    let words = [pair.first, pair.second].map { holder in
      let platform = holder.profile.platform
      let point = holder.profile.contacts.first { $0.id == holder.sighting.contact }?.point
      return switch holder.sighting.strength {
      case .shown: "shown on \(platform)"
      case .stated: "said on \(platform), \(point?.reason ?? "as their own")"
      case .given: "given on \(platform)"
      default: "seen on \(platform)"
      }
    }
    return words.joined(separator: "; ")
  }

  private func foreign(_ pair: Pair) -> String {
    let holder = pair.first.sighting.strength == .foreign ? pair.first : pair.second
    let point = holder.profile.contacts.first { $0.id == holder.sighting.contact }?.point
    let why = point.map { ": \($0.reason)" } ?? ""
    return
      "\(pair.key.value) is not known to be the own of \(holder.profile.name ?? "one of them")\(why)"
  }
}
