#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "ocrtune/base/bounded_log.h"
#include "ocrtune/server/event_hub.h"
#include "ocrtune/server/run_command.h"
#include "ocrtune/server/run_record.h"

namespace ocrtune::server {

struct Run;

/// All runs of a folder. Each is a process of its own; what is known of it is in
/// FOLDER/.ocrtune/runs/ID, so that runs outlive the server: one that was at work when it ended is
/// interrupted and can be resumed. Thread-safe.
class Runs {
 public:
  /// `program`: what is started for a run. `on_end` is called where a run has ended, in any thread;
  /// it may not throw. Throws Error(study_error) where another server has the
  /// folder, or it can't be written.
  Runs(std::filesystem::path folder, std::filesystem::path program,
       std::shared_ptr<EventHub> events, std::function<void()> on_end);

  /// Ends the runs at work as close() does.
  ~Runs();
  Runs(const Runs&) = delete;
  Runs& operator=(const Runs&) = delete;

  /// Starts a run and gives its id. `applied`: the TOML of the pipeline or portfolio that `apply`
  /// takes of a study. Throws HttpError(409) where a run is at work on the same study or into the
  /// same folder, Error(study_error) where the run can't be written down.
  std::string begin(RunRequest request, const RunCorpus& corpus, const std::string& applied);

  /// RunInfo of all, the newest first.
  [[nodiscard]] nlohmann::json list() const;

  // Each of these throws HttpError(404) where there is no run of that id.
  [[nodiscard]] nlohmann::json info(const std::string& id) const;
  [[nodiscard]] RunRequest request(const std::string& id) const;

  /// Ends the run's process when the pages in work are done; resume() goes on. Throws
  /// HttpError(409) where it isn't running.
  nlohmann::json pause(const std::string& id);

  /// The same with no thought of going on; after ten seconds it is ended at once. Throws
  /// HttpError(409) where it has ended.
  nlohmann::json cancel(const std::string& id);

  /// Goes on with a run that was paused, cancelled, interrupted or has failed. `corpus` is asked
  /// for anew. Throws HttpError(409) where it is running or done, or as begin().
  nlohmann::json resume(const std::string& id, const RunCorpus& corpus);

  /// Forgets a run; what it has made stays. Throws HttpError(409) where it is at work.
  void forget(const std::string& id);

  /// RunLog and RunHistory of web/src/contract/api.ts.
  [[nodiscard]] nlohmann::json log(const std::string& id, std::uint64_t from) const;
  [[nodiscard]] nlohmann::json history(const std::string& id, std::size_t from);

  /// File names of the studies that runs are at work on.
  [[nodiscard]] std::set<std::string> studies_at_work() const;

  /// An event `run` for each run.
  [[nodiscard]] std::vector<ServerEvent> state_events() const;

  /// Ends the runs at work, which are interrupted then; waits for them, at most ten seconds, before
  /// it ends them at once. Nothing that is finished is lost.
  void close();

 private:
  void load();
  void lock_folder();
  void supervise();
  void wait_for_news();
  bool look_after(Run& run);
  void start(Run& run);
  bool follow(Run& run);
  void settle(Run& run);
  void obey(Run& run);
  void publish(const Run& run);
  void keep(Run& run);
  void wake();
  void refuse_conflict(const RunRequest& request, const Run* self) const;
  [[nodiscard]] Run& find(const std::string& id) const;
  [[nodiscard]] std::filesystem::path place(const std::string& id) const;

  std::filesystem::path folder_;
  std::filesystem::path program_;
  std::shared_ptr<EventHub> events_;
  std::function<void()> on_end_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Run>> runs_;
  int lock_ = -1;  ///< keeps other servers out
  int news_ = -1;  ///< wakes the thread
  bool closing_ = false;
  std::jthread thread_;
};

}  // namespace ocrtune::server
