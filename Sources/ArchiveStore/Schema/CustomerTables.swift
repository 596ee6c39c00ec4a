/// The tables of customers: what is found and derived, and apart from it what the user decided.
enum CustomerTables {
  static let version1 = """
    CREATE TABLE customer (
      -- A number that a list showed is never another's later.
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      uid TEXT NOT NULL,
      name TEXT,
      -- Lists in JSON, in order.
      aliases TEXT NOT NULL DEFAULT '[]',
      phones TEXT NOT NULL DEFAULT '[]',
      emails TEXT NOT NULL DEFAULT '[]',
      platforms TEXT NOT NULL DEFAULT '[]',
      tags TEXT NOT NULL DEFAULT '[]',
      notes TEXT NOT NULL DEFAULT '[]',
      -- customer, courier, supplier, bot, spam or other; and why, if not customer.
      kind TEXT NOT NULL DEFAULT 'customer',
      kind_reason TEXT,
      -- unknown, opted-in or opted-out; and how that is known.
      consent TEXT NOT NULL DEFAULT 'unknown',
      consent_reason TEXT,
      profile_count INTEGER NOT NULL DEFAULT 0,
      message_count INTEGER NOT NULL DEFAULT 0,
      order_count INTEGER NOT NULL DEFAULT 0,
      first_ms INTEGER,
      last_ms INTEGER
    ) STRICT;
    -- The numbers that customers had in another database of this archive: whoever comes again has it again.
    CREATE TABLE customer_number (
      uid TEXT PRIMARY KEY,
      id INTEGER NOT NULL UNIQUE
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX customer_uid ON customer(uid);
    CREATE INDEX conversation_customer ON conversation(customer_id);

    CREATE TABLE contact_point (
      id INTEGER PRIMARY KEY,
      -- Null for somebody whom only a record names.
      profile_id INTEGER REFERENCES profile(id),
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      raw TEXT NOT NULL,
      ownership TEXT NOT NULL,
      -- How the ownership is known, and whether somebody said so.
      reason TEXT NOT NULL,
      -- Both as the message alone shows them: what others say may change them.
      found TEXT NOT NULL,
      found_reason TEXT NOT NULL,
      is_stated INTEGER NOT NULL,
      -- mobile or fixed.
      line TEXT,
      -- courier or shop.
      role TEXT,
      message_id INTEGER,
      record_id INTEGER REFERENCES record(id)
    ) STRICT;
    CREATE INDEX contact_point_value ON contact_point(kind, value);
    CREATE INDEX contact_point_profile ON contact_point(profile_id);
    CREATE INDEX contact_point_message ON contact_point(message_id) WHERE message_id IS NOT NULL;
    CREATE INDEX contact_point_record ON contact_point(record_id) WHERE record_id IS NOT NULL;

    -- Words by which somebody shows that they are no customer, or want no more messages.
    CREATE TABLE customer_sign (
      profile_id INTEGER NOT NULL,
      message_id INTEGER NOT NULL,
      kind TEXT NOT NULL,
      words TEXT NOT NULL,
      PRIMARY KEY (profile_id, message_id, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX customer_sign_message ON customer_sign(message_id);

    -- What profiles must share to be looked at beside each other.
    CREATE TABLE person_key (
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      profile_id INTEGER NOT NULL,
      strength INTEGER NOT NULL,
      role TEXT,
      contact_id INTEGER,
      PRIMARY KEY (kind, value, profile_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX person_key_profile ON person_key(profile_id);

    -- Who is one person by rule, or may be.
    CREATE TABLE profile_link (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      first_id INTEGER NOT NULL,
      second_id INTEGER NOT NULL,
      rule TEXT NOT NULL,
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      verdict TEXT NOT NULL CHECK (verdict IN ('joined', 'suggested')),
      reason TEXT NOT NULL,
      first_contact INTEGER,
      second_contact INTEGER
    ) STRICT;
    CREATE INDEX profile_link_first ON profile_link(first_id);
    CREATE INDEX profile_link_second ON profile_link(second_id);
    CREATE INDEX profile_link_key ON profile_link(kind, value);

    -- What has to be looked at again: people whose facts changed, keys whose holders changed, and
    -- people whose links changed.
    CREATE TABLE stale_profile (profile_id INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE stale_key (
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (kind, value)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE stale_customer (profile_id INTEGER PRIMARY KEY) STRICT;
    -- Numbers, addresses and handles that somebody gave anew, or no more.
    CREATE TABLE changed_value (
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (kind, value)
    ) STRICT, WITHOUT ROWID;
    -- The uids that people had in conversations that are united anew; the name only in groups.
    CREATE TABLE former_uid (conversation_id INTEGER NOT NULL, uid TEXT NOT NULL, name TEXT) STRICT;
    CREATE INDEX former_uid_conversation ON former_uid(conversation_id);
    -- The names of the business when profiles were last looked at.
    CREATE TABLE owner_digest (digest TEXT NOT NULL) STRICT;
    -- Conversations whose orders are to be read again, and orders whose messages are united anew.
    CREATE TABLE stale_order (conversation_id INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE former_order (
      source_id INTEGER NOT NULL,
      record INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      uid TEXT NOT NULL,
      PRIMARY KEY (source_id, record, ordinal)
    ) STRICT, WITHOUT ROWID;
    -- Customers whom a profile has left.
    CREATE TABLE left_customer (customer_id INTEGER PRIMARY KEY) STRICT;

    -- What the user decided, in order. Profiles stand in it by what makes them known in every
    -- archive of the same downloads, never by number.
    CREATE TABLE decision (
      number INTEGER PRIMARY KEY,
      made_at TEXT NOT NULL,
      kind TEXT NOT NULL,
      -- Lists of anchors in JSON.
      first TEXT NOT NULL,
      second TEXT NOT NULL,
      value TEXT,
      -- Which order, in JSON: the places of its messages in files.
      order_anchor TEXT,
      undone_at TEXT
    ) STRICT;
    """
}
