// Studies that are none or are damaged.

#include "bad_inputs.h"
#include "command_run.h"
#include "support/sql.h"

namespace ocrtune::cli::test {
namespace {

/// A command whose study is a database with this table, of another program.
Prepare on_database(const std::string& name, const std::string& table,
                    std::function<Arguments(const std::string&)> command) {
  return [=](const Folder& f) {
    ocrtune::test::run_sql(at(f, name), "CREATE TABLE " + table);
    return command(at(f, name));
  };
}

Arguments shown(const std::string& study) { return {"show", study}; }
Arguments timed(const std::string& study) { return {"timings", study}; }
Arguments screened(const std::string& study) {
  return {"screen", receipt(), "--exponent", "0", "--set", "denoise_h=0", "--study", study};
}

/// A command on a text that is no study.
Prepare on_text(Arguments (*command)(const std::string&)) {
  return [command](const Folder& f) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "not a database\n";
    return command(written(f, "s.db", text));
  };
}

Prepare on_folder(Arguments (*command)(const std::string&)) {
  return [command](const Folder& f) {
    std::filesystem::create_directory(f.path() / "a.db");
    return command(at(f, "a.db"));
  };
}

/// A command on a study that isn't there.
Prepare on_nothing(Arguments (*command)(const std::string&)) {
  return [command](const Folder& f) { return command(at(f, "no.db")); };
}

Arguments shown_with_an_endless_view(const Folder& f) {
  make_study(at(f, "s.db"));
  ocrtune::test::run_sql(
      at(f, "s.db"),
      "ALTER TABLE ocrtune_trials RENAME TO t; CREATE VIEW ocrtune_trials AS WITH RECURSIVE r(n) "
      "AS "
      "(SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS id, n AS number, 'complete' AS state, "
      "1 AS started_us, 2 AS finished_us, 1 AS optuna_id FROM r");
  return shown(at(f, "s.db"));
}

Arguments timings_with_damaged_step(const Folder& f) {
  make_study(at(f, "s.db"));
  ocrtune::test::run_sql(
      at(f, "s.db"), "INSERT OR REPLACE INTO ocrtune_steps VALUES (0, 0, 0, 'wait', -1, 0, NULL)");
  return timed(at(f, "s.db"));
}

}  // namespace

std::vector<BadInput> bad_studies() {
  return {
      {"a study that does not exist", 5, "no.db: no such study", on_nothing(shown)},
      {"a text file as a study", 5, "s.db: is not a SQLite database", on_text(screened)},
      {"another program's database", 5, "other.db: is a database of another program",
       on_database("other.db", "mine (x)", screened)},
      {"a study created by Optuna", 5, "optuna.db: is a database of another program",
       on_database("optuna.db", "studies (study_id INTEGER PRIMARY KEY, study_name TEXT)", shown)},
      {"a study with a view as a table", 5,
       "s.db: is not a study of ocrtune: `ocrtune_trials` is a view, not a table",
       shown_with_an_endless_view},
      {"a folder as a study", 5, "a.db: is not a regular file", on_folder(screened)},
      {"timings of a study that does not exist", 5, "no.db: no such study", on_nothing(timed)},
      {"timings of a text file", 5, "s.db: is not a SQLite database", on_text(timed)},
      {"timings of a folder", 5, "a.db: is not a regular file", on_folder(timed)},
      {"timings of a damaged step", 5,
       "s.db: is damaged: step 0 of trial 0 on page 0 can't be read", timings_with_damaged_step},
      {"timings written over the study itself", 1, "s.db is the study itself; give another file",
       [](const Folder& f) -> Arguments {
         return {"timings", written(f, "s.db", "any study"), "--csv", at(f, "out/../s.db")};
       }},
      {"timings for zero points", 1, "--points: Value 0 not in range 1 to 1048576",
       words({"timings", "--points", "0"})},
      {"a study in a folder that does not exist", 5,
       "s.db: can't be opened: folder missing or permission denied",
       [](const Folder& f) { return screened(at(f, "no/s.db")); }},
      {"a study given as a URL", 1, "a study is a SQLite file",
       words({"screen", receipt(), "--study", "mysql://host/x"})},
  };
}

}  // namespace ocrtune::cli::test
