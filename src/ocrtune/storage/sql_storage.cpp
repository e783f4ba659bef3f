#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>
#include <utility>

#include "ocrtune/base/address.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/same_place.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/storage/named_errors.h"
#include "ocrtune/storage/ocr_results_table.h"
#include "ocrtune/storage/optuna_schema.h"
#include "ocrtune/storage/own_schema.h"
#include "ocrtune/storage/postgresql_database.h"
#include "ocrtune/storage/read_study.h"
#include "ocrtune/storage/recipe_tables.h"
#include "ocrtune/storage/reconnect.h"
#include "ocrtune/storage/references_table.h"
#include "ocrtune/storage/sqlite_database.h"
#include "ocrtune/storage/sqlite_file.h"
#include "ocrtune/storage/steps_table.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/storage/write_study.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

/// Results of pages that are in memory while trials are visited: some 10 MB.
constexpr std::size_t kResultsAtOnce = 20'000;

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

class SqlStorage final : public Storage {
 public:
  /// `name`: the study's, as messages have it.
  SqlStorage(std::string name, std::unique_ptr<SqlDatabase> database,
             const Reconnection& reconnection = {})
      : name_(std::move(name)), database_(std::move(database)), reconnection_(reconnection) {}

  void set_reconnection(const Reconnection& reconnection) override { reconnection_ = reconnection; }

  /// From now on, everything fails if the file of the study is deleted.
  void keep_to_file(const fs::path& file) { file_.emplace(file); }

  /// Runs `action`, again if the connection is lost, and turns any error into one line that names
  /// the study.
  template <typename Action>
  auto guarded(Action action) const -> decltype(action()) {
    return guarded(name_, [&] {
      require_file();
      return repeated(*database_, reconnection_, action);
    });
  }

  template <typename Action>
  static auto guarded(const std::string& name, Action action) -> decltype(action()) {
    try {
      return named_errors(name, action);
    } catch (const nlohmann::json::exception&) {
      throw Error(Errc::study_error, tr("{}: is damaged: a label can't be read", name));
    }
  }

  /// False if there is a study already.
  bool create(const StudyDefinition& definition) {
    return guarded([&] {
      database_->prepare_for_writing();
      Transaction transaction(*database_);
      if (has_study()) return false;
      database_->create_schema();
      database_->create_optuna_types();
      database_->create_tables(kOptunaSchema);
      create_own_tables(*database_);
      create_references_table(*database_);
      create_recipe_tables(*database_);
      insert_definition(*database_, definition);
      transaction.commit();
      definition_ = definition;
      space_ = parse_pipeline(definition.pipeline, "pipeline").space();
      return true;
    });
  }

  /// Whether there is a study.
  [[nodiscard]] bool exists() const {
    return guarded([&] { return has_study(); });
  }

  /// Throws if there is no study.
  void require_study() const {
    if (exists()) return;
    throw Error(Errc::study_error,
                tr("{}: no such study; `ocrtune tune` or `ocrtune screen` creates one", name_));
  }

  void open(bool for_writing) {
    guarded([&] {
      if (!has_study()) {
        throw Error(Errc::study_error,
                    tr("is a database of another program, not a study of ocrtune"));
      }
      definition_ = read_definition(*database_);
      if (for_writing) prepare_for_writing();
      space_ = parse_pipeline(definition_.pipeline, tr("is damaged: its pipeline")).space();
    });
  }

  [[nodiscard]] const StudyDefinition& definition() const override { return definition_; }

  void each_trial(const TrialVisitor& visit, TrialSteps steps) const override {
    const std::size_t pages = definition_.pages.size();
    const std::size_t most =
        std::max<std::size_t>(1, kResultsAtOnce / std::max<std::size_t>(1, pages));
    TrialReader reader = guarded([&] { return TrialReader(*database_, pages, steps); });
    for (bool more = true; more;) {
      // A part that a lost connection has cut short is dropped, and read again as a whole.
      std::vector<Trial> part = guarded([&] { return reader.next(most); });
      more = part.size() == most;
      for (Trial& trial : part) visit(std::move(trial));
    }
  }

  [[nodiscard]] std::vector<PrunedTrial> pruned() const override {
    return guarded([&] { return read_pruned(*database_, definition_.pages.size()); });
  }

  [[nodiscard]] std::optional<Trial> trial(std::size_t number, TrialSteps steps) const override {
    return guarded([&] { return read_trial(*database_, number, definition_.pages.size(), steps); });
  }

