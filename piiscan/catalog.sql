-- The catalog: what is known of the files of one scope (the roots of its runs), run after run.
--
-- It holds no value of any document: masks, keyed fingerprints and hashes, and counts. JSON columns hold words of
-- piiscan's own, and names. Times of the system are in nanoseconds since 1970, others ISO 8601 with offset.
-- piiscan itself writes it, one run at a time; anybody who may read it can open it with SQLite, Datasette or DuckDB:
-- the views at the end are meant for that.

PRAGMA application_id = 0x70696973; -- "piis": `file` and piiscan know it by that
PRAGMA user_version = 3;            -- the version of this schema

CREATE TABLE about (
  -- What holds for the whole catalog.
  key   TEXT PRIMARY KEY, -- scope: the roots as JSON
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pattern (
  -- The patterns that were looked for, so that the catalog can be read without piiscan.
  id          TEXT PRIMARY KEY, -- my_number, phone_mobile, ...
  title_en    TEXT NOT NULL,
  title_ja    TEXT NOT NULL,
  category    TEXT NOT NULL,    -- what the values are: phone, address, ...
  sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 1 AND 4), -- 1 low, 2 moderate, 3 high, 4 critical
  legal_class TEXT NOT NULL CHECK (json_valid(legal_class))         -- as the law names them
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  -- One run over the scope; one that was broken off is gone on with by the next.
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,  -- `id` in the run's own report
  began           TEXT NOT NULL,
  ended           TEXT,                  -- NULL while it goes on, and if it was broken off
  account         TEXT NOT NULL,         -- who ran it
  host            TEXT NOT NULL,         -- where
  conditions      TEXT NOT NULL,         -- digest of patterns, options, versions: results of others are made anew
  scope           TEXT NOT NULL CHECK (json_valid(scope)),    -- roots, exclusions, options
  versions        TEXT NOT NULL CHECK (json_valid(versions)), -- of piiscan and what it stands on
  data            TEXT NOT NULL CHECK (json_valid(data)),     -- dates of the lists
  enumerated      INTEGER,               -- paths met
  outcomes        TEXT CHECK (outcomes IS NULL OR json_valid(outcomes)), -- how many of them ended how; their sum is `enumerated`
  unread          INTEGER,               -- how many were not read, or not wholly
  is_complete     INTEGER CHECK (is_complete IN (0, 1)),
  interrupted     TEXT NOT NULL DEFAULT '', -- the signal that ended it early
  bytes_read      INTEGER,
  elapsed         REAL,                  -- seconds
  people          INTEGER,               -- about how many data subjects, each counted once over all files
  people_low      INTEGER,
  people_high     INTEGER
) STRICT;

CREATE TABLE file (
  -- A path that was met.
  id     INTEGER PRIMARY KEY,
  source BLOB NOT NULL UNIQUE, -- the whole path, in the bytes that the system knows it by
  path   TEXT NOT NULL         -- relative to the root, as people see it
) STRICT;

CREATE TABLE result (
  -- What the scan of a file told: true from one run on, until another one found it otherwise.
  id          INTEGER PRIMARY KEY,
  file        INTEGER NOT NULL REFERENCES file,
  run         INTEGER NOT NULL REFERENCES run, -- the run that scanned it
  until       INTEGER REFERENCES run,          -- the first run for which it no longer holds; NULL: it holds now
  conditions  TEXT NOT NULL,                   -- as in run
  size        INTEGER NOT NULL,                -- bytes
  mtime_ns    INTEGER NOT NULL,
  ctime_ns    INTEGER NOT NULL,
  inode       INTEGER NOT NULL,                -- signed
  outcome     TEXT NOT NULL CHECK (outcome IN ('complete', 'partial', 'skipped', 'unreadable', 'encrypted',
                'unsupported', 'timeout', 'crash', 'changed', 'error')),
  reason      TEXT NOT NULL,
  engine      TEXT NOT NULL,                   -- which matched; '' where none ran
  bytes_read  INTEGER NOT NULL,
  elapsed     REAL NOT NULL,                   -- seconds
  owner       TEXT NOT NULL,                   -- account; '' where it is not known
  exposure    TEXT NOT NULL CHECK (exposure IN ('everyone', 'group', 'owner', 'unknown')), -- who can read it
  content     TEXT NOT NULL,                   -- keyed digest of all bytes, if anything was found: copies have the same
  people      INTEGER NOT NULL,                -- about how many data subjects, each counted once
  people_low  INTEGER NOT NULL,
  people_high INTEGER NOT NULL,
  members     TEXT NOT NULL CHECK (json_valid(members)), -- files inside it, by outcome
  has_more    INTEGER NOT NULL CHECK (has_more IN (0, 1)), -- whether other tables say more of it
  CHECK (people_low <= people AND people <= people_high)
) STRICT;
CREATE UNIQUE INDEX result_now ON result (file) WHERE until IS NULL;
CREATE INDEX result_until ON result (until) WHERE until IS NOT NULL;

