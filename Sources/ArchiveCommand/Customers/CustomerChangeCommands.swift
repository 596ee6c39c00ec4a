import ArgumentParser
import SocialArchive

/// What commands that say something of one customer share.
protocol CustomerChangeCommand: ParsableCommand {
  var customer: String { get }
  var archive: ArchiveOptions { get }
  var change: CustomerChange { get }
}

extension CustomerChangeCommand {
  func run() throws {
    let (decision, card) = try archive.opened.change(customer, change)
    CustomerText.print([decision], [card], archive.json)
  }
}

/// `archive customers rename CUSTOMER NAME`
struct CustomerRenameCommand: CustomerChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Calls a customer by another name; all others stay as aliases."
  )

  @Argument(help: "The customer.")
  var customer: String

  @Argument(help: "The name.")
  var name: String

  @OptionGroup var archive: ArchiveOptions

  var change: CustomerChange { .name(name) }
}

/// `archive customers note CUSTOMER TEXT`
struct CustomerNoteCommand: CustomerChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Writes a note about a customer.")

  @Argument(help: "The customer.")
  var customer: String

  @Argument(help: "The note.")
  var text: String

  @OptionGroup var archive: ArchiveOptions

  var change: CustomerChange { .note(text) }
}

/// `archive customers tag CUSTOMER TAG`
struct CustomerTagCommand: CustomerChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Gives a customer a tag, or takes it away.")

  @Argument(help: "The customer.")
  var customer: String

  @Argument(help: "The tag.")
  var tag: String

  @Flag(help: "Take it away.")
  var remove = false

  @OptionGroup var archive: ArchiveOptions

  var change: CustomerChange { remove ? .untag(tag) : .tag(tag) }
}

/// `archive customers consent CUSTOMER WORD`
struct CustomerConsentCommand: CustomerChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "consent",
    abstract: "Says whether a customer agreed to messages from the business.",
    discussion: """
      WORD is opted-in, opted-out or unknown. The program never takes a yes for granted; who asks for no
      more messages is opted-out until you say that a later yes came.
      """)

  @Argument(help: "The customer.")
  var customer: String

  @Argument(help: "opted-in, opted-out or unknown.")
  var word: String

  @OptionGroup var archive: ArchiveOptions

  var change: CustomerChange { .consent(word) }
}

/// `archive customers kind CUSTOMER KIND`
struct CustomerKindCommand: CustomerChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "kind",
    abstract: "Says what somebody is: customer, courier, supplier, bot, spam or other.")

  @Argument(help: "Who.")
  var customer: String

  @Argument(help: "customer, courier, supplier, bot, spam or other.")
  var kind: String

  @OptionGroup var archive: ArchiveOptions

  var change: CustomerChange { .kind(kind) }
}
