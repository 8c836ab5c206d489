-- Journals that share (include/rapport/replica.h, docs/team.md).

-- What is not here has no row in the table of its type: deleted, withdrawn by whom it came from, or waiting for what it
-- needs. `life` counts deletions and returns, `sharing` how often the audience was lowered, `joined` is the record that a
-- deleted one turned out to be the same as.
ALTER TABLE record RENAME COLUMN deleted TO absent;
ALTER TABLE record ADD COLUMN life INTEGER NOT NULL DEFAULT 0;
ALTER TABLE record ADD COLUMN sharing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE record ADD COLUMN joined BLOB;
UPDATE record SET life = 1 WHERE absent;
CREATE INDEX node_id ON node (id);

-- What was known of a field when it was written: [[clock, node], ...] of other journals.
ALTER TABLE field_clock ADD COLUMN seen TEXT;

-- Texts written on two sides at once, beside the one in the record, until somebody joins them.
CREATE TABLE field_sibling (
  id BLOB NOT NULL,
  field TEXT NOT NULL,
  clock INTEGER NOT NULL,
  node INTEGER NOT NULL REFERENCES node,
  text TEXT,
  PRIMARY KEY (id, field, clock, node)
) STRICT, WITHOUT ROWID;

-- Records that refer to what is not here, whole, in the interchange format: those that cannot be without it are only
-- here, the others stand in their table without the reference.
CREATE TABLE waiting (id BLOB PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE waiting_for (
  target BLOB NOT NULL,
  id BLOB NOT NULL REFERENCES waiting (id) ON DELETE CASCADE,
  PRIMARY KEY (target, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_for_id ON waiting_for (id);

-- What a merge has set aside, for 90 days.
CREATE TABLE conflict (
  id BLOB NOT NULL,
  field TEXT NOT NULL,
  clock INTEGER NOT NULL,
  node INTEGER NOT NULL REFERENCES node,
  winner_clock INTEGER NOT NULL,
  winner_node INTEGER NOT NULL REFERENCES node,
  value TEXT,
  "at" INTEGER NOT NULL,
  PRIMARY KEY (id, field, clock, node)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_at ON conflict ("at");

-- What each salesperson has concluded of their relationships, in the words of docs/team.md; NULL: withheld.
CREATE TABLE conclusion (
  relationship BLOB PRIMARY KEY,
  clock INTEGER NOT NULL,
  node INTEGER NOT NULL REFERENCES node,
  text TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE withheld (relationship BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

-- People whose data was erased, by a keyed hash that tells nobody who they were, and who has done so.
CREATE TABLE erasure (key BLOB PRIMARY KEY, "at" INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE erasure_answer (key BLOB NOT NULL, node BLOB NOT NULL, PRIMARY KEY (key, node)) STRICT, WITHOUT ROWID;

-- The team this journal belongs to, or that this file is: keys and texts by name.
CREATE TABLE team (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
-- Bundles that came in, and those that went out (sender: the journal's own node).
CREATE TABLE bundle (
  sender BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  "at" INTEGER NOT NULL,
  PRIMARY KEY (sender, sequence)
) STRICT, WITHOUT ROWID;
-- What has left, to whom, how much of it (`me`: it was taken back), in which lowering, when first and when last.
CREATE TABLE shared (
  id BLOB NOT NULL,
  node BLOB NOT NULL,
  audience TEXT NOT NULL,
  sharing INTEGER NOT NULL,
  "first" INTEGER NOT NULL,
  "last" INTEGER NOT NULL,
  PRIMARY KEY (id, node)
) STRICT, WITHOUT ROWID;
