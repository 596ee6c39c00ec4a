/// The tables behind the public views. They may change between versions; the views do not.
enum ArchiveTables {
  static let version1 = """
    CREATE TABLE setting (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- One run of `archive import`.
    CREATE TABLE import (
      id INTEGER PRIMARY KEY,
      started_at TEXT NOT NULL,
      finished_at TEXT,
      state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'interrupted')),
      tool_version TEXT NOT NULL,
      manifest TEXT
    ) STRICT;

    -- One export run of one account; its parts may come from several imports.
    CREATE TABLE download (
      id INTEGER PRIMARY KEY,
      importer TEXT NOT NULL,
      platform TEXT NOT NULL,
      newest_ms INTEGER NOT NULL DEFAULT 0,
      -- What to add to the times of its pages, which name no zone.
      clock_shift_ms INTEGER NOT NULL DEFAULT 0,
      content_key TEXT NOT NULL
    ) STRICT;

    -- How many messages of a conversation say which shift for the pages of a download.
    CREATE TABLE clock_vote (
      conversation_id INTEGER NOT NULL,
      download_id INTEGER NOT NULL,
      shift_ms INTEGER NOT NULL,
      votes INTEGER NOT NULL,
      PRIMARY KEY (conversation_id, download_id, shift_ms)
    ) STRICT, WITHOUT ROWID;

    -- What one container holds of one download.
    CREATE TABLE part (
      id INTEGER PRIMARY KEY,
      import_id INTEGER NOT NULL REFERENCES import(id),
      name TEXT NOT NULL,
      stem TEXT,
      root TEXT NOT NULL,
      importer TEXT,
      container_id INTEGER REFERENCES part(id),
      content_key TEXT,
      download_id INTEGER REFERENCES download(id)
    ) STRICT;
    CREATE INDEX part_download ON part(download_id);
    CREATE INDEX part_content ON part(content_key);

    -- Bytes, once, whatever names they came under.
    CREATE TABLE source (
      id INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE,
      bytes INTEGER NOT NULL,
      path TEXT,
      part_name TEXT,
      importer TEXT,
      reader_version INTEGER,
      outcome TEXT,
      reason TEXT,
      records_read INTEGER NOT NULL DEFAULT 0,
      records_skipped INTEGER NOT NULL DEFAULT 0,
      newest_ms INTEGER NOT NULL DEFAULT 0,
      owner_names TEXT,
      -- 1 for a sealed file that no key has opened yet.
      is_locked INTEGER NOT NULL DEFAULT 0,
      -- The log of changes that was read together with a database.
      log_sha256 TEXT,
      -- The dates from and to which its download has data, where it says so.
      window_from TEXT,
      window_to TEXT
    ) STRICT;
    CREATE INDEX source_pending ON source(id) WHERE outcome = 'pending';

    CREATE TABLE file (
      id INTEGER PRIMARY KEY,
      import_id INTEGER NOT NULL REFERENCES import(id),
      part_id INTEGER NOT NULL REFERENCES part(id),
      path TEXT NOT NULL,
      -- The name's bytes as delivered, in hexadecimal, where they are not the UTF-8 of the path.
      name_hex TEXT,
      path_key TEXT NOT NULL,
      source_id INTEGER REFERENCES source(id),
      bytes INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      reason TEXT
    ) STRICT;
    CREATE INDEX file_part ON file(part_id, path_key);
    CREATE INDEX file_source ON file(source_id);

    -- What was mended, lost or decided while reading; never any text of a message.
    CREATE TABLE issue (
      id INTEGER PRIMARY KEY,
      source_id INTEGER REFERENCES source(id),
      import_id INTEGER REFERENCES import(id),
      gravity TEXT NOT NULL,
      place INTEGER,
      reason TEXT NOT NULL
    ) STRICT;
    CREATE INDEX issue_source ON issue(source_id);

    CREATE TABLE account (
      id INTEGER PRIMARY KEY,
      uid TEXT NOT NULL UNIQUE,
      platform TEXT NOT NULL,
      name TEXT NOT NULL
    ) STRICT;

    -- A conversation as one source shows it.
    CREATE TABLE thread (
      id INTEGER PRIMARY KEY,
      source_id INTEGER NOT NULL REFERENCES source(id),
      key TEXT NOT NULL,
      platform TEXT NOT NULL,
      platform_id TEXT,
      match_key TEXT NOT NULL,
      title TEXT,
      kind TEXT,
      participants TEXT NOT NULL,
      owner_names TEXT NOT NULL,
      newest_first INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      shows_reactions INTEGER NOT NULL,
      continues INTEGER NOT NULL,
      names_are_handles INTEGER NOT NULL,
      -- The name of its folder, where the platform makes that of a handle or a name.
      slug TEXT,
      -- 1 for a page made for people to look at.
      is_rendered INTEGER NOT NULL,
      message_count INTEGER NOT NULL,
      first_ms INTEGER,
      last_ms INTEGER,
      conversation_id INTEGER REFERENCES conversation(id),
      UNIQUE (source_id, key)
    ) STRICT;
    CREATE INDEX thread_conversation ON thread(conversation_id);
    CREATE INDEX thread_platform_id ON thread(platform, platform_id) WHERE platform_id IS NOT NULL;
    CREATE INDEX thread_owner ON thread(owner_names) WHERE owner_names <> '[]';
    CREATE INDEX thread_match ON thread(platform, match_key);

    -- Threads that may be one conversation by what was written in them.
    CREATE TABLE content_link (
      thread_id INTEGER NOT NULL,
      other_id INTEGER NOT NULL,
      PRIMARY KEY (thread_id, other_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE conversation (
      id INTEGER PRIMARY KEY,
      uid TEXT NOT NULL,
      platform TEXT NOT NULL,
      account_id INTEGER REFERENCES account(id),
      kind TEXT NOT NULL DEFAULT 'direct',
      title TEXT,
      participant_count INTEGER NOT NULL DEFAULT 0,
      message_count INTEGER NOT NULL DEFAULT 0,
      first_ms INTEGER,
      last_ms INTEGER,
      customer_id INTEGER REFERENCES customer(id),
      -- 1 while stages that look at the whole conversation have still to run, 2 while its
      -- messages have still to be united.
      is_unfinished INTEGER NOT NULL DEFAULT 1,
      -- 1 while its texts have still to be searched for contact points.
      needs_contacts INTEGER NOT NULL DEFAULT 1,
      -- Its kind and people when that was done.
      contacts_key TEXT
    ) STRICT;
    CREATE INDEX conversation_uid ON conversation(uid);
    CREATE INDEX conversation_contacts ON conversation(id) WHERE needs_contacts = 1;
    CREATE INDEX conversation_unfinished ON conversation(id) WHERE is_unfinished = 1;

    CREATE TABLE profile (
      id INTEGER PRIMARY KEY,
      uid TEXT,
      platform TEXT NOT NULL,
      conversation_id INTEGER REFERENCES conversation(id),
      name TEXT,
      handle TEXT,
      is_owner INTEGER NOT NULL DEFAULT 0,
      -- Other names that the person had or gave, in JSON.
      aliases TEXT NOT NULL DEFAULT '[]',
      -- The name that their thread's folder has, where the platform names folders after people.
      slug TEXT,
      customer_id INTEGER REFERENCES customer(id)
    ) STRICT;
    CREATE INDEX profile_conversation ON profile(conversation_id);
    CREATE UNIQUE INDEX profile_handle ON profile(platform, handle) WHERE handle IS NOT NULL;
    CREATE INDEX profile_customer ON profile(customer_id);
    CREATE INDEX profile_owner ON profile(name) WHERE is_owner = 1;

    -- What a source calls people who are known by a handle.
    CREATE TABLE known_name (
      source_id INTEGER NOT NULL REFERENCES source(id),
      handle TEXT NOT NULL,
      name TEXT NOT NULL,
      PRIMARY KEY (handle, source_id, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX known_name_source ON known_name(source_id);

    -- Who writes in a conversation.
    CREATE TABLE participant (
      conversation_id INTEGER NOT NULL,
      profile_id INTEGER NOT NULL,
      PRIMARY KEY (conversation_id, profile_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX participant_profile ON participant(profile_id);

    -- The id orders by time: milliseconds shifted left by 12 bits, plus a tie number. It is also
    -- the row of the text in the search index, which is fast only in the order of its rows.
    CREATE TABLE message (
      id INTEGER PRIMARY KEY,
      conversation_id INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      sender_id INTEGER,
      sent_at_ms INTEGER NOT NULL,
      time_precision INTEGER NOT NULL,
      time_basis INTEGER NOT NULL,
      kind TEXT NOT NULL,
      text TEXT,
      is_edited INTEGER NOT NULL,
      is_deleted INTEGER NOT NULL,
      attachment_count INTEGER NOT NULL,
      reaction_count INTEGER NOT NULL,
      sighting_count INTEGER NOT NULL,
      -- The time of the message that this one answers.
      reply_to_ms INTEGER,
      delivered_ms INTEGER,
      read_ms INTEGER
    ) STRICT;
    CREATE INDEX message_conversation ON message(conversation_id);

    CREATE TABLE sighting (
      message_id INTEGER NOT NULL,
      source_id INTEGER NOT NULL,
      record INTEGER NOT NULL,
      place INTEGER NOT NULL,
      length INTEGER NOT NULL,
      sent_at_ms INTEGER NOT NULL,
      time_precision INTEGER NOT NULL,
      PRIMARY KEY (message_id, source_id, record)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE attachment (
      id INTEGER PRIMARY KEY,
      message_id INTEGER NOT NULL,
      position INTEGER NOT NULL,
      kind TEXT NOT NULL,
      file_name TEXT,
      reference TEXT,
      source_id INTEGER REFERENCES source(id),
      state TEXT NOT NULL,
      reason TEXT,
      -- The hash that the source gives of the file, in hexadecimal.
      stated_sha256 TEXT
    ) STRICT;
    CREATE INDEX attachment_message ON attachment(message_id, position);
    CREATE INDEX attachment_missing ON attachment(id) WHERE state = 'missing' AND reason IS NULL;

    CREATE TABLE reaction (
      message_id INTEGER NOT NULL,
      position INTEGER NOT NULL,
      profile_id INTEGER,
      actor TEXT NOT NULL,
      reaction TEXT NOT NULL,
      reacted_at_ms INTEGER,
      PRIMARY KEY (message_id, position)
    ) STRICT, WITHOUT ROWID;

    -- What the platform records of orders and payments in messages.
    CREATE TABLE platform_order (
      message_id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('order', 'payment')),
      reference TEXT,
      title TEXT,
      quantity INTEGER,
      total TEXT,
      currency TEXT
    ) STRICT;

    -- Uids that were true of an earlier set of downloads.
    CREATE TABLE uid_alias (
      old_uid TEXT PRIMARY KEY,
      new_uid TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Conversations that may be one, and why the program does not join them by itself.
    CREATE TABLE suggestion (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      first_uid TEXT NOT NULL,
      second_uid TEXT NOT NULL,
      reason TEXT NOT NULL
    ) STRICT;

    CREATE TABLE purchase (
      id INTEGER PRIMARY KEY,
      uid TEXT NOT NULL,
      customer_id INTEGER REFERENCES customer(id),
      conversation_id INTEGER REFERENCES conversation(id),
      status TEXT NOT NULL,
      placed_at TEXT,
      total TEXT,
      currency TEXT,
      currency_basis TEXT,
      delivery_address TEXT,
      phone TEXT,
      -- platform, chat or manual.
      source TEXT NOT NULL,
      review TEXT NOT NULL,
      -- The uids of the messages that speak of it, in JSON.
      evidence TEXT NOT NULL,
      delivery_fee TEXT,
      -- Why it has its status, a sentence.
      status_reason TEXT,
      -- The first of its messages, and which of several orders in it.
      message_id INTEGER,
      ordinal INTEGER NOT NULL DEFAULT 0,
      -- The numbers of the user's decisions, in JSON.
      decisions TEXT NOT NULL DEFAULT '[]',
      -- What is read of it, where the user confirmed it; and what of that the user has not seen.
      read_facts TEXT,
      suggestion TEXT
    ) STRICT;
    -- A number that a list showed is never another order's later.
    CREATE TABLE order_number (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      uid TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE INDEX purchase_uid ON purchase(uid);
    CREATE INDEX purchase_customer ON purchase(customer_id);
    CREATE INDEX purchase_conversation ON purchase(conversation_id);

    CREATE TABLE purchase_line (
      purchase_id INTEGER NOT NULL REFERENCES purchase(id),
      position INTEGER NOT NULL,
      item TEXT NOT NULL,
      quantity TEXT,
      unit TEXT,
      unit_price TEXT,
      line_total TEXT,
      PRIMARY KEY (purchase_id, position)
    ) STRICT, WITHOUT ROWID;

    -- Which bytes of which message show a fact of an order that was read out of a chat.
    CREATE TABLE purchase_proof (
      purchase_id INTEGER NOT NULL REFERENCES purchase(id),
      number INTEGER NOT NULL,
      -- status, total, fee, address, phone; `line 1` and `price 1` for the first line.
      field TEXT NOT NULL,
      message_id INTEGER NOT NULL,
      start INTEGER NOT NULL,
      length INTEGER NOT NULL,
      PRIMARY KEY (purchase_id, number)
    ) STRICT, WITHOUT ROWID;

    -- What a source says beside its messages.
    CREATE TABLE record_sighting (
      id INTEGER PRIMARY KEY,
      source_id INTEGER NOT NULL REFERENCES source(id),
      number INTEGER NOT NULL,
      -- Equal for what says the same.
      key TEXT NOT NULL,
      platform TEXT NOT NULL,
      kind TEXT NOT NULL,
      name TEXT,
      text TEXT,
      happened_ms INTEGER,
      time_precision INTEGER,
      amount TEXT,
      currency TEXT,
      contacts TEXT NOT NULL,
      detail TEXT NOT NULL,
      place INTEGER NOT NULL,
      length INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX record_sighting_source ON record_sighting(source_id);

    -- The union of the downloads' records, made anew with each new download.
    CREATE TABLE record (
      id INTEGER PRIMARY KEY,
      uid TEXT NOT NULL,
      sighting_id INTEGER NOT NULL REFERENCES record_sighting(id),
      platform TEXT NOT NULL,
      account_id INTEGER REFERENCES account(id),
      download_id INTEGER NOT NULL REFERENCES download(id),
      kind TEXT NOT NULL,
      name TEXT,
      text TEXT,
      happened_ms INTEGER,
      amount TEXT,
      currency TEXT,
      contacts TEXT NOT NULL,
      detail TEXT NOT NULL,
      needs_contacts INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX record_uid ON record(uid);

    -- Folded words only; rows are removed by handing in the very words they were made of.
    CREATE VIRTUAL TABLE message_text USING fts5(
      words, content='', columnsize=0, tokenize="ascii"
    );
    CREATE VIRTUAL TABLE record_text USING fts5(
      words, content='', columnsize=0, tokenize="ascii"
    );
    -- The words of all messages with their stems: words with a stem in common are forms of one.
    CREATE TABLE word_form (
      language TEXT NOT NULL,
      stem TEXT NOT NULL,
      word TEXT NOT NULL,
      PRIMARY KEY (language, stem, word)
    ) STRICT, WITHOUT ROWID;
    -- The words that the index knows.
    CREATE VIRTUAL TABLE message_word USING fts5vocab(message_text, 'instance');
    CREATE VIRTUAL TABLE record_word USING fts5vocab(record_text, 'instance');
    """
}
