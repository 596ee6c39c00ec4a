import ArgumentParser
import SocialArchive

/// `archive show CONVERSATION|MESSAGE`
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows a conversation or one message, with where it was seen.",
    discussion: """
      EXAMPLES
        archive show "Dana Khoury"
        archive show 3f2a9c0d11e4b7aa
      """)

  @Argument(help: "A uid, a number from `archive list conversations`, or a title.")
  var name: String

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    guard let found = try archive.opened.show(name) else {
      Talk.error("there is no conversation or message \(name). See: archive list conversations")
      throw ExitCode(ExitStatus.no)
    }
    if archive.json { return Talk.print(found.json) }
    let title = VisibleText.line(found.title ?? "(no title)")
    Talk.print("\(title)  (\(found.platform), \(found.kind), \(found.messages.count) messages)")
    for message in found.messages { Talk.print(ShowCommand.text(message)) }
    if found.messages.count == 1, let message = found.messages.first {
      for sighting in message.sightings { Talk.print("    seen in \(VisibleText.line(sighting))") }
    }
  }

  private static func text(_ message: ShownMessage) -> String {
    let time = String(message.sentAt.prefix(19)).split(separator: "T").joined(separator: " ")
    let sender = VisibleText.line(message.sender ?? (message.kind == "system" ? "–" : "(unknown)"))
    var marks: [String] = []
    if message.kind != "text" { marks.append(message.kind) }
    if message.isEdited { marks.append("edited") }
    if message.isDeleted { marks.append("deleted") }
    var lines = [
      "\(time)  \(sender)\(message.isOwner ? " (you)" : ""):"
        + (marks.isEmpty ? "" : " [\(marks.joined(separator: ", "))]")
        + (message.text.map { " " + VisibleText.block($0) } ?? "")
    ]
    lines += message.attachments.map { "    \(VisibleText.line($0))" }
    if !message.reactions.isEmpty {
      lines.append("    \(VisibleText.line(message.reactions.joined(separator: ", ")))")
    }
    return lines.joined(separator: "\n")
  }
}
