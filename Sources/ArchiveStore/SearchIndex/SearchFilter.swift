/// Limits a search to some messages: SQL conditions on `message m` and `conversation c`.
struct SearchFilter {
  private(set) var conditions: [String] = []
  /// The conditions that are on conversations alone.
  private var places: [String] = []
  /// Bounds of message ids that the index can use by itself.
  private(set) var idRange: Range<Int64> = 0..<Int64.max
  /// The conversations in which all that is meant is, if they hold few messages.
  private(set) var conversations: String?

  /// True if these conversations hold so few messages that it is quicker to look at each.
  private(set) var hasFewMessages = false

  /// So many messages are put in order by time, and so many texts are looked at one by one.
  private static let (few, veryFew): (Int64, Int64) = (200_000, 20_000)

  /// All that the filter says in one condition.
  private var alternative: String {
    // The signs keep SQLite from gathering and sorting each range by itself.
    let time = "+m.id >= \(idRange.lowerBound) AND +m.id < \(idRange.upperBound)"
    return "(" + (conditions + [time]).joined(separator: " AND ") + ")"
  }

  /// Only the bounds of time.
  var timesOnly: SearchFilter {
    var filter = self
    filter.conditions = []
    return filter
  }

  /// Reads the fields of a query.
  ///
  /// - Parameters:
  ///   - fields: What the query says beside its words.
  ///   - archive: Where names are looked up.
  /// - Throws: What SQLite reports.
  init(_ fields: [SearchField], _ archive: ArchiveDatabase) throws {
    for kind in SearchField.Kind.allCases {
      let ofKind = fields.filter { $0.kind == kind }
      let positive = ofKind.filter { !$0.isNegative }
      for field in ofKind where field.isNegative { try add(field, archive) }
      guard positive.count > 1, kind.isOneOf else {
        for field in positive { try add(field, archive) }
        continue
      }
      // A message has one sender, one platform, one day: of several, each will do.
      let each = try positive.map { try SearchFilter([$0], archive) }
      conditions.append("(" + each.map(\.alternative).joined(separator: " OR ") + ")")
    }
    try bind(archive)
  }

  /// Finds the conversations that are meant, and when their messages were sent.
  private mutating func bind(_ archive: ArchiveDatabase) throws {
    guard !places.isEmpty else { return }
    let row = try archive.rows(
      """
      SELECT group_concat(c.id), coalesce(sum(c.message_count), 0), min(c.first_ms), max(c.last_ms)
      FROM conversation c WHERE \(places.joined(separator: " AND "))
      """
    ).first
    guard let row, let found = row[0].text else {
      idRange = 0..<0
      return
    }
    let count = row[1].integer ?? 0
    if count <= SearchFilter.few { conversations = found }
    hasFewMessages = count <= SearchFilter.veryFew
    guard let first = row[2].integer, let last = row[3].integer else { return }
    idRange = idRange.clamped(
      to: (first << BatchWriter.tieBits)..<((last + 1) << BatchWriter.tieBits))
  }

  private mutating func add(_ field: SearchField, _ archive: ArchiveDatabase) throws {
    switch field.kind {
    case .before, .after, .on: addTime(field)
    case .platform: add("c.platform = '\(field.value)'", field)
    case .has: add(SearchFilter.condition(has: field.value), field)
    case .state: add(SearchFilter.condition(is: field.value), field)
    case .kind:
      add("m.kind = '\(field.value)'", field)
    case .from:
      let people = try archive.profiles(named: field.value)
      add("m.sender_id IN (\(people))", field)
      place(SearchFilter.placeOf(people), field)
    case .to:
      let people = try archive.profiles(named: field.value)
      let place = SearchFilter.placeOf(people)
      add("(\(place) AND m.sender_id NOT IN (\(people)))", field)
      self.place(place, field)
    case .customer:
      let place = "c.customer_id IN (\(try archive.customers(named: field.value)))"
      add(place, field)
      self.place(place, field)
    case .inside:
      let found = try archive.conversations(titled: field.value)
      add("c.id IN (\(found))", field)
      place("c.id IN (\(found))", field)
    }
  }

  /// SQL for the conversations of some people.
  private static func placeOf(_ people: String) -> String {
    "c.id IN (SELECT conversation_id FROM participant WHERE profile_id IN (\(people)))"
  }

  private mutating func place(_ condition: String, _ field: SearchField) {
    if !field.isNegative { places.append(condition) }
  }

  private mutating func add(_ condition: String, _ field: SearchField) {
    // A condition on nothing known is false, and its opposite true.
    conditions.append(field.isNegative ? "NOT coalesce(\(condition), 0)" : condition)
  }