  [[nodiscard]] std::vector<Trial> trials_between(std::size_t first,
                                                  std::size_t last) const override {
    return guarded(
        [&] { return read_trials_between(*database_, first, last, definition_.pages.size()); });
  }

  [[nodiscard]] TrialCounts counts() const override {
    return guarded([&] { return read_counts(*database_); });
  }

  [[nodiscard]] std::vector<WrittenTrial> written_after(std::int64_t mark,
                                                        std::size_t most) const override {
    return guarded([&] { return read_written_after(*database_, mark, most); });
  }

  void each_step(const StepVisitor& visit) const override {
    guarded(name_, [&] { read_steps(*database_, definition_.pages.size(), std::nullopt, visit); });
  }

  [[nodiscard]] Confirmations confirmations() const override {
    return guarded([&] {
      return read_ocr_results(*database_, PagesOfStudy::tuned, definition_.pages.size());
    });
  }

  [[nodiscard]] Confirmations validations() const override {
    return guarded([&] {
      return read_ocr_results(*database_, PagesOfStudy::held_out, definition_.held_out.size());
    });
  }

  [[nodiscard]] KeptReferences references(PagesOfStudy which) const override {
    const bool tuned = which == PagesOfStudy::tuned;
    return guarded([&] {
      return read_references(*database_, which,
                             (tuned ? definition_.pages : definition_.held_out).size());
    });
  }

  [[nodiscard]] std::optional<std::string> page_result(const PageResultKey& key) const override {
    return guarded([&] { return read_page_result(*database_, key); });
  }

  [[nodiscard]] std::optional<std::string> verdict() const override {
    return guarded([&] { return read_verdict(*database_); });
  }

  [[nodiscard]] int foreign_trials() const override {
    return guarded([&] {
      Statement query(*database_,
                      "SELECT COUNT(*) FROM trials t WHERE NOT EXISTS (SELECT 1 FROM "
                      "ocrtune_trials o WHERE o.optuna_id = t.trial_id)");
      return query->next() ? query->number(0) : 0;
    });
  }

  void locate(const std::vector<PageRecord>& pages,
              const std::vector<PageRecord>& held_out) override {
    StudyDefinition now = definition_;
    const bool pages_moved = take_places(now.pages, pages);
    const bool held_out_moved = take_places(now.held_out, held_out);
    if (!pages_moved && !held_out_moved) return;
    guarded([&] {
      Transaction transaction(*database_);
      update_places(*database_, now);
      transaction.commit();
      definition_ = std::move(now);
    });
  }

  void continue_with(const std::string& program, std::size_t number) override {
    const std::string programs = with_program(definition_.program, number, program);
    if (programs == definition_.program) return;
    guarded([&] {
      Statement row(*database_, "UPDATE ocrtune_study SET program = ?");
      row->bind(1, programs);
      row->run();
      definition_.program = programs;
    });
  }

  void plan(std::size_t points) override {
    if (definition_.search.planned == points) return;
    SearchSettings settings = definition_.search;
    settings.planned = points;
    guarded([&] {
      Statement row(*database_, "UPDATE ocrtune_study SET search = ?");
      row->bind(1, search_text(settings));
      row->run();
      definition_.search = std::move(settings);
    });
  }

  void append(const Trial& trial) override {
    append(trial, [&] { insert_trial(*database_, trial, definition_, space_); });
  }

  void append(const PrunedTrial& trial) override {
    append(trial, [&] { insert_pruned(*database_, trial, definition_, space_); });
  }

  void confirm(std::size_t number, const std::vector<PageScores>& pages) override {
    keep(PagesOfStudy::tuned, number, pages);
  }

  void validate(std::size_t number, const std::vector<PageScores>& pages) override {
    keep(PagesOfStudy::held_out, number, pages);
  }

  void keep_reference(PagesOfStudy which, std::size_t page,
                      const std::optional<std::string>& text) override {
    guarded([&] { insert_reference(*database_, which, page, text); });
  }

  void keep_page_results(const std::vector<KeptPageResult>& results) override {
    guarded([&] {
      Transaction transaction(*database_);
      for (const KeptPageResult& result : results) insert_page_result(*database_, result);
      transaction.commit();
    });
  }

  void keep_verdict(const std::string& text) override {
    guarded([&] { write_verdict(*database_, text); });
  }

