#include "ocrtune/apply/shared_journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/apply/collection_list.h"
#include "ocrtune/apply/journal_settings.h"
#include "ocrtune/apply/results_json.h"
#include "ocrtune/apply/shared_journal_schema.h"
#include "ocrtune/base/address.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/storage/named_errors.h"
#include "ocrtune/storage/postgresql_database.h"
#include "ocrtune/storage/reconnect.h"

namespace ocrtune {
namespace {

class SqlSharedJournal final : public SharedJournal {
 public:
  SqlSharedJournal(std::string name, std::unique_ptr<SqlDatabase> database,
                   const Reconnection& reconnection, double lease)
      : name_(std::move(name)),
        database_(std::move(database)),
        lease_(lease),
        now_(database_->clock()),
        reconnection_(reconnection),
        statements_(*database_),
        claims_(*database_, "ocrtune_apply_files", "id", "id, path, name, lang, output", lease),
        list_(*database_, lease) {
    guarded([&] {
      create_missing_tables();
      database_->prepare_for_tasks();
    });
  }

  Turn join(const std::string& worker) override {
    return guarded([&] {
      Transaction transaction(*database_);
      const bool others = workers_but(worker) > 0;
      tell(worker);
      const Turn turn = list_.turn_of(worker, others);
      transaction.commit();
      return turn;
    });
  }

  void begin(const std::string& settings,
             const std::map<std::string, std::string>& models) override {
    guarded([&] {
      Transaction transaction(*database_);
      keep_settings(statements_, settings, models);
      transaction.commit();
    });
  }

  void list(const std::string& worker, std::size_t first,
            std::span<const CollectionFile> files) override {
    guarded([&] { list_.list(worker, first, files); });
  }

  void add_listed(const std::string& worker) override {
    // Not an error of the study, so its line is not named after it.
    if (const std::string collision = guarded([&] { return list_.complete(worker); });
        !collision.empty())
      throw Error(Errc::invalid_argument, collision);
  }

  std::vector<std::string> languages() override {
    return guarded([&] {
      SqlStatement& rows =
          statements_.of("SELECT DISTINCT lang FROM ocrtune_apply_files ORDER BY lang");
      std::vector<std::string> found;
      while (rows.next()) found.push_back(rows.text(0));
      return found;
    });
  }

  std::vector<CollectionFile> claim(const std::string& worker, std::size_t most) override {
    return guarded([&] {
      std::vector<CollectionFile> files;
      claims_.claim(worker, most, [&](const SqlStatement& row) {
        files.push_back({.id = row.integer(0),
                         .path = row.text(1),
                         .name = row.text(2),
                         .lang = row.text(3),
                         .output = row.text(4)});
      });
      std::ranges::sort(files, {}, &CollectionFile::id);
      return files;
    });
  }

  void renew(const std::string& worker, std::span<const CollectionFile> held,
             const FileCounts& ended) override {
    guarded([&] {
      // The sums, not what has been added to them: it may be done twice.
      SqlStatement& row = statements_.of(fmt::format(
          "INSERT INTO ocrtune_apply_workers (name, seen, done, failed) VALUES (?1, {}, ?2, ?3) ON "
          "CONFLICT (name) DO UPDATE SET seen = excluded.seen, done = excluded.done, failed = "
          "excluded.failed",
          now_));
      row.bind(1, worker);
      row.bind(2, ended.done);
      row.bind(3, ended.failed);
      row.run();
      for (const CollectionFile& file : held) claims_.renew(worker, file.id);
    });
  }

  std::vector<AppliedPage> pages_of(const CollectionFile& file) override {
    return guarded([&] {
      SqlStatement& rows =
          statements_.of("SELECT record FROM ocrtune_apply_pages WHERE file = ? ORDER BY page");
      rows.bind(1, file.id);
      return records(rows);
    });
  }

  void add(const CollectionFile& file, const AppliedPage& page) override {
    guarded([&] {
      SqlStatement& row = statements_.of(
          "INSERT INTO ocrtune_apply_pages (page, file, pipeline, expected_cer, tried, seconds, "
          "first_seconds, rotate, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (page) DO "
          "UPDATE SET file = excluded.file, pipeline = excluded.pipeline, expected_cer = "
          "excluded.expected_cer, tried = excluded.tried, seconds = excluded.seconds, "
          "first_seconds = excluded.first_seconds, rotate = excluded.rotate, record = "
          "excluded.record");
      row.bind(1, page.page);
      row.bind(2, file.id);
      row.bind(3, page.pipeline);
      row.bind(4, page.expected_cer);
      row.bind(5, page.ocr_results.size());
      row.bind(6, page.seconds);
      row.bind(7, page.first_seconds);
      row.bind(8, page.rotate);
      row.bind(9, line_of_page(page));
      row.run();
    });
  }

