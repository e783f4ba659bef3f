#include "ocrtune/study_run/driven_study.h"

#include <array>
#include <chrono>
#include <functional>
#include <set>
#include <string_view>
#include <thread>
#include <utility>

#include "ocrtune/base/address.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/search/shared_evaluator.h"
#include "ocrtune/search/task_evaluator.h"
#include "ocrtune/search/task_worker.h"
#include "ocrtune/storage/postgresql_place.h"

namespace ocrtune::workflow {
namespace {

constexpr std::array kReferences{
    std::pair{References::none, std::string_view("none")},
    std::pair{References::without_truth, std::string_view("without_truth")},
    std::pair{References::all, std::string_view("all")}};

constexpr double kPatience = 600;  // s

/// Drives a study no more at the end of its scope.
class Turn {
 public:
  Turn(TaskQueue& queue, std::string name) : queue_(queue), name_(std::move(name)) {}
  ~Turn() {
    try {
      queue_.leave(name_);
    } catch (const Error&) {
      return;  // without a connection the turn ends by its time
    }
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  TaskQueue& queue_;
  std::string name_;
};

/// Lets a storage write after a lost connection only if `require_turn` does not throw, in its
/// scope.
class WritesInTurn {
 public:
  WritesInTurn(Storage& storage, const Events& events, std::function<void()> require_turn)
      : storage_(storage), usual_(reconnection_for(events)) {
    Reconnection reconnection = usual_;
    reconnection.restored = std::move(require_turn);
    storage_.set_reconnection(reconnection);
  }
  ~WritesInTurn() { storage_.set_reconnection(usual_); }
  WritesInTurn(const WritesInTurn&) = delete;
  WritesInTurn& operator=(const WritesInTurn&) = delete;

 private:
  Storage& storage_;
  Reconnection usual_;
};

std::set<std::size_t> finished_trials(const Storage& storage) {
  std::set<std::size_t> numbers;
  const TrialCounts counts = storage.counts();
  for (const WrittenTrial& trial : storage.written_after(0, counts.finished + counts.pruned))
    numbers.insert(trial.number);
  return numbers;
}

}  // namespace

Reconnection reconnection_for(const Events& events) {
  return {
      .patience = kPatience, .stopped = [&events] { return events.stopped(); }, .say = events.say};
}

std::string references_name(References references) {
  for (const auto& [value, name] : kReferences) {
    if (value == references) return std::string(name);
  }
  return {};
}

References references_named(const std::string& name) {
  for (const auto& [value, known] : kReferences) {
    if (known == name) return value;
  }
  throw Error(Errc::study_error, tr("the study is driven by another version of ocrtune"));
}

DrivenStudy::DrivenStudy(std::string study, const OpenStudy& open, const MemoryPlan& plan,
                         std::vector<std::shared_ptr<DeviceUse>> devices, const Events& events)
    : study_(std::move(study)),
      open_(open),
      plan_(plan),
      devices_(std::move(devices)),
      events_(events),
      queue_(open_task_queue(study_, open.pages.pages().size(), reconnection_for(events))),
      driver_{.name = new_worker_name(),
              .program = program_text(),
              .references = references_name(open.references)} {}

/// False if it was stopped meanwhile.
bool DrivenStudy::wait_for_turn(const std::atomic<bool>& stop) {
  constexpr auto kPause = std::chrono::milliseconds(200);
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::milliseconds(static_cast<int>(1000 * kLease)) + 5 * kPause;
  std::optional<Driver> first;
  while (!queue_->drive(driver_)) {
    if (stop) return false;
    const std::optional<Driver> other = queue_->driver();
    const bool lives = first && other && first->name == other->name && other->seen > first->seen;
    if (lives || std::chrono::steady_clock::now() > end) {
      throw Error(Errc::study_error,
                  tr("{0}: is driven by {1}; take part in it with `ocrtune worker --study {0}`",
                     shown_address(study_), other ? shown_worker(other->name) : ""));
    }
    if (!first && other) {
      events_.say(tr("waiting for {}, which drives the study, unless it has ended",
                     shown_worker(other->name)));
      first = other;
    }
    std::this_thread::sleep_for(kPause);
  }
  return true;
}

/// Throws if another process drives the study.
void DrivenStudy::require_turn() {
  if (queue_->drive(driver_)) return;
  throw Error(Errc::study_error,
              tr("{}: another process has begun to drive the study", shown_address(study_)));
}

void DrivenStudy::run(const EvaluatorEvents& events, const std::atomic<bool>& stop) {
  if (!wait_for_turn(stop)) return;
  const Turn turn(*queue_, driver_.name);
  const WritesInTurn writes(*open_.storage, events_, [this] { require_turn(); });
  const std::set<std::size_t> finished = finished_trials(*open_.storage);
  queue_->resume([&](std::size_t trial) { return finished.contains(trial); });
  const std::size_t page_count = open_.pages.pages().size();
  Reconnection quietly = reconnection_for(events_);
  quietly.say = Reconnection{}.say;
  const auto pages = std::make_shared<TaskEvaluator>(
      open_.pages, open_.recognition, plan_, pipeline_of(open_.storage->definition()), devices_);
  TaskWorker worker(open_task_queue(study_, page_count, quietly), driver_.name, pages->threads(),
                    evaluating(pages));
  SharedEvaluator evaluator(*queue_, open_.pages, [&] {
    worker.check();
    require_turn();
  });
  evaluator.run(events, stop);
  worker.stop();
  use_ = pages->cache_use();
}

}  // namespace ocrtune::workflow
