/// What `archive help search` says of the query language.
enum SearchHelp {
  static let text = """
    WORDS
      cake delivery      both words, in any order and form: cakes, deliveries
      "two cakes"        these words in this order and form
      -chocolate         without this word
      deliv*             words that begin so
      cake OR torte      one of the two; OR in large letters, or |
      Accents, vowel points, letter forms, the digits of any script and the
      punctuation of phone numbers do not matter. Chinese, Japanese and Thai
      words are found inside the text.

    FIELDS, in the query; - before one turns it around
      from:rania         sent by a person whose name or handle holds this
      to:rania           sent to one
      customer:haddad    in conversations of a customer, by any name or the uid
      in:"cake club"     in a conversation of this title
      platform:whatsapp  facebook, instagram or whatsapp
      after:2021-10      from its start on: 2021, 2021-10, 2021-10-05, 5/10/2021,
                         today, yesterday, week, month, year, 7d, 2w, 3m, 1y
      before:2021        before its start
      on:yesterday       within it; all days are those of UTC
      has:photo          media, photo, video, audio, file, link, phone, email,
                         order, reaction
      kind:call          text, media, sticker, share, location, contact, call,
                         poll, order (also by their items), marketplace, system;
                         or customer, record, comment, review, post,
                         payment, address, friend and the other records' kinds
      is:mine            mine, edited, deleted, group, direct
      In Arabic, Greek and Hebrew:
        من إلى عميل في منصة بعد قبل يوم فيه نوع هو
        από προς πελάτης σε πλατφόρμα μετά πριν στις έχει είδος είναι
        מאת אל לקוח בשיחה פלטפורמה אחרי לפני ביום יש סוג הוא
      What is no field is looked for as text.

    OPTIONS
      --platform P, --from NAME, --customer C, --after D, --before D,
      --has WHAT         as the fields
      --by relevance     the best first, not the newest
      --context N        with N messages before and after each
      --grouped          under the names of their conversations
      --count BY         only how many, by platform, year or customer
      --records          in what the downloads hold beside the messages
      --limit N          at most N messages, 20 if not said
      --json             JSON Lines

    EXAMPLES
      archive search cake -chocolate
      archive search "حلويات" platform:instagram after:2024
      archive search from:rania has:photo on:2024-05
    """
}