 private:
  template <typename AnyTrial, typename Insert>
  void append(const AnyTrial& trial, Insert insert) {
    bool repeats = false;
    guarded([&] {
      Transaction transaction(*database_);
      Statement taken(*database_,
                      "SELECT started_us, finished_us FROM ocrtune_trials WHERE number = ?");
      taken->bind(1, static_cast<std::int64_t>(trial.number));
      if (taken->next()) {
        // The answer to the commit was lost.
        if (repeats && taken->integer(0) == trial.started_us &&
            taken->integer(1) == trial.finished_us)
          return;
        throw Error(
            Errc::study_error,
            tr("trial {} was written by another process; only one process may write a study",
               trial.number));
      }
      repeats = true;
      insert();
      transaction.commit();
    });
  }

  void keep(PagesOfStudy which, std::size_t number, const std::vector<PageScores>& pages) {
    guarded([&] {
      Transaction transaction(*database_);
      insert_ocr_results(*database_, which, number, pages);
      transaction.commit();
    });
  }

  /// Adds the columns of scores that were declared after the study was created, and the tables
  /// and columns that studies of earlier versions lack.
  void prepare_for_writing() {
    database_->prepare_for_writing();
    const bool references = has_references_table(*database_);
    const bool recipes = has_recipe_tables(*database_);
    const bool columns = has_all_scores(*database_) && has_measured_column(*database_);
    if (references && recipes && columns) return;
    Transaction transaction(*database_);
    add_score_columns(*database_);
    add_measured_column(*database_);
    if (!references) create_references_table(*database_);
    if (!recipes) create_recipe_tables(*database_);
    transaction.commit();
  }

  /// SQLite would write on into a file without a name.
  void require_file() const {
    if (file_ && !file_->is_there()) throw Error(Errc::study_error, SamePlace::gone_text());
  }

  [[nodiscard]] bool has_study() const { return !database_->columns_of("ocrtune_study").empty(); }

  std::string name_;
  std::unique_ptr<SqlDatabase> database_;
  Reconnection reconnection_;
  std::optional<SamePlace> file_;
  StudyDefinition definition_;
  Space space_;
};

std::unique_ptr<SqlStorage> opened(const fs::path& file, SqliteMode mode) {
  refuse_non_files(file);
  return SqlStorage::guarded(shown_address(file.native()), [&] {
    return std::make_unique<SqlStorage>(shown_address(file.native()), open_sqlite(file, mode));
  });
}

std::unique_ptr<SqlStorage> connected(const std::string& address,
                                      const Reconnection& reconnection = {}) {
  const PostgresqlPlace place = postgresql_place(address);
  const std::string name = shown_address(address);
  return SqlStorage::guarded(name, [&] {
    return std::make_unique<SqlStorage>(name, open_postgresql(place, reconnection), reconnection);
  });
}

/// A study on a PostgreSQL server, for writing or to be read.
std::unique_ptr<Storage> opened_on_server(const std::string& address, bool for_writing,
                                          const Reconnection& reconnection) {
  auto storage = connected(address, reconnection);
  storage->require_study();
  storage->open(for_writing);
  return storage;
}

}  // namespace

std::unique_ptr<Storage> create_study(const std::string& study, const StudyDefinition& definition) {
  const bool on_server = is_postgresql_address(study);
  auto storage = on_server ? connected(study) : opened(study, SqliteMode::create);
  if (!storage->create(definition)) storage->open(true);
  if (!on_server) storage->keep_to_file(study);
  return storage;
}

std::unique_ptr<Storage> open_study(const std::string& study, const Reconnection& reconnection) {
  if (is_postgresql_address(study)) return opened_on_server(study, true, reconnection);
  require_study_file(study);
  auto storage = opened(study, SqliteMode::write);
  storage->open(true);
  storage->keep_to_file(study);
  return storage;
}

std::unique_ptr<Storage> view_study(const std::string& study, const Reconnection& reconnection) {
  if (is_postgresql_address(study)) return opened_on_server(study, false, reconnection);
  const fs::path file(study);
  require_study_file(file);
  try {
    auto storage = opened(file, SqliteMode::read);
    storage->open(false);
    return storage;
  } catch (const Error&) {
    if (!may_be_unchanging(file)) throw;
  }
  auto storage = opened(file, SqliteMode::unchanging);
  storage->open(false);
  return storage;
}

bool study_exists(const std::string& study, const Reconnection& reconnection) {
  if (is_postgresql_address(study)) return connected(study, reconnection)->exists();
  return sqlite_study_exists(study);
}

std::string study_name(const std::string& study) {
  if (is_postgresql_address(study)) return postgresql_place(study).study;
  return shown(fs::path(study).filename());
}

}  // namespace ocrtune