CREATE TABLE seal (
  -- A folder as it was when all that lies directly in it was last looked at: where it is so still, no file of it is
  -- looked up. A new result of a file in it breaks its seal.
  folder     BLOB PRIMARY KEY, -- its path, as in file
  conditions TEXT NOT NULL,    -- as in run
  digest     BLOB NOT NULL,    -- of names, sizes, times and inodes
  unchanged  INTEGER NOT NULL, -- files that were read wholly
  skipped    INTEGER NOT NULL, -- files that were skipped for what they hold
  size       INTEGER NOT NULL, -- bytes of all these
  others     TEXT NOT NULL CHECK (json_valid(others)), -- names of those that each run has to tell of
  results    TEXT NOT NULL CHECK (json_valid(results)) -- those of their results of which other tables say more
) STRICT, WITHOUT ROWID;

CREATE TABLE count (
  -- Exact figures of one pattern in one file.
  result       INTEGER NOT NULL REFERENCES result ON DELETE CASCADE,
  pattern      TEXT NOT NULL,
  total        INTEGER NOT NULL, -- findings
  distinct_    INTEGER NOT NULL, -- different values
  business     INTEGER NOT NULL, -- of the total: an organisation's
  samples      INTEGER NOT NULL, -- beside the total: test and example values
  low          INTEGER NOT NULL, -- beside the total: below the minimum confidence
  public       INTEGER NOT NULL, -- beside the total: what anybody may look up
  is_truncated INTEGER NOT NULL CHECK (is_truncated IN (0, 1)), -- whether there are more than the stored places
  PRIMARY KEY (result, pattern)
) STRICT, WITHOUT ROWID;

CREATE TABLE kind (
  -- What many findings have in common.
  id          INTEGER PRIMARY KEY,
  member      TEXT NOT NULL CHECK (json_valid(member)), -- names inside containers, from the outside in
  part        TEXT NOT NULL,                            -- page, sheet, header, ...
  pattern     TEXT NOT NULL,
  category    TEXT NOT NULL,
  sensitivity INTEGER NOT NULL,
  legal_class TEXT NOT NULL CHECK (json_valid(legal_class)),
  flags       TEXT NOT NULL CHECK (json_valid(flags)),
  confidence  INTEGER NOT NULL,                         -- 20 low, 50 medium, 85 high
  score       INTEGER NOT NULL,
  evidence    TEXT NOT NULL CHECK (json_valid(evidence)),
  UNIQUE (member, part, pattern, category, sensitivity, legal_class, flags, confidence, score, evidence)
) STRICT;

