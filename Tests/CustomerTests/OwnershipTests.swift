import CustomerMatching
import InboxModel
import Testing

/// Whose a number, mailbox or handle in a message is, by the words of seven languages.
@Suite struct OwnershipTests {
  private func read(
    _ text: String, before: [(Bool, String)] = [], after: String? = nil, name: String? = nil,
    region: String = "JO", isOwner: Bool = false, isDirect: Bool = true
  ) -> [ContactPoint] {
    let reader = MessageReader(region: region)
    let earlier = before.reversed().enumerated().map { place, line in
      ChatMessage(
        text: line.1, isOwner: line.0, sender: line.0 ? 1 : 2, sentAt: 1_000_000 - Int64(place))
    }
    let message = ChatMessage(
      text: text, isOwner: isOwner, sender: isOwner ? 1 : 2, sentAt: 1_000_001)
    return reader.read(
      message,
      Surroundings(
        before: earlier,
        after: after.map { ChatMessage(text: $0, isOwner: false, sender: 2, sentAt: 1_000_002) },
        name: name, isDirect: isDirect)
    ).contacts
  }

  private func phones(_ points: [ContactPoint]) -> [String] {
    points.filter { $0.kind == .phone }.map { "\($0.ownership.rawValue) \($0.value)" }
  }

  @Test(arguments: [
    ("my number is 079 555 0201", "JO", "self +962795550201"),
    ("رقمي ٠٧٨٥٥٥٠٢٠٢", "JO", "self +962785550202"),
    ("ra2mi 00962 79 5550201", "JO", "self +962795550201"),
    ("הטלפון שלי 052-555-0203", "IL", "self +972525550203"),
    ("זה המספר שלי \u{2066}+972-54-555-0320\u{2069}", "IL", "self +972545550320"),
    ("κιν 694 555 0204", "GR", "self +306945550204"),
    ("to tilefono mou 6945550204", "GR", "self +306945550204"),
    ("my mobile is ０７９５５５０３２３", "JO", "self +962795550323"),
    ("numaram 0532 555 02 01", "TR", "self +905325550201"),
    ("mon numéro 06 12 34 56 78", "FR", "self +33612345678"),
    ("mi número 612 345 678", "ES", "self +34612345678"),
    ("https://wa.me/962795550201", "JO", "self +962795550201"),
    ("962795550201", "JO", "self +962795550201"),
    ("her number 079 555 0259", "JO", "other +962795550259"),
    ("رقم اختي 0795550259", "JO", "other +962795550259"),
    ("הטלפון שלה 058-5550135", "IL", "other +972585550135"),
    ("το τηλ της μαμάς μου 6945550259", "GR", "other +306945550259"),
    ("call my husband 079 555 0259", "JO", "other +962795550259"),
    ("the driver 0795550280 called me", "JO", "other +962795550280"),
    ("the driver is late, my number is 0795550280", "JO", "self +962795550280"),
  ])
  func wordsSayWhoseItIs(text: String, region: String, expected: String) {
    #expect(phones(read(text, region: region)) == [expected], "\(text)")
  }

  @Test func eachNumberHasItsOwnWords() {
    let found = phones(
      read("רק אליה: הטלפון שלה 058-5550135, שלי 052-5550136", region: "IL"))
    #expect(found == ["other +972585550135", "self +972525550136"])
  }

  /// A pasted list of customers is read to its end.
  @Test func longListsAreReadWhole() {
    let numbers = (0..<40).map { "07955502\($0 + 10)" }
    #expect(phones(read(numbers.joined(separator: "\n"))).count == 40)
  }

