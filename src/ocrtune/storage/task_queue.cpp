#include "ocrtune/storage/task_queue.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>

#include "ocrtune/base/address.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/storage/named_errors.h"
#include "ocrtune/storage/page_result_json.h"
#include "ocrtune/storage/postgresql_database.h"
#include "ocrtune/storage/reconnect.h"
#include "ocrtune/storage/sqlite_database.h"

namespace ocrtune {
namespace {

/// `id`: of a page of a trial, in the order in which tasks are claimed. Times in seconds.
constexpr std::string_view kTables = R"sql(
CREATE TABLE ocrtune_tasks (
  id INTEGER NOT NULL,
  page INTEGER NOT NULL,
  point TEXT NOT NULL,
  first INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'done', 'taken')),
  worker TEXT NOT NULL,
  claims INTEGER NOT NULL,
  added REAL NOT NULL,
  claimed REAL NOT NULL,
  leased REAL NOT NULL,
  finished REAL NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (id)
) WITHOUT ROWID;
CREATE INDEX ocrtune_tasks_by_state ON ocrtune_tasks (state, first, id);
CREATE TABLE ocrtune_workers (
  name TEXT NOT NULL,
  threads INTEGER NOT NULL,
  seen REAL NOT NULL,
  PRIMARY KEY (name)
) WITHOUT ROWID;
CREATE TABLE ocrtune_driver (
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  program TEXT NOT NULL,
  refs TEXT NOT NULL,
  seen REAL NOT NULL,
  earlier TEXT NOT NULL,
  PRIMARY KEY (place)
) WITHOUT ROWID;
)sql";

std::int64_t microseconds(double seconds) { return std::llround(seconds * 1e6); }

class SqlTaskQueue final : public TaskQueue {
 public:
  SqlTaskQueue(std::string name, std::unique_ptr<SqlDatabase> database, std::size_t page_count,
               const Reconnection& reconnection, double lease)
      : name_(std::move(name)),
        database_(std::move(database)),
        pages_(static_cast<std::int64_t>(page_count)),
        lease_(lease),
        now_(database_->clock()),
        reconnection_(reconnection),
        statements_(*database_),
        claims_(*database_, "ocrtune_tasks", "first, id", task_columns(), lease) {
    reconnection_.restored = [this, restored = reconnection.restored] {
      ++reconnections_;
      restored();
    };
    reconnection_.stopped = [this, stopped = reconnection.stopped] { return ends_ || stopped(); };
    guarded([&] {
      create_missing_tables();
      database_->prepare_for_tasks();
    });
  }

  [[nodiscard]] std::size_t reconnections() const override { return reconnections_; }
  void stop_reconnecting() override { ends_ = true; }

  bool drive(const Driver& driver) override {
    return guarded([&] {
      SqlStatement& row = statement(fmt::format(
          "INSERT INTO ocrtune_driver (place, name, program, refs, seen, earlier) VALUES "
          "(1, ?1, ?2, ?3, {0}, '') ON CONFLICT (place) DO UPDATE SET name = "
          "excluded.name, program = excluded.program, refs = excluded.refs, seen = "
          "excluded.seen, earlier = ocrtune_driver.program || ocrtune_driver.refs WHERE "
          "ocrtune_driver.name = excluded.name OR ocrtune_driver.seen < {0} - {1} "
          "RETURNING name",
          now_, lease_));
      row.bind(1, driver.name);
      row.bind(2, driver.program);
      row.bind(3, driver.references);
      return has_row(row);
    });
  }

  void make_durable() override {
    guarded([&] {
      database_->prepare_for_writing();
      // A commit that changes something takes those before it along.
      statement("UPDATE ocrtune_driver SET seen = seen").run();
      database_->prepare_for_tasks();
    });
  }

  void leave(const std::string& name) override {
    guarded([&] {
      SqlStatement& row = statement("UPDATE ocrtune_driver SET seen = 0 WHERE name = ?");
      row.bind(1, name);
      row.run();
    });
  }

