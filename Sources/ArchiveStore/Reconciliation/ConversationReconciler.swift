import GRDB
import InboxModel
import SearchText

/// Unites the messages of one conversation out of all its sources.
struct ConversationReconciler {
  let db: Database
  let loader: ThreadLoader
  let owners: OwnerStage
  let ranks: DownloadRanks
  let uid: String

  /// Reads all sources of a cluster again and writes their union as conversation `id`.
  ///
  /// - Parameters:
  ///   - cluster: The threads of the conversation.
  ///   - id: The conversation's row.
  ///   - replaced: Conversations whose threads are all here now.
  /// - Throws: What SQLite reports, and what reading the originals throws.
  func reconcile(_ cluster: Cluster, into id: Int64, replacing replaced: Set<Int64>) throws {
    let plan = try plan(cluster)
    let writer = ReconciledWriter(
      db: db, loader: loader, ranks: ranks, conversation: id, replaced: replaced, uid: uid,
      plan: plan)
    try writer.write()
  }

  /// Everything about the union but its texts.
  func plan(_ cluster: Cluster) throws -> ReconciliationPlan {
    let records = cluster.records
    let downloads = Set(records.flatMap(\.downloads)).sorted { ranks.rank($0) < ranks.rank($1) }
    let position = Dictionary(uniqueKeysWithValues: downloads.enumerated().map { ($1, $0) })
    var loaded = try records.map(loader.load)
    let ownerNames = owners.names(downloads, among: ConversationReconciler.people(loaded))
    let isDirect = ConversationReconciler.isDirect(records, loaded)
    var senders = SenderStage(isDirect: isDirect, ownerNames: ownerNames)
    var people: [Int32: ReconciliationPlan.Person] = [:]
    for index in loaded.indices {
      let numbers = loaded[index].names.map { senders.number($0) }
      let unnamed = senders.number(.unnamed)
      let rank = ranks.rank(records[index].downloads)
      for (name, number) in zip(loaded[index].names, numbers) {
        ReconciliationPlan.Person.note(
          name, number, rank: rank, namesAreHandles: records[index].namesAreHandles, &people)
      }
      for place in loaded[index].sightings.indices {
        let sender = loaded[index].sightings[place].sender
        loaded[index].sightings[place].sender =
          sender >= 0 ? numbers[Int(sender)] : sender == SenderKey.unnamed ? unnamed : sender
        loaded[index].sightings[place].source = Int32(index)
      }
    }
    let votes = ClockVotes(loaded)
    alignClocks(&loaded)
    ConversationReconciler.order(&loaded, repeats: cluster.repeats)
    var sightings = loaded.flatMap(\.sightings)
    let sourceDownloads = records.map { $0.downloads.compactMap { position[$0] } }
    SenderStage.pairNames(&sightings, downloads: sourceDownloads)
    let union = MessageUnion(
      downloads: sourceDownloads, ranks: downloads.map { ranks.rank($0) })
    return ReconciliationPlan(
      records: records, sightings: sightings, messages: union.unite(sightings), people: people,
      votes: votes)
  }

  /// The names of all who write in a conversation.
  private static func people(_ loaded: [LoadedThread]) -> Set<String> {
    Set(
      loaded.flatMap(\.names).compactMap { sender in
        if case .named(let name) = sender { name } else { nil }
      })
  }

  private static func isDirect(_ records: [ThreadRecord], _ loaded: [LoadedThread]) -> Bool {
    if records.contains(where: { $0.kind == .group }) { return false }
    if records.contains(where: { $0.kind == .direct }) { return true }
    return loaded.allSatisfy { $0.names.count <= 2 }
  }

  /// Brings wall-clock sources to the clock of exact ones, else to that of the latest of them.
  private func alignClocks(_ loaded: inout [LoadedThread]) {
    let wall = loaded.indices.filter { loaded[$0].isLocal }.sorted {
      let (left, right) = (
        ranks.rank(loaded[$0].record.downloads), ranks.rank(loaded[$1].record.downloads)
      )
      return left > right
    }
    guard let latest = wall.first else { return }
    let exact = loaded.filter { !$0.isLocal && !$0.isFixed }.flatMap(\.sightings)
    var fixed = exact.isEmpty ? loaded[latest].sightings : exact.sorted { $0.start < $1.start }
    for index in exact.isEmpty ? wall.dropFirst() : wall[...] {
      ClockAlignment.align(&loaded[index].sightings, to: fixed)
      DeviceAlignment.align(&loaded[index].sightings, to: fixed)
      fixed += loaded[index].sightings
    }
  }

  /// Gives each sighting its place in its download's record of the thread, and marks repeats.
  private static func order(_ loaded: inout [LoadedThread], repeats: Set<Int64>) {
    var chains: [String: [Int]] = [:]
    for index in loaded.indices {
      let record = loaded[index].record
      loaded[index].sightings.sort { $0.order < $1.order }
      if repeats.contains(record.id) {
        for place in loaded[index].sightings.indices {
          loaded[index].sightings[place].isRepeat = true
        }
      }
      for download in record.downloads {
        chains[
          "\(download.download).\(download.isRendered)\u{1F}\(record.platformID ?? record.key)",
          default: []
        ].append(index)
      }
    }
    for chain in chains.keys.sorted() {
      let files = (chains[chain] ?? []).sorted { left, right in
        let (first, second) = (loaded[left].record, loaded[right].record)
        if first.sequence != second.sequence {
          return first.isNewestFirst
            ? first.sequence > second.sequence : first.sequence < second.sequence
        }
        return (first.sha256, first.key) < (second.sha256, second.key)
      }
      var lists = files.map { loaded[$0].sightings }
      RepeatFinder.markJoints(&lists)
      for (number, index) in files.enumerated() {
        loaded[index].sightings = lists[number]
        for place in loaded[index].sightings.indices {
          loaded[index].sightings[place].order = Int64(number) << 32 | Int64(place)
        }
      }
    }
  }
}

/// The union of a conversation before its texts are read.
struct ReconciliationPlan {
  /// More than there can be downloads.
  private static let weak = 1 << 32

  /// A sender of the conversation.
  struct Person {
    var name: String?
    var handle: String?
    var rank: Int

    /// Notes a name: the latest download's counts, then the first in byte order.
    static func note(
      _ sender: Sender, _ number: Int32, rank: Int, namesAreHandles: Bool,
      _ people: inout [Int32: Person]
    ) {
      guard case .named(let name) = sender else { return }
      // A number, or "You", says less than any name.
      let isWeak = name.hasPrefix("+") || name == OwnerFacts.unnamed
      let rank = isWeak ? rank - ReconciliationPlan.weak : rank
      let handle = PersonHandle.of(sender, namesAreHandles: namesAreHandles)
      guard let known = people[number] else {
        people[number] = Person(name: name, handle: handle, rank: rank)
        return
      }
      if rank > known.rank || rank == known.rank && name < known.name ?? name {
        people[number] = Person(name: name, handle: handle ?? known.handle, rank: rank)
      } else {
        people[number]?.handle = known.handle ?? handle
      }
    }
  }

  let records: [ThreadRecord]
  let sightings: [Sighting]
  let messages: [UnitedMessage]
  let people: [Int32: Person]
  /// What its messages say of the clocks of pages.
  let votes: ClockVotes
}
