-- The journal as released first. Column names are the field names of record_types.h, codes are kept as codes, dates as
-- ISO 8601 text, stamps as UTC milliseconds, ids as 16 bytes: readable with any SQLite for as long as there is one.
-- Nothing here is UNIQUE by the rules of the domain: a merge may hold two until somebody joins them.

CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

-- Journals that records and clocks came from; number 1 is this one.
CREATE TABLE node (number INTEGER PRIMARY KEY, id BLOB NOT NULL) STRICT;

-- Every record there is or was, over all types. A tombstone keeps id, type and clock. `clock` and `node` (a hybrid logical
-- clock: milliseconds << 16 | counter) count for each field unless field_clock has a later one. `search` is the rowid in
-- the search index: day << 32 | number, so that newest-first is the order of the index.
CREATE TABLE record (
  id BLOB PRIMARY KEY,
  type TEXT NOT NULL,
  origin INTEGER NOT NULL REFERENCES node,
  clock INTEGER NOT NULL,
  node INTEGER NOT NULL REFERENCES node,
  deleted INTEGER NOT NULL DEFAULT 0,
  search INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX record_search ON record (search, type) WHERE search IS NOT NULL;

CREATE TABLE field_clock (
  id BLOB NOT NULL,
  field TEXT NOT NULL,
  clock INTEGER NOT NULL,
  node INTEGER NOT NULL REFERENCES node,
  PRIMARY KEY (id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE salesperson (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "name" TEXT NOT NULL,
  "email" TEXT,
  "me" INTEGER
) STRICT;

CREATE TABLE customer (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "name" TEXT NOT NULL,
  "domain" TEXT,
  "industry" TEXT,
  "country" TEXT,
  "tier" TEXT,
  "notes" TEXT,
  "tags" TEXT
) STRICT;

CREATE TABLE contact (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "name" TEXT NOT NULL,
  "customer" BLOB NOT NULL REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
  "title" TEXT,
  "role" TEXT,
  "emails" TEXT,
  "phones" TEXT,
  "preferred_channel" TEXT,
  "language" TEXT,
  "birthday" TEXT,
  "legal_basis" TEXT,
  "source" TEXT,
  "informed" TEXT,
  "retain_until" TEXT,
  "leaving" INTEGER,
  "successor" BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  "restricted" INTEGER,
  "objected" INTEGER,
  "tags" TEXT,
  "notes" TEXT
) STRICT;
CREATE INDEX contact_customer ON contact (customer, id);
CREATE INDEX contact_successor ON contact (successor) WHERE successor IS NOT NULL;
CREATE INDEX contact_birthday ON contact (substr(birthday, -5)) WHERE birthday IS NOT NULL;
CREATE INDEX contact_informed ON contact (informed, created) WHERE source IS NOT NULL;
CREATE INDEX contact_retain_until ON contact (retain_until) WHERE retain_until IS NOT NULL;

CREATE TABLE relationship (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "salesperson" BLOB NOT NULL REFERENCES salesperson (id) DEFERRABLE INITIALLY DEFERRED,
  "contact" BLOB NOT NULL REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  "tier" TEXT,
  "cadence_days" INTEGER,
  "ended" TEXT,
  "ended_why" TEXT,
  "left" TEXT,
  "purpose" TEXT,
  "override" TEXT
) STRICT;
CREATE INDEX relationship_contact ON relationship (contact, salesperson, id);
CREATE INDEX relationship_salesperson ON relationship (salesperson);

CREATE TABLE topic (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "domain" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "label" TEXT NOT NULL,
  "special" INTEGER
) STRICT;

CREATE TABLE interaction (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "at" TEXT NOT NULL,
  "channel" TEXT NOT NULL,
  "two_way" INTEGER,
  "planned" INTEGER,
  "initiated_by" TEXT,
  "phase" TEXT,
  "touchpoint" TEXT,
  "minutes" INTEGER,
  "place" TEXT,
  "summary" TEXT,
  "themes" TEXT,
  "cues" TEXT,
  "expectation" TEXT,
  "outcome" TEXT
) STRICT;
CREATE INDEX interaction_at ON interaction ("at", id);
CREATE INDEX interaction_planned ON interaction ("at") WHERE planned = 1;

-- Lists of references, one table a field.
CREATE TABLE interaction_contacts (
  record BLOB NOT NULL REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL,
  target BLOB NOT NULL REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX interaction_contacts_target ON interaction_contacts (target, record);
CREATE TABLE interaction_salespeople (
  record BLOB NOT NULL REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL,
  target BLOB NOT NULL REFERENCES salesperson (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX interaction_salespeople_target ON interaction_salespeople (target, record);

-- Derived from interactions and their lists, kept by the store: every pair of people that an interaction joins, with what
-- the engine reads of it, in the order in which histories are read.
CREATE TABLE meeting (
  contact BLOB NOT NULL,
  salesperson BLOB NOT NULL,
  "at" TEXT NOT NULL,
  interaction BLOB NOT NULL,
  planned INTEGER NOT NULL,
  two_way INTEGER NOT NULL,
  channel TEXT NOT NULL,
  phase TEXT,
  touchpoint TEXT,
  outcome TEXT,
  themes TEXT,
  PRIMARY KEY (contact, salesperson, "at", interaction)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_themes ON meeting (contact, "at", themes) WHERE themes IS NOT NULL AND planned = 0;

CREATE TABLE disclosure (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "relationship" BLOB NOT NULL REFERENCES relationship (id) DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT NOT NULL,
  "discloser" TEXT NOT NULL,
  "domain" TEXT NOT NULL,
  "layer" INTEGER NOT NULL,
  "topic" TEXT,
  "text" TEXT,
  "interaction" BLOB REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
  "valence" TEXT,
  "intent" TEXT,
  "certainty" TEXT,
  "amount" INTEGER,
  "answers" BLOB REFERENCES disclosure (id) DEFERRABLE INITIALLY DEFERRED,
  "basis" TEXT,
  "shared_with" TEXT
) STRICT;
-- Covers what the engine reads, so that a history is one walk through this index.
CREATE INDEX disclosure_relationship
  ON disclosure (relationship, "date", id, discloser, domain, layer, certainty, topic, basis IS NOT NULL);
CREATE INDEX disclosure_date ON disclosure ("date", id);
CREATE INDEX disclosure_interaction ON disclosure (interaction) WHERE interaction IS NOT NULL;
CREATE INDEX disclosure_answers ON disclosure (answers) WHERE answers IS NOT NULL;

CREATE TABLE evaluation (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "relationship" BLOB NOT NULL REFERENCES relationship (id) DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT NOT NULL,
  "viewpoint" TEXT NOT NULL,
  "items" TEXT NOT NULL,
  "versus_expectation" INTEGER,
  "versus_alternative" INTEGER
) STRICT;
CREATE INDEX evaluation_relationship ON evaluation (relationship, "date", viewpoint);
CREATE INDEX evaluation_date ON evaluation ("date", id);

CREATE TABLE boundary (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "relationship" BLOB NOT NULL REFERENCES relationship (id) DEFERRABLE INITIALLY DEFERRED,
  "owner" TEXT NOT NULL,
  "domain" TEXT NOT NULL,
  "max_layer" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  "from" TEXT NOT NULL,
  "until" TEXT,
  "review" TEXT,
  "note" TEXT
) STRICT;
CREATE INDEX boundary_relationship ON boundary (relationship, "from");
CREATE INDEX boundary_from ON boundary ("from", id);
CREATE INDEX boundary_review ON boundary (review) WHERE review IS NOT NULL;

CREATE TABLE promise (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "relationship" BLOB NOT NULL REFERENCES relationship (id) DEFERRABLE INITIALLY DEFERRED,
  "by" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "made" TEXT NOT NULL,
  "due" TEXT NOT NULL,
  "kind" TEXT,
  "settled" TEXT,
  "settled_how" TEXT,
  "interaction" BLOB REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX promise_relationship ON promise (relationship, made, id, "by", kind, due, settled);
CREATE INDEX promise_made ON promise (made, id);
CREATE INDEX promise_settled ON promise (settled, due);
CREATE INDEX promise_interaction ON promise (interaction) WHERE interaction IS NOT NULL;

CREATE TABLE incident (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "relationship" BLOB NOT NULL REFERENCES relationship (id) DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "serious" INTEGER NOT NULL,
  "text" TEXT,
  "repaired" TEXT,
  "repair_text" TEXT
) STRICT;
CREATE INDEX incident_relationship ON incident (relationship, "date");
CREATE INDEX incident_date ON incident ("date", id);

CREATE TABLE next_step (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "relationship" BLOB REFERENCES relationship (id) DEFERRABLE INITIALLY DEFERRED,
  "customer" BLOB REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
  "text" TEXT NOT NULL,
  "due" TEXT NOT NULL,
  "done" TEXT,
  "suggestion" TEXT
) STRICT;
CREATE INDEX next_step_relationship ON next_step (relationship) WHERE relationship IS NOT NULL;
CREATE INDEX next_step_customer ON next_step (customer) WHERE customer IS NOT NULL;
CREATE INDEX next_step_due ON next_step (due);
CREATE INDEX next_step_done ON next_step (done, due);

CREATE TABLE suggestion_hold (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "relationship" BLOB NOT NULL REFERENCES relationship (id) DEFERRABLE INITIALLY DEFERRED,
  "suggestion" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "until" TEXT,
  "evidence_when_held" TEXT,
  "reason" TEXT
) STRICT;
CREATE INDEX suggestion_hold_relationship ON suggestion_hold (relationship);

CREATE TABLE theme_note (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "customer" BLOB NOT NULL REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
  "theme" TEXT NOT NULL,
  "date" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "checked_on" TEXT,
  "source" TEXT
) STRICT;
CREATE INDEX theme_note_customer ON theme_note (customer, "date", theme);
CREATE INDEX theme_note_date ON theme_note ("date", id);

CREATE TABLE offer_note (
  id BLOB PRIMARY KEY NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, audience TEXT NOT NULL, extra TEXT,
  "customer" BLOB NOT NULL REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT NOT NULL,
  "channel" TEXT NOT NULL,
  "by" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "value" TEXT NOT NULL
) STRICT;
CREATE INDEX offer_note_customer ON offer_note (customer, "date");
CREATE INDEX offer_note_date ON offer_note ("date", id);

-- When anything the engine reads of a customer's relationships last changed: the key of every cached conclusion.
CREATE TABLE account_change (customer BLOB PRIMARY KEY, clock INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- The last actions. What was made holds only its id until it is taken back; `changed` is the stamp the record has after
-- the change. `before` and `after` are records of the interchange format; of a saved filter (`kind` is `filter`) they are
-- its texts, and `id` is its name.
CREATE TABLE undo_action (
  number INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE undo_change (
  action INTEGER NOT NULL,
  position INTEGER NOT NULL,
  id BLOB NOT NULL,
  kind TEXT NOT NULL,
  changed INTEGER NOT NULL,
  "before" TEXT,
  "after" TEXT,
  PRIMARY KEY (action, position)
) STRICT, WITHOUT ROWID;

-- Drafts, saved filters, state of the interface.
CREATE TABLE note (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- Folded words of every record, without the text itself; the store keeps it, since triggers may not. Beginnings of up to
-- five letters have an index of their own: search while typing finds the newest of a million notes in a few milliseconds.
CREATE VIRTUAL TABLE search USING fts5 (
  text, content = '', columnsize = 0, prefix = '1 2 3 4 5', tokenize = 'unicode61 remove_diacritics 0'
);
