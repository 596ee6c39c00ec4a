package import Importing

import Facebook
import Instagram
import WhatsApp

/// The one explicit list of importers.
package enum ImporterCatalog {
  package static let all: [any Importer] = [
    FacebookImporter(), EncryptedMessengerImporter(), InstagramImporter(), WhatsAppImporter(),
  ]

  /// The importer with this name; nil if there is none.
  package static func importer(named name: String) -> (any Importer)? {
    all.first { $0.name == name }
  }
}
