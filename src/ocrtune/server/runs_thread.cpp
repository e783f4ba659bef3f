// The thread of Runs: starts processes, reads their output and studies, and publishes events.
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/time.h"
#include "ocrtune/server/run.h"
#include "ocrtune/server/runs.h"

namespace ocrtune::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kTickMilliseconds = 300;
constexpr milliseconds kLongestRead{200};
constexpr seconds kTimeToEnd{10};
constexpr seconds kTimeToPublish{2};
constexpr seconds kTimeToKeep{5};

double seconds_of(Run::Clock::duration time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

void Runs::supervise() {
  for (;;) {
    wait_for_news();
    std::vector<std::shared_ptr<Run>> runs;
    bool closing = false;
    {
      const std::scoped_lock lock(mutex_);
      start_waiting();
      for (const auto& [id, run] : runs_) {
        if (run->at_work || run->to_keep) runs.push_back(run);
      }
      closing = closing_;
    }
    bool at_work = false;
    for (const auto& run : runs) at_work = look_after(*run) || at_work;
    if (closing && !at_work) return;
  }
}

/// Waits for output of a process, for a tick while one is active, or for wake().
void Runs::wait_for_news() {
  std::vector<pollfd> files{{.fd = news_, .events = POLLIN, .revents = 0}};
  bool at_work = false;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [id, run] : runs_) {
      at_work = at_work || run->at_work;
      if (run->process && run->process->output() >= 0)
        files.push_back({.fd = run->process->output(), .events = POLLIN, .revents = 0});
    }
  }
  ::poll(files.data(), files.size(), at_work ? kTickMilliseconds : -1);
  std::uint64_t count = 0;
  (void)!::read(news_, &count, sizeof count);
}

/// True while the run is active.
bool Runs::look_after(Run& run) {
  obey(run);
  if (run.process) {
    const std::string said = run.process->said();
    const bool ended = run.process->ended().has_value();
    const std::string rest = ended ? run.process->said() : "";
    {
      const std::scoped_lock lock(mutex_);
      run.log.append(said + rest);
      run.record.log_dropped = run.log.dropped();
      if (!run.log.last_line().empty()) run.record.message = run.log.last_line();
    }
    // A resumed study may have many trials, and other runs wait for this thread too.
    for (const auto until = Run::Clock::now() + kLongestRead;
         follow(run) && Run::Clock::now() < until;)
      continue;
    if (ended) {
      record_end(run);
      on_end_();
    }
  }
  keep(run);
  const std::scoped_lock lock(mutex_);
  // One that waits does so under the next server.
  return run.at_work && (run.process || run.record.state != RunState::queued);
}

/// Carries out the requests since the last call.
void Runs::obey(Run& run) {
  bool begins = false;
  bool interrupts = false;
  {
    const std::scoped_lock lock(mutex_);
    if (closing_ && run.at_work && !run.kill_at) run.to_interrupt = true;
    if (run.to_start && !run.process && run.record.state != RunState::queued) {
      run.to_start = false;
      // It may have been ended before it started.
      begins = run.record.state == RunState::running && !closing_;
      if (!begins) {
        run.at_work = false;
        if (run.record.state == RunState::cancelling) run.record.state = RunState::cancelled;
        if (run.record.state == RunState::running) run.record.state = RunState::interrupted;
        run.to_keep = true;
      }
      run.to_interrupt = false;
    }
    interrupts = run.to_interrupt;
    run.to_interrupt = false;
    // A paused run may take as long as it needs.
    const bool to_end = closing_ || run.record.state == RunState::cancelling;
    if (run.process && to_end && !run.kill_at) run.kill_at = Run::Clock::now() + kTimeToEnd;
  }
  if (begins) start(run);
  if (!run.process) return;
  if (interrupts) run.process->signal(SIGINT);
  if (run.kill_at && Run::Clock::now() >= *run.kill_at) run.process->signal(SIGKILL);
}