  void finish(const std::string& worker, const CollectionFile& file,
              const std::string& failure) override {
    guarded([&] {
      SqlStatement& row = statements_.of(
          "UPDATE ocrtune_apply_files SET state = ?, failure = ? WHERE id = ? AND state = "
          "'claimed' AND worker = ?");
      row.bind(1, failure.empty() ? "done" : "failed");
      row.bind(2, failure);
      row.bind(3, file.id);
      row.bind(4, worker);
      row.run();
      claims_.forget(worker, file.id);
    });
  }

  void give_up() override {
    guarded([&] {
      SqlStatement& rows = statements_.of(
          fmt::format("UPDATE ocrtune_apply_files SET state = 'failed', failure = ? WHERE {}",
                      claims_.given_up()));
      rows.bind(
          1, tr("{} workers ended while they recognized its pages; it was given up", kMaxClaims));
      rows.run();
    });
  }

  void give_back(const std::string& worker) override {
    guarded([&] {
      // Its sums go to the others' together with its row, so that they do so once.
      Transaction transaction(*database_);
      list_.forget(worker);
      claims_.give_back(worker);
      for (const char* text :
           {"UPDATE ocrtune_apply SET done = done + COALESCE((SELECT done FROM "
            "ocrtune_apply_workers WHERE name = ?1), 0), failed = failed + COALESCE((SELECT failed "
            "FROM ocrtune_apply_workers WHERE name = ?1), 0)",
            "DELETE FROM ocrtune_apply_workers WHERE name = ?1"}) {
        SqlStatement& row = statements_.of(text);
        row.bind(1, worker);
        row.run();
      }
      transaction.commit();
    });
  }

  std::size_t workers() override {
    return guarded([&] { return workers_but(""); });
  }

  FileCounts counts() override {
    return guarded([&] {
      SqlStatement& rows =
          statements_.of("SELECT state, COUNT(*) FROM ocrtune_apply_files GROUP BY state");
      FileCounts counts;
      while (rows.next()) {
        const auto count = static_cast<std::size_t>(rows.integer(1));
        counts.all += count;
        if (rows.text(0) == "done") counts.done = count;
        if (rows.text(0) == "failed") counts.failed = count;
      }
      return counts;
    });
  }

  FileCounts progress() override {
    return guarded([&] {
      SqlStatement& row = statements_.of(
          "SELECT files, done + (SELECT CAST(COALESCE(SUM(done), 0) AS BIGINT) FROM "
          "ocrtune_apply_workers), failed + (SELECT CAST(COALESCE(SUM(failed), 0) AS BIGINT) FROM "
          "ocrtune_apply_workers) FROM ocrtune_apply");
      FileCounts counts;
      while (row.next()) {
        counts = {.all = static_cast<std::size_t>(row.integer(0)),
                  .done = static_cast<std::size_t>(row.integer(1)),
                  .failed = static_cast<std::size_t>(row.integer(2))};
      }
      return counts;
    });
  }

  std::size_t waiting(std::size_t most) override {
    return guarded([&] {
      SqlStatement& row = statements_.of(
          "SELECT COUNT(*) FROM (SELECT 1 FROM ocrtune_apply_files WHERE state = 'waiting' LIMIT "
          "?) AS found");
      row.bind(1, most);
      return sum_of(row);
    });
  }

  bool is_over() override {
    return guarded([&] {
      return !has_row(statements_.of(
          "SELECT 1 FROM ocrtune_apply_files WHERE state = 'waiting' UNION ALL SELECT 1 FROM "
          "ocrtune_apply_files WHERE state = 'claimed' LIMIT 1"));
    });
  }

  std::vector<FailedFile> failed(std::size_t most) override {
    return guarded([&] {
      SqlStatement& rows = statements_.of(
          "SELECT path, failure FROM ocrtune_apply_files WHERE state = 'failed' ORDER BY id LIMIT "
          "?");
      rows.bind(1, most);
      std::vector<FailedFile> files;
      while (rows.next()) files.push_back({.path = rows.text(0), .reason = rows.text(1)});
      return files;
    });
  }

