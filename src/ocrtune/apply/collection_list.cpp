#include "ocrtune/apply/collection_list.h"

#include <fmt/format.h>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

CollectionList::CollectionList(SqlDatabase& database, double lease)
    : database_(database), lease_(lease), now_(database.clock()), statements_(database) {}

Turn CollectionList::turn_of(const std::string& worker, bool others) {
  SqlStatement& listers = statements_.of(
      fmt::format("SELECT worker, (SELECT COUNT(*) FROM ocrtune_apply_workers WHERE name = worker "
                  "AND seen >= {} - {}) FROM ocrtune_apply_listing",
                  now_, lease_));
  bool is_begun = false;
  bool is_going_on = false;
  while (listers.next()) {
    is_begun = true;
    is_going_on = listers.text(0) != worker && listers.integer(1) > 0;
  }
  if (is_going_on) return Turn::wait;
  if (!is_begun && others && has_row(statements_.of("SELECT 1 FROM ocrtune_apply_files LIMIT 1")))
    return Turn::work;
  begin(worker);
  return Turn::list;
}

void CollectionList::begin(const std::string& worker) {
  statements_.of("DELETE FROM ocrtune_apply_listed").run();
  statements_.of("DELETE FROM ocrtune_apply_listing").run();
  SqlStatement& row = statements_.of("INSERT INTO ocrtune_apply_listing VALUES (1, ?)");
  row.bind(1, worker);
  row.run();
}

void CollectionList::require_turn(const std::string& worker) {
  SqlStatement& others = statements_.of("SELECT 1 FROM ocrtune_apply_listing WHERE worker <> ?");
  others.bind(1, worker);
  if (has_row(others)) {
    throw Error(Errc::study_error,
                tr("another process has begun to list the files; start this one again"));
  }
}

void CollectionList::list(const std::string& worker, std::size_t first,
                          std::span<const CollectionFile> files) {
  Transaction transaction(database_);
  require_turn(worker);
  SqlStatement& row = statements_.of(
      "INSERT INTO ocrtune_apply_listed (worker, path, number, name, lang, output) VALUES (?, ?, "
      "?, ?, ?, ?) ON CONFLICT (worker, path) DO NOTHING");
  row.bind(1, worker);
  for (const CollectionFile& file : files) {
    row.bind(2, file.path.string());
    row.bind(3, first++);
    row.bind(4, file.name);
    row.bind(5, file.lang);
    row.bind(6, file.output.string());
    row.run();
  }
  transaction.commit();
}

std::string CollectionList::complete(const std::string& worker) {
  // Not in one transaction, in which others that join would have to wait: each statement can be
  // done again, and others look at the files only after the last one.
  require_turn(worker);
  if (std::string line = collision(worker); !line.empty()) return line;
  statements_
      .of("UPDATE ocrtune_apply_files SET state = 'waiting', claims = 0 WHERE state = 'failed'")
      .run();
  SqlStatement& rows = statements_.of(
      "INSERT INTO ocrtune_apply_files (path, name, lang, output, state, worker, claims, claimed, "
      "leased, failure) SELECT path, name, lang, output, 'waiting', '', 0, 0, 0, '' FROM "
      "ocrtune_apply_listed WHERE worker = ? ORDER BY number ON CONFLICT (path) DO NOTHING");
  rows.bind(1, worker);
  rows.run();
  statements_
      .of("UPDATE ocrtune_apply SET files = (SELECT COUNT(*) FROM ocrtune_apply_files), done = "
          "(SELECT COUNT(*) FROM ocrtune_apply_files WHERE state = 'done') - (SELECT "
          "COALESCE(SUM(done), 0) FROM ocrtune_apply_workers), failed = (SELECT "
          "-COALESCE(SUM(failed), 0) FROM ocrtune_apply_workers)")
      .run();
  forget(worker);
  return {};
}

void CollectionList::forget(const std::string& worker) {
  for (const char* table : {"ocrtune_apply_listed", "ocrtune_apply_listing"}) {
    SqlStatement& rows = statements_.of(fmt::format("DELETE FROM {} WHERE worker = ?", table));
    rows.bind(1, worker);
    rows.run();
  }
}

std::string CollectionList::collision(const std::string& worker) {
  SqlStatement& twice = statements_.of(
      "SELECT MIN(path), MAX(path), output FROM (SELECT path, output FROM ocrtune_apply_files "
      "UNION ALL SELECT path, output FROM ocrtune_apply_listed AS listed WHERE worker = ? AND NOT "
      "EXISTS (SELECT 1 FROM ocrtune_apply_files AS files WHERE files.path = listed.path)) AS "
      "together GROUP BY output HAVING COUNT(*) > 1 LIMIT 1");
  twice.bind(1, worker);
  std::string line;
  while (twice.next()) {
    line =
        tr("files {} and {} would both be written to {}; give them separately, each with an output "
           "folder and a journal of its own",
           shown(twice.text(0)), shown(twice.text(1)), shown(twice.text(2)));
  }
  return line;
}

}  // namespace ocrtune
