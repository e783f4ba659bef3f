#pragma once

#include <string_view>

namespace ocrtune {

/// Version of the tables and of the records in them.
inline constexpr int kSharedFormat = 1;

/// The tables of a SharedJournal, in the words of SqlDatabase::create_tables. Times in seconds.
/// `done` and `failed` of a worker: how many files it has finished; those of ocrtune_apply are the
/// number of all without these. The last three: the worker that lists files, what it has listed so
/// far, and the models by the languages of pages.
inline constexpr std::string_view kJournalTables = R"sql(
CREATE TABLE ocrtune_apply (
  place INTEGER NOT NULL,
  format INTEGER NOT NULL,
  settings TEXT NOT NULL,
  files INTEGER NOT NULL,
  done INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  PRIMARY KEY (place)
) WITHOUT ROWID;
CREATE TABLE ocrtune_apply_files (
  id INTEGER NOT NULL PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  lang TEXT NOT NULL,
  output TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'done', 'failed')),
  worker TEXT NOT NULL,
  claims INTEGER NOT NULL,
  claimed REAL NOT NULL,
  leased REAL NOT NULL,
  failure TEXT NOT NULL
);
CREATE INDEX ocrtune_apply_files_by_state ON ocrtune_apply_files (state, id);
CREATE INDEX ocrtune_apply_files_by_output ON ocrtune_apply_files (output);
CREATE TABLE ocrtune_apply_pages (
  page TEXT NOT NULL,
  file INTEGER NOT NULL,
  pipeline TEXT NOT NULL,
  expected_cer REAL NOT NULL,
  tried INTEGER NOT NULL,
  seconds REAL NOT NULL,
  first_seconds REAL NOT NULL,
  rotate INTEGER NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (page)
) WITHOUT ROWID;
CREATE INDEX ocrtune_apply_pages_by_file ON ocrtune_apply_pages (file);
CREATE TABLE ocrtune_apply_workers (
  name TEXT NOT NULL,
  seen REAL NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (name)
) WITHOUT ROWID;
CREATE TABLE ocrtune_apply_listing (
  place INTEGER NOT NULL,
  worker TEXT NOT NULL,
  PRIMARY KEY (place)
) WITHOUT ROWID;
CREATE TABLE ocrtune_apply_listed (
  worker TEXT NOT NULL,
  path TEXT NOT NULL,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  lang TEXT NOT NULL,
  output TEXT NOT NULL,
  PRIMARY KEY (worker, path)
) WITHOUT ROWID;
CREATE TABLE ocrtune_apply_models (
  lang TEXT NOT NULL,
  identity TEXT NOT NULL,
  PRIMARY KEY (lang)
) WITHOUT ROWID;
)sql";

}  // namespace ocrtune
