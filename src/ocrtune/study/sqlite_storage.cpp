#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/study/optuna_schema.h"
#include "ocrtune/study/sqlite_ocr_results.h"
#include "ocrtune/study/sqlite_read.h"
#include "ocrtune/study/sqlite_schema.h"
#include "ocrtune/study/sqlite_steps.h"
#include "ocrtune/study/sqlite_write.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr int kBusyMilliseconds = 10'000;

std::string cause_of(const SQLite::Exception& error) {
  switch (error.getErrorCode()) {
    case SQLITE_NOTADB:
      return tr("is not a SQLite database");
    case SQLITE_CORRUPT:
      return tr("is damaged; recover what is left with `sqlite3 FILE .recover`");
    case SQLITE_FULL:
      return tr(
          "cannot be written: the disk is full; finished trials are kept; run the same command "
          "again to resume");
    case SQLITE_READONLY:
      return tr("can't be written: file or folder is read-only");
    case SQLITE_CANTOPEN:
      return tr("can't be opened: folder missing or permission denied");
    case SQLITE_BUSY:
      return tr("is in use by another program; try again later");
    case SQLITE_IOERR:
      return tr(
          "cannot be read or written; finished trials are kept; run the same command again to "
          "resume");
    default:
      return tr("is not a study of ocrtune: {}", quotable(error.what()));
  }
}

/// Sets the files of each page to those of the same page in `now`; true if any has changed.
bool take_places(std::vector<PageRecord>& pages, const std::vector<PageRecord>& now) {
  bool moved = false;
  for (std::size_t i = 0; i < std::min(pages.size(), now.size()); ++i) {
    const auto place = [](PageRecord& page) {
      return std::tie(page.file, page.file_page, page.truth_file);
    };
    PageRecord there = now[i];
    moved = moved || place(pages[i]) != place(there);
    place(pages[i]) = place(there);
  }
  return moved;
}

class SqliteStorage final : public Storage {
 public:
  SqliteStorage(const fs::path& file, SQLite::Database database)
      : file_(shown(file)), database_(std::move(database)) {}

  /// Runs `action` and turns any error into one line that names the file.
  template <typename Action>
  auto guarded(Action action) const -> decltype(action()) {
    return guarded(file_, action);
  }

  template <typename Action>
  static auto guarded(const std::string& file, Action action) -> decltype(action()) {
    try {
      return action();
    } catch (const SQLite::Exception& error) {
      throw Error(Errc::study_error, fmt::format("{}: {}", file, cause_of(error)));
    } catch (const nlohmann::json::exception&) {
      throw Error(Errc::study_error, tr("{}: is damaged: a label can't be read", file));
    } catch (const Error& error) {
      throw Error(Errc::study_error, fmt::format("{}: {}", file, error.what()));
    }
  }

  void create(const StudyDefinition& definition) {
    guarded([&] {
      prepare_for_writing();
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      database_.exec(kOptunaSchema);
      create_own_tables(database_);
      insert_definition(database_, definition);
      transaction.commit();
      definition_ = definition;
      space_ = parse_pipeline(definition.pipeline, "pipeline").space();
    });
  }

  void open(bool for_writing) {
    guarded([&] {
      if (!database_.tableExists("ocrtune_study")) {
        throw Error(Errc::study_error,
                    tr("is a database of another program, not a study of ocrtune"));
      }
      definition_ = read_definition(database_);
      if (for_writing) prepare_for_writing();
      space_ = parse_pipeline(definition_.pipeline, tr("is damaged: its pipeline")).space();
    });
  }

  [[nodiscard]] const StudyDefinition& definition() const override { return definition_; }

  [[nodiscard]] std::vector<Trial> trials() const override {
    return guarded([&] { return read_trials(database_, definition_.pages.size()); });
  }

  [[nodiscard]] std::vector<PrunedTrial> pruned() const override {
    return guarded([&] { return read_pruned(database_, definition_.pages.size()); });
  }

