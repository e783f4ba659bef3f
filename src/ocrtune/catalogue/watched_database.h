#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ocrtune/analysis/best_so_far.h"
#include "ocrtune/catalogue/stamped_cache.h"
#include "ocrtune/storage/postgresql_studies.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/storage/study_tail.h"

namespace ocrtune {

/// Studies of one database on a PostgreSQL server that are listed at the same time, at most.
inline constexpr std::size_t kMaxWatchedStudies = 200;

/// A study on a server, as it was when it was looked at last.
struct WatchedStudy {
  StudyState state;
  /// When this definition was seen first.
  std::chrono::steady_clock::time_point defined;
};

/// One study on a PostgreSQL server, or all studies of a database, looked at every second in a
/// thread of its own. Of a study that a command is working on, only the new trials are read. If
/// there is no connection, it is tried again every few seconds. Has a connection of its own, one
/// for each study that is in use, and for some seconds those of the last four studies that were.
/// Thread-safe.
class WatchedDatabase {
 public:
  /// `address`: of a study or a database. Throws Error(invalid_argument) for an invalid one.
  WatchedDatabase(const std::string& address, StampedCache cache);
  WatchedDatabase(const WatchedDatabase&) = delete;
  WatchedDatabase& operator=(const WatchedDatabase&) = delete;
  ~WatchedDatabase() = default;

  /// Begins to look; a server that is away is no error. `changed` is called in any thread when
  /// entries() has changed; it must not throw.
  void start(std::function<void()> changed);

  /// Ends it, without waiting.
  void stop() { thread_.request_stop(); }

  /// Waits for the end after stop(): for a query or some trials that are being read, or an attempt
  /// to connect, which takes ten seconds at most.
  void join();

  /// database_token() of the address. The id of a study is NAME@TOKEN.
  [[nodiscard]] const std::string& token() const { return token_; }

  /// Whether a study of that name can be one of the entries: of a database, all can.
  [[nodiscard]] bool may_have(const std::string& name) const {
    return place_.study.empty() || place_.study == name;
  }

  /// study_entry[] of api.schema.json, by name. If there is no connection (yet), a single
  /// one that says so.
  [[nodiscard]] nlohmann::json entries() const;

  /// The study of that name. Throws Error(study_error) if there is no connection or it cannot be
  /// read, Error(not_found) if it is not one of the entries.
  [[nodiscard]] WatchedStudy study(const std::string& name) const;

  /// Opens one of the studies read-only, on the connection that is kept for it or, while that is in
  /// use, on another one. The result must not outlive this. Errors as study(), and those of
  /// view_study.
  std::shared_ptr<const Storage> view(const std::string& name);

 private:
  using Clock = std::chrono::steady_clock;

  /// What the thread knows of a study.
  struct Followed {  // NOLINT(bugprone-exception-escape): json's destructor allocates
    StudyState state;
    bool whole = false;                      ///< the entry has the results of all trials
    std::optional<Clock::time_point> retry;  ///< after an error
    std::optional<StudyTail> tail;
    BestSoFar so_far;
    nlohmann::json entry;
  };

  /// A connection that nobody uses now.
  struct Idle {
    std::unique_ptr<Storage> storage;
    Clock::time_point opened;
    Clock::time_point used;
  };

  void watch(const std::stop_token& ended);
  std::optional<std::vector<StudyState>> states();
  void follow_all(std::vector<StudyState> found, const std::stop_token& ended);
  void follow(Followed& study, StudyState state, const std::stop_token& ended);
  void read_results(Followed& study, bool settled, const std::stop_token& ended);
  void read_whole(Followed& study, const std::stop_token& ended);
  void show_studies(bool all);
  void show(nlohmann::json entries, const std::string& problem);
  [[nodiscard]] nlohmann::json entry_of(const std::string& name) const;
  [[nodiscard]] nlohmann::json problem_entry(const std::string& problem) const;
  [[nodiscard]] std::string id_of(const std::string& name) const { return name + "@" + token_; }
  std::shared_ptr<const Storage> opened(const std::string& name);
  void give_back(const std::string& name, std::unique_ptr<Storage> storage,
                 Clock::time_point opened);
  void close_unused(Clock::duration unused_for);

  PostgresqlPlace place_;
  std::string token_;
  StampedCache cache_;
  std::function<void()> changed_;
  std::unique_ptr<PostgresqlStudies> server_;  // of the thread, as the following
  std::map<std::string, Followed> followed_;   // by name
  mutable std::mutex mutex_;                   // for the following members
  std::condition_variable_any wakes_;
  std::string problem_;  // no connection
  std::map<std::string, WatchedStudy> studies_;
  nlohmann::json entries_;
  std::map<std::string, Idle> idle_;
  std::jthread thread_;
};

}  // namespace ocrtune