  private mutating func addTime(_ field: SearchField) {
    guard let days = field.days else { return }
    // Nothing was sent before 1970.
    let first = (max(0, days.lowerBound) * 86_400_000) << BatchWriter.tieBits
    let end = (max(0, days.upperBound) * 86_400_000) << BatchWriter.tieBits
    let range: Range<Int64> =
      switch (field.kind, field.isNegative) {
      case (.before, false): 0..<first
      case (.after, true): 0..<first
      case (.after, false): first..<Int64.max
      case (.before, true): first..<Int64.max
      default: first..<end
      }
    if field.kind == .on, field.isNegative {
      conditions.append("(m.id < \(first) OR m.id >= \(end))")
    } else {
      idRange = idRange.clamped(to: range)
    }
  }

  private static func condition(has what: String) -> String {
    switch what {
    case "media": "m.attachment_count > 0"
    case "photo", "video", "audio", "file":
      "EXISTS (SELECT 1 FROM attachment t WHERE t.message_id = m.id AND t.kind = '\(what)')"
    case "link": "(m.text LIKE '%http://%' OR m.text LIKE '%https://%' OR m.text LIKE '%www.%')"
    case "phone", "email":
      "EXISTS (SELECT 1 FROM contact_point t WHERE t.message_id = m.id AND t.kind = '\(what)')"
    case "reaction": "m.reaction_count > 0"
    default: "m.kind IN ('order', 'marketplace')"
    }
  }

  private static func condition(is what: String) -> String {
    switch what {
    case "edited": "m.is_edited = 1"
    case "deleted": "m.is_deleted = 1"
    case "group", "direct": "c.kind = '\(what)'"
    default: "p.is_owner = 1"
    }
  }
}

extension ArchiveDatabase {
  /// Every name and handle of every customer.
  static let customerNames = """
    SELECT id, name FROM customer WHERE name IS NOT NULL
    UNION ALL SELECT customer_id, name FROM profile WHERE customer_id IS NOT NULL AND name IS NOT NULL
    UNION ALL SELECT customer_id, handle FROM profile
      WHERE customer_id IS NOT NULL AND handle IS NOT NULL
    UNION ALL SELECT k.id, j.value FROM customer k, json_each(k.aliases) j WHERE k.aliases <> '[]'
    """

  /// True if a field with this value means somebody or something.
  package func knows(_ name: String, as kind: SearchField.Kind) throws -> Bool {
    switch kind {
    case .from, .to: try !profiles(named: name).isEmpty
    case .customer: try !customers(named: name).isEmpty
    default: try !conversations(titled: name).isEmpty
    }
  }

  /// The ids of conversations whose title holds a text, or with this uid; for use inside `IN (…)`.
  func conversations(titled text: String) throws -> String {
    try matching(
      text, "SELECT id, title FROM conversation WHERE title IS NOT NULL",
      also: "SELECT id FROM conversation WHERE uid = ?")
  }

  /// The ids of people whose name or handle holds a text; for use inside `IN (…)`.
  func profiles(named text: String) throws -> String {
    try matching(
      text,
      """
      SELECT id, name FROM profile WHERE name IS NOT NULL
      UNION ALL SELECT id, handle FROM profile WHERE handle IS NOT NULL
      UNION ALL SELECT p.id, j.value FROM profile p, json_each(p.aliases) j WHERE p.aliases <> '[]'
      UNION ALL SELECT p.id, k.name FROM customer k JOIN profile p ON p.customer_id = k.id
        WHERE k.name <> p.name
      """)
  }

  /// The ids of customers, by uid or by any of their names.
  package func customers(named text: String) throws -> String {
    try matching(
      text, ArchiveDatabase.customerNames, also: "SELECT id FROM customer WHERE uid = ?")
  }

  /// The ids of rows whose name holds `text`, compared as in search; for use inside `IN (…)`.
  func matching(_ text: String, _ sql: String, also exact: String? = nil) throws -> String {
    let wanted = NameFolding.fold(text)
    var found: Set<Int64> = []
    try forEachRow(sql) { row in
      if let id = row.cell(0).integer, let name = row.cell(1).text,
        NameFolding.fold(name).contains(wanted)
      {
        found.insert(id)
      }
      return true
    }
    if let exact {
      for row in try rows(exact, [.text(text)]) { row[0].integer.map { _ = found.insert($0) } }
    }
    return found.sorted().map(String.init).joined(separator: ",")
  }
}
