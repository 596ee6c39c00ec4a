/// What is known of one thing under a name, such as `email` or `tags`.
package enum FieldValue: Sendable, Equatable {
  case none
  case text(String)
  case list([String])

  package init(_ text: String?) { self = text.map(FieldValue.text) ?? .none }

  package var isEmpty: Bool {
    switch self {
    case .none: true
    case .text(let text): text.isEmpty
    case .list(let values): values.isEmpty
    }
  }

  package var texts: [String] {
    switch self {
    case .none: []
    case .text(let text): text.isEmpty ? [] : [text]
    case .list(let values): values
    }
  }
}
