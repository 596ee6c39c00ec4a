import CustomerMatching
import InboxModel
import Testing

/// Which keys profiles share, and what is made of them.
@Suite struct MatchingTests {
  private static let day: Int64 = 86_400_000

  private func profile(
    _ id: Int64, _ platform: String, _ name: String, _ points: [ContactPoint] = [],
    handle: String? = nil, slug: String? = nil, isOwner: Bool = false, from: Int64 = 0,
    to: Int64 = 10
  ) -> MatchProfile {
    MatchProfile(
      id: id, uid: "u\(id)", platform: platform, isOwner: isOwner, name: name, handle: handle,
      slug: slug, first: from * Self.day, last: to * Self.day,
      contacts: points.enumerated().map { (Int64($0.offset) + id * 100, $0.element) })
  }

  private func phone(
    _ value: String, _ ownership: ContactPoint.Ownership = .own, isStated: Bool = true,
    line: ContactPoint.Line = .mobile, role: ContactPoint.Role? = nil
  ) -> ContactPoint {
    ContactPoint(
      kind: .phone, value: value, raw: value, ownership: ownership, isStated: isStated, line: line,
      role: role)
  }

  private func email(_ value: String) -> ContactPoint {
    ContactPoint(kind: .email, value: value, raw: value, ownership: .own)
  }

  /// The strongest verdict on the first two of some profiles.
  private func verdict(_ profiles: MatchProfile...) -> ProfileLink.Verdict? {
    let matcher = CustomerMatcher()
    var holders: [PersonKey: [KeyHolder]] = [:]
    for profile in profiles {
      for sighting in matcher.keys(of: profile) {
        holders[sighting.key, default: []].append(KeyHolder(profile: profile, sighting: sighting))
      }
    }
    let links = holders.flatMap { key, holders in matcher.links(key, holders, isCrowded: false) }
      .filter {
        Set([$0.first, $0.second]) == Set([profiles[0].id, profiles[1].id])
      }
    for verdict in [ProfileLink.Verdict.joined, .suggested, .refused]
    where links.contains(where: { $0.verdict == verdict }) {
      return verdict
    }
    return nil
  }

  private let number = "+962795550201"

  @Test func oneMobileIsOnePerson() {
    let rania = profile(1, "instagram", "Rania", [phone(number)])
    #expect(verdict(rania, profile(2, "whatsapp", "رانيا", [phone(number)])) == .joined)
    // Said to be hers, it joins whoever is not plainly somebody else.
    #expect(verdict(rania, profile(2, "whatsapp", "🌸 Queen", [phone(number)])) == .joined)
    #expect(verdict(rania, profile(2, "whatsapp", "Omar", [phone(number)])) == .suggested)
    // Only given, it may be her husband's: the names must agree.
    let given = profile(1, "instagram", "Rania", [phone(number, isStated: false)])
    #expect(verdict(given, profile(2, "whatsapp", "رانيا", [phone(number)])) == .joined)
    #expect(verdict(given, profile(2, "whatsapp", "🌸 Queen", [phone(number)])) == .suggested)
    #expect(verdict(given, profile(2, "whatsapp", "Omar", [phone(number)])) == .suggested)
    let others = profile(1, "instagram", "Rania", [phone(number, .other)])
    #expect(verdict(others, profile(2, "whatsapp", "Lina", [phone(number)])) == .refused)
  }

