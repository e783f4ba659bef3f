#include "ocrtune/apply/shared_journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/apply/shared_journal_schema.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/study/named_errors.h"
#include "ocrtune/study/postgresql_database.h"
#include "ocrtune/study/reconnect.h"

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
        claims_(*database_, "ocrtune_apply_files", "id", "id, path, name, lang, output", lease) {
    guarded([&] {
      create_missing_tables();
      database_->prepare_for_tasks();
    });
  }

  bool join(const std::string& worker) override {
    return guarded([&] {
      Transaction transaction(*database_);
      const std::size_t others = workers_but(worker);
      tell(worker);
      transaction.commit();
      return others == 0;
    });
  }

  void begin(const std::string& settings) override {
    guarded([&] {
      Transaction transaction(*database_);
      SqlStatement& row = statements_.of("SELECT format, settings FROM ocrtune_apply");
      std::optional<std::pair<std::int64_t, std::string>> stored;
      while (row.next()) stored = {row.integer(0), row.text(1)};
      if (!stored) store(settings);
      transaction.commit();
      if (stored) require_same(stored->first, stored->second, settings);
    });
  }

  void add_files(std::span<const CollectionFile> files) override {
    // Not an error of the study, so its line is not named after it.
    if (const std::string collision = guarded([&] { return added(files); }); !collision.empty())
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
      tell(worker);
      for (const CollectionFile& file : held) claims_.renew(worker, file.id);
    });
    if (ended.ended() == 0) return;
    guarded([&] {
      SqlStatement& row =
          statements_.of("UPDATE ocrtune_apply SET done = done + ?, failed = failed + ?");
      row.bind(1, ended.done);
      row.bind(2, ended.failed);
      row.run();
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
      row.bind(5, page.readings.size());
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
    });
  }

  void give_up() override {
    guarded([&] {
      SqlStatement& rows = statements_.of(
          fmt::format("UPDATE ocrtune_apply_files SET state = 'failed', failure = ? WHERE {}",
                      claims_.given_up()));
      rows.bind(
          1, tr("{} workers ended while they recognized its pages; it was given up", kMostClaims));
      rows.run();
    });
  }

  void give_back(const std::string& worker) override {
    guarded([&] {
      claims_.give_back(worker);
      SqlStatement& row = statements_.of("DELETE FROM ocrtune_apply_workers WHERE name = ?");
      row.bind(1, worker);
      row.run();
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
      SqlStatement& row = statements_.of("SELECT files, done, failed FROM ocrtune_apply");
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
      std::size_t count = 0;
      while (row.next()) count = static_cast<std::size_t>(row.integer(0));
      return count;
    });
  }

  bool is_over() override {
    return guarded([&] {
      SqlStatement& row = statements_.of(
          "SELECT 1 FROM ocrtune_apply_files WHERE state = 'waiting' UNION ALL SELECT 1 FROM "
          "ocrtune_apply_files WHERE state = 'claimed' LIMIT 1");
      bool any = false;
      while (row.next()) any = true;
      return !any;
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
          "SUM(seconds), SUM(first_seconds), COUNT(NULLIF(rotate, 0)) FROM ocrtune_apply_pages "
          "GROUP BY pipeline");
      while (rows.next()) {
        const auto count = static_cast<std::size_t>(rows.integer(1));
        summary.uses[rows.text(0)] = count;
        summary.count += count;
        summary.expected_cer += rows.real(2);
        sums.readings += rows.real(3);
        sums.seconds += rows.real(4);
        sums.first_seconds += rows.real(5);
        summary.rotated += static_cast<std::size_t>(rows.integer(6));
      }
      if (summary.count == 0) return summary;
      const auto count = static_cast<double>(summary.count);
      summary.expected_cer /= count;
      summary.cost = {.readings = sums.readings / count,
                      .seconds = sums.seconds / count,
                      .first_seconds = sums.first_seconds / count};
      SqlStatement& worst = statements_.of(
          "SELECT record FROM ocrtune_apply_pages ORDER BY expected_cer DESC, page LIMIT ?");
      worst.bind(1, kWorstShown);
      summary.worst = records(worst);
      return summary;
    });
  }

 private:
  template <typename Action>
  auto guarded(Action action) const -> decltype(action()) {
    return named_errors(name_, [&] { return repeated(*database_, reconnection_, action); });
  }

  void create_missing_tables() {
    if (!database_->columns_of("ocrtune_apply").empty()) return;
    Transaction transaction(*database_);
    if (database_->columns_of("ocrtune_apply").empty()) {
      database_->create_schema();
      database_->create_tables(kJournalTables);
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
    std::size_t count = 0;
    while (row.next()) count = static_cast<std::size_t>(row.integer(0));
    return count;
  }

  void store(const std::string& settings) {
    SqlStatement& row = statements_.of("INSERT INTO ocrtune_apply VALUES (1, ?, ?, 0, 0, 0)");
    row.bind(1, kSharedFormat);
    row.bind(2, settings);
    row.run();
  }

  static void require_same(std::int64_t format, const std::string& stored,
                           const std::string& settings) {
    if (format > kSharedFormat)
      throw Error(Errc::study_error, tr("was written by a newer version of ocrtune"));
    if (stored == settings) return;
    throw Error(Errc::study_error,
                tr("this journal was written with other settings or by another version; name "
                   "another one"));
  }

  /// Adds files; or returns, and adds nothing, a line on two that would have the same output.
  std::string added(std::span<const CollectionFile> files) {
    Transaction transaction(*database_);
    statements_
        .of("UPDATE ocrtune_apply_files SET state = 'waiting', claims = 0 WHERE state = 'failed'")
        .run();
    SqlStatement& row = statements_.of(
        "INSERT INTO ocrtune_apply_files (path, name, lang, output, state, worker, claims, "
        "claimed, leased, failure) VALUES (?, ?, ?, ?, 'waiting', '', 0, 0, 0, '') ON CONFLICT "
        "(path) DO NOTHING");
    for (const CollectionFile& file : files) {
      row.bind(1, file.path.string());
      row.bind(2, file.name);
      row.bind(3, file.lang);
      row.bind(4, file.output.string());
      row.run();
    }
    SqlStatement& twice = statements_.of(
        "SELECT MIN(path), MAX(path), output FROM ocrtune_apply_files GROUP BY output HAVING "
        "COUNT(*) > 1 LIMIT 1");
    std::string collision;
    while (twice.next()) {
      collision = tr("files {} and {} would both be written to {}", shown(twice.text(0)),
                     shown(twice.text(1)), shown(twice.text(2)));
    }
    if (!collision.empty()) return collision;
    statements_
        .of("UPDATE ocrtune_apply SET files = (SELECT COUNT(*) FROM ocrtune_apply_files), done = "
            "(SELECT COUNT(*) FROM ocrtune_apply_files WHERE state = 'done'), failed = 0")
        .run();
    transaction.commit();
    return {};
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
};

}  // namespace

std::unique_ptr<SharedJournal> open_shared_journal(const std::string& address,
                                                   const Reconnection& reconnection, double lease) {
  const PostgresqlPlace place = postgresql_place(address);
  const std::string name = shown_address(address);
  auto database = named_errors(name, [&] { return open_postgresql(place, reconnection); });
  return std::make_unique<SqlSharedJournal>(name, std::move(database), reconnection, lease);
}

}  // namespace ocrtune
