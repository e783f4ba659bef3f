#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/study/optuna_schema.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

constexpr int kFormat = 1;
constexpr int kBusyMilliseconds = 10'000;

constexpr const char* kOwnSchema = R"sql(
CREATE TABLE ocrtune_study (
  study_id INTEGER NOT NULL PRIMARY KEY REFERENCES studies (study_id),
  format INTEGER NOT NULL,
  pipeline TEXT NOT NULL,
  seed INTEGER NOT NULL,
  objective TEXT NOT NULL,
  psm INTEGER NOT NULL,
  oem INTEGER NOT NULL,
  ocr_max_width INTEGER NOT NULL,
  models TEXT NOT NULL,
  program TEXT NOT NULL
);
CREATE TABLE ocrtune_pages (
  page INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  identity TEXT NOT NULL,
  lang TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  dpi REAL NOT NULL,
  has_truth INTEGER NOT NULL,
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
  PRIMARY KEY (number, page)
) WITHOUT ROWID;
)sql";

std::string cause_of(const SQLite::Exception& error) {
  switch (error.getErrorCode()) {
    case SQLITE_NOTADB:
      return "is not a SQLite database";
    case SQLITE_CORRUPT:
      return "is damaged; copy what is left with `sqlite3 FILE .recover`";
    case SQLITE_FULL:
      return "can't be written: the disk is full; finished trials are kept, the same command goes "
             "on";
    case SQLITE_READONLY:
      return "can't be written: file or folder is read-only";
    case SQLITE_CANTOPEN:
      return "can't be opened: folder missing or not permitted";
    case SQLITE_BUSY:
      return "is in use by another program; try again when it is done";
    case SQLITE_IOERR:
      return "can't be read or written; finished trials are kept, the same command goes on";
    default:
      return fmt::format("isn't a study of this program: {}", quotable(error.what()));
  }
}

void bind_optional(SQLite::Statement& statement, int place, std::optional<double> value) {
  if (value) {
    statement.bind(place, *value);
  } else {
    statement.bind(place);
  }
}

std::optional<double> optional_real(const SQLite::Column& column) {
  return column.isNull() ? std::nullopt : std::optional(column.getDouble());
}

json labels_json(const Labels& labels) {
  json list = json::array();
  for (const auto& [name, value] : labels) list.push_back({name, value});
  return list;
}

Labels labels_from(const std::string& text) {
  Labels labels;
  for (const json& entry : json::parse(text)) {
    labels.emplace_back(entry.at(0).get<std::string>(), entry.at(1).get<std::string>());
  }
  return labels;
}

class SqliteStorage final : public Storage {
 public:
  SqliteStorage(const fs::path& file, SQLite::Database database)
      : file_(shown(file)), database_(std::move(database)) {}

  /// Runs `action` and turns whatever the database throws into one line that names the file.
  template <typename Action>
  auto guarded(Action action) const -> decltype(action()) {
    return guarded(file_, action);
  }

  template <typename Action>
  static auto guarded(const std::string& file, Action action) -> decltype(action()) {
    try {
      return action();
    } catch (const SQLite::Exception& error) {
      throw Error(ExitStatus::study_error, fmt::format("{}: {}", file, cause_of(error)));
    } catch (const json::exception&) {
      throw Error(ExitStatus::study_error,
                  fmt::format("{}: is damaged: a label can't be read", file));
    }
  }

  void create(const StudyDefinition& definition) {
    guarded([&] {
      prepare_for_writing();
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      database_.exec(kOptunaSchema);
      database_.exec(kOwnSchema);
      insert_definition(definition);
      transaction.commit();
    });
    definition_ = definition;
    space_ = parse_pipeline(definition.pipeline, file_).space();
  }

  void open(bool for_writing) {
    guarded([&] {
      if (!database_.tableExists("ocrtune_study")) {
        throw Error(
            ExitStatus::study_error,
            fmt::format("{}: is a database of another program, not a study of ocrtune", file_));
      }
      if (for_writing) prepare_for_writing();
      read_definition();
    });
    space_ = parse_pipeline(definition_.pipeline, file_).space();
  }

  [[nodiscard]] const StudyDefinition& definition() const override { return definition_; }

  [[nodiscard]] std::vector<Trial> trials() const override {
    return guarded([&] {
      std::vector<Trial> trials;
      SQLite::Statement query(
          database_,
          "SELECT number, trial_id, started_us, finished_us FROM ocrtune_trials ORDER BY number");
      while (query.executeStep()) {
        trials.push_back({.number = static_cast<std::size_t>(query.getColumn(0).getInt64()),
                          .point = point_of(query.getColumn(1).getInt64()),
                          .pages = {},
                          .started_us = query.getColumn(2).getInt64(),
                          .finished_us = query.getColumn(3).getInt64()});
      }
      read_results(trials);
      return trials;
    });
  }

