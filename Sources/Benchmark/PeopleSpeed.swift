import Foundation

/// How long it takes to find out who many people are: a download of as many profiles, two of each
/// person, in one file of Instagram's first layout.
struct PeopleSpeed {
  let tools: String
  let scratch: String
  let profiles: Int

  /// Imports the download, and then a small later one; prints what the second phase takes of each.
  func measure() throws -> String {
    let manager = FileManager.default
    try? manager.removeItem(atPath: scratch)
    try manager.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    defer { try? manager.removeItem(atPath: scratch) }
    try write(0..<profiles, to: scratch + "/first")
    try write(profiles..<(profiles + 100), to: scratch + "/later")
    let first = try importOne("first")
    let later = try importOne("later")
    let listed = try ChildProcess.run(
      tools + "/archive", ["customers", "--json", "--archive", scratch + "/archive"])
    let customers = listed.output.split(separator: "\n").count
    return """
      \(profiles) profiles became \(customers) customers in \(first.seconds) s, at most \(first.peak) MiB; \
      100 more in \(later.seconds) s
      """
  }

  private func importOne(_ name: String) throws -> (seconds: String, peak: Int) {
    let result = try ChildProcess.run(
      tools + "/archive",
      [
        "import", "\(scratch)/\(name)", "--archive", scratch + "/archive", "--timezone", "UTC",
        "--region", "JO", "--me", "shop.owner", "--json",
      ])
    guard result.status == 0 else { throw BenchmarkError("the import ended with \(result.status)") }
    let object =
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let seconds = (object?["seconds_contacts"] as? NSNumber)?.doubleValue ?? 0
    return (String(format: "%.2f", seconds), Int(result.peak))
  }

  /// Threads of two messages; neighbours give the same number.
  private func write(_ numbers: Range<Int>, to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var json = "["
    for number in numbers {
      let handle = PeopleSpeed.handle(number)
      let phone = 795_000_000 + number / 2 % 1_000_000 + number / 2_000_000 * 10_000_000
      let time = PeopleSpeed.time(number)
      json += """
        \(number == numbers.lowerBound ? "" : ",")
        {"participants":["\(handle)","shop.owner"],"conversation":[\
        {"sender":"\(handle)","created_at":"\(time)10:01:00+00:00","text":"my number is 0\(phone)"},\
        {"sender":"\(handle)","created_at":"\(time)10:00:00+00:00","text":"hello, a cake please"}]}
        """
    }
    try Data((json + "]").utf8).write(to: URL(fileURLWithPath: folder + "/messages.json"))
  }

  private static let names = [
    "rania", "dana", "omar", "eleni", "noa", "giorgos", "huda", "yael", "samar", "kostas",
  ]

  /// A first name and a rare second one; the two profiles of a person differ at the end.
  private static func handle(_ number: Int) -> String {
    let person = number / 2
    var rest = person
    var family = ""
    for _ in 0..<4 {
      let consonants = Array("bdfghklmnrst")
      let vowels = Array("aeiou")
      family.append(consonants[rest % 12])
      family.append(vowels[rest / 12 % 5])
      rest /= 60
    }
    return "\(names[person % names.count]).\(family)\(number % 2 == 0 ? "" : "_x")"
  }

  private static func time(_ number: Int) -> String {
    let (month, day) = (1 + number / 28 % 12, 1 + number % 28)
    return "2018-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)T"
  }
}
