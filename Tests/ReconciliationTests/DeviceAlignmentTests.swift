import ArchiveStore
import InboxModel
import Testing

@Suite struct DeviceAlignmentTests {
  private func chat(_ minutes: [Int64], source: Int32 = 0) -> [Sighting] {
    minutes.enumerated().map { index, minute in
      Sighting(
        source: source, record: Int32(index), order: Int64(index), sender: 0,
        content: UInt64(index + 1), start: minute * 60_000, precision: .minute)
    }
  }

  @Test func alignsTwoPhones() {
    let fixed = chat([1, 5, 9, 14])
    var moving = chat([2, 6, 10, 15], source: 1)
    DeviceAlignment.align(&moving, to: fixed)
    #expect(moving.map(\.start) == fixed.map(\.start))
  }

  /// Two exports of one phone: a text that comes again a minute later is another message.
  @Test func leavesExportsOfOnePhoneAlone() {
    let fixed = chat([1, 5, 9, 14])
    var moving = chat([1, 5, 9, 15], source: 1)
    DeviceAlignment.align(&moving, to: fixed)
    #expect(moving.map(\.start) == [60_000, 300_000, 540_000, 900_000])
  }
}
