import InboxModel
import TextDecoding

/// Finds lines that look like headers and are pasted into a message.
///
/// Time runs forward in an export. Lines that go back by more than an hour, and from which time
/// then goes on as if they had not been, are quotes if all of them stood in the file before, or
/// if there are several and nobody of them writes anywhere else.
struct QuotedHeaders {
  /// One line that goes back in time.
  private struct Line {
    let start: Int
    let hash: UInt64
    let name: Int?
  }

  /// Where the quoted lines begin.
  private(set) var places: Set<Int> = []
  /// The numbers of names that begin quoted lines only.
  private(set) var strangers: Set<Int> = []

  private let bytes: ByteView
  private let survey: ChatSurvey
  private let tables: Tables
  private var stamps: StampReader
  private var names: NameTable
  private var seen: Set<UInt64> = []
  private var blocks: [(lines: [Line], areKnown: Bool)] = []

  private static let hour: Int64 = 3_600_000
  /// Longer runs are no quote: the phone's clock was set.
  private static let longest = 200
  /// So many lines are remembered, and so many quotes looked at.
  private static let most = 1 << 20

  init(_ bytes: ByteView, survey: ChatSurvey, order: DateOrder, tables: Tables) {
    self.bytes = bytes
    self.survey = survey
    self.tables = tables
    names = survey.names
    stamps = StampReader(order: order, countsTo24: survey.countsTo24)
  }

  /// Looks through the file, if time goes back in it at all.
  mutating func find() throws {
    guard survey.dates.goesBack(stamps.order) else { return }
    collect()
    var back: [Int: Int] = [:]
    for block in blocks {
      for line in block.lines { line.name.map { back[$0, default: 0] += 1 } }
    }
    var quoted: [Int: Int] = [:]
    for block in blocks where block.areKnown || areStrangers(block.lines, back) {
      places.formUnion(block.lines.map(\.start))
      for line in block.lines { line.name.map { quoted[$0, default: 0] += 1 } }
    }
    strangers = Set(quoted.filter { survey.names.entries[$0.key].count == $0.value }.keys)
    blocks.removeAll()
    seen.removeAll()
  }

  /// True if several lines go back and their senders never write otherwise.
  private func areStrangers(_ lines: [Line], _ back: [Int: Int]) -> Bool {
    lines.count > 1
      && lines.allSatisfy { line in
        line.name.map { back[$0] == survey.names.entries[$0].count } ?? false
      }
  }

  private mutating func collect() {
    var scanner = HeaderScanner(tables.dayPeriods)
    var lines = ChatLines(bytes)
    var last: Int64 = 0
    var open: [Line] = []
    while let line = lines.next(), blocks.count < QuotedHeaders.most {
      guard let stamp = scanner.scan(bytes, from: line.start, to: line.end),
        stamp.shape == survey.shape, let time = stamps.time(stamp)?.milliseconds
      else { continue }
      let hash = QuotedHeaders.hash(bytes.buffer(line.start..<line.end))
      guard time < last - QuotedHeaders.hour, open.count < QuotedHeaders.longest else {
        close(&open)
        last = time
        if seen.count < QuotedHeaders.most { seen.insert(hash) }
        continue
      }
      let colon = SenderSplitter.colon(bytes, from: stamp.end, from: stamp.end, to: line.end)
      open.append(
        Line(
          start: line.start, hash: hash,
          name: colon.flatMap { names.number(of: bytes.buffer(stamp.end..<$0)) }))
    }
    // Time never went on: these are the file's last messages.
  }

  private mutating func close(_ open: inout [Line]) {
    guard !open.isEmpty else { return }
    if open.count < QuotedHeaders.longest {
      blocks.append((open, open.allSatisfy { seen.contains($0.hash) }))
    }
    open.removeAll()
  }

  private static func hash(_ line: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in line { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }
}
