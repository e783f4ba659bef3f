#include "ocrtune/catalogue/watched_database.h"

#include <algorithm>
#include <exception>
#include <set>
#include <utility>

#include "ocrtune/base/address.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/catalogue/study_entry.h"

namespace ocrtune {
namespace {

using nlohmann::json;
using std::chrono::seconds;

constexpr seconds kLookPause{1};
constexpr seconds kConnectPause{3};
/// Of a study that cannot be read.
constexpr seconds kRetryPause{10};
/// Looking at many studies takes a twentieth of the time.
constexpr int kPausesPerLook = 20;
constexpr seconds kLongestPause{10};
constexpr std::size_t kTrialsPerRead = 1000;
constexpr seconds kLongestIdle{10};
constexpr std::size_t kMaxIdle = 4;

void end_if_asked(const std::stop_token& ended) {
  if (ended.stop_requested()) throw Error(Errc::interrupted, tr("the program ends"));
}

/// The error's line without what it begins with.
std::string line_without(const std::string& begin, const Error& error) {
  std::string line = error.what();
  if (line.starts_with(begin)) line.erase(0, begin.size());
  return quotable(line, 500);
}

}  // namespace

WatchedDatabase::WatchedDatabase(const std::string& address, StampedCache cache)
    : place_(postgresql_place_or_database(address)),
      token_(database_token(place_)),
      cache_(std::move(cache)),
      problem_(tr("connecting to PostgreSQL")),
      entries_(json::array({problem_entry(problem_)})) {}

void WatchedDatabase::start(std::function<void()> changed) {
  changed_ = std::move(changed);
  thread_ = std::jthread([this](const std::stop_token& ended) { watch(ended); });
}

void WatchedDatabase::join() {
  if (thread_.joinable()) thread_.join();
}

json WatchedDatabase::entries() const {
  const std::scoped_lock lock(mutex_);
  return entries_;
}

WatchedStudy WatchedDatabase::study(const std::string& name) const {
  const std::scoped_lock lock(mutex_);
  if (!problem_.empty()) throw Error(Errc::study_error, problem_);
  const auto found = studies_.find(name);
  if (found == studies_.end())
    throw Error(Errc::not_found, tr("no such study: {}", quotable(name, 60)));
  const std::string& problem = found->second.state.problem;
  if (!problem.empty()) throw Error(Errc::study_error, problem);
  return found->second;
}

std::shared_ptr<const Storage> WatchedDatabase::view(const std::string& name) {
  (void)study(name);
  return opened(name);
}

std::shared_ptr<const Storage> WatchedDatabase::opened(const std::string& name) {
  std::unique_ptr<Storage> storage;
  Clock::time_point opened = Clock::now();
  {
    const std::scoped_lock lock(mutex_);
    const auto found = idle_.find(name);
    const auto study = studies_.find(name);
    if (found != idle_.end() && study != studies_.end() &&
        found->second.opened > study->second.defined) {
      storage = std::move(found->second.storage);
      opened = found->second.opened;
      idle_.erase(found);
    }
  }
  if (!storage) storage = view_study(address_of_study(place_, name));
  const int failing = std::uncaught_exceptions();
  const auto end_use = [this, name, opened, failing](Storage* used) {
    std::unique_ptr<Storage> returned(used);
    // What failed on a connection may be its fault.
    if (std::uncaught_exceptions() > failing) return;
    give_back(name, std::move(returned), opened);
  };
  return std::shared_ptr<Storage>(storage.release(), end_use);
}

void WatchedDatabase::give_back(const std::string& name, std::unique_ptr<Storage> storage,
                                Clock::time_point opened) {
  // Closed after the lock.
  Idle other{.storage = std::move(storage), .opened = opened, .used = Clock::now()};
  std::map<std::string, Idle>::node_type oldest;
  const std::scoped_lock lock(mutex_);
  std::swap(idle_[name], other);
  if (idle_.size() <= kMaxIdle) return;
  const auto used = [](const auto& one) { return one.second.used; };
  oldest = idle_.extract(std::ranges::min_element(idle_, {}, used));
}

void WatchedDatabase::close_unused(Clock::duration unused_for) {
  std::map<std::string, Idle> closed;
  const std::scoped_lock lock(mutex_);
  for (auto at = idle_.begin(); at != idle_.end();) {
    const auto next = std::next(at);
    if (Clock::now() - at->second.used >= unused_for) closed.insert(idle_.extract(at));
    at = next;
  }
}

void WatchedDatabase::watch(const std::stop_token& ended) {
  while (!ended.stop_requested()) {
    Clock::duration pause = kConnectPause;
    try {
      const auto began = Clock::now();
      if (std::optional<std::vector<StudyState>> found = states()) {
        pause = std::clamp<Clock::duration>((Clock::now() - began) * kPausesPerLook, kLookPause,
                                            kLongestPause);
        follow_all(std::move(*found), ended);
      }
    } catch (const std::exception&) {
      server_.reset();  // out of memory; tried again
    }
    close_unused(kLongestIdle);
    std::unique_lock lock(mutex_);
    wakes_.wait_for(lock, ended, pause, [] { return false; });
  }
}

/// Nothing if there is no connection, which it shows.
std::optional<std::vector<StudyState>> WatchedDatabase::states() {
  for (;;) {
    const bool is_new = server_ == nullptr;
    try {
      if (is_new) server_ = std::make_unique<PostgresqlStudies>(place_);
      return server_->look(kMaxWatchedStudies + 1);
    } catch (const Error& error) {
      server_.reset();
      close_unused(Clock::duration::zero());
      if (!is_new) continue;  // the server may be there again
      const std::string problem = quotable(error.what(), 500);
      show(json::array({problem_entry(problem)}), problem);
      return std::nullopt;
    }
  }
}

void WatchedDatabase::follow_all(std::vector<StudyState> found, const std::stop_token& ended) {
  const bool all = found.size() <= kMaxWatchedStudies;
  if (!all) found.resize(kMaxWatchedStudies);
  std::set<std::string> names;
  for (const StudyState& state : found) {
    names.insert(state.name);
    Followed& study = followed_[state.name];
    if (study.entry.is_null()) study.entry = entry_of(state.name);
  }
  std::erase_if(followed_, [&](const auto& one) { return !names.contains(one.first); });
  {
    const std::scoped_lock lock(mutex_);
    std::map<std::string, WatchedStudy> now;
    for (const StudyState& state : found) {
      const auto known = studies_.find(state.name);
      const bool same =
          known != studies_.end() && known->second.state.definition == state.definition;
      now[state.name] = {state, same ? known->second.defined : Clock::now()};
    }
    studies_ = std::move(now);
  }
  show_studies(all);
  auto shown = Clock::now();
  for (StudyState& state : found) {
    Followed& study = followed_.at(state.name);
    follow(study, std::move(state), ended);
    if (ended.stop_requested()) return;
    // Reading the results of many studies takes its time.
    if (Clock::now() - shown < kLookPause) continue;
    show_studies(all);
    shown = Clock::now();
  }
  show_studies(all);
}

void WatchedDatabase::show_studies(bool all) {
  json entries = json::array();
  for (const auto& [name, study] : followed_) entries.push_back(study.entry);
  if (!all) {
    entries.push_back(
        problem_entry(tr("more than {} studies; the others are not listed", kMaxWatchedStudies)));
  }
  if (entries.empty() && !place_.study.empty()) {
    entries.push_back(
        problem_entry(tr("no such study; `ocrtune tune` or `ocrtune screen` creates one")));
  }
  show(std::move(entries), "");
}

/// Brings what is known of a study up to date, if anything has changed.
void WatchedDatabase::follow(Followed& study, StudyState state, const std::stop_token& ended) {
  // Another one of that name, or resumed by another program.
  if (study.state.definition != state.definition) study = Followed{.entry = entry_of(state.name)};
  const bool same = study.state.version == state.version && study.state.driven == state.driven &&
                    study.state.problem == state.problem;
  if (study.retry && same && Clock::now() < *study.retry) return;
  const bool is_new = study.state.definition.empty() || study.retry;
  if (!is_new && same && (study.whole || state.driven)) return;
  const bool settled = is_new || study.state.version == state.version;
  study.state = std::move(state);
  study.entry["running"] = study.state.driven;
  study.entry["modified_ms"] = study.state.finished_us / 1000;
  study.entry["gain"] = nullptr;
  std::string problem = study.state.problem;
  try {
    if (problem.empty()) read_results(study, settled, ended);
  } catch (const Error& error) {
    if (error.code() == Errc::interrupted) return;
    const std::string address = shown_address(address_of_study(place_, study.state.name));
    problem = line_without(address + ": ", error);
  } catch (const std::exception&) {
    problem = tr("can't be read");
  }
  study.entry["problem"] = problem.empty() ? json() : json(problem);
  study.retry.reset();
  if (problem.empty()) return;
  study.retry = Clock::now() + kRetryPause;
  study.whole = false;
  study.tail.reset();
  study.so_far = {};
}

/// While trials are added, those since the last time are read; when no more are, all for once.
void WatchedDatabase::read_results(Followed& study, bool settled, const std::stop_token& ended) {
  study.whole = settled && !study.state.driven;
  if (study.whole) {
    read_whole(study, ended);
    return;
  }
  const std::shared_ptr<const Storage> storage = opened(study.state.name);
  add_definition(study.entry, storage->definition());
  if (!study.tail) study.tail.emplace(study.state.name);
  for (bool more = true; more;) {
    end_if_asked(ended);
    const std::vector<TrialOutcome> outcomes = study.tail->next(*storage, kTrialsPerRead);
    more = outcomes.size() == kTrialsPerRead;
    for (const TrialOutcome& outcome : outcomes)
      study.so_far.add(outcome, storage->definition().objective);
  }
  study.entry.update(live_results(study.so_far));
}

/// Connects only if the cache does not have the results.
void WatchedDatabase::read_whole(Followed& study, const std::stop_token& ended) {
  study.tail.reset();
  study.so_far = {};
  const std::string id = id_of(study.state.name);
  if (const auto text = cache_.find(id, "entry", study.state.version)) {
    if (const auto known = find_json_object(*text)) {
      study.entry.update(*known);
      return;
    }
  }
  const std::shared_ptr<const Storage> storage = opened(study.state.name);
  add_definition(study.entry, storage->definition());
  json results = whole_results(*storage, [&] { end_if_asked(ended); });
  add_definition(results, storage->definition());
  cache_.keep(id, "entry", study.state.version, results.dump());
  study.entry.update(results);
}

json WatchedDatabase::entry_of(const std::string& name) const {
  json entry = empty_entry(id_of(name), name);
  entry["address"] =
      shown_address(name.empty() ? place_.connection : address_of_study(place_, name));
  return entry;
}

json WatchedDatabase::problem_entry(const std::string& problem) const {
  json entry = entry_of(place_.study);
  entry["problem"] = problem;
  return entry;
}

void WatchedDatabase::show(json entries, const std::string& problem) {
  bool changes = false;
  {
    const std::scoped_lock lock(mutex_);
    problem_ = problem;
    changes = entries_ != entries;
    entries_ = std::move(entries);
  }
  if (changes) changed_();
}

}  // namespace ocrtune
