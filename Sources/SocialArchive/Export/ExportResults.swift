import ArchiveExport

// What exports tell of themselves as one JSON object; `files` are the names that were made.

extension TableResult {
  public func json(_ files: [String]) -> String {
    JSONText.counts([("rows", rows), ("formulas", formulas)], files).text
  }
}

extension PresetResult {
  public func json(_ files: [String]) -> String {
    var text = JSONText.counts(
      [
        ("rows", rows), ("formulas", formulas), ("opted_out", optedOut),
        ("unknown_consent", unknownConsent),
      ], files)
    text.add(
      "notes",
      json: JSONText.counts(notes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }).text)
    text.add("about", about)
    text.add("unverified", json: JSONText.list(unverified.map(JSONText.string)))
    return text.text
  }
}

extension WorkbookResult {
  public func json(_ files: [String]) -> String {
    var text = JSONText.counts([("continued", continued), ("full", full)], files)
    let sheets = sheets.map { sheet in
      var text = JSONText()
      text.add("name", sheet.name)
      text.add("rows", Int64(sheet.rows))
      return text.text
    }
    text.add("sheets", json: JSONText.list(sheets))
    return text.text
  }
}

extension SiteResult {
  public func json(_ files: [String]) -> String {
    JSONText.counts(
      [
        ("customers", customers), ("conversations", conversations), ("messages", messages),
        ("media", self.files),
      ], files
    ).text
  }
}

extension FolderResult {
  public func json(_ files: [String]) -> String {
    var text = JSONText.counts([("lines", lines), ("originals", originals)], files)
    text.add("damaged", json: JSONText.list(damaged.map(JSONText.string)))
    return text.text
  }
}

extension SocialArchive {
  /// The same of cards.
  public static func json(cards: Int, _ files: [String]) -> String {
    JSONText.counts([("cards", cards)], files).text
  }
}

extension JSONText {
  fileprivate static func counts(_ counts: [(String, Int)], _ files: [String]? = nil) -> JSONText {
    var text = JSONText()
    for (name, count) in counts { text.add(name, Int64(count)) }
    if let files { text.add("files", json: JSONText.list(files.map(JSONText.string))) }
    return text
  }
}
