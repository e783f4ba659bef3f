#include "ocrtune/study/sqlite_schema.h"

#include <fmt/format.h>

#include "ocrtune/study/sqlite_format.h"

namespace ocrtune {

const char* const kOwnSchema = R"sql(
CREATE TABLE ocrtune_study (
  study_id INTEGER NOT NULL PRIMARY KEY REFERENCES studies (study_id),
  format INTEGER NOT NULL,
  pipeline TEXT NOT NULL,
  seed INTEGER NOT NULL,
  objective TEXT NOT NULL,
  psm INTEGER NOT NULL,
  oem INTEGER NOT NULL,
  ocr_max_width INTEGER NOT NULL,
  lang TEXT NOT NULL,
  models TEXT NOT NULL,
  program TEXT NOT NULL,
  reader TEXT NOT NULL DEFAULT 'tesseract',
  search TEXT NOT NULL DEFAULT ''
);
CREATE TABLE ocrtune_pages (
  page INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  pixels TEXT NOT NULL,
  truth TEXT NOT NULL,
  lang TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  dpi REAL NOT NULL,
  labels TEXT NOT NULL
);
CREATE TABLE ocrtune_trials (
  number INTEGER NOT NULL PRIMARY KEY,
  trial_id INTEGER NOT NULL UNIQUE REFERENCES trials (trial_id),
  started_us INTEGER NOT NULL,
  finished_us INTEGER NOT NULL
);
CREATE TABLE ocrtune_results (
  number INTEGER NOT NULL REFERENCES ocrtune_trials (number),
  page INTEGER NOT NULL REFERENCES ocrtune_pages (page),
  confidence REAL NOT NULL,
  words INTEGER NOT NULL,
  sharpness REAL NOT NULL,
  contrast REAL NOT NULL,
  cnr REAL NOT NULL,
  cer REAL,
  wer REAL,
  started_us INTEGER NOT NULL,
  total_ms REAL NOT NULL,
  preprocess_ms REAL NOT NULL,
  ocr_ms REAL NOT NULL,
  sharpness_ms REAL NOT NULL,
  contrast_ms REAL NOT NULL,
  cnr_ms REAL NOT NULL,
  failure TEXT NOT NULL,
  work_ms REAL NOT NULL DEFAULT 0,
  PRIMARY KEY (number, page)
) WITHOUT ROWID;
)sql";

const char* const kReaderColumn =
    "ALTER TABLE ocrtune_study ADD COLUMN reader TEXT NOT NULL DEFAULT 'tesseract'";

const char* const kSearchColumns =
    "ALTER TABLE ocrtune_study ADD COLUMN search TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE ocrtune_results ADD COLUMN work_ms REAL NOT NULL DEFAULT 0";

const char* const kSearchSchema = R"sql(
CREATE TABLE ocrtune_pruned (
  number INTEGER NOT NULL PRIMARY KEY,
  trial_id INTEGER NOT NULL UNIQUE REFERENCES trials (trial_id),
  started_us INTEGER NOT NULL,
  finished_us INTEGER NOT NULL
);
CREATE TABLE ocrtune_pruned_results (
  number INTEGER NOT NULL REFERENCES ocrtune_pruned (number),
  place INTEGER NOT NULL,
  page INTEGER NOT NULL REFERENCES ocrtune_pages (page),
  confidence REAL NOT NULL,
  words INTEGER NOT NULL,
  sharpness REAL NOT NULL,
  contrast REAL NOT NULL,
  cnr REAL NOT NULL,
  cer REAL,
  wer REAL,
  started_us INTEGER NOT NULL,
  total_ms REAL NOT NULL,
  preprocess_ms REAL NOT NULL,
  ocr_ms REAL NOT NULL,
  sharpness_ms REAL NOT NULL,
  contrast_ms REAL NOT NULL,
  cnr_ms REAL NOT NULL,
  failure TEXT NOT NULL,
  work_ms REAL NOT NULL,
  PRIMARY KEY (number, place)
) WITHOUT ROWID;
CREATE TABLE ocrtune_held_out (
  page INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  pixels TEXT NOT NULL,
  truth TEXT NOT NULL,
  lang TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  dpi REAL NOT NULL,
  labels TEXT NOT NULL
);
CREATE TABLE ocrtune_validated (
  number INTEGER NOT NULL REFERENCES ocrtune_trials (number),
  page INTEGER NOT NULL REFERENCES ocrtune_held_out (page),
  confidence REAL NOT NULL,
  words INTEGER NOT NULL,
  sharpness REAL NOT NULL,
  contrast REAL NOT NULL,
  cnr REAL NOT NULL,
  cer REAL,
  wer REAL,
  PRIMARY KEY (number, page)
) WITHOUT ROWID;
)sql";

const char* const kFileColumns = R"sql(
ALTER TABLE ocrtune_pages ADD COLUMN file TEXT NOT NULL DEFAULT '';
ALTER TABLE ocrtune_pages ADD COLUMN file_page INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ocrtune_pages ADD COLUMN truth_file TEXT NOT NULL DEFAULT '';
ALTER TABLE ocrtune_held_out ADD COLUMN file TEXT NOT NULL DEFAULT '';
ALTER TABLE ocrtune_held_out ADD COLUMN file_page INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ocrtune_held_out ADD COLUMN truth_file TEXT NOT NULL DEFAULT '';
)sql";

const char* const kConfirmedSchema = R"sql(
CREATE TABLE ocrtune_confirmed (
  number INTEGER NOT NULL REFERENCES ocrtune_trials (number),
  page INTEGER NOT NULL REFERENCES ocrtune_pages (page),
  confidence REAL NOT NULL,
  words INTEGER NOT NULL,
  sharpness REAL NOT NULL,
  contrast REAL NOT NULL,
  cnr REAL NOT NULL,
  cer REAL,
  wer REAL,
  PRIMARY KEY (number, page)
) WITHOUT ROWID;
)sql";

const char* const kStepsSchema = R"sql(
CREATE TABLE ocrtune_steps (
  number INTEGER NOT NULL REFERENCES ocrtune_trials (number),
  page INTEGER NOT NULL REFERENCES ocrtune_pages (page),
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  ms REAL NOT NULL,
  cached INTEGER NOT NULL,
  PRIMARY KEY (number, page, place)
) WITHOUT ROWID;
)sql";

const std::array<QualityColumn, 8> kQualityColumns{{{"char_confidence", kFormatWithQuality},
                                                    {"legible", kFormatWithQuality},
                                                    {"lexicon", kFormatWithQuality},
                                                    {"garbage", kFormatWithQuality},
                                                    {"net_legible", kFormatWithNetLegible},
                                                    {"bow", kFormatWithBow},
                                                    {"agreement", kFormatWithAgreement},
                                                    {"coverage", kFormatWithCoverage}}};

std::string quality_columns_since(int format) {
  std::string text;
  for (const char* table :
       {"ocrtune_results", "ocrtune_pruned_results", "ocrtune_confirmed", "ocrtune_validated"}) {
    for (const QualityColumn& column : kQualityColumns) {
      if (column.first_format > format)
        text += fmt::format("ALTER TABLE {} ADD COLUMN {} REAL;\n", table, column.name);
    }
  }
  return text;
}

}  // namespace ocrtune
