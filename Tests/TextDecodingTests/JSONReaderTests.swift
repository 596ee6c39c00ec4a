import TextDecoding
import Testing

@Suite struct JSONReaderTests {
  /// Reads the string that a JSON text is.
  private func string(
    _ text: String, _ repair: MojibakeRepair.Policy = .none
  ) -> (String?, JSONNotes) {
    Array(text.utf8).withUnsafeBytes { raw in
      var reader = JSONReader(ByteView(raw), repair: repair)
      let value = try? reader.string()
      return (value ?? nil, reader.notes)
    }
  }

  @Test func readsEscapes() {
    #expect(string(#""a\n\t\"\\\/\u05d0\ud83d\ude0d""#).0 == "a\n\t\"\\/א😍")
  }

  @Test func mendsLoneSurrogates() {
    let (text, notes) = string(#""a\ud83db""#)
    #expect(text == "a\u{FFFD}b")
    #expect(notes.loneSurrogates == 1)
  }

  @Test func keepsIllegalEscapesAsWritten() {
    let (text, notes) = string(#""a\x01b""#)
    #expect(text == #"a\x01b"#)
    #expect(notes.badEscapes == 1)
  }

  @Test func mendsBadUTF8() {
    let bytes: [UInt8] = [0x22, 0x61, 0xFF, 0x62, 0x22]
    bytes.withUnsafeBytes { raw in
      var reader = JSONReader(ByteView(raw))
      let text = try? reader.string()
      #expect(text == "a\u{FFFD}b")
      #expect(reader.notes.badUTF8 == 1)
    }
  }

  @Test func repairsEscapedBytesExactly() {
    #expect(string(#""caf\u00c3\u00a9 \u00f0\u009f\u0098\u008d""#, .escapedBytes).0 == "café 😍")
    #expect(string(#""\u00d9\u0085\u00d8\u00b1""#, .escapedBytes).0 == "مر")
    // A text typed as `Ã©` was written as four bytes and comes back as typed.
    #expect(string(#""\u00c3\u0083\u00c2\u00a9""#, .escapedBytes).0 == "Ã©")
    // An escape that is no byte of UTF-8 is the character that it names.
    #expect(string(#""J\u00fcrgen""#, .escapedBytes).0 == "Jürgen")
    // What is right already stays.
    #expect(string(#""Jürgen \u05d0""#, .escapedBytes).0 == "Jürgen א")
  }

  @Test func conditionalRepairLeavesRightTextAlone() {
    #expect(MojibakeRepair.conditional("cafÃ©") == "café")
    #expect(MojibakeRepair.conditional("Jürgen") == "Jürgen")
    #expect(MojibakeRepair.conditional("Ã") == "Ã")
    #expect(MojibakeRepair.conditional("σας Ã©") == "σας Ã©")
  }

  @Test func repairsKeys() {
    let json = #"{"Nome de usu\u00c3\u00a1rio": 1}"#
    Array(json.utf8).withUnsafeBytes { raw in
      var reader = JSONReader(ByteView(raw), repair: .escapedBytes)
      try? reader.beginObject()
      let key = try? reader.nextKey()
      #expect(key == "Nome de usuário")
    }
  }

  @Test func knowsByteRangesOfRecords() throws {
    let json = #"[{"a":1}, {"b":[2,{"c":"}"}]}]"#
    try Array(json.utf8).withUnsafeBytes { raw in
      var reader = JSONReader(ByteView(raw))
      var records: [String] = []
      try reader.beginArray()
      while try reader.nextElement() {
        let start = reader.position
        try reader.skip()
        records.append(String(decoding: raw[start..<reader.position], as: UTF8.self))
      }
      #expect(records == [#"{"a":1}"#, #"{"b":[2,{"c":"}"}]}"#])
    }
  }

  @Test func skipsAMillionLevelsWithoutTheStack() throws {
    let json = String(repeating: "[", count: 1_000_000) + String(repeating: "]", count: 1_000_000)
    try Array(json.utf8).withUnsafeBytes { raw in
      var reader = JSONReader(ByteView(raw))
      try reader.skip()
      #expect(reader.position == 2_000_000)
    }
  }

  @Test func saysWhereStructureBreaks() {
    Array(#"{"a":1,"#.utf8).withUnsafeBytes { raw in
      var reader = JSONReader(ByteView(raw))
      #expect(throws: JSONDamage.self) {
        try reader.beginObject()
        while try reader.nextKey() != nil { try reader.skip() }
      }
      #expect(reader.position == 7)
    }
  }
}
