package import Importing
import InboxModel
import TextDecoding

/// Reads who the account's owner is from the account's own profile.
///
/// Source: `profile_information.json` (`profile`, since 2020 `profile_v2`), Instagram's
/// `personal_information.json` (`profile_user[].string_map_data`, labels in the account's
/// language) and `profile.json` of 2018. Labels being localised,
/// all of Instagram's values are candidates; only those that the threads show as a person count.
package enum OwnerReader {
  /// Emits the candidates.
  ///
  /// - Throws: `FileDamage` where the file breaks off.
  package static func read(
    _ file: SourceFile, _ emit: (ImportEvent) throws -> Void
  ) throws {
    var reader = JSONReader(file.bytes, repair: .escapedBytes)
    var names: [String] = []
    do {
      try collect(&reader, depth: 0, &names)
    } catch let damage as JSONDamage {
      throw FileDamage(damage)
    }
    try emit(.owner(OwnerFacts(names: names)))
  }

  /// Keys that lead to the owner's own names; relatives and friends stand under others.
  private static let ways: Set<String> = [
    "profile", "profile_v2", "profile_user", "string_map_data", "name", "full_name",
    "previous_names", "other_names", "username",
  ]

  /// Collects short texts from the value at the reader's position.
  private static func collect(
    _ reader: inout JSONReader, depth: Int, isOpen: Bool = false, _ names: inout [String]
  ) throws(JSONDamage) {
    guard depth < 16, names.count < 500 else { return try reader.skip() }
    switch reader.peek() {
    case .object:
      try reader.beginObject()
      while let key = try reader.nextKey() {
        guard isOpen || ways.contains(key) else {
          try reader.skip()
          continue
        }
        try collect(&reader, depth: depth + 1, isOpen: isOpen || key == "string_map_data", &names)
      }
    case .array:
      try reader.beginArray()
      while try reader.nextElement() {
        try collect(&reader, depth: depth + 1, isOpen: isOpen, &names)
      }
    case .string:
      if let text = try reader.string(), !text.isEmpty, text.utf8.count <= 200 {
        names.append(InvisibleMarks.cleanName(text))
      }
    default: try reader.skip()
    }
  }
}
