/* Every fixed statement of the store. Those that walk the fields of a type are made from its descriptor in sql.c. */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

/* What taking a bundle in says besides the rows of the types: PostgreSQL runs these as they are, so that a team which
 * outgrows files merges by the same words (docs/scaling.md quotes the three that join two states). Later writes win,
 * whichever comes first. */
#define MERGE_STATEMENTS(X) \
  X(REPLICA_GET, "SELECT r.type, r.origin, r.clock, n.id, r.absent, r.life, r.sharing, r.joined FROM record r " \
                 "JOIN node n ON n.number = r.node WHERE r.id = ?1") \
  X(REPLICA_FIELDS, \
    "SELECT f.field, f.clock, n.id, f.seen FROM field_clock f JOIN node n ON n.number = f.node WHERE f.id = ?1") \
  X(REPLICA_SIBLINGS, "SELECT s.field, s.clock, n.id, s.text FROM field_sibling s JOIN node n ON n.number = s.node " \
                      "WHERE s.id = ?1 ORDER BY s.field, s.clock DESC, n.id DESC") \
  X(RECORD_JOIN, \
    "INSERT INTO record (id, type, origin, clock, node, absent, life, sharing, joined) " \
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO UPDATE SET clock = excluded.clock, " \
    "node = excluded.node, absent = excluded.absent, life = excluded.life, sharing = excluded.sharing, " \
    "joined = excluded.joined, origin = CASE WHEN excluded.origin = 1 THEN 1 ELSE record.origin END " \
    "WHERE (excluded.life, excluded.sharing, excluded.clock) >= (record.life, record.sharing, record.clock)") \
  X(FIELD_CLOCK_CLEAR, "DELETE FROM field_clock WHERE id = ?1") \
  X(FIELD_CLOCK_SET, \
    "INSERT INTO field_clock (id, field, clock, node, seen) VALUES (?1, ?2, ?3, ?4, ?5) " \
    "ON CONFLICT (id, field) DO UPDATE SET clock = excluded.clock, node = excluded.node, seen = excluded.seen " \
    "WHERE (excluded.clock, (SELECT id FROM node WHERE number = excluded.node)) > " \
    "(field_clock.clock, (SELECT id FROM node WHERE number = field_clock.node))") \
  X(SIBLING_CLEAR, "DELETE FROM field_sibling WHERE id = ?1 AND field = coalesce(?2, field)") \
  X(SIBLING_ADD, "INSERT INTO field_sibling (id, field, clock, node, text) VALUES (?1, ?2, ?3, ?4, ?5)") \
  X(WAITING_GET, "SELECT record FROM waiting WHERE id = ?1") \
  X(WAITING_SET, \
    "INSERT INTO waiting (id, record) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET record = excluded.record") \
  X(WAITING_REMOVE, "DELETE FROM waiting WHERE id = ?1") \
  X(WAITING_FOR, "SELECT id FROM waiting_for WHERE target = ?1 ORDER BY id") \
  X(WAITING_FOR_ADD, "INSERT INTO waiting_for (target, id) VALUES (?1, ?2) ON CONFLICT DO NOTHING") \
  X(CONFLICT_ADD, "INSERT INTO conflict (id, field, clock, node, winner_clock, winner_node, value, \"at\") " \
                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING") \
  X(CONFLICT_FORGET, "DELETE FROM conflict WHERE \"at\" < ?1") \
  X(CONCLUSION_PUT, \
    "INSERT INTO conclusion (relationship, clock, node, text) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (relationship) DO " \
    "UPDATE SET clock = excluded.clock, node = excluded.node, text = excluded.text WHERE (excluded.clock, (SELECT id " \
    "FROM node WHERE number = excluded.node), coalesce(excluded.text, '')) > (conclusion.clock, (SELECT id FROM node " \
    "WHERE number = conclusion.node), coalesce(conclusion.text, ''))") \
  X(BUNDLE_LAST, "SELECT sequence, hash FROM bundle WHERE sender = ?1 ORDER BY sequence DESC LIMIT 1") \
  X(BUNDLE_FIND, "SELECT hash FROM bundle WHERE sender = ?1 AND sequence = ?2") \
  X(BUNDLE_NOTE, "INSERT INTO bundle (sender, sequence, hash, \"at\") VALUES (?1, ?2, ?3, ?4)") \
  X(NODE_NUMBER, "SELECT number FROM node WHERE id = ?1") \
  X(NODE_MAKE, "INSERT INTO node (id) VALUES (?1)")

#define STATEMENTS(X) \
  MERGE_STATEMENTS(X) \
  X(BEGIN_WRITE, "BEGIN IMMEDIATE") \
  X(BEGIN_READ, "BEGIN") \
  X(COMMIT, "COMMIT") \
  X(ROLLBACK, "ROLLBACK") \
  X(DATA_VERSION, "PRAGMA data_version") \
  X(USER_VERSION, "PRAGMA user_version") \
  X(META_GET, "SELECT value FROM meta WHERE key = ?1") \
  X(META_SET, "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value") \
  X(META_SETTLE, \
    "INSERT INTO meta (key, value) VALUES ('settled', 1) ON CONFLICT (key) DO UPDATE SET value = value + 1") \
  /* the registry of records */ \
  X(RECORD_TYPE, "SELECT type FROM record WHERE id = ?1 AND NOT absent") \
  X(RECORD_MAKE, "INSERT OR IGNORE INTO record (id, type, origin, clock, node, search) VALUES (?1, ?2, 1, ?3, 1, ?4)") \
  X(RECORD_RAISE, \
    "UPDATE record SET type = ?2, clock = ?3, node = 1, absent = 0, life = life + life % 2, joined = NULL, search = ?4 " \
    "WHERE id = ?1 AND absent") \
  X(RECORD_BURY, \
    "UPDATE record SET clock = ?2, node = 1, absent = 1, life = life + 1, sharing = 0, joined = ?3 WHERE id = ?1") \
  X(RECORD_JOINED, "SELECT joined FROM record WHERE id = ?1 AND joined IS NOT NULL") \
  X(RECORD_OWN, "UPDATE record SET origin = 1 WHERE id = ?1") \
  X(RECORD_LOWER, "UPDATE record SET sharing = sharing + 1 WHERE id = ?1") \
  X(RECORD_SEARCH_GET, "SELECT search FROM record WHERE id = ?1") \
  X(RECORD_SEARCH_SET, "UPDATE record SET search = ?2 WHERE id = ?1") \
  X(RECORD_SEARCH_LAST, \
    "SELECT search FROM record WHERE search IS NOT NULL AND search BETWEEN ?1 AND ?2 ORDER BY search DESC LIMIT 1") \
  X(REPLICA_NEXT, "SELECT id FROM record WHERE id > ?1 ORDER BY id LIMIT 1") \
  X(REPLICA_NEXT_SPLIT, "SELECT id FROM field_sibling WHERE id > ?1 ORDER BY id LIMIT 1") \
  /* what has left */ \
  X(SHARED_IDS, "SELECT DISTINCT id FROM shared WHERE audience <> 'me' ORDER BY id") \
  X(SHARED_OF, "SELECT node, audience, \"first\", \"last\" FROM shared WHERE id = ?1 ORDER BY node") \
  X(SHARED_WITHDRAW, \
    "UPDATE record SET sharing = sharing + 1 WHERE id = ?1 AND NOT absent AND EXISTS (SELECT 1 FROM shared s WHERE " \
    "s.id = ?1 AND s.sharing = record.sharing AND s.audience <> 'me')") \
  X(SHARED_NOTE, \
    "INSERT INTO shared (id, node, audience, sharing, \"first\", \"last\") SELECT ?1, ?2, ?3, sharing, ?4, ?4 FROM " \
    "record WHERE id = ?1 ON CONFLICT (id, node) DO UPDATE SET audience = excluded.audience, sharing = " \
    "excluded.sharing, \"last\" = excluded.\"last\"") \
  X(WITHHOLD, "INSERT OR IGNORE INTO withheld (relationship) VALUES (?1)") \
  X(WITHHOLD_NO_MORE, "DELETE FROM withheld WHERE relationship = ?1") \
  X(WITHHELD, "SELECT 1 FROM withheld WHERE relationship = ?1") \
  X(WITHHELD_ALL, "SELECT relationship FROM withheld ORDER BY relationship") \
  /* the team */ \
  X(TEAM_GET, "SELECT value FROM team WHERE key = ?1") \
  X(TEAM_SET, "INSERT INTO team (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value") \
  X(BUNDLES, "SELECT sequence, \"at\" FROM bundle WHERE sender = ?1 ORDER BY sequence") \
  X(CONFLICTS, \
    "SELECT c.id, c.field, c.clock, n.id, c.winner_clock, w.id, c.value, c.\"at\" FROM conflict c JOIN node n ON " \
    "n.number = c.node JOIN node w ON w.number = c.winner_node ORDER BY c.\"at\" DESC, c.id, c.field, c.clock") \
  X(CONCLUSION_GET, "SELECT text FROM conclusion WHERE relationship = ?1") \
  X(CONCLUSIONS, \
    "SELECT c.relationship, c.clock, n.id, c.text FROM conclusion c JOIN node n ON n.number = c.node ORDER BY " \
    "c.relationship") \
  /* who was erased */ \
  X(ERASURE_ANY, "SELECT 1 FROM erasure LIMIT 1") \
  X(ERASURE_GET, "SELECT \"at\" FROM erasure WHERE key = ?1") \
  X(ERASURE_ADD, "INSERT INTO erasure (key, \"at\") VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET \"at\" = " \
                 "excluded.\"at\" WHERE excluded.\"at\" > erasure.\"at\"") \
  X(ERASURES, "SELECT key, \"at\" FROM erasure ORDER BY key") \
  X(ERASURE_ANSWER_ADD, "INSERT OR IGNORE INTO erasure_answer (key, node) VALUES (?1, ?2)") \
  X(ERASURE_ANSWER_OWN, \
    "INSERT OR IGNORE INTO erasure_answer (key, node) SELECT e.key, n.id FROM erasure e JOIN node n " \
    "ON n.number = 1 WHERE e.\"at\" > 0") \
  X(ERASURE_ANSWERS, "SELECT key, node FROM erasure_answer ORDER BY key, node") \
  X(ERASABLE, "SELECT id FROM record WHERE type IN ('contact', 'relationship') UNION SELECT target FROM waiting_for") \
  X(JOINED, "SELECT id, joined FROM record WHERE joined IS NOT NULL") \
  X(RECORD_FORGET, "DELETE FROM record WHERE id = ?1") \
  X(WAITING_FOR_FORGET, "DELETE FROM waiting_for WHERE target = ?1") \
  X(CONFLICT_CLEAR, "DELETE FROM conflict WHERE id = ?1") \
  X(CONFLICT_CLEAR_OF, "DELETE FROM conflict WHERE instr(value, ?1) > 0") \
  X(CONFLICT_CLEAR_WORDS, "DELETE FROM conflict WHERE instr(fold(value), ?1) > 0") \
  X(SHARED_FORGET, "DELETE FROM shared WHERE id = ?1") \
  X(CONCLUSION_FORGET, "DELETE FROM conclusion WHERE relationship = ?1") \
  X(UNDO_CHANGE_CLEAR, "DELETE FROM undo_change") \
  X(UNDO_ACTION_CLEAR, "DELETE FROM undo_action") \
  X(NOTE_CLEAR_OF, "DELETE FROM note WHERE instr(text, ?1) > 0") \
  X(NOTE_CLEAR_WORDS, "DELETE FROM note WHERE instr(fold(text), ?1) > 0 OR instr(fold(name), ?1) > 0") \
  X(NOTE_CLEAR_DRAFTS, "DELETE FROM note WHERE kind = 'draft' AND instr(fold(text), ?1) > 0") \
  X(PEOPLE, "SELECT name FROM contact UNION ALL SELECT name FROM salesperson") \
  X(TEXTS_BESIDE, "SELECT id FROM field_sibling UNION SELECT id FROM waiting") \
  X(NODE_OWN, "SELECT id FROM node WHERE number = 1") \
  X(NODE_COUNT, "SELECT count(*) + EXISTS (SELECT 1 FROM waiting) FROM node") \
  /* what the domain wants once, checked where it comes in */ \
  X(SAME_PAIR, "SELECT id FROM relationship WHERE contact = ?1 AND salesperson = ?2 AND id <> ?3 LIMIT 1") \
  X(SAME_EVALUATION, \
    "SELECT id FROM evaluation WHERE relationship = ?1 AND \"date\" = ?2 AND viewpoint = ?3 AND id <> ?4 LIMIT 1") \
  X(SAME_TOPIC, "SELECT id FROM topic WHERE code = ?1 AND id <> ?2 LIMIT 1") \
  X(MEETING_MAKE, \
    "INSERT INTO meeting (contact, salesperson, \"at\", interaction, planned, two_way, channel, phase, touchpoint, " \
    "outcome, themes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)") \
  X(MEETING_REMOVE, \
    "DELETE FROM meeting WHERE contact = ?1 AND salesperson = ?2 AND \"at\" = ?3 AND interaction = ?4") \
  /* what cached conclusions hang on */ \
  X(TOUCH_CUSTOMER, "INSERT OR REPLACE INTO account_change SELECT id, ?2 FROM customer WHERE id = ?1") \
  X(TOUCH_CONTACT, "INSERT OR REPLACE INTO account_change SELECT customer, ?2 FROM contact WHERE id = ?1") \
  X(TOUCH_RELATIONSHIP, \
    "INSERT OR REPLACE INTO account_change SELECT c.customer, ?2 FROM relationship r JOIN contact c " \
    "ON c.id = r.contact WHERE r.id = ?1") \
  X(TOUCH_ALL, "INSERT OR REPLACE INTO account_change SELECT id, ?1 FROM customer") \
  X(TOUCHED, "SELECT customer, clock FROM account_change ORDER BY customer") \
  X(RELATIONSHIPS, "SELECT id, contact, salesperson, tier FROM relationship") \
  X(TIERS, "SELECT id, tier FROM customer WHERE tier IS NOT NULL") \
  X(TOUCH_FORGET, "DELETE FROM account_change WHERE customer = ?1") \
  /* undo */ \
  X(UNDO_ACTION_MAKE, "INSERT INTO undo_action (number, label, \"at\") VALUES (?1, ?2, ?3)") \
  X(UNDO_ACTION_LAST, "SELECT ifnull(max(number), 0) FROM undo_action") \
  X(UNDO_ACTION_TO_UNDO, "SELECT number, label FROM undo_action WHERE NOT undone ORDER BY number DESC LIMIT 1") \
  X(UNDO_ACTION_TO_REDO, "SELECT number, label FROM undo_action WHERE undone ORDER BY number LIMIT 1") \
  X(UNDO_ACTION_MARK, "UPDATE undo_action SET undone = ?2 WHERE number = ?1") \
  X(UNDO_CHANGE_CUT, "DELETE FROM undo_change WHERE action IN (SELECT number FROM undo_action WHERE undone)") \
  X(UNDO_ACTION_CUT, "DELETE FROM undo_action WHERE undone") \
  X(UNDO_CHANGE_TRIM, "DELETE FROM undo_change WHERE action <= ?1") \
  X(UNDO_ACTION_TRIM, "DELETE FROM undo_action WHERE number <= ?1") \
  X(UNDO_CHANGE_MAKE, "INSERT INTO undo_change (action, position, id, kind, changed, \"before\", \"after\") " \
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)") \
  X(UNDO_CHANGE_BEFORE, \
    "SELECT position, id, kind, changed, \"before\", \"after\" FROM undo_change WHERE action = ?1 AND position < ?2 " \
    "ORDER BY position DESC LIMIT 1") \
  X(UNDO_CHANGE_AFTER, \
    "SELECT position, id, kind, changed, \"before\", \"after\" FROM undo_change WHERE action = ?1 AND position > ?2 " \
    "ORDER BY position LIMIT 1") \
  X(UNDO_CHANGE_COUNT, "SELECT count(*) FROM undo_change WHERE action = ?1") \
  X(UNDO_CHANGE_OF, "SELECT \"before\" FROM undo_change WHERE action = ?1 AND id = ?2 ORDER BY position LIMIT 1") \
  X(UNDO_CHANGE_KEEP, "UPDATE undo_change SET \"after\" = ?3 WHERE action = ?1 AND position = ?2") \
  /* search */ \
  X(SEARCH_ADD, "INSERT INTO search (rowid, text) VALUES (?1, ?2)") \
  X(SEARCH_REMOVE, "INSERT INTO search (search, rowid, text) VALUES ('delete', ?1, ?2)") \
  X(SEARCH_HAS, "SELECT 1 FROM search WHERE search MATCH ?1 AND rowid = ?2") \
  X(SEARCH_OPTIMIZE, "INSERT INTO search (search) VALUES ('optimize')") \
  X(SEARCH_CHECK, "INSERT INTO search (search) VALUES ('integrity-check')") \
  /* notes */ \
  X(NOTE_SET, "INSERT INTO note (kind, name, text) VALUES (?1, ?2, ?3) ON CONFLICT (kind, name) DO UPDATE SET text = " \
              "excluded.text") \
  X(NOTE_REMOVE, "DELETE FROM note WHERE kind = ?1 AND name = ?2") \
  X(NOTE_GET, "SELECT text FROM note WHERE kind = ?1 AND name = ?2") \
  /* how many meetings there were; '~' comes after any time of a day */ \
  X(DAYS, "SELECT \"at\" FROM interaction WHERE \"at\" >= ?1 AND \"at\" <= ?2 || '~'") \
  X(DAYS_PLANNED, "SELECT \"at\" FROM interaction WHERE planned = 1 AND \"at\" >= ?1 AND \"at\" <= ?2 || '~'") \
  X(MEETINGS_WITH, \
    "SELECT count(*) FROM interaction t WHERE \"at\" >= ?1 AND \"at\" <= ?2 || '~' AND planned IS NOT 1 " \
    "AND (?3 IS NULL OR EXISTS (SELECT 1 FROM interaction_salespeople WHERE record = t.id AND target = ?3))") \
  /* names */ \
  X(NAMES_SALESPERSON, "SELECT id, name, me, rowid FROM salesperson WHERE rowid > ?1 ORDER BY rowid LIMIT ?2") \
  X(NAMES_CUSTOMER, "SELECT id, name, 0, rowid FROM customer WHERE rowid > ?1 ORDER BY rowid LIMIT ?2") \
  X(NAMES_CONTACT, "SELECT id, name, customer, rowid FROM contact WHERE rowid > ?1 ORDER BY rowid LIMIT ?2") \
  X(NAME_SALESPERSON, "SELECT id, name FROM salesperson WHERE id = ?1") \
  X(NAME_CUSTOMER, "SELECT id, name FROM customer WHERE id = ?1") \
  X(NAME_CONTACT, "SELECT id, name, customer FROM contact WHERE id = ?1") \
  X(TOPICS, "SELECT code, domain, special, label FROM topic")

enum statement {
#define STATEMENT_ENUM(NAME, sql) STATEMENT_##NAME,
  STATEMENTS(STATEMENT_ENUM)
#undef STATEMENT_ENUM
      STATEMENT_COUNT
};

#endif
