import Importing

/// The files of a Facebook download: which are read, and what the others hold.
enum FacebookFiles {
  /// Folders at the root that only Facebook's downloads have.
  static let certainFolders: Set<Substring> = [
    "your_facebook_activity", "your_activity_across_facebook", "about_you",
    "calls_and_messages", "following_and_followers", "friends", "friends_and_followers",
    "payment_history", "facebook_payments", "facebook_marketplace", "marketplace",
    "photos_and_videos", "profile_information", "likes_and_reactions", "other_activity",
    "apps_and_websites_off_of_facebook", "comments_and_reactions", "your_places",
    "location_history", "search_history", "saved_items", "other_personal_information",
  ]

  /// Folders that Instagram's downloads have too.
  static let sharedFolders: Set<Substring> = [
    "personal_information", "connections", "ads_information", "logged_information",
    "preferences", "security_and_login_information", "apps_and_websites", "posts", "pages",
    "events", "groups", "ads", "comments",
  ]

  static let rules: [FileRule] = [
    FileRule("**/no-data.txt", .ignore("Facebook's mark for an empty category")),
    FileRule("**/messages/photos/**", .attachment),
    FileRule("**/messages/stickers_used/**", .attachment),
    FileRule("**/messages/inbox/*/*.json", .read),
    FileRule("**/messages/inbox/*/*.html", .read),
    FileRule("**/messages/archived_threads/*/*.json", .read),
    FileRule("**/messages/archived_threads/*/*.html", .read),
    FileRule("**/messages/filtered_threads/*/*.json", .read),
    FileRule("**/messages/filtered_threads/*/*.html", .read),
    FileRule("**/messages/message_requests/*/*.json", .read),
    FileRule("**/messages/message_requests/*/*.html", .read),
    FileRule("**/messages/e2ee_cutover/*/*.json", .read),
    FileRule("**/messages/e2ee_cutover/*/*.html", .read),
    FileRule("**/messages/legacy_threads/*/*.json", .read),
    FileRule("**/messages/legacy_threads/*/*.html", .read),
    FileRule("**/messages/other_threads/*/*.json", .read),
    FileRule("**/messages/other_threads/*/*.html", .read),
    FileRule("**/messages/*_*/message*.json", .read),
    FileRule("**/messages/*_*/message*.html", .read),
    FileRule("**/groups/your_group_messages/*.json", .read),
    FileRule("**/groups/your_group_messages/*.html", .read),
    FileRule("**/html/messages.htm", .read),
    FileRule(
      "**/messages/your_messages.html", .ignore("the list of conversations, without messages")),
    FileRule("**/messages/*.html", .read),
    FileRule("**/messages/*.json", .notYet("settings and notes of Messenger")),
    FileRule("**/messages/*/*/photos/**", .attachment),
    FileRule("**/messages/*/*/videos/**", .attachment),
    FileRule("**/messages/*/*/audio/**", .attachment),
    FileRule("**/messages/*/*/files/**", .attachment),
    FileRule("**/messages/*/*/gifs/**", .attachment),
    FileRule("**/profile_information/profile_information.json", .read),
    FileRule("**/*profile_information*/*.json", .notYet("the account's own profile")),
    FileRule("**/friends/*.json", .notYet("friends")),
    FileRule("**/*followers*/*.json", .notYet("followers and followed pages")),
    FileRule("**/your_address_books.json", .notYet("the address book")),
    FileRule("**/*contacts*.json", .notYet("uploaded contacts")),
    FileRule("**/*marketplace*/*.json", .notYet("Marketplace listings and activity")),
    FileRule("**/*payment*/*.json", .notYet("payments")),
    FileRule("**/pages/*.json", .notYet("pages")),
    FileRule("**/posts/*.json", .notYet("posts")),
    FileRule("**/*comments*/*.json", .notYet("comments")),
  ]

  /// What remains after the rules for media.
  static let fallbacks: [FileRule] = [
    FileRule("index.htm*", .ignore("the first page, without data")),
    FileRule("start_here.html", .ignore("the first page, without data")),
    FileRule("**/*.json", .notYet("other data of the account")),
    FileRule("*.html", .read),
    FileRule("*.htm", .read),
    FileRule("**/*.html", .notYet("a web page of the download")),
    FileRule("**/*.htm", .notYet("a web page of the download")),
  ]
}
