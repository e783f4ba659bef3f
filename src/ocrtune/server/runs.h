#pragma once

#include <cstddef>
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

/// All runs of a folder. Each run is a separate process with its data in FOLDER/.ocrtune/runs/ID,
/// so that runs survive a restart of the server: a run that was active when the server ended is
/// interrupted and can be resumed, and those that waited still wait. Thread-safe.
class Runs {
 public:
  /// `program`: the executable to start for a run. `most` processes run at a time; further runs
  /// wait, and start in the order in which they were asked for. `on_end` is called in any thread
  /// when a run has ended; it must not throw. Throws Error(study_error) if another server uses the
  /// folder, or it cannot be written.
  Runs(std::filesystem::path folder, std::filesystem::path program, std::size_t most,
       std::shared_ptr<EventHub> events, std::function<void()> on_end);

  /// Ends active runs as close() does.
  ~Runs();
  Runs(const Runs&) = delete;
  Runs& operator=(const Runs&) = delete;

  /// Starts a run, or lets it wait, and returns its id. `applied`: the TOML of a study's pipeline
  /// or recipe, for `apply`. Throws HttpError(409) if a run is active on the same study or output
  /// folder, or uses models that this one writes, or the other way round, Error(study_error) if the
  /// run's data cannot be stored.
  std::string begin(RunRequest request, const RunCorpus& corpus, const std::string& applied);

  /// RunInfo of all runs, the newest first.
  [[nodiscard]] nlohmann::json list() const;

  // Each of these throws HttpError(404) if there is no run with that id.
  [[nodiscard]] nlohmann::json info(const std::string& id) const;
  [[nodiscard]] RunRequest request(const std::string& id) const;

  /// Ends the run's process after the pages in progress; resume() continues it. Throws
  /// HttpError(409) if it is neither running nor waiting.
  nlohmann::json pause(const std::string& id);

  /// Ends the run's process for good, and kills it after ten seconds. Throws HttpError(409) if it
  /// has ended.
  nlohmann::json cancel(const std::string& id);

  /// Resumes a run that was paused, cancelled or interrupted or has failed. `corpus` is its current
  /// state. Throws HttpError(409) if it is running or done, or as begin().
  nlohmann::json resume(const std::string& id, RunCorpus corpus);

  /// Removes a run from the list; its output is kept. Throws HttpError(409) if it is active.
  void forget(const std::string& id);

  /// run_log and run_history of api.schema.json.
  [[nodiscard]] nlohmann::json log(const std::string& id, std::uint64_t from) const;
  [[nodiscard]] nlohmann::json history(const std::string& id, std::size_t from);

  /// What a run of `train` has written so far, as train.schema.json; null if it is nothing yet.
  /// Throws HttpError(404) if it is another one.
  [[nodiscard]] nlohmann::json training(const std::string& id) const;

  /// File names of the studies of active runs.
  [[nodiscard]] std::set<std::string> studies_at_work() const;

  /// An event `run` for each run.
  [[nodiscard]] std::vector<ServerEvent> state_events() const;

  /// Interrupts active runs, waits for at most ten seconds, and then kills them. Finished work is
  /// kept.
  void close();

 private:
  void load();
  void lock_folder();
  void supervise();
  void wait_for_news();
  bool look_after(Run& run);
  void start(Run& run);
  bool follow(Run& run);
  void record_end(Run& run);
  void obey(Run& run);
  void publish(const Run& run);
  void keep(Run& run);
  void wake();
  void start_waiting();
  [[nodiscard]] bool has_room(const Run& run) const;
  void refuse_conflict(const RunRequest& request, const std::string& models, const Run* self) const;
  [[nodiscard]] Run& find(const std::string& id) const;
  [[nodiscard]] std::filesystem::path place(const std::string& id) const;
  [[nodiscard]] RunPlaces places(const std::string& id) const;

  std::filesystem::path folder_;
  std::filesystem::path program_;
  std::size_t most_;
  std::shared_ptr<EventHub> events_;
  std::function<void()> on_end_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Run>> runs_;
  int lock_ = -1;  ///< excludes other servers
  int news_ = -1;  ///< wakes up the thread
  bool closing_ = false;
  std::jthread thread_;
};

}  // namespace ocrtune::server