  [[nodiscard]] std::optional<Trial> trial(std::size_t number) const override {
    return guarded([&] { return read_trial(database_, number, definition_.pages.size()); });
  }

  [[nodiscard]] TrialCounts counts() const override {
    return guarded([&] { return read_counts(database_); });
  }

  [[nodiscard]] std::vector<WrittenTrial> written_after(std::int64_t mark,
                                                        std::size_t most) const override {
    return guarded([&] { return read_written_after(database_, mark, most); });
  }

  void each_step(const StepVisitor& visit) const override {
    guarded([&] { read_steps(database_, definition_.pages.size(), visit); });
  }

  [[nodiscard]] Confirmations confirmations() const override {
    return guarded(
        [&] { return read_readings(database_, Reread::pages, definition_.pages.size()); });
  }

  [[nodiscard]] Confirmations validations() const override {
    return guarded(
        [&] { return read_readings(database_, Reread::held_out, definition_.held_out.size()); });
  }

  [[nodiscard]] int foreign_trials() const override {
    return guarded([&] {
      return database_
          .execAndGet(
              "SELECT COUNT(*) FROM trials WHERE trial_id NOT IN (SELECT optuna_id FROM "
              "ocrtune_trials)")
          .getInt();
    });
  }

  void locate(const std::vector<PageRecord>& pages,
              const std::vector<PageRecord>& held_out) override {
    StudyDefinition now = definition_;
    const bool pages_moved = take_places(now.pages, pages);
    const bool held_out_moved = take_places(now.held_out, held_out);
    if (!pages_moved && !held_out_moved) return;
    guarded([&] {
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      update_places(database_, now);
      transaction.commit();
      definition_ = std::move(now);
    });
  }

  void continue_with(const std::string& program, std::size_t number) override {
    const std::string programs = with_program(definition_.program, number, program);
    if (programs == definition_.program) return;
    guarded([&] {
      SQLite::Statement row(database_, "UPDATE ocrtune_study SET program = ?");
      row.bind(1, programs);
      row.exec();
      definition_.program = programs;
    });
  }

  void append(const Trial& trial) override {
    append(trial.number, [&] { insert_trial(database_, trial, definition_, space_); });
  }

  void append(const PrunedTrial& trial) override {
    append(trial.number, [&] { insert_pruned(database_, trial, definition_, space_); });
  }

  void confirm(std::size_t number, const std::vector<PageScores>& pages) override {
    keep(Reread::pages, number, pages);
  }

  void validate(std::size_t number, const std::vector<PageScores>& pages) override {
    keep(Reread::held_out, number, pages);
  }

 private:
  template <typename Insert>
  void append(std::size_t number, Insert insert) {
    guarded([&] {
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      SQLite::Statement taken(database_, "SELECT 1 FROM ocrtune_trials WHERE number = ?");
      taken.bind(1, static_cast<std::int64_t>(number));
      if (taken.executeStep()) {
        throw Error(
            Errc::study_error,
            tr("trial {} was written by another process; only one process may write a study",
               number));
      }
      insert();
      transaction.commit();
    });
  }

  void keep(Reread which, std::size_t number, const std::vector<PageScores>& pages) {
    guarded([&] {
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      insert_readings(database_, which, number, pages);
      transaction.commit();
    });
  }

  /// Adds the columns of scores that were declared after the study was created.
  void prepare_for_writing() {
    // A committed transaction is on the disk, even after a power failure.
    database_.exec("PRAGMA journal_mode = WAL");
    database_.exec("PRAGMA synchronous = FULL");
    if (!database_.tableExists("ocrtune_study") || has_all_scores(database_)) return;
    SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
    add_score_columns(database_);
    transaction.commit();
  }

  std::string file_;
  // OcrResult prepares statements, for which SQLiteCpp requires a mutable database.
  mutable SQLite::Database database_;
  StudyDefinition definition_;
  Space space_;
};