void Runs::start(Run& run) {
  std::vector<std::string> arguments;
  std::string language;
  {
    const std::scoped_lock lock(mutex_);
    arguments = run.record.arguments;
    language = run.record.language;
    run.history.clear();
    // That of an earlier process says nothing about this one.
    if (run.record.request.trains()) {
      std::error_code ignored;
      std::filesystem::remove(places(run.record.id).training(), ignored);
    }
    run.progress =
        std::make_unique<RunProgress>(run.record.request, places(run.record.id), run.pages);
  }
  std::unique_ptr<Process> process;
  std::string problem;
  try {
    process = std::make_unique<Process>(program_, arguments, folder_,
                                        std::vector{"LANGUAGE=" + language});
  } catch (const Error& error) {
    problem = error.what();
  }
  const std::scoped_lock lock(mutex_);
  run.began = Run::Clock::now();
  run.kill_at.reset();
  run.process = std::move(process);
  run.to_keep = true;
  if (run.process) {
    run.record.process = run.process->mark();
    return;
  }
  run.record.state = RunState::failed;
  run.record.message = problem;
  run.record.ended_ms = now_us() / 1000;
  run.at_work = false;
}

/// Reads the new output of the process and publishes it. True if there may be more.
bool Runs::follow(Run& run) {
  const double busy = seconds_of(Run::Clock::now() - run.began);
  std::vector<TrialOutcome> trials;
  bool more = false;
  try {
    trials = run.progress->read(busy, run.busy_before_s + busy);
    more = !run.progress->is_whole();
  } catch (const Error&) {
    // The process itself reports what is wrong with its study.
  }
  ServerEvent event{.name = "trials", .key = run.record.id, .data = "", .adds = true};
  {
    const std::scoped_lock lock(mutex_);
    run.record.numbers = run.progress->numbers();
    run.record.busy_s = run.busy_before_s + busy;
    const std::size_t from = run.history.size();
    run.history.insert(run.history.end(), trials.begin(), trials.end());
    if (!trials.empty()) event.data = history_json(run.record.id, run.history, from).dump();
  }
  if (!trials.empty()) events_->publish(event);
  const bool due = Run::Clock::now() - run.published >= kTimeToPublish;
  if (!trials.empty() || due) {
    run.published = Run::Clock::now();
    publish(run);
  }
  return more;
}

/// Handles the end of the process.
void Runs::record_end(Run& run) {
  // Reads all remaining output, however much it is.
  while (follow(run)) continue;
  const std::scoped_lock lock(mutex_);
  const ProcessEnd end = *run.process->ended();
  run.process.reset();
  run.kill_at.reset();
  run.busy_before_s = run.record.busy_s;
  run.record.process = {};
  run.record.numbers.rate.reset();
  run.record.numbers.left_s.reset();
  run.to_keep = true;
  if (run.to_start && !closing_) return wake();  // it was resumed meanwhile
  run.to_start = false;
  run.record.state = state_after(run.record.state, end, run.record.numbers,
                                 budget_of(run.record.request).has_value());
  run.record.ended_ms = now_us() / 1000;
  run.record.exit_status = end.exit_status;
  run.at_work = false;
}

void Runs::publish(const Run& run) {
  ServerEvent event;
  {
    const std::scoped_lock lock(mutex_);
    event = run_event(run.record);
  }
  events_->publish(event);
}

/// Stores changes: states immediately, numbers from time to time.
void Runs::keep(Run& run) {
  RunRecord record;
  const auto now = Run::Clock::now();
  {
    const std::scoped_lock lock(mutex_);
    if (!run.to_keep && now - run.kept < kTimeToKeep) return;
    record = run.record;
    run.to_keep = false;
  }
  run.kept = now;
  try {
    save_run(record, place(record.id));
  } catch (const Error&) {
    // If the disk is full, the run's own output reports it.
  }
  publish(run);
}

}  // namespace ocrtune::server
