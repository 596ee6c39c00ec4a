import Importing
import InboxModel
import MetaFormat

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

  static let rules: [FileRule] =
    MetaPath.threadFiles(in: [
      "inbox", "archived_threads", "filtered_threads", "message_requests", "e2ee_cutover",
      "legacy_threads", "other_threads",
    ]) + messageRules
    + RecordRule.fileRules(records)

  private static let messageRules: [FileRule] = [
    FileRule("**/no-data.txt", .ignore("Facebook's mark for an empty category")),
    FileRule("**/messages/photos/**", .attachment),
    FileRule("**/messages/stickers_used/**", .attachment),
    FileRule("**/messages/*_*/message*.json", .read),
    FileRule("**/messages/*_*/message*.html", .read),
    FileRule("**/groups/your_group_messages/*.json", .read),
    FileRule("**/groups/your_group_messages/*.html", .read),
    FileRule("**/html/messages.htm", .read),
    FileRule(
      "**/messages/your_messages.html", .ignore("the list of conversations, without messages")),
    FileRule("**/messages/*.html", .read),
    FileRule("**/messages/support_messages.json", .read),
    FileRule("**/messages/messenger_contacts_you?ve_blocked.json", .read),
    FileRule("**/messages/*.json", .notYet("settings and notes of Messenger")),
    FileRule("**/messages/*/*/photos/**", .attachment),
    FileRule("**/messages/*/*/videos/**", .attachment),
    FileRule("**/messages/*/*/audio/**", .attachment),
    FileRule("**/messages/*/*/files/**", .attachment),
    FileRule("**/messages/*/*/gifs/**", .attachment),
  ]

  /// Files beside the messages, by what their records are. Apostrophes in names differ by who
  /// packed them.
  static let records: [RecordRule] = [
    RecordRule("**/messages/support_messages.json", .support),
    RecordRule("**/messages/messenger_contacts_you?ve_blocked.json", .blocked),
    RecordRule("**/profile_information/profile_information.json", .profile),
    RecordRule("**/profile_information/*contacts*.json", .contact),
    RecordRule("**/profile_information/profile_update_history.json", .profile),
    RecordRule("**/your_address_books.json", .contact),
    RecordRule("**/*contacts*uploaded*.json", .contact),
    RecordRule("**/*synced_contacts*.json", .contact),
    RecordRule("**/your_imported_contacts.json", .contact),
    RecordRule("**/friends/friends.json", .friend),
    RecordRule("**/friends/your_friends.json", .friend),
    RecordRule("**/friends/*request*.json", .request),
    RecordRule("**/friends/removed_friends.json", .blocked),
    RecordRule("**/followers/followers*.json", .follower),
    RecordRule("**/followers/who_you?ve_followed.json", .following),
    RecordRule("**/following_and_followers/following.json", .following),
    RecordRule("**/following_and_followers/followers.json", .follower),
    RecordRule("**/*comments*/comments.json", .comment),
    RecordRule("**/groups/your_comments_in_groups.json", .comment),
    RecordRule("**/groups/*posts*.json", .post),
    RecordRule("**/posts/*posts*.json", .post),
    RecordRule("**/pages/*recommended*.json", .review),
    RecordRule("**/*reviews*.json", .review),
    RecordRule("**/pages/your_pages.json", .page),
    RecordRule("**/pages/pages_you_are_a_customer_of.json", .page),
    RecordRule("**/*marketplace*/items_sold.json", .listing),
    RecordRule("**/*marketplace*/items_bought.json", .purchase),
    RecordRule("**/*marketplace*/your_marketplace_listing_history.json", .listing),
    RecordRule("**/*payment*/payment_history.json", .payment),
    RecordRule("**/*payment*/payment_addresses.json", .address),
    RecordRule("**/*payment*/payments_you_have_made_as_a_buyer.json", .payment),
    RecordRule("**/*payment*/*activity_history.json", .payment),
    RecordRule("**/information_you?ve_submitted_to_advertisers.json", .lead),
    RecordRule("**/messenger_threads_you_started_by_clicking_on_an_ad.json", .advertising),
    RecordRule("**/shops/*.json", .shopping),
    RecordRule("**/html/friends.htm", .friend),
    RecordRule("**/html/contact_info.htm", .contact),
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
