PRAGMA application_id = 1095586899;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE chapter (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL,
  source_id INTEGER NOT NULL REFERENCES document, target_id INTEGER NOT NULL REFERENCES document,
  UNIQUE (name, source_language, target_language)
);
INSERT INTO "chapter" VALUES(1,'pairs','en','zh',1,2);
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL, language TEXT NOT NULL, sha256 TEXT NOT NULL, encoding TEXT NOT NULL, text TEXT NOT NULL,
  read_at TEXT NOT NULL
, notes TEXT NOT NULL DEFAULT '[]', semicolon INTEGER NOT NULL DEFAULT 0, comments INTEGER NOT NULL DEFAULT 0);
INSERT INTO "document" VALUES(1,'pairs_origin.md','en','a7eb77ef86d224ed7f1e476552dd58979e9d4bab3bfdca61e531c65d64e58678','utf-8','# Pairs

A pair has two sides. It is short; very short.

Every pair counts. Confirm it.
','2026-11-26T00:57:40+00:00','[]',0,0);
INSERT INTO "document" VALUES(2,'pairs.md','zh','abb906715907eba8d452a5476e74fbfea32b0d1f47c6543735d3aa47c3d5feeb','utf-8','# 句对

一对有两边。它很短；非常短。

每一对都算数。确认它。
','2026-11-26T00:57:40+00:00','[]',0,0);
CREATE TABLE holder (id INTEGER PRIMARY KEY CHECK (id = 1), host TEXT, user TEXT, pid INTEGER, since TEXT);
CREATE TABLE lexicon (
  source_language TEXT NOT NULL, target_language TEXT NOT NULL, words BLOB NOT NULL,
  PRIMARY KEY (source_language, target_language)
) WITHOUT ROWID;
INSERT INTO "lexicon" VALUES('en','zh',X'789C2B48CC2CE27CBA7E27A7819EA98101002AE804FF');
CREATE TABLE output (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  chapter_id INTEGER NOT NULL REFERENCES chapter ON DELETE CASCADE,
  source_sha256 TEXT NOT NULL,
  block INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (run_id, chapter_id, block)
) WITHOUT ROWID;
INSERT INTO "output" VALUES(1,1,'a7eb77ef86d224ed7f1e476552dd58979e9d4bab3bfdca61e531c65d64e58678:3',0,'句对');
INSERT INTO "output" VALUES(1,1,'a7eb77ef86d224ed7f1e476552dd58979e9d4bab3bfdca61e531c65d64e58678:3',1,'一对有两面。');
CREATE TABLE parallel_data (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, version INTEGER NOT NULL,
  unit TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE, uri TEXT NOT NULL, sha256 TEXT NOT NULL,
  pairs INTEGER NOT NULL, skipped INTEGER NOT NULL, chapters TEXT NOT NULL,
  status TEXT NOT NULL, message TEXT NOT NULL, imported INTEGER NOT NULL, made_at TEXT NOT NULL,
  UNIQUE (name, version)
);
INSERT INTO "parallel_data" VALUES(1,'amts-pairs',1,'sentence','en','zh','token-1','s3://bucket/amts/pairs.tmx','00ff',4,1,'["pairs"]','ACTIVE','',4,'2026-11-01T10:00:00+00:00');
CREATE TABLE row (
  track_id INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  state TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (track_id, rank)
) WITHOUT ROWID;
INSERT INTO "row" VALUES(1,1048576,'confirmed','{"s":[[0,0,"Pairs"]],"t":[[0,0,"句对"]],"c":0.9,"state":"confirmed"}');
INSERT INTO "row" VALUES(1,2097152,'confirmed','{"s":[[1,1,"A pair has two sides."]],"t":[[1,1,"一对有两边。"]],"c":0.9,"state":"confirmed"}');
INSERT INTO "row" VALUES(1,3145728,'confirmed','{"s":[[2,1,"It is short; very short."]],"t":[[2,1,"它很短；非常短。"]],"c":0.9,"state":"confirmed"}');
INSERT INTO "row" VALUES(1,4194304,'dropped','{"s":[[3,2,"Every pair counts."]],"t":[[3,2,"每一对都算数。"]],"c":0.9,"state":"dropped"}');
INSERT INTO "row" VALUES(1,5242880,'automatic','{"s":[[4,2,"Confirm it."]],"t":[[4,2,"确认它。"]],"c":0.9}');
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, arm TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE, input_uri TEXT NOT NULL, output_uri TEXT NOT NULL, chapters TEXT NOT NULL,
  parallel_data TEXT NOT NULL, job_id TEXT NOT NULL, status TEXT NOT NULL, message TEXT NOT NULL,
  is_offline INTEGER NOT NULL, started_at TEXT NOT NULL, is_fetched INTEGER NOT NULL
);
INSERT INTO "run" VALUES(1,'key','run','sentence','en','zh','token-2','s3://b/in/','s3://b/out/','[1]','amts-pairs','job-1','COMPLETED','',1,'',1);
CREATE TABLE segment (
  document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  unit TEXT NOT NULL CHECK (unit IN ('block', 'sentence')),
  number INTEGER NOT NULL,
  block INTEGER NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (document_id, unit, number)
) WITHOUT ROWID;
INSERT INTO "segment" VALUES(1,'block',0,0,'heading',2,7,'Pairs');
INSERT INTO "segment" VALUES(1,'block',1,1,'paragraph',9,55,'A pair has two sides. It is short; very short.');
INSERT INTO "segment" VALUES(1,'block',2,2,'paragraph',57,87,'Every pair counts. Confirm it.');
INSERT INTO "segment" VALUES(1,'sentence',0,0,'heading',2,7,'Pairs');
INSERT INTO "segment" VALUES(1,'sentence',1,1,'paragraph',9,30,'A pair has two sides.');
INSERT INTO "segment" VALUES(1,'sentence',2,1,'paragraph',31,55,'It is short; very short.');
INSERT INTO "segment" VALUES(1,'sentence',3,2,'paragraph',57,75,'Every pair counts.');
INSERT INTO "segment" VALUES(1,'sentence',4,2,'paragraph',76,87,'Confirm it.');
INSERT INTO "segment" VALUES(2,'block',0,0,'heading',2,4,'句对');
INSERT INTO "segment" VALUES(2,'block',1,1,'paragraph',6,20,'一对有两边。它很短；非常短。');
INSERT INTO "segment" VALUES(2,'block',2,2,'paragraph',22,33,'每一对都算数。确认它。');
INSERT INTO "segment" VALUES(2,'sentence',0,0,'heading',2,4,'句对');
INSERT INTO "segment" VALUES(2,'sentence',1,1,'paragraph',6,12,'一对有两边。');
INSERT INTO "segment" VALUES(2,'sentence',2,1,'paragraph',12,20,'它很短；非常短。');
INSERT INTO "segment" VALUES(2,'sentence',3,2,'paragraph',22,29,'每一对都算数。');
INSERT INTO "segment" VALUES(2,'sentence',4,2,'paragraph',29,33,'确认它。');
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "setting" VALUES('id','"0123456789ab"');
INSERT INTO "setting" VALUES('options','{"semicolon": true, "comments": false, "columns": 0, "latin_spaces": false}');
CREATE TABLE splice (
  track_id INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,
  number INTEGER NOT NULL,
  made_at TEXT NOT NULL, label TEXT NOT NULL,
  start INTEGER NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,
  -- A re-reading also changes the documents of its chapter: [source, target] before and after.
  documents TEXT,
  PRIMARY KEY (track_id, number)
) WITHOUT ROWID;
INSERT INTO "splice" VALUES(1,1,'2026-11-26T00:57:40.649+00:00','Align',0,'[]','[{"s":[[0,0,"Pairs"]],"t":[[0,0,"句对"]],"c":0.9},{"s":[[1,1,"A pair has two sides."]],"t":[[1,1,"一对有两边。"]],"c":0.9},{"s":[[2,1,"It is short; very short."]],"t":[[2,1,"它很短；非常短。"]],"c":0.9},{"s":[[3,2,"Every pair counts."]],"t":[[3,2,"每一对都算数。"]],"c":0.9},{"s":[[4,2,"Confirm it."]],"t":[[4,2,"确认它。"]],"c":0.9}]',NULL);
INSERT INTO "splice" VALUES(1,2,'2026-11-26T00:57:40.662+00:00','Confirm',0,'[{"s":[[0,0,"Pairs"]],"t":[[0,0,"句对"]],"c":0.9},{"s":[[1,1,"A pair has two sides."]],"t":[[1,1,"一对有两边。"]],"c":0.9},{"s":[[2,1,"It is short; very short."]],"t":[[2,1,"它很短；非常短。"]],"c":0.9}]','[{"s":[[0,0,"Pairs"]],"t":[[0,0,"句对"]],"c":0.9,"state":"confirmed"},{"s":[[1,1,"A pair has two sides."]],"t":[[1,1,"一对有两边。"]],"c":0.9,"state":"confirmed"},{"s":[[2,1,"It is short; very short."]],"t":[[2,1,"它很短；非常短。"]],"c":0.9,"state":"confirmed"}]',NULL);
INSERT INTO "splice" VALUES(1,3,'2026-11-26T00:57:40.665+00:00','Drop',3,'[{"s":[[3,2,"Every pair counts."]],"t":[[3,2,"每一对都算数。"]],"c":0.9}]','[{"s":[[3,2,"Every pair counts."]],"t":[[3,2,"每一对都算数。"]],"c":0.9,"state":"dropped"}]',NULL);
CREATE TABLE track (
  id INTEGER PRIMARY KEY,
  chapter_id INTEGER NOT NULL REFERENCES chapter ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('alignment', 'review')),
  direction TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (chapter_id, kind, direction)
);
INSERT INTO "track" VALUES(1,1,'alignment','en-zh',3);
CREATE INDEX row_state ON row (track_id, state);
COMMIT;
