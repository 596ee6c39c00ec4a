import Importing
import InboxModel
import MetaFormat

/// The files of an Instagram download: which are read, and what the others hold.
enum InstagramFiles {
  /// Folders at the root that only Instagram's downloads have.
  static let certainFolders: Set<Substring> = [
    "your_instagram_activity", "followers_and_following", "account_information", "content",
    "apps_and_websites_off_of_instagram", "digital_wallets", "login_and_account_creation",
    "past_instagram_insights", "shopping", "story_sticker_interactions",
  ]

  /// Folders that Facebook's downloads have too.
  static let sharedFolders: Set<Substring> = [
    "personal_information", "connections", "ads_information", "logged_information",
    "preferences", "security_and_login_information", "comments", "contacts", "likes",
    "autofill_information", "media",
  ]

  static let rules: [FileRule] =
    MetaPath.threadFiles(in: [
      "inbox", "message_requests", "archived_threads", "filtered_threads", "broadcast",
    ]) + messageRules
    + RecordRule.fileRules(records)

  private static let messageRules: [FileRule] = [
    FileRule("**/no-data.txt", .ignore("Instagram's mark for an empty category")),
    FileRule("messages.json", .read),
    FileRule("**/messages/photos/**", .attachment),
    FileRule("**/messages/chats.html", .ignore("the list of conversations, without messages")),
    FileRule("**/messages/ai_conversations/**", .notYet("talks with an assistant")),
    FileRule("**/messages/reported_conversations.json", .read),
    FileRule("**/messages/*.json", .notYet("settings and notes of the inbox")),
    FileRule("**/messages/*.html", .notYet("settings and notes of the inbox")),
    FileRule("**/messages/*/*/photos/**", .attachment),
    FileRule("**/messages/*/*/videos/**", .attachment),
    FileRule("**/messages/*/*/audio/**", .attachment),
    FileRule("profile.json", .read),
    FileRule("connections.json", .notYet("followers and followed accounts")),
    FileRule("comments.json", .notYet("comments")),
    FileRule("media.json", .notYet("posts and stories")),
  ]

  /// Files beside the messages, by what their records are.
  static let records: [RecordRule] = [
    RecordRule("**/messages/reported_conversations.json", .report),
    RecordRule("**/personal_information.json", .profile),
    RecordRule("**/professional_information.json", .profile),
    RecordRule("**/profile_changes.json", .profile),
    RecordRule("**/possible_emails.json", .profile),
    RecordRule("**/possible_phone_numbers.json", .profile),
    RecordRule("**/autofill_information.json", .profile),
    RecordRule("**/*signup_details.json", .profile),
    RecordRule("**/synced_contacts.json", .contact),
    RecordRule("**/followers_and_following/followers*.json", .follower),
    RecordRule("**/followers_and_following/following.json", .following),
    RecordRule("**/followers_and_following/close_friends.json", .friend),
    RecordRule("**/followers_and_following/*request*.json", .request),
    RecordRule("**/followers_and_following/blocked*.json", .blocked),
    RecordRule("**/followers_and_following/restricted*.json", .blocked),
    RecordRule("**/followers_and_following/removed*.json", .blocked),
    RecordRule("**/followers_and_following/recently_unfollowed*.json", .blocked),
    RecordRule("**/comments/*.json", .comment),
    RecordRule("**/shopping/*.json", .shopping),
    RecordRule("**/story_*interactions/*.json", .story),
    RecordRule("**/information_you?ve_submitted_to_advertisers.json", .lead),
    RecordRule("**/content/posts_*.json", .post),
    RecordRule("**/media/posts_*.json", .post),
    RecordRule("**/content/stories.json", .post),
    RecordRule("**/media/stories.json", .post),
    RecordRule("**/content/reels.json", .post),
    RecordRule("**/media/reels.json", .post),
  ]

  /// What remains after the rules for media. A thread file by itself is named in no way.
  static let fallbacks: [FileRule] = [
    FileRule("index.html", .ignore("the first page, without data")),
    FileRule("start_here.html", .ignore("the first page, without data")),
    FileRule("*.html", .read),
    FileRule("*.htm", .read),
    FileRule("**/*.html", .notYet("a web page of the download")),
    FileRule("*/**/*.json", .notYet("other data of the account")),
    FileRule("*.json", .read),
  ]
}