  std::optional<Driver> driver() override {
    return guarded([&] {
      SqlStatement& row = statement(
          fmt::format("SELECT name, program, refs, seen FROM ocrtune_driver WHERE seen >= {} - {}",
                      now_, lease_));
      std::optional<Driver> found;
      while (row.next()) {
        found = Driver{.name = row.text(0),
                       .program = row.text(1),
                       .references = row.text(2),
                       .seen = row.real(3)};
      }
      return found;
    });
  }

  void resume(const std::function<bool(std::size_t trial)>& is_finished) override {
    guarded([&] {
      statement(
          "DELETE FROM ocrtune_tasks WHERE EXISTS (SELECT 1 FROM ocrtune_driver WHERE earlier <> "
          "program || refs)")
          .run();
      std::set<std::size_t> finished;
      SqlStatement& known = statement("SELECT DISTINCT id / ? FROM ocrtune_tasks");
      known.bind(1, pages_);
      while (known.next()) {
        const auto trial = static_cast<std::size_t>(known.integer(0));
        if (is_finished(trial)) finished.insert(trial);
      }
      for (const std::size_t trial : finished) remove_tasks(trial);
      statement("UPDATE ocrtune_tasks SET state = 'done' WHERE state = 'taken'").run();
    });
  }

  void add(std::span<const PageTask> tasks) override {
    guarded([&] {
      Transaction transaction(*database_);
      SqlStatement& row = statement(fmt::format(
          "INSERT INTO ocrtune_tasks (id, page, point, first, state, worker, claims, added, "
          "claimed, leased, finished, result) VALUES (?1, ?2, ?3, ?4, 'waiting', '', 0, {0}, 0, 0, "
          "0, '') ON CONFLICT (id) DO UPDATE SET page = excluded.page, point = excluded.point, "
          "first = excluded.first, state = 'waiting', worker = '', claims = 0, added = "
          "excluded.added WHERE ocrtune_tasks.page <> excluded.page OR ocrtune_tasks.point <> "
          "excluded.point",
          now_));
      for (const PageTask& task : tasks) {
        row.bind(1, id_of(task.trial, task.place));
        row.bind(2, task.page);
        row.bind(3, point_text(task.point));
        row.bind(4, task.first ? 0 : 1);
        row.run();
      }
      transaction.commit();
    });
  }

  void remove(std::size_t trial) override {
    guarded([&] { remove_tasks(trial); });
  }

  std::vector<PageTaskResult> take_results() override {
    return guarded([&] {
      SqlStatement& rows = statement(
          fmt::format("UPDATE ocrtune_tasks SET state = 'taken' WHERE state = 'done' RETURNING {}, "
                      "claimed, finished, result",
                      task_columns()));
      std::vector<PageTaskResult> results;
      while (rows.next()) {
        results.push_back({.task = task_in(rows),
                           .result = parse_page_result(rows.text(7)),
                           .started_us = microseconds(rows.real(5)),
                           .finished_us = microseconds(rows.real(6))});
      }
      return results;
    });
  }

  void give_up() override {
    guarded([&] {
      PageResult failed;
      failed.failure =
          tr("{} workers ended while they evaluated this page; it was given up", kMaxClaims);
      SqlStatement& rows = statement(
          fmt::format("UPDATE ocrtune_tasks SET state = 'done', finished = {}, result = ? WHERE {}",
                      now_, claims_.given_up()));
      rows.bind(1, page_result_text(failed));
      rows.run();
    });
  }

  std::size_t threads() override {
    return guarded([&] {
      return sum_of(statement(
          fmt::format("SELECT threads FROM ocrtune_workers WHERE seen >= {} - {}", now_, lease_)));
    });
  }

  std::vector<PageTask> claim(const std::string& worker, std::size_t most) override {
    return guarded([&] {
      std::vector<PageTask> tasks;
      claims_.claim(worker, most, [&](const SqlStatement& row) { tasks.push_back(task_in(row)); });
      // A database returns rows in any order.
      std::ranges::sort(tasks, {}, [](const PageTask& task) {
        return std::tuple(!task.first, task.trial, task.place);
      });
      return tasks;
    });
  }

