"""The tables of a project file, and how older files are brought up to date.

`application_id` tells a project file from any other SQLite file; `user_version` counts the migrations done.
"""

from __future__ import annotations

from amts_desk.core.errors import DeskError
from amts_desk.store.database import Database

APPLICATION_ID = 0x414D5453
"""“AMTS” in ASCII."""

_FIRST = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One row for each file as it was read; a file read again is another document.
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL, language TEXT NOT NULL, sha256 TEXT NOT NULL, encoding TEXT NOT NULL, text TEXT NOT NULL,
  read_at TEXT NOT NULL
);
CREATE TABLE segment (
  document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  unit TEXT NOT NULL CHECK (unit IN ('block', 'sentence')),
  number INTEGER NOT NULL,
  block INTEGER NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (document_id, unit, number)
) WITHOUT ROWID;

CREATE TABLE chapter (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL,
  source_id INTEGER NOT NULL REFERENCES document, target_id INTEGER NOT NULL REFERENCES document,
  UNIQUE (name, source_language, target_language)
);

-- Rows that people edit: the beads of an alignment, the decisions of a review. `position` counts the splices of the
-- journal that are in force; the journal and the position are the undo stack.
CREATE TABLE track (
  id INTEGER PRIMARY KEY,
  chapter_id INTEGER NOT NULL REFERENCES chapter ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('alignment', 'review')),
  direction TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (chapter_id, kind, direction)
);
CREATE TABLE row (
  track_id INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  state TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (track_id, rank)
) WITHOUT ROWID;
CREATE INDEX row_state ON row (track_id, state);
CREATE TABLE splice (
  track_id INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,
  number INTEGER NOT NULL,
  made_at TEXT NOT NULL, label TEXT NOT NULL,
  start INTEGER NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,
  -- A re-reading also changes the documents of its chapter: [source, target] before and after.
  documents TEXT,
  PRIMARY KEY (track_id, number)
) WITHOUT ROWID;

CREATE TABLE parallel_data (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, version INTEGER NOT NULL,
  unit TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE, uri TEXT NOT NULL, sha256 TEXT NOT NULL,
  pairs INTEGER NOT NULL, skipped INTEGER NOT NULL, chapters TEXT NOT NULL,
  status TEXT NOT NULL, message TEXT NOT NULL, imported INTEGER NOT NULL, made_at TEXT NOT NULL,
  UNIQUE (name, version)
);
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, arm TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE, input_uri TEXT NOT NULL, output_uri TEXT NOT NULL, chapters TEXT NOT NULL,
  parallel_data TEXT NOT NULL, job_id TEXT NOT NULL, status TEXT NOT NULL, message TEXT NOT NULL,
  is_offline INTEGER NOT NULL, started_at TEXT NOT NULL, is_fetched INTEGER NOT NULL
);
CREATE TABLE output (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  chapter_id INTEGER NOT NULL REFERENCES chapter ON DELETE CASCADE,
  source_sha256 TEXT NOT NULL,
  block INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (run_id, chapter_id, block)
) WITHOUT ROWID;

-- Who has the project open; the truth is the lock file beside it, this only gives the name.
CREATE TABLE holder (id INTEGER PRIMARY KEY CHECK (id = 1), host TEXT, user TEXT, pid INTEGER, since TEXT);
"""

_LEXICON = """
-- The words that the alignments of a pair of languages have learned: lines of source, target, weight, compressed.
CREATE TABLE lexicon (
  source_language TEXT NOT NULL, target_language TEXT NOT NULL, words BLOB NOT NULL,
  PRIMARY KEY (source_language, target_language)
) WITHOUT ROWID;
"""

_DOCUMENTS = """
-- What was damaged in a file (a list of sentences), and by which rules it was read.
ALTER TABLE document ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE document ADD COLUMN semicolon INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN comments INTEGER NOT NULL DEFAULT 0;
-- The name of an edition tells the number of its blocks, too: the same bytes may be read otherwise.
UPDATE output SET source_sha256 = source_sha256 || ':' || (
  SELECT count(*) FROM segment WHERE unit = 'block' AND document_id = (
    SELECT id FROM document WHERE sha256 = source_sha256 ORDER BY id LIMIT 1
  )
);
"""

_LANGUAGES_OF_A_JOB = """
-- A job into several languages is several runs with one token, so the token is unique no more. SQLite can only make the
-- table anew; the output is set aside meanwhile, since to drop a run is to drop its output.
CREATE TABLE output_kept AS SELECT * FROM output;
DROP TABLE output;
ALTER TABLE run RENAME TO run_kept;
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, arm TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL,
  token TEXT NOT NULL, input_uri TEXT NOT NULL, output_uri TEXT NOT NULL, chapters TEXT NOT NULL,
  parallel_data TEXT NOT NULL, job_id TEXT NOT NULL, status TEXT NOT NULL, message TEXT NOT NULL,
  is_offline INTEGER NOT NULL, started_at TEXT NOT NULL, is_fetched INTEGER NOT NULL,
  terminology TEXT NOT NULL DEFAULT '', formality TEXT NOT NULL DEFAULT '',
  masks_profanity INTEGER NOT NULL DEFAULT 0,
  documents INTEGER NOT NULL DEFAULT 0, translated INTEGER NOT NULL DEFAULT 0, with_errors INTEGER NOT NULL DEFAULT 0,
  characters INTEGER NOT NULL DEFAULT 0, dollars REAL NOT NULL DEFAULT 0,
  UNIQUE (token, target_language)
);
INSERT INTO run (
  id, key, name, arm, source_language, target_language, token, input_uri, output_uri, chapters, parallel_data, job_id,
  status, message, is_offline, started_at, is_fetched
) SELECT
  id, key, name, arm, source_language, target_language, token, input_uri, output_uri, chapters, parallel_data, job_id,
  status, message, is_offline, started_at, is_fetched
