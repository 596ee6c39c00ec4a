import Foundation

/// The builds of Meta's pages of messages.
package enum PageGeneration: String, CaseIterable, Sendable {
  /// To October 2017, all threads in one page; then a page for each.
  case onePage, numbered
  /// May 2018 to about 2021, then to 2024, then with headings; activity pages; any other classes.
  case boxes, mains, headings, sections, unknown
}

extension InventedAccount {
  /// Writes the account as a download of pages.
  ///
  /// - Parameters:
  ///   - generation: How the pages are built.
  ///   - dates: How times are written.
  ///   - hours: The page's clock, in hours east of UTC.
  ///   - root: The folder of the download.
  /// - Throws: What the file system reports.
  package func writePages(
    _ generation: PageGeneration, _ dates: PageDates, hours: Int = -8, to root: String
  ) throws {
    if generation == .onePage {
      let body = threads.map { oldThread($0, dates, hours) }.joined()
      return try InventedAccount.write(
        "<html><head><title>\(owner) - Messages</title></head><body><div class=\"contents\">"
          + "<h1>\(owner)</h1><div>\(body)</div></div></body></html>",
        to: root + "/html/messages.htm")
    }
    if generation == .numbered {
      for (number, thread) in threads.enumerated() {
        let head = "<h3>Conversation with \(InventedAccount.html(thread.title))</h3>"
        try InventedAccount.write(
          "<html><body><div class=\"contents\"><h1>\(owner)</h1>"
            + oldThread(thread, dates, hours, head: head) + "</div></body></html>",
          to: "\(root)/messages/\(number).html")
      }
      return try InventedAccount.write(
        "<html><body><div class=\"contents\"><p><a href=\"messages/0.html\">x</a></p></div></body></html>",
        to: root + "/html/messages.htm")
    }
    for thread in threads {
      let folder = "\(root)/your_facebook_activity/messages/inbox/\(InventedAccount.folder(thread))"
      try InventedAccount.write(
        page(thread, generation, dates, hours), to: folder + "/message_1.html")
    }
  }

  // MARK: Before May 2018

  private func oldThread(
    _ thread: Thread, _ dates: PageDates, _ hours: Int, head: String = ""
  ) -> String {
    let people = thread.people.map(InventedAccount.html).joined(separator: ", ")
    let label = head.isEmpty ? people : head + "Participants: " + people
    let zone = "UTC" + String(format: "%+03d", hours)
    return "<div class=\"thread\">\(label)"
      + thread.messages.map { message in
        let body =
          (message.text.map(InventedAccount.html) ?? "")
          + (message.photo.map { "<img src=\"../\($0)\" />" } ?? "")
        return """
          <div class="message"><div class="message_header">\
          <span class="user">\(InventedAccount.html(message.sender))</span>\
          <span class="meta">\(dates.text(message.time, hours: hours)) \(zone)</span></div></div>
          <p>\(body)</p>
          """
      }.joined() + "</div>"
  }

  // MARK: Since May 2018

  private func page(
    _ thread: Thread, _ generation: PageGeneration, _ dates: PageDates, _ hours: Int
  ) -> String {
    let title = InventedAccount.html(thread.title)
    let people = thread.people.map(InventedAccount.html)
    let list = people.dropLast().joined(separator: ", ") + " and " + (people.last ?? "")
    let blocks = thread.messages.map { block($0, generation, dates, hours) }.joined()
    let first = generation == .boxes ? "_2lek" : "_a6-h"
    return """
      <html><head><meta charset="UTF-8" /><base href="../../../../" /><title>\(title)</title></head>\
      <body><div class="_li"><header><h1>\(title)</h1></header><main class="_a706" role="main">\
      <div class="pam"><h2 class="\(first)">Participants: \(list)</h2></div>\(blocks)</main></div>\
      </body></html>
      """
  }

  private func block(
    _ message: Message, _ generation: PageGeneration, _ dates: PageDates, _ hours: Int
  ) -> String {
    let sender = InventedAccount.html(message.sender)
    let time = dates.text(message.time, hours: hours)
    let text = message.text.map(InventedAccount.html) ?? ""
    let photo = message.photo.map {
      "<div><a target=\"_blank\" href=\"\($0)\"><img src=\"\($0)\" class=\"_a6_o\" /></a></div>"
    }
    let reaction = message.reaction.map {
      "<ul class=\"_a6-q\"><li><span>\($0.sign)\(InventedAccount.html($0.actor))</span></li></ul>"
    }
    let slots = """
      <div><div><div></div><div>\(text)</div><div>\(photo ?? "")</div><div></div>\
      <div>\(reaction ?? "")</div></div></div>
      """
    switch generation {
    case .boxes:
      return """
        <div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder"><div class="_3-96 _2pio _2lek _2lel">\
        \(sender)</div><div class="_3-96 _2let">\(slots)</div><div class="_3-94 _2lem">\(time)</div></div>
        """
    case .headings:
      return """
        <div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">\
        \(sender)</h2><div class="_3-95 _a6-p">\(slots)</div><div class="_3-94 _a6-o">\(time)</div></div>
        """
    case .sections:
      return """
        <section class="_a6-g"><h2>\(sender)</h2><div class="_2pin">\(slots)</div>\
        <footer><div class="_a72d">\(time)</div></footer></section>
        """
    case .unknown:
      return """
        <div><div>\(sender)</div><div><div>\(text)</div></div>\(photo ?? "")\(reaction ?? "")\
        <div>\(time)</div></div>
        """
    default:
      return """
        <div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_3-95 _2pim _a6-h _a6-i">\
        \(sender)</div><div class="_3-95 _a6-p">\(slots)</div><div class="_3-94 _a6-o">\(time)</div></div>
        """
    }
  }

  private static func html(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
      .replacingOccurrences(of: "'", with: "&#039;").replacingOccurrences(of: "\n", with: "<br />")
  }
}
