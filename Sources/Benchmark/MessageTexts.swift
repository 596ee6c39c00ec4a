/// Sentences as shops and customers write them, in four languages.
struct MessageTexts {
  private static let words: [[String]] = [
    "hello please order cake chocolate two boxes delivery tomorrow morning price thank you address street near mosque call me when ready white dress size medium blue cash"
      .split(separator: " ").map(String.init),
    "مرحبا بدي اطلب كيكة شوكولاتة قطعتين توصيل بكرا الصبح السعر شكرا العنوان شارع الجامعة جنب المسجد اتصل لما تجهز فستان ابيض مقاس وسط ازرق كاش دينار"
      .split(separator: " ").map(String.init),
    "καλημέρα θέλω παραγγελία τούρτα σοκολάτα δύο κουτιά παράδοση αύριο πρωί τιμή ευχαριστώ διεύθυνση οδός κοντά εκκλησία πάρε με όταν είναι έτοιμο φόρεμα λευκό μεσαίο"
      .split(separator: " ").map(String.init),
    "שלום אפשר להזמין עוגת שוקולד שתי קופסאות משלוח מחר בבוקר מחיר תודה כתובת רחוב ליד בית כנסת תתקשר כשמוכן שמלה לבנה מידה בינונית כחול מזומן"
      .split(separator: " ").map(String.init),
  ]

  private var numbers: RandomNumbers

  init(seed: UInt64) { numbers = RandomNumbers(seed: seed) }

  /// A sentence of 3 to 18 words; half of them English. Every third ends with one of 300,000
  /// invented words, most of them rare: names, streets, goods.
  mutating func next() -> String {
    let language = numbers.below(2) == 0 ? 0 : 1 + numbers.below(3)
    let words = MessageTexts.words[language]
    var text = ""
    for index in 0..<(3 + numbers.below(16)) {
      if index > 0 { text += " " }
      text += words[numbers.below(words.count)]
      if numbers.below(12) == 0 { text += " \(numbers.below(500))" }
    }
    if numbers.below(3) == 0 { text += " " + rareWord() }
    return text
  }

  private static let syllables = "ba ke li mo nu ra sa ti vo zu pe da fi go ha ju".split(
    separator: " "
  ).map(String.init)

  /// A word of five syllables and its number; small numbers come often.
  private mutating func rareWord() -> String {
    let chance = Double(numbers.below(1_000_000)) / 1_000_000
    return MessageTexts.word(Int(chance * chance * chance * 300_000))
  }

  /// The invented word of a number.
  static func word(_ number: Int) -> String {
    var left = number
    var word = ""
    for _ in 0..<5 {
      word += syllables[left & 15]
      left >>= 4
    }
    return word
  }
}