FROM run_kept;
DROP TABLE run_kept;
CREATE TABLE output (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  chapter_id INTEGER NOT NULL REFERENCES chapter ON DELETE CASCADE,
  source_sha256 TEXT NOT NULL,
  block INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (run_id, chapter_id, block)
) WITHOUT ROWID;
INSERT INTO output SELECT * FROM output_kept;
DROP TABLE output_kept;

-- What is wrong with what a run brought back: `block` is -1 for the whole document.
CREATE TABLE problem (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  chapter_id INTEGER NOT NULL REFERENCES chapter ON DELETE CASCADE,
  block INTEGER NOT NULL,
  message TEXT NOT NULL
);
CREATE INDEX problem_run ON problem (run_id);
"""

_PAIRS = """
-- Who made a step of the history; "" for steps of older projects.
ALTER TABLE splice ADD COLUMN author TEXT NOT NULL DEFAULT '';

-- Every pair that ever was in a version of parallel data, with where it comes from (JSON). Versions share what they
-- have in common, and nothing is ever removed.
CREATE TABLE pair (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  source TEXT NOT NULL, target TEXT NOT NULL, chapter TEXT NOT NULL, position INTEGER NOT NULL, origin TEXT NOT NULL
);
-- The pairs of a version in the order of its file: their ids, four bytes each, the lowest first.
CREATE TABLE version_pairs (
  version_id INTEGER PRIMARY KEY REFERENCES parallel_data ON DELETE CASCADE,
  pairs BLOB NOT NULL
);
-- What Amazon's error file said of records of a version; `record` counts from 1, 0 is the file as a whole.
CREATE TABLE import_message (
  version_id INTEGER NOT NULL REFERENCES parallel_data ON DELETE CASCADE,
  number INTEGER NOT NULL,
  record INTEGER NOT NULL, content TEXT NOT NULL, message TEXT NOT NULL,
  PRIMARY KEY (version_id, number)
) WITHOUT ROWID;
ALTER TABLE parallel_data ADD COLUMN format TEXT NOT NULL DEFAULT 'TMX';
ALTER TABLE parallel_data ADD COLUMN made_by TEXT NOT NULL DEFAULT '';
ALTER TABLE parallel_data ADD COLUMN service_status TEXT NOT NULL DEFAULT '';
ALTER TABLE parallel_data ADD COLUMN attempt_status TEXT NOT NULL DEFAULT '';
ALTER TABLE parallel_data ADD COLUMN skipped_there INTEGER NOT NULL DEFAULT 0;
ALTER TABLE parallel_data ADD COLUMN failed_there INTEGER NOT NULL DEFAULT 0;
"""

_JOURNAL = """
-- A step of very many rows is megabytes long. Without a rowid SQLite read all of it when it looked for its neighbour;
-- so the key stands apart, and `weight`, the length of its rows, before them.
ALTER TABLE splice RENAME TO splice_before;
CREATE TABLE splice (
  id INTEGER PRIMARY KEY,
  track_id INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,
  number INTEGER NOT NULL,
  made_at TEXT NOT NULL, label TEXT NOT NULL, weight INTEGER NOT NULL, author TEXT NOT NULL,
  start INTEGER NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,
  documents TEXT,
  UNIQUE (track_id, number)
);
INSERT INTO splice (track_id, number, made_at, label, weight, author, start, old, new, documents)
  SELECT track_id, number, made_at, label, length(old) + length(new), author, start, old, new, documents
  FROM splice_before ORDER BY track_id, number;
DROP TABLE splice_before;
"""

_TERMS = """
-- The terms of the project are a track, too, which belongs to no chapter.
CREATE TABLE track_anew (
  id INTEGER PRIMARY KEY,
  chapter_id INTEGER REFERENCES chapter ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('alignment', 'review', 'terms')),
  direction TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (chapter_id, kind, direction),
  CHECK ((chapter_id IS NULL) = (kind = 'terms'))
);
INSERT INTO track_anew SELECT id, chapter_id, kind, direction, position FROM track;
DROP TABLE track;
ALTER TABLE track_anew RENAME TO track;
CREATE UNIQUE INDEX track_terms ON track (kind) WHERE kind = 'terms';
"""

MIGRATIONS = (_FIRST, _LEXICON, _DOCUMENTS, _LANGUAGES_OF_A_JOB, _PAIRS, _JOURNAL, _TERMS)
VERSION = len(MIGRATIONS)


def prepare(database: Database) -> None:
    """Make a new file a project, or bring an older project up to date, each step in one transaction.

    Raises DeskError when the file is another program's or was made by a newer AMTS Desk.
    """
    name = database.path.name
    application = database.value("PRAGMA application_id")
    version = database.value("PRAGMA user_version")
    is_empty = database.value("SELECT count(*) FROM sqlite_master") == 0
    if application != APPLICATION_ID and not (is_empty and application == 0):
        raise DeskError(f"{name} is not an AMTS Desk project.", "Choose a file that ends in .amts.")
    if version > VERSION:
        raise DeskError(
            f"{name} was made by a newer AMTS Desk (file version {version}, this program knows {VERSION}).",
            "Install the newest AMTS Desk to open it.",
        )
    database.value("PRAGMA journal_mode = WAL")
    # A table that others refer to is made anew in its place: "Making Other Kinds Of Table Schema Changes",
    # https://www.sqlite.org/lang_altertable.html
    database.execute("PRAGMA foreign_keys = OFF")
    for number in range(version, VERSION):
        database.script(
            f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID}; {MIGRATIONS[number]} "
            f"PRAGMA user_version = {number + 1}; COMMIT;"
        )
    database.execute("PRAGMA foreign_keys = ON")
