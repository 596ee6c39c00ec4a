import CXlsxWriter
import Foundation

/// Rows under a header that stays in sight. What Excel cannot hold in one cell or one sheet goes into
/// the next, with a note.
package final class Sheet {
  /// Rows of one sheet, its header among them. Source: Excel's specifications and limits.
  package static let mostRows: UInt32 = 1_048_576
  /// UTF-16 units of one cell.
  package static let mostUnits = 32_767

  private let workbook: Workbook
  private let name: String
  private let columns: [SheetColumn]
  private var sheet: UnsafeMutablePointer<lxw_worksheet>
  private var row: UInt32 = 1
  private var column: UInt16 = 0
  /// What of the row's texts did not fit into their cells.
  private var rests: [(column: UInt16, text: String)] = []
  private var rightToLeft = 0
  private var leftToRight = 0
  /// Cells that were continued in the row below.
  package private(set) var continued = 0
  /// Sheets that were full.
  package private(set) var full = 0

  init(_ workbook: Workbook, name: String, _ columns: [SheetColumn]) throws {
    self.workbook = workbook
    self.name = name
    self.columns = columns
    sheet = try workbook.addSheet(name)
    begin()
  }

  private func begin() {
    worksheet_freeze_panes(sheet, 1, 0)
    for (index, column) in columns.enumerated() {
      let place = UInt16(index)
      worksheet_set_column(sheet, place, place, column.width, nil)
      worksheet_write_string(sheet, 0, place, column.name, workbook.styles.header)
    }
    row = 1
    column = 0
    (rightToLeft, leftToRight) = (0, 0)
  }

  /// Writes the next cell as text; nil leaves it empty.
  package func text(_ text: String?) throws {
    guard var text else { return column += 1 }
    try text.withUTF8 { try self.text($0) }
  }

  /// Writes the next cell as text.
  package func text(_ bytes: UnsafeBufferPointer<UInt8>?) throws {
    defer { column += 1 }
    guard let bytes, !bytes.isEmpty else { return }
    count(bytes)
    guard bytes.count >= Sheet.mostUnits || Sheet.needsCare(bytes) else {
      return try withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { copy in
        for index in 0..<bytes.count { copy[index] = CChar(bitPattern: bytes[index]) }
        copy[bytes.count] = 0
        try write(copy.baseAddress)
      }
    }
    var text = Sheet.harmless(String(decoding: bytes, as: UTF8.self))
    let first = Sheet.cut(&text)
    try first.withCString { try write($0) }
    if !text.isEmpty { rests.append((column, text)) }
  }

  private func write(_ text: UnsafePointer<CChar>?) throws {
    let error = worksheet_write_string(sheet, row, column, text, workbook.styles.text)
    guard error == LXW_NO_ERROR else {
      throw WorkbookProblem(description: lxw_strerror(error).map { String(cString: $0) } ?? "")
    }
  }

  /// Writes the next cell as a number, with so many decimals; nil leaves it empty.
  package func number(_ value: Double?, decimals: Int = 0) {
    if let value {
      let style = workbook.styles.sums[min(decimals, workbook.styles.sums.count - 1)]
      worksheet_write_number(sheet, row, column, value, style)
    }
    column += 1
  }

  /// Writes the next cell as a time, milliseconds since 1970 as the clock on the wall shows it.
  package func time(_ milliseconds: Int64?) {
    if let milliseconds {
      // Excel counts days since the end of 1899.
      let days = Double(milliseconds) / 86_400_000 + 25_569
      worksheet_write_number(sheet, row, column, days, workbook.styles.time)
    }
    column += 1
  }

  /// Ends the row.
  package func endRow() throws {
    try nextRow()
    while !rests.isEmpty {
      let waiting = rests
      rests.removeAll()
      try write("(continued)", at: UInt16(columns.count))
      continued += 1
      for (place, text) in waiting {
        var text = text
        let piece = Sheet.cut(&text)
        try write(piece, at: place)
        if !text.isEmpty { rests.append((place, text)) }
      }
      try nextRow()
    }
  }

  private func write(_ text: String, at place: UInt16) throws {
    column = place
    try text.withCString { try write($0) }
  }

  private func nextRow() throws {
    row += 1
    column = 0
    guard row >= Sheet.mostRows else { return }
    finish()
    full += 1
    sheet = try workbook.addSheet(name)
    begin()
  }

  /// Settles in which direction the sheet is read; after the last row.
  package func finish() {
    if rightToLeft > leftToRight { worksheet_right_to_left(sheet) }
  }

  /// Counts a few letters of each text by their direction: lead bytes of Hebrew and Arabic are D6 to DF.
  private func count(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes.prefix(32) {
      if byte >= 0xD6 && byte <= 0xDF { rightToLeft += 1 }
      if byte >= 0xC3 && byte < 0xD6 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A {
        leftToRight += 1
      }
    }
  }

  /// True for a text with what XML cannot hold, a carriage return, or what Excel takes for an escape.
  private static func needsCare(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var last: UInt8 = 0
    for byte in bytes {
      switch byte {
      case 0, 0x0D: return true
      case UInt8(ascii: "x"): if last == UInt8(ascii: "_") { return true }
      // U+FFFE and U+FFFF.
      case 0xBE, 0xBF: if last == 0xBF { return true }
      default: break
      }
      last = byte
    }
    return false
  }

  /// Characters that no XML may hold become U+FFFD, line breaks one character, and `_x0041_` stays what it
  /// is. Source: ECMA-376, ST_Xstring.
  private static func harmless(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\r\n", "\r": result.append("\n")
      default:
        for scalar in character.unicodeScalars {
          let isBad = scalar.value == 0 || scalar.value & 0xFFFE == 0xFFFE
          result.unicodeScalars.append(isBad ? "\u{FFFD}" : scalar)
        }
      }
    }
    return result.replacingOccurrences(
      of: "_(?=x[0-9A-Fa-f]{4}_)", with: "_x005F_", options: .regularExpression)
  }

  /// Takes from a text what one cell holds, up to the edge of a character.
  private static func cut(_ text: inout String) -> String {
    guard text.utf16.count > mostUnits else {
      defer { text = "" }
      return text
    }
    let end = text.utf16.index(text.startIndex, offsetBy: mostUnits)
    let edge = text.rangeOfComposedCharacterSequence(at: end).lowerBound
    let rounded = edge > text.startIndex ? edge : end.samePosition(in: text.unicodeScalars) ?? end
    defer { text = String(text[rounded...]) }
    return String(text[..<rounded])
  }
}