void refuse_non_files(const fs::path& file) {
  if (file.string().find("://") != std::string::npos) {
    throw Error(Errc::invalid_argument,
                tr("{}: is not a file name; a study is a SQLite file", shown(file)));
  }
  std::error_code ignored;
  const fs::file_status status = fs::status(file, ignored);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    throw Error(Errc::study_error, tr("{}: is not a regular file", shown(file)));
  }
}

/// Without SQLite's locks, which cost as much as reading, because threads do not share a storage.
std::unique_ptr<SqliteStorage> opened(const fs::path& file, int flags) {
  refuse_non_files(file);
  return SqliteStorage::guarded(shown(file), [&] {
    return std::make_unique<SqliteStorage>(
        file, SQLite::Database(file.string(), flags | SQLite::OPEN_NOMUTEX, kBusyMilliseconds));
  });
}

/// SQLite would read a truncated page at the end of the file as zeros, and return wrong values. A
/// write-ahead log beside the file contains the page.
void refuse_cut_page(const fs::path& file) {
  std::string header(18, '\0');
  std::ifstream in(file, std::ios::binary);
  if (!in.read(header.data(), static_cast<std::streamsize>(header.size()))) return;
  if (!header.starts_with("SQLite format 3")) return;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(header[at]); };
  const unsigned number = byte(16) * 256U + byte(17);
  const std::uintmax_t page_size = number == 1 ? 65536 : number;  // as in SQLite's file format
  std::error_code failure;
  const std::uintmax_t log = fs::file_size(file.string() + "-wal", failure);
  if (!failure && log > 0) return;
  const std::uintmax_t size = fs::file_size(file, failure);
  if (failure || page_size < 512 || size % page_size == 0) return;
  throw Error(Errc::study_error, tr("{}: is damaged: its end is missing; copy it again, or recover "
                                    "what is left with `sqlite3 FILE .recover`",
                                    shown(file)));
}

void require_present(const fs::path& file) {
  refuse_non_files(file);
  if (study_exists(file)) return refuse_cut_page(file);
  throw Error(Errc::study_error,
              tr("{}: no such study; `ocrtune tune` or `ocrtune screen` creates one", shown(file)));
}

/// For a database in WAL mode in a read-only folder, SQLite must be told that nobody writes.
std::string immutable_uri(const fs::path& file) {
  std::string uri = "file:";
  for (const char c : fs::absolute(file).string()) {
    const bool special = c == '?' || c == '#' || c == '%';
    uri += special ? fmt::format("%{:02x}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return uri + "?immutable=1";
}

}  // namespace

std::unique_ptr<Storage> create_study(const std::string& study, const StudyDefinition& definition) {
  const fs::path file(study);
  auto storage = opened(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  storage->create(definition);
  return storage;
}

std::unique_ptr<Storage> open_study(const std::string& study) {
  const fs::path file(study);
  require_present(file);
  auto storage = opened(file, SQLite::OPEN_READWRITE);
  storage->open(true);
  return storage;
}

std::unique_ptr<Storage> view_study(const std::string& study) {
  const fs::path file(study);
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
        file, SQLite::Database(immutable_uri(file),
                               SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX,
                               kBusyMilliseconds));
  });
  storage->open(false);
  return storage;
}

bool study_exists(const std::string& study) {
  const fs::path file(study);
  std::error_code failure;
  const auto size = fs::file_size(file, failure);
  if (failure || size == 0) return false;
  // If the creation of a study was interrupted, the file may be empty; SQLite may have to write to
  // see that.
  for (const int flags : {SQLite::OPEN_READONLY, SQLite::OPEN_READWRITE}) {
    try {
      const SQLite::Database database(file.string(), flags, kBusyMilliseconds);
      return SQLite::Statement(database, "SELECT 1 FROM sqlite_master").executeStep();
    } catch (const SQLite::Exception&) {
      continue;
    }
  }
  return true;
}

}  // namespace ocrtune
