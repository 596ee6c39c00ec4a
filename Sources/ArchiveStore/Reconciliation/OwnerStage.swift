import GRDB
import InboxModel

/// Who the owner is in each download: the one who takes part in most of its threads.
///
/// In a thread of two whose title is one of them, the other gets a vote. Names that the user
/// gave, and those that a file shows by itself, are always the owner's.
struct OwnerStage {
  private var names: [Int64: Set<String>] = [:]
  private var primary: [Int64: String] = [:]
  private let given: Set<String>

  /// - Parameters:
  ///   - db: The archive, with its threads.
  ///   - given: Names from the settings.
  /// - Throws: What SQLite reports.
  init(_ db: Database, given: [String]) throws {
    self.given = Set(given)
    var pools: [String: Pool] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT DISTINCT t.id, t.platform, t.title, t.participants, t.owner_names, t.kind,
          p.download_id, t.key
        FROM thread t JOIN file f ON f.source_id = t.source_id JOIN part p ON p.id = f.part_id
        WHERE p.download_id IS NOT NULL
        """)
    while let row = try rows.next() {
      let platform: String = row[1]
      let download: Int64 = row[6]
      // Each WhatsApp chat is a download of its own: one chat alone shows too little.
      let pool = platform == Platform.whatsapp.rawValue ? platform : String(download)
      pools[pool, default: Pool()].add(
        download: download, key: row[7], title: row[2], participants: StoredList.values(row[3]),
        owners: StoredList.values(row[4]))
    }
    try addStatedNames(db, &pools)
    for pool in pools.values {
      let found = pool.owners(given: self.given)
      for download in pool.downloads {
        names[download] = Set(found)
        primary[download] = found.first
      }
    }
  }

  /// Adds the names that a download's own profile gives, as far as its threads show them.
  private func addStatedNames(_ db: Database, _ pools: inout [String: Pool]) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT p.download_id, s.owner_names FROM source s
        JOIN file f ON f.source_id = s.id JOIN part p ON p.id = f.part_id
        WHERE s.owner_names IS NOT NULL AND p.download_id IS NOT NULL
        """)
    for row in rows {
      let download: Int64 = row[0]
      pools[String(download)]?.add(candidates: StoredList.values(row[1]))
    }
  }

  /// The owner's names in any of these downloads.
  func names(_ forms: [DownloadForm]) -> Set<String> {
    forms.reduce(into: given) { $0.formUnion(names[$1.download] ?? []) }
  }

  /// True for a name or number under which the user says to write.
  func isGiven(_ name: String) -> Bool { given.contains(name) }

  /// The owner's names among the people of one conversation.
  ///
  /// Of two people one is the owner: who the user named, else who writes in most chats. Both are
  /// named where the other's phone made an export too.
  func names(_ forms: [DownloadForm], among people: Set<String>) -> Set<String> {
    let all = names(forms)
    let here = people.intersection(all)
    guard here.count > 1, here == people else { return all }
    let named = here.intersection(given)
    if !named.isEmpty { return all.subtracting(here).union(named) }
    let first = forms.compactMap { primary[$0.download] }.filter(here.contains).min()
    return all.subtracting(here).union([first ?? here.min() ?? ""])
  }

  /// The name that stands for the account of a download; nil if the owner is not known.
  func account(_ download: Int64) -> String? { primary[download] ?? given.sorted().first }

  /// The threads of one account in one download.
  private struct Pool {
    var downloads: Set<Int64> = []
    private var votes: [String: Int] = [:]
    private var presence: [String: Int] = [:]
    private var stated: Set<String> = []
    private var seen: Set<String> = []

    mutating func add(
      download: Int64, key: String, title: String?, participants: [String], owners: [String]
    ) {
      downloads.insert(download)
      stated.formUnion(owners)
      // The files of one thread count once.
      guard seen.insert("\(download)\u{1F}\(key)").inserted else { return }
      let people = Set(participants)
      for name in people where !name.isEmpty { presence[name, default: 0] += 1 }
      if people.count == 2, let title, people.contains(title),
        let other = people.first(where: { $0 != title })
      {
        votes[other, default: 0] += 1
      }
    }

    mutating func add(candidates: [String]) {
      stated.formUnion(candidates.filter { presence[$0] != nil })
    }

    /// The owner's names, the likeliest first.
    func owners(given: Set<String>) -> [String] {
      let ranked = presence.keys.filter { !$0.isEmpty }.sorted { left, right in
        let (a, b) = (score(left), score(right))
        return a != b ? a > b : left < right
      }
      var found = ranked.filter { given.contains($0) || stated.contains($0) }
      found += stated.subtracting(found).sorted()
      // A name says more than what a phone calls its owner.
      found = found.filter { $0 != OwnerFacts.unnamed } + found.filter { $0 == OwnerFacts.unnamed }
      if let first = ranked.first, found.isEmpty, isClear(first, ranked.dropFirst().first) {
        found = [first]
      }
      return found
    }

    private func score(_ name: String) -> (Int, Int) { (votes[name] ?? 0, presence[name] ?? 0) }

    private func isClear(_ first: String, _ second: String?) -> Bool {
      guard let second else { return false }
      return score(first) != score(second) && score(first) > (0, 1)
        || (votes[first] ?? 0) > (votes[second] ?? 0)
    }
  }
}
