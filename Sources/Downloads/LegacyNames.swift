#if canImport(Glibc)
  import Glibc
#endif

/// Reads names that a zip stores in an old one-byte character set without saying which.
///
/// A candidate must turn every high byte into a letter of its own script; among those that do,
/// the one whose letters are the commonest in their language wins. DOS Latin (CP437), the
/// standard's default, is what remains.
enum LegacyNames {
  private struct Candidate {
    let charset: String
    let script: ClosedRange<UInt32>
    /// Letters of the language, the commonest first.
    let common: [Unicode.Scalar]
  }

  private static let arabic = Array("اليمونترهبعسدفحكجقشطصخضثزغذئءةىأإآؤظ".unicodeScalars)
  private static let greek = Array("αοιετσνηυρπκμλςωγδάίόχθέήφβύξζώψϊ".unicodeScalars)
  private static let hebrew = Array("יוהלארתםבמשנדחעפקןכגטסזצךףץ".unicodeScalars)
  private static let cyrillic = Array("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъ".unicodeScalars)

  private static let candidates: [Candidate] = [
    Candidate(charset: "CP862", script: 0x5D0...0x5EA, common: hebrew),
    Candidate(charset: "CP1255", script: 0x5B0...0x5EA, common: hebrew),
    Candidate(charset: "CP737", script: 0x370...0x3FF, common: greek),
    Candidate(charset: "CP869", script: 0x370...0x3FF, common: greek),
    Candidate(charset: "CP1253", script: 0x370...0x3FF, common: greek),
    Candidate(charset: "CP720", script: 0x600...0x6FF, common: arabic),
    Candidate(charset: "CP864", script: 0x600...0x6FF, common: arabic),
    Candidate(charset: "CP1256", script: 0x600...0x6FF, common: arabic),
    Candidate(charset: "CP866", script: 0x400...0x4FF, common: cyrillic),
    Candidate(charset: "CP1251", script: 0x400...0x4FF, common: cyrillic),
  ]

  /// The most likely reading of `bytes`.
  static func decode(_ bytes: [UInt8]) -> String {
    var best: (score: Double, text: String)?
    for candidate in candidates {
      guard let text = convert(bytes, from: candidate.charset),
        hasFinalsAtEnds(text), let score = score(text, candidate), score > best?.score ?? 0.25
      else { continue }
      best = (score, text)
    }
    return best?.text ?? convert(bytes, from: "CP437") ?? String(decoding: bytes, as: UTF8.self)
  }

  /// True if forms of letters that end words stand at ends of words only.
  private static func hasFinalsAtEnds(_ text: String) -> Bool {
    let finals: Set<Unicode.Scalar> = ["ς", "ם", "ן", "ך", "ף", "ץ"]
    let scalars = Array(text.unicodeScalars)
    return scalars.indices.allSatisfy { index in
      guard finals.contains(scalars[index]) else { return true }
      let isEnd = index + 1 == scalars.count || !scalars[index + 1].properties.isAlphabetic
      let isStart = index == 0 || !scalars[index - 1].properties.isAlphabetic
      return isEnd && !isStart
    }
  }

  /// The mean commonness of the non-ASCII letters, 0 to 1; nil if one is not of the script.
  private static func score(_ text: String, _ candidate: Candidate) -> Double? {
    var sum = 0.0
    var count = 0
    for scalar in text.unicodeScalars where scalar.value >= 0x80 {
      guard candidate.script.contains(scalar.value) else { return nil }
      let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
      let place = candidate.common.firstIndex(of: lower)
      let weight = place.map { 1 - Double($0) / Double(candidate.common.count) } ?? 0
      sum += lower == scalar ? weight : weight / 2
      count += 1
    }
    guard count > 0 else { return nil }
    // A Greek name of several words nearly always has an accent somewhere; and of the languages
    // this is for, Cyrillic ones are the rarest.
    let isBareGreek =
      candidate.script.contains(0x3B1) && count > 4
      && !text.unicodeScalars.contains { "άέήίόύώΆΈΉΊΌΎΏ".unicodeScalars.contains($0) }
    let isCyrillic = candidate.script.contains(0x430)
    return sum / Double(count) * (isBareGreek ? 0.8 : isCyrillic ? 0.9 : 1)
  }

  /// Converts by the system's tables; nil if a byte has no meaning in `charset`.
  private static func convert(_ bytes: [UInt8], from charset: String) -> String? {
    let converter = iconv_open("UTF-8", charset)
    guard converter != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: bytes.count * 4 + 4)
    let written: Int? = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        var from = source.baseAddress
        var left = source.count
        var to = target.baseAddress
        var room = target.count
        let result = iconv(converter, &from, &left, &to, &room)
        return result == Int(bitPattern: UInt.max) || left > 0 ? nil : target.count - room
      }
    }
    guard let written else { return nil }
    return String(decoding: output[..<written].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
