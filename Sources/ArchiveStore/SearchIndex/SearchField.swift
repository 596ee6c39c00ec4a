import SearchText

/// `from:rania`, `before:2021`: what a query says of the messages beside their words.
package struct SearchField: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case from, to, customer, platform, inside = "in", before, after, on, has, kind, state = "is"

    /// True for fields whose values are names of people and conversations.
    var isNamed: Bool { [.from, .to, .customer, .inside].contains(self) }

    /// True for fields of which a message has one: of several, any will do.
    var isOneOf: Bool { [.from, .customer, .platform, .inside, .on, .kind].contains(self) }

    /// The kind with a name, in English, Arabic, Greek or Hebrew.
    static func named(_ name: String) -> Kind? { names[NameFolding.fold(name)] }

    private static let names: [String: Kind] = {
      let all: [Kind: [String]] = [
        .from: ["from", "من", "από", "מאת"], .to: ["to", "إلى", "προς", "אל"],
        .customer: ["customer", "عميل", "زبون", "πελάτης", "לקוח"],
        .platform: ["platform", "منصة", "πλατφόρμα", "פלטפורמה"],
        .inside: ["in", "في", "σε", "בשיחה"], .before: ["before", "قبل", "πριν", "לפני"],
        .after: ["after", "بعد", "μετά", "אחרי"], .on: ["on", "يوم", "στις", "ביום"],
        .has: ["has", "فيه", "έχει", "יש"], .kind: ["kind", "نوع", "είδος", "סוג"],
        .state: ["is", "هو", "είναι", "הוא"],
      ]
      var names: [String: Kind] = [:]
      for (kind, words) in all { for word in words { names[NameFolding.fold(word)] = kind } }
      return names
    }()
  }

  package let kind: Kind
  /// The value, in the program's own words where it is one of a list.
  package let value: String
  package let isNegative: Bool
  /// The time that a date names, from its start to before its end, in days since 1970.
  package let days: Range<Int64>?

  /// Nil if the piece is no field, or says something that the field cannot mean: it is then text.
  init?(_ piece: QueryPiece, today: SearchDay) {
    guard let name = piece.field, let kind = Kind.named(name), !piece.text.isEmpty else {
      return nil
    }
    self.kind = kind
    isNegative = piece.isNegative
    switch kind {
    case .before, .after, .on:
      guard let days = SearchDay.days(piece.text, today: today) else { return nil }
      self.days = days
      value = piece.text
    case .has, .kind, .state, .platform:
      guard let value = SearchField.value(piece.text, of: kind) else { return nil }
      self.value = value
      days = nil
    case .from, .to, .customer, .inside:
      value = piece.text
      days = nil
    }
  }

  package init(_ kind: Kind, _ value: String, days: Range<Int64>? = nil) {
    (self.kind, self.value, self.days, isNegative) = (kind, value, days, false)
  }

  /// The program's word for a value of a field with a list of values; nil if it has none.
  package static func value(_ text: String, of kind: Kind) -> String? {
    values[kind]?[NameFolding.fold(text)]
  }

  /// The values of fields that have a list, each with its words in four languages.
  private static let values: [Kind: [String: String]] = {
    let all: [Kind: [String: [String]]] = [
      .platform: [
        "facebook": ["facebook", "messenger", "فيسبوك", "ماسنجر", "פייסבוק"],
        "instagram": ["instagram", "انستغرام", "انستجرام", "אינסטגרם"],
        "whatsapp": ["whatsapp", "واتساب", "וואטסאפ"],
      ],
      .has: [
        "media": ["media", "وسائط", "πολυμέσα", "מדיה"],
        "photo": ["photo", "photos", "image", "صورة", "φωτογραφία", "תמונה"],
        "video": ["video", "فيديو", "βίντεο", "וידאו"],
        "audio": ["audio", "voice", "صوت", "ήχος", "קול"],
        "file": ["file", "document", "ملف", "αρχείο", "קובץ"],
        "link": ["link", "رابط", "σύνδεσμος", "קישור"],
        "phone": ["phone", "هاتف", "τηλέφωνο", "טלפון"],
        "email": ["email", "إيميل", "μέιλ", "מייל"],
        "order": ["order", "طلب", "παραγγελία", "הזמנה"],
        "reaction": ["reaction", "تفاعل", "αντίδραση", "תגובה"],
      ],
      .kind: Dictionary(
        uniqueKeysWithValues: [
          "text", "media", "sticker", "share", "location", "contact", "call", "poll", "order",
          "marketplace", "reaction", "system", "unavailable", "customer", "record", "profile",
          "friend", "request", "follower", "following", "blocked", "comment", "post", "review",
          "page", "listing", "purchase", "payment", "address", "lead", "support", "report",
          "advertising", "shopping", "story",
        ].map { word in (word, [word] + (words[word] ?? [])) }),
      .state: [
        "mine": ["mine", "me", "sent", "لي", "δικό", "שלי"],
        "edited": ["edited", "معدل", "επεξεργασμένο", "נערך"],
        "deleted": ["deleted", "محذوف", "διαγραμμένο", "נמחק"],
        "group": ["group", "مجموعة", "ομάδα", "קבוצה"],
        "direct": ["direct", "مباشر", "άμεσο", "ישיר"],
      ],
    ]
    return all.mapValues { list in
      var byWord: [String: String] = [:]
      for (value, words) in list { for word in words { byWord[NameFolding.fold(word)] = value } }
      return byWord
    }
  }()

  private static let words: [String: [String]] = [
    "customer": ["customers", "عميل", "زبون", "πελάτης", "לקוח"],
    "record": ["records", "سجل", "εγγραφή", "רשומה"],
    "order": ["orders", "طلب", "παραγγελία", "הזמנה"],
    "comment": ["comments", "تعليق", "σχόλιο", "תגובה"],
    "review": ["reviews", "تقييم", "κριτική", "ביקורת"],
    "call": ["calls", "مكالمة", "κλήση", "שיחה"],
  ]

  /// The kinds of messages; other kinds are of records, or customers.
  package static let messageKinds: Set<String> = [
    "text", "media", "sticker", "share", "location", "contact", "call", "poll", "order",
    "marketplace", "reaction", "system", "unavailable",
  ]
}
