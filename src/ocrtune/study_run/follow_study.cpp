#include "ocrtune/study_run/follow_study.h"

#include <chrono>
#include <memory>
#include <thread>

#include "ocrtune/base/address.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/storage/named_errors.h"
#include "ocrtune/storage/postgresql_place.h"
#include "ocrtune/storage/postgresql_studies.h"
#include "ocrtune/storage/reconnect.h"
#include "ocrtune/storage/sqlite_file.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/study_run/driven_study.h"

namespace ocrtune::workflow {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kTrialsPerLook = 500;
constexpr std::chrono::milliseconds kLookEvery{500};
/// How often it looks whether it shall end.
constexpr std::chrono::milliseconds kStopGlance{50};

/// Reads the trials of a study that another process writes. On a server on one connection; a file
/// is open only during a call, so that the writer can close it properly.
class Followed {
 public:
  Followed(const std::string& study, const Events& events)
      : study_(study), events_(events), tail_(study), place_(place_of(study)) {
    if (place_) {
      // An address without a server is told at once.
      storage_ = view_study(study);
      Reconnection quietly = reconnection_for(events);  // is_at_work() tells of it
      quietly.say = Reconnection{}.say;
      storage_->set_reconnection(quietly);
    } else {
      (void)view_study(study);  // throws if there is none
    }
  }

  [[nodiscard]] std::vector<TrialOutcome> next() {
    return storage_ ? tail_.next(*storage_, kTrialsPerLook) : tail_.next(kTrialsPerLook);
  }

  [[nodiscard]] const StudyDefinition& definition() const { return *tail_.definition(); }

  [[nodiscard]] bool is_on_server() const { return place_.has_value(); }

  /// Whether a command is working on the study.
  [[nodiscard]] bool is_at_work() {
    if (!place_) return is_open_elsewhere(study_);
    std::vector<StudyState> states;
    std::string problem;
    const auto look = [&] {
      try {
        if (!server_) server_ = std::make_unique<PostgresqlStudies>(*place_);
        states = server_->look(1);
        return true;
      } catch (const ConnectionLost& lost) {
        problem = lost.what();
        server_.reset();
        return false;
      }
    };
    named_errors(shown_address(study_), [&] {
      const bool connected = look() || connect_again(look, reconnection_for(events_));
      if (!connected && !events_.stopped()) throw Error(Errc::study_error, problem);
      if (!states.empty() && !states.front().problem.empty())
        throw Error(Errc::study_error, states.front().problem);
    });
    return !states.empty() && states.front().driven;
  }

 private:
  static std::optional<PostgresqlPlace> place_of(const std::string& study) {
    if (!is_postgresql_address(study)) return std::nullopt;
    return postgresql_place(study);
  }

  std::string study_;
  const Events& events_;
  StudyTail tail_;
  std::optional<PostgresqlPlace> place_;  ///< on a server
  std::unique_ptr<Storage> storage_;
  std::unique_ptr<PostgresqlStudies> server_;
};

}  // namespace

bool follow_study(const std::string& study, const TrialFollower& visit, const Events& events) {
  Followed followed(study, events);
  BestSoFar so_far;
  bool any = false;
  while (!events.stopped()) {
    const auto began = Clock::now();
    // In this order: what was written before the command ended is read after that.
    const bool at_work = followed.is_at_work();
    const std::vector<TrialOutcome> trials = followed.next();
    for (const TrialOutcome& trial : trials) {
      so_far.add(trial, followed.definition().objective);
      visit(trial, so_far, followed.definition());
    }
    any = any || !trials.empty();
    if (!trials.empty()) continue;
    if (!at_work && (any || !followed.is_on_server())) return true;
    if (!at_work) events.progress({tr("waiting for a command that drives the study")});
    while (Clock::now() < began + kLookEvery && !events.stopped())
      std::this_thread::sleep_for(kStopGlance);
  }
  return false;
}

}  // namespace ocrtune::workflow
