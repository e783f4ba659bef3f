// Studies in SQLite files. Damaged bytes mostly reach SQLite alone; therefore an input is also SQL
// that changes a valid study, as another program could, unless it begins as SQLite's files do.

#include "support/studies.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <memory>

#include "fuzz/targets/target.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/random.h"
#include "ocrtune/storage/storage.h"
#include "support/temp_folder.h"

namespace ocrtune::fuzz {
namespace {
namespace fs = std::filesystem;

constexpr int kStudyPages = 3;
constexpr std::array kHostileValues{"-1", "1e99", "NULL", "''", "'[[1]]'", "'{}'", "x'00ff'"};

fs::path make_study(const test::TempFolder& folder) {
  const fs::path file = folder.path() / "valid.db";
  const StudyDefinition definition = test::study_definition(kStudyPages);
  const std::unique_ptr<Storage> study = create_study(file, definition);
  Random random(1);
  for (std::size_t number = 0; number < 2; ++number) {
    Trial trial = test::random_trial(definition, number, random);
    test::add_steps(trial, random);
    study->append(trial);
  }
  const Trial pruned = test::random_trial(definition, 2, random);
  study->append(PrunedTrial{
      .number = 2, .point = pruned.point, .pages = {0}, .results = {pruned.pages.front()}});
  study->confirm(0, scores_of(pruned));
  study->keep_reference(PagesOfStudy::tuned, 0, "text");
  study->keep_page_results({{.key = {.page = 1, .pipeline = "raw"}, .text = "{}"}});
  study->keep_verdict("{}");
  return file;
}

/// Nothing that reaches other files, or asks for much.
int allow(void* /*unused*/, int action, const char*, const char*, const char*, const char*) {
  constexpr std::array kDenied{SQLITE_ATTACH, SQLITE_PRAGMA, SQLITE_RECURSIVE};
  return std::ranges::find(kDenied, action) == kDenied.end() ? SQLITE_OK : SQLITE_DENY;
}

void change_study(const fs::path& file, const std::string& sql) {
  constexpr int kInstructions = 20'000;
  constexpr int kMaxBytes = 100'000;
  sqlite3* database = nullptr;
  sqlite3_open(file.c_str(), &database);
  sqlite3_limit(database, SQLITE_LIMIT_LENGTH, kMaxBytes);
  sqlite3_set_authorizer(database, allow, nullptr);
  sqlite3_progress_handler(
      database, kInstructions, [](void*) { return 1; }, nullptr);
  sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(database);
}

void read_all(const Storage& study) {
  study.each_trial([](const Trial&) {}, TrialSteps::read);
  (void)study.pruned();
  (void)study.trial(1);
  (void)study.counts();
  (void)study.written_after(0, 10);
  study.each_step([](std::size_t, std::size_t, const StepTiming&) {});
  (void)study.confirmations();
  (void)study.validations();
  (void)study.references(PagesOfStudy::tuned);
  (void)study.page_result({.page = 1, .pipeline = "raw"});
  (void)study.verdict();
  (void)study.foreign_trials();
}

bool run_studies(std::string_view input) {
  static const test::TempFolder folder;
  static const std::string valid = [] {
    const test::TempFolder making;
    return read_input_text(make_study(making), 10'000'000);
  }();
  const bool is_file = input.starts_with("SQLite format 3");
  const fs::path file = folder.write("s.db", is_file ? input : valid);
  fs::remove(folder.path() / "s.db-wal");
  fs::remove(folder.path() / "s.db-shm");
  if (!is_file) change_study(file, std::string(input));
  const bool taken = is_taken({Errc::study_error}, [&] { read_all(*view_study(file)); });
  is_taken({Errc::study_error}, [&] { (void)open_study(file)->trials(); });
  return taken;
}

/// For each column of the valid study a change that one letter makes: 0 to 1.
std::vector<std::string> studies_seeds() {
  const test::TempFolder folder;
  const fs::path file = make_study(folder);
  sqlite3* database = nullptr;
  sqlite3_open(file.c_str(), &database);
  std::vector<std::string> changes{"INSERT INTO trials VALUES (9, 9, NULL, NULL, NULL, NULL)"};
  const auto add = [](void* to, int, char** names, char**) {
    auto& list = *static_cast<std::vector<std::string>*>(to);
    const char* value = kHostileValues[list.size() % kHostileValues.size()];
    list.push_back(fmt::format("UPDATE {0} SET {1} = iif(0, {2}, {1})", names[0], names[1], value));
    return 0;
  };
  sqlite3_exec(database,
               "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c "
               "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'",
               add, &changes, nullptr);
  sqlite3_close(database);
  return changes;
}

const Registered kStudies{{"studies", run_studies, studies_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