CREATE TABLE finding (
  -- A stored place; of each pattern and file only the first ones are stored.
  result      INTEGER NOT NULL REFERENCES result ON DELETE CASCADE,
  number      INTEGER NOT NULL, -- in the order of the file
  kind        INTEGER NOT NULL REFERENCES kind,
  line        INTEGER,
  column_     INTEGER,          -- in characters, from 1
  cell        TEXT,
  page        INTEGER,
  mask        TEXT NOT NULL,
  fingerprint TEXT,             -- keyed; NULL where no lasting conversion may be kept (My Number, resident codes, secrets)
  PRIMARY KEY (result, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE subject (
  -- How many data subjects a part of a file holds.
  result       INTEGER NOT NULL REFERENCES result ON DELETE CASCADE,
  number       INTEGER NOT NULL,
  member       TEXT NOT NULL CHECK (json_valid(member)),
  part         TEXT NOT NULL,
  role         TEXT NOT NULL,    -- who they are, where rows tell of several people
  method       TEXT NOT NULL,    -- how they were counted
  people       INTEGER NOT NULL,
  people_low   INTEGER NOT NULL,
  people_high  INTEGER NOT NULL,
  is_roster    INTEGER NOT NULL CHECK (is_roster IN (0, 1)),
  combinations TEXT NOT NULL CHECK (json_valid(combinations)), -- [[[categories], people], ...]
  PRIMARY KEY (result, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE sample (
  -- By what the people of different files are told apart: the smallest of the keyed hashes of what each has one of.
  -- There are none of My Numbers, resident codes and secrets.
  result    INTEGER NOT NULL REFERENCES result ON DELETE CASCADE,
  part      INTEGER NOT NULL, -- number of the part of the file
  number    INTEGER NOT NULL, -- the surest kind first
  people    INTEGER NOT NULL, -- of the part
  kind      TEXT NOT NULL,    -- category:pattern:key, or '' for a part with people of whom nothing can be compared
  distinct_ INTEGER NOT NULL, -- how many different values there are
  hashes    BLOB NOT NULL,    -- 8 bytes each, signed, little-endian; up to 8,192 of them
  PRIMARY KEY (result, part, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE unread_member (
  -- A file inside a file that was not read, or not wholly: the first of them.
  result  INTEGER NOT NULL REFERENCES result ON DELETE CASCADE,
  number  INTEGER NOT NULL,
  member  TEXT NOT NULL CHECK (json_valid(member)),
  outcome TEXT NOT NULL,
  reason  TEXT NOT NULL,
  PRIMARY KEY (result, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE page (
  -- The pages, slides and pictures of a file, and of files in archives and mail, where any are known.
  result INTEGER PRIMARY KEY REFERENCES result ON DELETE CASCADE,
  read   INTEGER NOT NULL,
  unread INTEGER NOT NULL
) STRICT;

CREATE TABLE decision (
  -- What a person decided about a file, or about one part or pattern of it. The latest one counts.
  id      INTEGER PRIMARY KEY,
  file    INTEGER NOT NULL REFERENCES file,
  part    TEXT NOT NULL DEFAULT '',  -- '' for all
  pattern TEXT NOT NULL DEFAULT '',  -- '' for all
  action  TEXT NOT NULL CHECK (action IN ('keep', 'delete', 'move', 'false_alarm')),
  person  TEXT NOT NULL CHECK (person <> ''),
  day     TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  until   TEXT CHECK (until GLOB '????-??-??'), -- the last day on which it holds; NULL: for good
  reason  TEXT NOT NULL,
  totals  TEXT NOT NULL CHECK (json_valid(totals)), -- findings by pattern at that time: it is open again if they grow
  people  INTEGER NOT NULL                          -- data subjects at that time: likewise
) STRICT;
CREATE INDEX decision_file ON decision (file);

CREATE VIEW runs AS
  -- Every run, the newest first.
  SELECT id, began, ended, account, host, enumerated AS files, unread, is_complete, interrupted, people, bytes_read, elapsed
  FROM run ORDER BY id DESC;

CREATE VIEW files AS
  -- Every path as it is known now.
  SELECT file.id, path, outcome, reason, size, datetime(mtime_ns / 1000000000, 'unixepoch') AS modified, owner, exposure,
    people, people_low, people_high,
    (SELECT sum(total - business) FROM count WHERE count.result = result.id) AS findings, result.run AS scanned_in
  FROM file JOIN result ON result.file = file.id AND until IS NULL;

CREATE VIEW files_with_findings AS
  -- Those that hold personal information, the most people first.
  SELECT * FROM files WHERE findings > 0 ORDER BY people DESC, findings DESC;

CREATE VIEW files_not_read AS
  -- Those of which nothing, or not all, is known.
  SELECT id, path, outcome, reason, size, owner FROM files
  WHERE outcome NOT IN ('complete', 'skipped') OR (outcome = 'skipped' AND reason NOT IN ('media', 'executable', 'excluded',
    'symlink', 'special', 'hardlink', 'filesystem', 'output', 'snapshot'));

CREATE VIEW findings AS
  -- Every stored place, with masks only.
  SELECT path, kind.member, part, line, column_ AS "column", cell, page, kind.pattern, pattern.title_ja, pattern.title_en, mask,
    kind.sensitivity, confidence, evidence
  FROM finding JOIN result ON result.id = finding.result AND until IS NULL JOIN file ON file.id = result.file
    JOIN kind ON kind.id = finding.kind LEFT JOIN pattern ON pattern.id = kind.pattern;

CREATE VIEW patterns_found AS
  -- What was found how often, in how many files.
  SELECT count.pattern, title_ja, title_en, count(result.id) AS files, sum(total - business) AS findings
  FROM count JOIN result ON result.id = count.result AND until IS NULL LEFT JOIN pattern ON pattern.id = count.pattern
  WHERE total > business GROUP BY count.pattern ORDER BY findings DESC;
