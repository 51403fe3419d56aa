"""The tables of the store of readings.

What was found and what is shown are apart. A mention belongs to a form, a form to the entity that it was found as.
Who that entity is, is resolved: `presence.unit` is the found entity, or in an article that the analyst split off a
row that stands for somebody else; `shown` is who the unit is in the end, 0 for nobody. Totals are of the shown.
"""

from __future__ import annotations

from typing import Final

#: Raised with the schema; part of the file as SQLite's user_version.
VERSION: Final = 2
#: The type of rows that stand for somebody else in some articles; nobody is found under it.
SPLIT: Final = "="

SCHEMA: Final = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL,
  published TEXT NOT NULL, outlet TEXT NOT NULL, stamp TEXT NOT NULL
);
CREATE INDEX articles_published ON articles (published DESC, id);

-- name: as shown. alias: the entity of which the book says that this is a name, or 0. linked: who this is by
-- automatic linking, and why. extra: folded words that it can be looked up by beside those it was met in.
CREATE TABLE entities (
  number INTEGER PRIMARY KEY, type TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,
  alias INTEGER NOT NULL DEFAULT 0, linked INTEGER NOT NULL, link TEXT NOT NULL DEFAULT '', shown INTEGER NOT NULL,
  block TEXT NOT NULL DEFAULT '', extra TEXT NOT NULL DEFAULT '', UNIQUE (type, key)
);
-- Who asks by such a column says that it is not empty, too: else these indexes are not looked at.
CREATE INDEX entities_shown ON entities (shown);
CREATE INDEX entities_linked ON entities (linked) WHERE linked <> number;
CREATE INDEX entities_alias ON entities (alias) WHERE alias <> 0;
CREATE INDEX entities_block ON entities (block) WHERE block <> '';

-- Blocks with names that were met since they were linked last.
CREATE TABLE unlinked (block TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE forms (
  number INTEGER PRIMARY KEY, entity INTEGER NOT NULL, form TEXT NOT NULL, name TEXT NOT NULL,
  source TEXT NOT NULL, link TEXT NOT NULL, mentions INTEGER NOT NULL, UNIQUE (entity, form, name, source, link)
);
-- written: the text of the mention where it is not the form.
CREATE TABLE mentions (
  article INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, form INTEGER NOT NULL,
  written TEXT, confidence REAL NOT NULL, PRIMARY KEY (article, start)
) WITHOUT ROWID;
CREATE TABLE presence (
  article INTEGER NOT NULL, entity INTEGER NOT NULL, unit INTEGER NOT NULL, shown INTEGER NOT NULL,
  mentions INTEGER NOT NULL, PRIMARY KEY (article, entity)
) WITHOUT ROWID;
CREATE INDEX presence_shown ON presence (shown, article, mentions);
CREATE INDEX presence_split ON presence (entity, article) WHERE unit <> entity;

-- Of shown entities that somebody mentions. needle: what `containing` looks through.
CREATE TABLE totals (
  entity INTEGER PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, articles INTEGER NOT NULL,
  mentions INTEGER NOT NULL, last TEXT NOT NULL, needle TEXT NOT NULL
);
CREATE INDEX totals_articles ON totals (articles DESC, mentions DESC, name, type);
CREATE INDEX totals_mentions ON totals (mentions DESC, articles DESC, name, type);
CREATE INDEX totals_last ON totals (last DESC, articles DESC, mentions DESC, name, type);
CREATE TABLE months (
  entity INTEGER NOT NULL, month TEXT NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (entity, month)
) WITHOUT ROWID;

CREATE TABLE dates (
  article INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, form TEXT NOT NULL, edtf TEXT NOT NULL,
  earliest TEXT, latest TEXT, granularity TEXT NOT NULL, calendar TEXT NOT NULL, anchored INTEGER NOT NULL,
  confidence REAL NOT NULL, note TEXT NOT NULL
);
CREATE INDEX dates_article ON dates (article, start);
CREATE INDEX dates_earliest ON dates (earliest) WHERE earliest IS NOT NULL;
CREATE TABLE quantities (
  article INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, form TEXT NOT NULL, low REAL NOT NULL,
  high REAL NOT NULL, comparison TEXT NOT NULL, counting TEXT NOT NULL, unit TEXT NOT NULL, counted TEXT NOT NULL,
  stems TEXT NOT NULL, confidence REAL NOT NULL
);
CREATE INDEX quantities_article ON quantities (article, start);
CREATE INDEX quantities_counting ON quantities (counting, article);
-- entity: of the speaker, 0 for nobody of the lists, whose name and type are then as given.
CREATE TABLE quotations (
  number INTEGER PRIMARY KEY, article INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  direct INTEGER NOT NULL, verb TEXT NOT NULL, verb_start INTEGER NOT NULL, verb_end INTEGER NOT NULL,
  entity INTEGER NOT NULL, speaker TEXT NOT NULL, speaker_type TEXT NOT NULL,
  speaker_start INTEGER NOT NULL, speaker_end INTEGER NOT NULL, confidence REAL NOT NULL
);
CREATE INDEX quotations_article ON quotations (article, start);
CREATE INDEX quotations_entity ON quotations (entity, article) WHERE entity <> 0;
-- Entities named inside a quotation.
CREATE TABLE about (
  entity INTEGER NOT NULL, quotation INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (entity, quotation)
) WITHOUT ROWID;
CREATE INDEX about_article ON about (article);
"""
