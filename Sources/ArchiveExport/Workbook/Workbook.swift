import CXlsxWriter
import Downloads

#if canImport(Glibc)
  import Glibc
#endif

/// An Excel workbook that is written row by row: memory stays flat however many there are.
package final class Workbook {
  private let book: UnsafeMutablePointer<lxw_workbook>
  private let path: String
  private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
  private var isClosed = false
  private var sheetNames: Set<String> = []
  let styles: WorkbookStyles

  /// - Parameter path: The file; it is written when the workbook is closed.
  /// - Throws: `WorkbookProblem`.
  package init(_ path: String) throws {
    var options = lxw_workbook_options(constant_memory: 1, tmpdir: nil, use_zip64: 0)
    guard let book = workbook_new_opt(path, &options) else {
      throw WorkbookProblem(description: "the workbook cannot be made.")
    }
    self.book = book
    self.path = path
    styles = WorkbookStyles(book)
  }

  /// A sheet under the others; of one that is full, the next has a number behind its name.
  ///
  /// - Throws: `WorkbookProblem`.
  package func sheet(_ name: String, _ columns: [SheetColumn]) throws -> Sheet {
    try Sheet(self, name: name, columns)
  }

  func addSheet(_ name: String) throws -> UnsafeMutablePointer<lxw_worksheet> {
    var name = name
    var number = 1
    let plain = name
    while !sheetNames.insert(name).inserted {
      number += 1
      name = "\(plain) \(number)"
    }
    guard let sheet = workbook_add_worksheet(book, name) else {
      throw WorkbookProblem(description: "the sheet \(name) cannot be made.")
    }
    sheets.append(sheet)
    return sheet
  }

  /// Writes the file.
  ///
  /// - Throws: `WorkbookProblem`, such as for a full disk.
  package func close() throws {
    // The library writes rows to temporary files and does not look whether they could be written.
    let sizes = try sheets.map { sheet in
      guard let file = sheet.pointee.optimize_tmpfile, fflush(file) == 0, ferror(file) == 0 else {
        throw WorkbookProblem(description: "its temporary files could not be written (TMPDIR).")
      }
      return Int64(ftell(file))
    }
    isClosed = true
    let error = workbook_close(book)
    guard error == LXW_NO_ERROR else {
      let text = lxw_strerror(error).map { String(cString: $0) } ?? "error \(error.rawValue)"
      throw WorkbookProblem(description: text)
    }
    try check(sizes)
  }

  /// Looks whether each sheet is in the file, as large as its rows.
  private func check(_ sizes: [Int64]) throws {
    var found: [String: Int64] = [:]
    try Part.at(path).forEachEntry(
      { found[$0.name.text] = $0.size },
      problem: { throw WorkbookProblem(description: $0.reason) })
    for (number, size) in sizes.enumerated()
    where found["xl/worksheets/sheet\(number + 1).xml"] ?? 0 < size {
      throw WorkbookProblem(description: "a sheet could not be written as a whole.")
    }
  }

  deinit {
    // One that was not closed writes nothing.
    if !isClosed { lxw_workbook_free(book) }
  }
}

/// A workbook that cannot be written, and why.
package struct WorkbookProblem: Error, CustomStringConvertible {
  package let description: String
}

/// A column of a sheet.
package struct SheetColumn: Sendable {
  let name: String
  /// In characters.
  let width: Double

  package init(_ name: String, width: Double) {
    self.name = name
    self.width = width
  }
}

/// How cells look.
struct WorkbookStyles {
  let header: UnsafeMutablePointer<lxw_format>?
  let text: UnsafeMutablePointer<lxw_format>?
  let time: UnsafeMutablePointer<lxw_format>?
  /// By the number of decimals.
  let sums: [UnsafeMutablePointer<lxw_format>?]

  init(_ book: UnsafeMutablePointer<lxw_workbook>) {
    header = workbook_add_format(book)
    format_set_bold(header)
    text = workbook_add_format(book)
    // As text, whatever it looks like; also when somebody edits the cell.
    format_set_num_format(text, "@")
    format_set_align(text, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    time = workbook_add_format(book)
    format_set_num_format(time, "yyyy-mm-dd hh:mm:ss")
    format_set_align(time, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    sums = ["0", "0.0", "0.00", "0.000"].map { code in
      let format = workbook_add_format(book)
      format_set_num_format(format, code)
      return format
    }
  }
}