  void renew(const std::string& worker, std::size_t threads,
             std::span<const PageTask> held) override {
    guarded([&] {
      SqlStatement& row =
          statement(fmt::format("INSERT INTO ocrtune_workers (name, threads, seen) VALUES (?1, ?2, "
                                "{0}) ON CONFLICT (name) "
                                "DO UPDATE SET threads = excluded.threads, seen = excluded.seen",
                                now_));
      row.bind(1, worker);
      row.bind(2, threads);
      row.run();
      for (const PageTask& task : held) claims_.renew(worker, id_of(task.trial, task.place));
    });
  }

  void finish(const std::string& worker, const PageTask& task, const PageResult& result) override {
    guarded([&] {
      SqlStatement& row = statement(fmt::format(
          "UPDATE ocrtune_tasks SET state = 'done', finished = {}, result = ?1 WHERE id = ?2 AND "
          "state = 'claimed' AND worker = ?3",
          now_));
      row.bind(1, page_result_text(result));
      row.bind(2, id_of(task.trial, task.place));
      row.bind(3, worker);
      row.run();
      claims_.forget(worker, id_of(task.trial, task.place));
    });
  }

  void give_back(const std::string& worker) override {
    guarded([&] {
      claims_.give_back(worker);
      SqlStatement& row = statement("DELETE FROM ocrtune_workers WHERE name = ?");
      row.bind(1, worker);
      row.run();
    });
  }

 private:
  template <typename Action>
  auto guarded(Action action) const -> decltype(action()) {
    return named_errors(name_, [&] { return repeated(*database_, reconnection_, action); });
  }

  void create_missing_tables() {
    if (!database_->columns_of("ocrtune_driver").empty()) return;
    Transaction transaction(*database_);
    if (database_->columns_of("ocrtune_driver").empty()) database_->create_tables(kTables);
    transaction.commit();
  }

  SqlStatement& statement(const std::string& text) { return statements_.of(text); }

  [[nodiscard]] std::int64_t id_of(std::size_t trial, std::size_t place) const {
    return static_cast<std::int64_t>(trial) * pages_ + static_cast<std::int64_t>(place);
  }

  void remove_tasks(std::size_t trial) {
    SqlStatement& rows = statement("DELETE FROM ocrtune_tasks WHERE id >= ? AND id < ?");
    rows.bind(1, id_of(trial, 0));
    rows.bind(2, id_of(trial + 1, 0));
    rows.run();
  }

  /// What task_in() reads.
  [[nodiscard]] std::string task_columns() const {
    return fmt::format("id, page, point, first, {} - added", now_);
  }

  [[nodiscard]] PageTask task_in(const SqlStatement& row) const {
    return {.trial = static_cast<std::size_t>(row.integer(0) / pages_),
            .place = static_cast<std::size_t>(row.integer(0) % pages_),
            .page = static_cast<std::size_t>(row.integer(1)),
            .point = parse_point(row.text(2)),
            .first = row.integer(3) == 0,
            .waited_ms = 1000 * row.real(4)};
  }

  std::string name_;
  std::unique_ptr<SqlDatabase> database_;
  std::int64_t pages_;
  double lease_;
  std::string now_;
  Reconnection reconnection_;
  std::size_t reconnections_ = 0;
  std::atomic<bool> ends_{false};
  PreparedStatements statements_;
  Claims claims_;
};

}  // namespace

std::unique_ptr<TaskQueue> open_task_queue(const std::string& study, std::size_t page_count,
                                           const Reconnection& reconnection, double lease) {
  const bool on_server = is_postgresql_address(study);
  const std::string name = shown_address(study);
  auto database = named_errors(name, [&] {
    return on_server ? open_postgresql(postgresql_place(study), reconnection)
                     : open_sqlite(study, SqliteMode::write);
  });
  return std::make_unique<SqlTaskQueue>(name, std::move(database), page_count, reconnection, lease);
}

}  // namespace ocrtune