  [[nodiscard]] int foreign_trials() const override {
    return guarded([&] {
      return database_
          .execAndGet(
              "SELECT COUNT(*) FROM trials WHERE trial_id NOT IN (SELECT trial_id FROM "
              "ocrtune_trials)")
          .getInt();
    });
  }

  void append(const Trial& trial) override {
    guarded([&] {
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      SQLite::Statement taken(database_, "SELECT 1 FROM ocrtune_trials WHERE number = ?");
      taken.bind(1, static_cast<std::int64_t>(trial.number));
      if (taken.executeStep()) {
        throw Error(
            ExitStatus::study_error,
            fmt::format("{}: trial {} was written by another process meanwhile; only one may "
                        "work on a study",
                        file_, trial.number));
      }
      const std::int64_t id = insert_optuna_trial(trial);
      insert_own_trial(trial, id);
      transaction.commit();
    });
  }

 private:
  void prepare_for_writing() {
    // Rows are on the disk before a transaction counts as done, also when the power fails.
    database_.exec("PRAGMA journal_mode = WAL");
    database_.exec("PRAGMA synchronous = FULL");
  }

  void insert_definition(const StudyDefinition& definition) {
    database_.exec("INSERT INTO version_info VALUES (1, 12, '3.1.0')");
    database_.exec("INSERT INTO studies VALUES (1, 'ocrtune')");
    SQLite::Statement direction(database_, "INSERT INTO study_directions VALUES (1, ?, 1, 0)");
    direction.bind(1, is_minimized(definition.objective) ? "MINIMIZE" : "MAXIMIZE");
    direction.exec();
    SQLite::Statement names(
        database_, "INSERT INTO study_system_attributes VALUES (1, 1, 'study:metric_names', ?)");
    names.bind(1, json::array({std::string(objective_name(definition.objective))}).dump());
    names.exec();
    SQLite::Statement own(database_,
                          "INSERT INTO ocrtune_study VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    own.bind(1, kFormat);
    own.bind(2, definition.pipeline);
    own.bind(3, static_cast<std::int64_t>(definition.seed));
    own.bind(4, std::string(objective_name(definition.objective)));
    own.bind(5, definition.psm);
    own.bind(6, definition.oem);
    own.bind(7, definition.ocr_max_width);
    own.bind(8, definition.models);
    own.bind(9, definition.program);
    own.exec();
    int index = 0;
    for (const PageRecord& page : definition.pages) insert_page(index++, page);
  }

  void insert_page(int index, const PageRecord& page) {
    SQLite::Statement row(database_,
                          "INSERT INTO ocrtune_pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    row.bind(1, index);
    row.bind(2, quotable(page.name, 4096));
    row.bind(3, page.identity);
    row.bind(4, page.lang);
    row.bind(5, page.width);
    row.bind(6, page.height);
    row.bind(7, page.dpi);
    row.bind(8, page.has_truth ? 1 : 0);
    row.bind(9, labels_json(page.labels).dump());
    row.exec();
  }

  void read_definition() {
    SQLite::Statement query(
        database_,
        "SELECT format, pipeline, seed, objective, psm, oem, ocr_max_width, models, program "
        "FROM ocrtune_study");
    if (!query.executeStep()) {
      throw Error(ExitStatus::study_error, fmt::format("{}: is damaged: it has no study", file_));
    }
    if (query.getColumn(0).getInt() > kFormat) {
      throw Error(ExitStatus::study_error,
                  fmt::format("{}: was made by a newer ocrtune ({})", file_,
                              quotable(query.getColumn(8).getString())));
    }
    definition_ = {.pipeline = query.getColumn(1).getString(),
                   .seed = static_cast<std::uint64_t>(query.getColumn(2).getInt64()),
                   .objective = stored_objective(query.getColumn(3).getString()),
                   .psm = query.getColumn(4).getInt(),
                   .oem = query.getColumn(5).getInt(),
                   .ocr_max_width = query.getColumn(6).getInt(),
                   .models = query.getColumn(7).getString(),
                   .pages = {},
                   .program = query.getColumn(8).getString()};
    SQLite::Statement pages(database_,
                            "SELECT name, identity, lang, width, height, dpi, has_truth, labels "
                            "FROM ocrtune_pages ORDER BY page");
    while (pages.executeStep()) {
      definition_.pages.push_back({.name = pages.getColumn(0).getString(),
                                   .identity = pages.getColumn(1).getString(),
                                   .lang = pages.getColumn(2).getString(),
                                   .width = pages.getColumn(3).getInt(),
                                   .height = pages.getColumn(4).getInt(),
                                   .dpi = pages.getColumn(5).getDouble(),
                                   .has_truth = pages.getColumn(6).getInt() != 0,
                                   .labels = labels_from(pages.getColumn(7).getString())});
    }
  }

  [[nodiscard]] Objective stored_objective(const std::string& name) const {
    try {
      return objective_named(name);
    } catch (const Error& error) {
      throw Error(ExitStatus::study_error, fmt::format("{}: is damaged: {}", file_, error.what()));
    }
  }

  [[nodiscard]] Point point_of(std::int64_t trial_id) const {
    Point point;
    SQLite::Statement query(
        database_,
        "SELECT param_name, param_value FROM trial_params WHERE trial_id = ? ORDER BY param_id");
    query.bind(1, trial_id);
    while (query.executeStep()) {
      point.values.emplace_back(query.getColumn(0).getString(), query.getColumn(1).getDouble());
    }
    return point;
  }

  /// Fills in the pages of `trials`, which are in the order of their numbers.
  void read_results(std::vector<Trial>& trials) const {
    SQLite::Statement query(
        database_,
        "SELECT number, page, confidence, words, sharpness, contrast, cnr, cer, wer, "
        "started_us, total_ms, preprocess_ms, ocr_ms, sharpness_ms, contrast_ms, cnr_ms, "
        "failure FROM ocrtune_results ORDER BY number, page");
    auto trial = trials.begin();
    while (query.executeStep()) {
      const auto number = static_cast<std::size_t>(query.getColumn(0).getInt64());
      while (trial != trials.end() && trial->number < number) ++trial;
      if (trial == trials.end() || trial->number != number) continue;
      const auto real = [&](int column) { return query.getColumn(column).getDouble(); };
      trial->pages.push_back({.scores = {.confidence = real(2),
                                         .words = query.getColumn(3).getInt(),
                                         .sharpness = real(4),
                                         .contrast = real(5),
                                         .cnr = real(6),
                                         .cer = optional_real(query.getColumn(7)),
                                         .wer = optional_real(query.getColumn(8))},
                              .timings = {.started_us = query.getColumn(9).getInt64(),
                                          .total_ms = real(10),
                                          .preprocess_ms = real(11),
                                          .ocr_ms = real(12),
                                          .sharpness_ms = real(13),
                                          .contrast_ms = real(14),
                                          .cnr_ms = real(15)},
                              .failure = query.getColumn(16).getString()});
    }
    for (const Trial& each : trials) {
      if (each.pages.size() == definition_.pages.size()) continue;
      throw Error(ExitStatus::study_error,
                  fmt::format("{}: is damaged: trial {} has {} of {} pages", file_, each.number,
                              each.pages.size(), definition_.pages.size()));
    }
  }

  std::int64_t insert_optuna_trial(const Trial& trial) {
    SQLite::Statement row(
        database_,
        "INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) "
        "VALUES ((SELECT COUNT(*) FROM trials WHERE study_id = 1), 1, 'COMPLETE', ?, ?)");
    row.bind(1, optuna_time(trial.started_us));
    row.bind(2, optuna_time(trial.finished_us));
    row.exec();
    const std::int64_t id = database_.getLastInsertRowid();
    const MeanScores means = trial.means();
    SQLite::Statement value(database_,
                            "INSERT INTO trial_values (trial_id, objective, value, value_type) "
                            "VALUES (?, 0, ?, 'FINITE')");
    value.bind(1, id);
    value.bind(2, means.value(definition_.objective));
    value.exec();
    insert_params(id, trial.point);
    insert_attributes(id, trial, means);
    return id;
  }

  void insert_params(std::int64_t id, const Point& point) {
    SQLite::Statement row(
        database_,
        "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) "
        "VALUES (?, ?, ?, ?)");
    for (const Dimension& dimension : space_.dimensions()) {
      const std::optional<double> value = point.find(dimension.name);
      if (!value) continue;
      row.bind(1, id);
      row.bind(2, dimension.name);
      row.bind(3, *value);
      row.bind(4, optuna_distribution(dimension));
      row.exec();
      row.reset();
    }
  }

  void insert_attributes(std::int64_t id, const Trial& trial, const MeanScores& means) {
    SQLite::Statement row(
        database_,
        "INSERT INTO trial_user_attributes (trial_id, \"key\", value_json) VALUES (?, ?, ?)");
    const auto insert = [&](const char* key, const json& value) {
      row.bind(1, id);
      row.bind(2, key);
      row.bind(3, value.dump());
      row.exec();
      row.reset();
    };
    insert("point_id", trial.number);
    if (trial.number == 0) insert("baseline", true);
    insert("confidence", means.confidence);
    insert("sharpness", means.sharpness);
    insert("contrast", means.contrast);
    insert("cnr", means.cnr);
    if (means.cer) insert("cer", *means.cer);
    if (means.wer) insert("wer", *means.wer);
  }

  void insert_own_trial(const Trial& trial, std::int64_t id) {
    SQLite::Statement own(database_, "INSERT INTO ocrtune_trials VALUES (?, ?, ?, ?)");
    own.bind(1, static_cast<std::int64_t>(trial.number));
    own.bind(2, id);
    own.bind(3, trial.started_us);
    own.bind(4, trial.finished_us);
    own.exec();
    SQLite::Statement row(
        database_,
        "INSERT INTO ocrtune_results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    int index = 0;
    for (const PageResult& page : trial.pages) {
      const PageScores& scores = page.scores;
      const PageTimings& timings = page.timings;
      row.bind(1, static_cast<std::int64_t>(trial.number));
      row.bind(2, index++);
      row.bind(3, scores.confidence);
      row.bind(4, scores.words);
      row.bind(5, scores.sharpness);
      row.bind(6, scores.contrast);
      row.bind(7, scores.cnr);
      bind_optional(row, 8, scores.cer);
      bind_optional(row, 9, scores.wer);
      row.bind(10, timings.started_us);
      row.bind(11, timings.total_ms);
      row.bind(12, timings.preprocess_ms);
      row.bind(13, timings.ocr_ms);
      row.bind(14, timings.sharpness_ms);
      row.bind(15, timings.contrast_ms);
      row.bind(16, timings.cnr_ms);
      row.bind(17, page.failure);
      row.exec();
      row.reset();
    }
  }

  std::string file_;
  // Reading prepares statements, which SQLiteCpp takes a mutable database for.
  mutable SQLite::Database database_;
  StudyDefinition definition_;
  Space space_;
};

void refuse_non_files(const fs::path& file) {
  if (file.string().find("://") != std::string::npos) {
    throw Error(ExitStatus::wrong_use, fmt::format("{}: a study is a SQLite file", shown(file)));
  }
  std::error_code ignored;
  const fs::file_status status = fs::status(file, ignored);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    throw Error(ExitStatus::study_error, fmt::format("{}: is not a regular file", shown(file)));
  }
}

std::unique_ptr<SqliteStorage> opened(const fs::path& file, int flags) {
  refuse_non_files(file);
  return SqliteStorage::guarded(shown(file), [&] {
    return std::make_unique<SqliteStorage>(
        file, SQLite::Database(file.string(), flags, kBusyMilliseconds));
  });
}

void require_present(const fs::path& file) {
  refuse_non_files(file);
  if (study_exists(file)) return;
  throw Error(ExitStatus::study_error,
              fmt::format("{}: no study there; `ocrtune screen` or `ocrtune tune` begins one",
                          shown(file)));
}

/// A database in WAL mode in a folder that can't be written needs to be told that nobody writes.
std::string immutable_uri(const fs::path& file) {
  std::string uri = "file:";
  for (const char c : fs::absolute(file).string()) {
    const bool special = c == '?' || c == '#' || c == '%';
    uri += special ? fmt::format("%{:02x}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return uri + "?immutable=1";
}

}  // namespace

std::unique_ptr<Storage> create_study(const fs::path& file, const StudyDefinition& definition) {
  auto storage = opened(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  storage->create(definition);
  return storage;
}

std::unique_ptr<Storage> open_study(const fs::path& file) {
  require_present(file);
  auto storage = opened(file, SQLite::OPEN_READWRITE);
  storage->open(true);
  return storage;
}

std::unique_ptr<Storage> view_study(const fs::path& file) {
  require_present(file);
  try {
    auto storage = opened(file, SQLite::OPEN_READONLY);
    storage->open(false);
    return storage;
  } catch (const Error&) {
    std::error_code ignored;
    if (fs::exists(file.string() + "-wal", ignored) ||
        ::access(file.parent_path().empty() ? "." : file.parent_path().c_str(), W_OK) == 0)
      throw;
  }
  auto storage = SqliteStorage::guarded(shown(file), [&] {
    return std::make_unique<SqliteStorage>(
        file, SQLite::Database(immutable_uri(file), SQLite::OPEN_READONLY | SQLite::OPEN_URI,
                               kBusyMilliseconds));
  });
  storage->open(false);
  return storage;
}

bool study_exists(const fs::path& file) {
  std::error_code failure;
  const auto size = fs::file_size(file, failure);
  return !failure && size > 0;
}

}  // namespace ocrtune