  @Test func questionsDecide() {
    let number = "0795550201"
    #expect(
      phones(read(number, before: [(true, "your phone number please")]))
        == ["self +962795550201"])
    #expect(
      phones(read(number, before: [(true, "what is the recipient's number?")]))
        == ["other +962795550201"])
    #expect(
      phones(read(number, before: [(false, "it's a gift for my sister")]))
        == ["other +962795550201"])
    #expect(
      phones(read(number, after: "that's my husband's number")) == ["other +962795550201"])
    // The nearest counts: she asked for her own number after all.
    #expect(
      phones(
        read(
          number,
          before: [(false, "it's a gift for my sister"), (true, "your phone number please")]))
        == ["self +962795550201"])
  }

  @Test func anotherNameBesideItMakesItNobodys() {
    #expect(
      phones(read("Lina Haddad 0795550201 Abdoun", name: "Rania Haddad"))
        == ["unknown +962795550201"])
    #expect(
      phones(read("رانيا 0795550201", name: "Rania Haddad")) == ["self +962795550201"])
  }

  @Test(arguments: [
    "my number is not 0795550201", "this is no longer my number 0795550201",
    "رقمي القديم كان 0795550201 بس سكرته", "my phone is broken, 0795550201",
    "رقمي مسكر، احكي 0795550201", "המספר הישן שלי היה 0795550201",
    "δεν ειναι το κινητο μου το 0795550201",
    "Fwd: Hi, I'm Sara, my number is 0795550201", "she told me: my number is 0795550201",
    "قالتلي رقمي 0795550201", "> my number is 0795550201",
    "[12/05, 10:22] Abu Yazan: my number is 0795550201", "היא כתבה לי: המספר שלי 0795550201",
  ])
  func deniedAndReportedNumbersAreNobodys(text: String) {
    #expect(!phones(read(text)).contains { $0.hasPrefix("self") }, "\(text)")
  }

  @Test func groupsAndOwnersGiveNothingAway() {
    #expect(phones(read("0795550201", isDirect: false)) == ["unknown +962795550201"])
    #expect(phones(read("0795550201", isOwner: true)) == ["other +962795550201"])
    #expect(phones(read("call us on 0795550201", isOwner: true)) == ["self +962795550201"])
    #expect(
      phones(read("so your number is 0795550201?", isOwner: true)) == ["other +962795550201"])
  }

  @Test(arguments: [
    ("my insta @hala.cakes", "instagram:hala.cakes", "self"),
    ("حسابي على الانستا instagram.com/laith_garden", "instagram:laith_garden", "self"),
    ("אני @Inbal.Art באינסטגרם", "instagram:inbal.art", "self"),
    ("to fb mou facebook.com/stavros.mavros", "facebook:stavros.mavros", "self"),
    ("fb muna.abdullah.7", "facebook:muna.abdullah.7", "self"),
    ("η φίλη μου @sunny.ioanna μου σας σύστησε", "@sunny.ioanna", "other"),
    ("do you have the bag of @some.influencer", "@some.influencer", "unknown"),
  ])
  func handlesAreTheirsOnlyIfTheySaySo(text: String, value: String, ownership: String) {
    let found = read(text).filter { $0.kind == .handle }
    #expect(found.map(\.value) == [value] && found.map(\.ownership.rawValue) == [ownership])
  }

  @Test func linksToPostsAreNoHandles() {
    let texts = [
      "https://www.instagram.com/p/Cxyz123/", "https://www.facebook.com/groups/123456",
      "instagram.com/reel/abc", "mail me at rania@example.com",
    ]
    for text in texts { #expect(read(text).allSatisfy { $0.kind != .handle }, "\(text)") }
  }

  @Test func mailboxesAlsoSpelledOut() {
    let plain = read("Invoice to Rania.H+shop@Example.COM.")
    #expect(plain.map(\.value) == ["rania.h+shop@example.com"] && plain[0].ownership == .own)
    for text in [
      "rania (at) example dot com", "rania [at] example.com", "rania שטרודל example.com",
      "rania at example dot com",
    ] {
      let found = read(text)
      #expect(found.map(\.value) == ["rania@example.com"], "\(text)")
      #expect(found.first?.ownership == .unknown, "\(text)")
    }
    #expect(read("see you at the shop.please").isEmpty)
  }

  @Test func addressesStandAsWritten() {
    let found = read("عنواني: دابوق شارع ٧ فيلا ٢٢ عمان. رقمي 0795550201")
    #expect(found.filter { $0.kind == .address }.map(\.value) == ["دابوق شارع ٧ فيلا ٢٢ عمان"])
    let greek = read("Ωραία. Τσιμισκή 45, ΤΚ 54623, Θεσσαλονίκη. κιν 6945550117", region: "GR")
    #expect(
      greek.filter { $0.kind == .address }.map(\.value) == ["Τσιμισκή 45, ΤΚ 54623, Θεσσαλονίκη"])
    #expect(read("where is your street?").allSatisfy { $0.kind != .address })
  }

  @Test func namesAreGiven() {
    #expect(
      read("hi my name is Rania Haddad, do you deliver?").filter { $0.kind == .name }.map(\.value)
        == ["Rania Haddad"])
    let order = read("الطلب باسم لينا حداد", name: "رانيا حداد").filter { $0.kind == .name }
    #expect(order.map(\.value) == ["لينا حداد"] && order.first?.ownership == .other)
  }

  @Test(arguments: [
    ("please unsubscribe me", true), ("STOP", true), ("stop by the shop tomorrow?", false),
    ("لا ترسلولي عروض", true), ("תסירו אותי מהרשימה", true), ("μη μου στέλνετε", true),
    ("please cancel my order", false), ("how much is the cake?", false),
  ])
  func optOutsAreHeard(text: String, isOptOut: Bool) {
    let reader = MessageReader(region: nil)
    let message = ChatMessage(text: text, isOwner: false, sender: 2, sentAt: 0)
    let signs = reader.read(message, Surroundings()).signs
    #expect(signs.contains { $0.kind == .optOut } == isOptOut, "\(text)")
  }
}
