import ArgumentParser
import Foundation
import SocialArchive

/// `archive guide facebook|instagram|messenger|whatsapp`
struct GuideCommand: ParsableCommand {
  /// Where the chats are.
  enum Place: String, ExpressibleByArgument, CaseIterable {
    case facebook, instagram, messenger, whatsapp
  }

  static let configuration = CommandConfiguration(
    commandName: "guide",
    abstract: "Tells how to get the right download from a platform, step by step.",
    discussion: """
      EXAMPLES
        archive guide instagram
        archive guide messenger     the encrypted chats, which are a download of their own
      """)

  @Argument(help: "facebook, instagram, messenger or whatsapp.")
  var place: Place

  @Flag(name: .long, help: "JSON instead of text.")
  var json = false

  func run() throws {
    guard
      let url = Bundle.module.url(
        forResource: place.rawValue, withExtension: "txt", subdirectory: "Guides"),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else { throw ArchiveFailure.failed("the guide is missing; install the program anew.") }
    Talk.print(
      json
        ? GuideCommand.object(place.rawValue, text)
        : text.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private static func object(_ place: String, _ text: String) -> String {
    let object = ["platform": place, "guide": text]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