  ApplySummary summary() override {
    return guarded([&] {
      ApplySummary summary;
      ApplyCost sums;
      SqlStatement& rows = statements_.of(
          "SELECT pipeline, COUNT(*), SUM(expected_cer), CAST(SUM(tried) AS DOUBLE PRECISION), "
          "SUM(seconds), SUM(first_seconds), COUNT(NULLIF(rotate, 0)), "
          "COUNT(CASE WHEN expected_cer = 0 THEN 1 END) FROM ocrtune_apply_pages "
          "GROUP BY pipeline");
      while (rows.next()) {
        const auto count = static_cast<std::size_t>(rows.integer(1));
        summary.uses[rows.text(0)] = count;
        summary.count += count;
        summary.expected_cer += rows.real(2);
        sums.ocr_results += rows.real(3);
        sums.seconds += rows.real(4);
        sums.first_seconds += rows.real(5);
        summary.rotated += static_cast<std::size_t>(rows.integer(6));
        summary.blank += static_cast<std::size_t>(rows.integer(7));
      }
      if (summary.count == 0) return summary;
      const auto count = static_cast<double>(summary.count);
      summary.expected_cer /= count;
      summary.cost = {.ocr_results = sums.ocr_results / count,
                      .seconds = sums.seconds / count,
                      .first_seconds = sums.first_seconds / count};
      SqlStatement& worst = statements_.of(
          "SELECT record FROM ocrtune_apply_pages WHERE expected_cer > 0 ORDER BY expected_cer "
          "DESC, page LIMIT ?");
      worst.bind(1, kWorstShown);
      summary.worst = records(worst);
      SqlStatement& others = statements_.of(
          "SELECT record FROM ocrtune_apply_pages WHERE record LIKE '%\"other_lang\"%'");
      for (const AppliedPage& page : records(others)) ++summary.other_languages[page.other_lang];
      return summary;
    });
  }

 private:
  template <typename Action>
  auto guarded(Action action) const -> decltype(action()) {
    return named_errors(name_, [&] { return repeated(*database_, reconnection_, action); });
  }

  void create_missing_tables() {
    const auto columns = [&] { return database_->columns_of("ocrtune_apply_workers"); };
    if (columns().contains("done")) return;
    Transaction transaction(*database_);
    if (columns().empty()) {
      database_->create_schema();
      database_->create_tables(kJournalTables);
    } else if (!columns().contains("done")) {
      for (const char* column : {"done", "failed"}) {
        database_->execute(fmt::format(
            "ALTER TABLE ocrtune_apply_workers ADD COLUMN {} BIGINT NOT NULL DEFAULT 0", column));
      }
    }
    transaction.commit();
  }

  void tell(const std::string& worker) {
    SqlStatement& row = statements_.of(
        fmt::format("INSERT INTO ocrtune_apply_workers (name, seen) VALUES (?1, {}) ON CONFLICT "
                    "(name) DO UPDATE SET seen = excluded.seen",
                    now_));
    row.bind(1, worker);
    row.run();
  }

  std::size_t workers_but(const std::string& worker) {
    SqlStatement& row = statements_.of(fmt::format(
        "SELECT COUNT(*) FROM ocrtune_apply_workers WHERE seen >= {} - {} AND name <> ?", now_,
        lease_));
    row.bind(1, worker);
    return sum_of(row);
  }

  static std::vector<AppliedPage> records(SqlStatement& rows) {
    std::vector<AppliedPage> pages;
    try {
      while (rows.next()) pages.push_back(page_of_line(rows.text(0)));
    } catch (const nlohmann::json::exception&) {
      throw Error(Errc::study_error, tr("is damaged: the record of a page cannot be read"));
    }
    return pages;
  }

  std::string name_;
  std::unique_ptr<SqlDatabase> database_;
  double lease_;
  std::string now_;
  Reconnection reconnection_;
  PreparedStatements statements_;
  Claims claims_;
  CollectionList list_;
};

}  // namespace

std::unique_ptr<SharedJournal> shared_journal_in(std::unique_ptr<SqlDatabase> database,
                                                 const std::string& name,
                                                 const Reconnection& reconnection, double lease) {
  return std::make_unique<SqlSharedJournal>(name, std::move(database), reconnection, lease);
}

std::unique_ptr<SharedJournal> open_shared_journal(const std::string& address,
                                                   const Reconnection& reconnection, double lease) {
  const PostgresqlPlace place = postgresql_place(address);
  const std::string name = shown_address(address);
  auto database = named_errors(name, [&] { return open_postgresql(place, reconnection); });
  return shared_journal_in(std::move(database), name, reconnection, lease);
}

}  // namespace ocrtune