  @Test func palestinianMobilesAreOneUnderBothCodes() {
    #expect(
      verdict(
        profile(1, "facebook", "محمود زيدان", [phone("+970599550208")]),
        profile(2, "whatsapp", "Mahmoud Zidan", [phone("+972599550208")])) == .joined)
  }

  @Test func fixedLinesAreShared() {
    let line = phone("+302310555240", line: .fixed)
    #expect(
      verdict(
        profile(1, "facebook", "Γιάννης Παπαδόπουλος", [line]),
        profile(2, "instagram", "Giannis Papadopoulos", [line])) == .suggested)
    #expect(
      verdict(
        profile(1, "facebook", "Γιάννης Παπαδόπουλος", [line, phone("+306945550240")]),
        profile(2, "instagram", "Giannis Papadopoulos jr", [line, phone("+306975550241")]))
        == .refused)
  }

  @Test func manyHoldersMakeItNobodys() {
    let people = ["Dana", "Omar", "Huda", "Nikos"].enumerated().map {
      profile(Int64($0.offset + 1), "instagram", $0.element, [phone(number)])
    }
    #expect(verdict(people[0], people[1], people[2]) == .suggested)
    #expect(verdict(people[0], people[1], people[2], people[3]) == .refused)
    // One person on four platforms is not four people.
    let same = (1...4).map { profile($0, "p\($0)", "Rania Haddad", [phone(number)]) }
    #expect(verdict(same[0], same[1], same[2], same[3]) == .joined)
  }

  @Test func shopsAndCouriersNumbersProveNothing() {
    let (a, b) = (
      profile(1, "instagram", "Dana", [phone(number)]),
      profile(2, "facebook", "Dana", [phone(number)])
    )
    #expect(verdict(a, b) == .joined)
    #expect(
      verdict(a, b, profile(3, "whatsapp", "Shop", [phone(number)], isOwner: true)) == .refused)
    let driver = profile(3, "whatsapp", "Lina", [phone(number, .other, role: .courier)])
    #expect(verdict(a, b, driver) == .refused)
  }

  @Test func recycledNumbersHaveTwoOwners() {
    let old = profile(1, "instagram", "عبير ناصر", [phone(number)], from: 0, to: 400)
    let new = profile(2, "facebook", "Tareq Amr", [phone(number)], from: 1_400, to: 1_500)
    #expect(verdict(old, new) == .refused)
    let same = profile(2, "facebook", "Abeer Nasser", [phone(number)], from: 1_400, to: 1_500)
    #expect(verdict(old, same) == .joined)
  }

  @Test func mailboxes() {
    func pair(_ a: String, _ b: String, _ names: (String, String) = ("Tal", "טל")) -> ProfileLink
      .Verdict?
    {
      verdict(
        profile(1, "facebook", names.0, [email(a)]), profile(2, "instagram", names.1, [email(b)]))
    }
    #expect(pair("tal.b@example.com", "tal.b@example.com") == .joined)
    #expect(pair("tal.barak+orders@gmail.com", "talbarak@googlemail.com") == .joined)
    #expect(pair("j.smith@example.org", "jsmith@example.org") == nil)
    #expect(pair("info@example.com", "info@example.com") == .refused)
    #expect(pair("levis@example.com", "levis@example.com", ("Dana", "Omar")) == .refused)
    #expect(
      verdict(
        profile(1, "facebook", "Dana", [email("levis@example.com"), phone(number)]),
        profile(2, "instagram", "D", [email("levis@example.com"), phone("+962795550999")]))
        == .refused)
  }

  @Test func claimedHandles() {
    func claim(_ isStated: Bool = true) -> ContactPoint {
      ContactPoint(
        kind: .handle, value: "instagram:hala.cakes", raw: "@hala.cakes", ownership: .own,
        isStated: isStated)
    }
    let hala = profile(2, "instagram", "هلا | Hala", slug: "halacakes")
    #expect(verdict(profile(1, "whatsapp", "Hala", [claim()]), hala) == .joined)
    #expect(verdict(profile(1, "whatsapp", "Omar", [claim()]), hala) == .suggested)
    // A folder called after the name does not show the handle; the claim and one name alone do.
    let named = profile(2, "instagram", "Hala Cakes", slug: "halacakes")
    let twin = profile(3, "instagram", "Hala Cakes", slug: "halacakes")
    #expect(verdict(profile(1, "whatsapp", "Hala", [claim()]), named) == .joined)
    #expect(verdict(profile(1, "whatsapp", "Hala", [claim()]), named, twin) == .suggested)
  }

  @Test func rareHandlesOnTwoPlatforms() {
    func pair(_ handle: String, _ a: String, _ b: String) -> ProfileLink.Verdict? {
      verdict(profile(1, "instagram", a, handle: handle), profile(2, "facebook", b, handle: handle))
    }
    #expect(pair("dimitra.zografou88", "Dimitra", "Δήμητρα") == .joined)
    #expect(pair("maria_k", "Maria K", "Mariam Khalaf") == .refused)
  }

  @Test(arguments: [
    ("Χρυσόστομος Καραθανάσης", "Chrysostomos Karathanasis", ProfileLink.Verdict.suggested),
    ("7anan Sho3aibat", "حنان الشعيبات", .suggested),
    ("Maria Papadopoulou", "Μαρία Παπαδοπούλου", nil),
    ("محمد أحمد", "Mohammad Ahmad", nil),
    ("Lubna Karathanasis", "Omar Karathanasis", nil),
    ("Facebook user", "Facebook user", nil),
    ("Sofia Lind", "Sofia Lindgren", nil),
  ])
  func namesOnlySuggestAndOnlyRareOnes(
    first: String, second: String, expected: ProfileLink.Verdict?
  ) {
    #expect(
      verdict(profile(1, "instagram", first), profile(2, "facebook", second)) == expected,
      "\(first) \(second)")
  }

  @Test func sharedAddressNeedsTheWholeName() {
    func at(_ address: String) -> ContactPoint {
      ContactPoint(kind: .address, value: address, raw: address)
    }
    let (first, second) = ("عمان، دابوق شارع ٧ فيلا ٢٢", "دابوق شارع 7 فيلا 22 عمان")
    #expect(
      verdict(
        profile(1, "instagram", "Jumana Sabbagh", [at(first)]),
        profile(2, "facebook", "جمانة صباغ", [at(second)])) == .suggested)
    #expect(
      verdict(
        profile(1, "instagram", "Lubna Sabbagh", [at(first)]),
        profile(2, "facebook", "جمانة صباغ", [at(second)])) == .refused)
  }

  @Test func whatIsApartStaysApart() {
    let matcher = CustomerMatcher()
    let groups = matcher.groups(
      [1, 2, 3, 4], joins: [(1, 2), (2, 3), (3, 4)], apart: [(1, 4)])
    #expect(groups == [[1, 2, 3], [4]])
    #expect(matcher.groups([1, 2], joins: [], apart: []) == [[1], [2]])
  }
}
