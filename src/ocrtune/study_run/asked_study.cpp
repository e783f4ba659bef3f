#include "ocrtune/study_run/asked_study.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/time.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/options/in_flight.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/search/search.h"
#include "ocrtune/study_run/study_run.h"

namespace ocrtune::workflow {
namespace {

// The number of trials is not known.
constexpr const char* kUsualSampler = "tpe";

[[noreturn]] void refuse(const std::string& why) { throw Error(Errc::invalid_argument, why); }

SearchSettings settings_for(const AskedStudyOptions& options, const StudyRun& run,
                            const StudyDefinition* existing) {
  SearchSettings settings =
      existing != nullptr ? existing->search : SearchSettings{.sampler = kUsualSampler};
  run.refuse_design(existing);
  if (options.sampler) settings.sampler = sampler_named(*options.sampler).name;
  if (options.starts) settings.starts = *options.starts;
  if (options.in_flight) settings.in_flight = *options.in_flight;
  run.state_constraints(settings);
  return settings;
}

OpenStudy opened(const AskedStudyOptions& options, const Events& events) {
  StudyRun run(options.study, {}, events);
  OpenStudy open =
      run.open({.search = [&](const StudyDefinition* existing, const Pipeline&, std::size_t) {
        return settings_for(options, run, existing);
      }});
  // `events` ends before the study.
  open.storage->set_reconnection({});
  return open;
}

}  // namespace

Options options_of(AskedStudyOptions& options) {
  Options rows = options_of(options.study, {}, kMaxObjectives);
  append(rows, {sampler_option(options.sampler, kUsualSampler), starts_option(options.starts),
                in_flight_option(options.in_flight, "1"), constraint_option(options.study)});
  return rows;
}

class AskedStudy::Implementation {
 public:
  Implementation(const AskedStudyOptions& options, const Events& events)
      : open_(opened(options, events)),
        search_(*open_.storage, sampler_of(open_.storage->definition()), nullptr) {}

  std::optional<AskedTrial> ask() {
    const NextTrial next = search_.ask();
    if (std::holds_alternative<NoMore>(next)) return std::nullopt;
    if (std::holds_alternative<NotYet>(next))
      refuse(tr("trial {} must be told first", asked_.front().number));
    const auto& request = std::get<TrialRequest>(next);
    asked_.push_back({.number = request.number, .point = request.point, .started_us = now_us()});
    return AskedTrial{request.number, request.point, request.pipeline};
  }

  void tell(std::size_t number, const std::vector<PageScores>& pages) {
    if (asked_.empty()) refuse(tr("trial {} was not asked for, or was told before", number));
    if (asked_.front().number != number)
      refuse(tr("trial {} must be told first", asked_.front().number));
    const StudyDefinition& definition = open_.storage->definition();
    if (pages.size() != definition.pages.size())
      refuse(
          tr("scores: expected those of {} pages, not {}", definition.pages.size(), pages.size()));
    Trial trial{.number = number,
                .point = asked_.front().point,
                .pages = {},
                .started_us = asked_.front().started_us,
                .finished_us = now_us()};
    for (std::size_t page = 0; page < pages.size(); ++page) {
      for (const Score objective : objectives_of(definition)) {
        if (!pages[page].find(objective))
          refuse(tr("scores: page `{}` has no {}", definition.pages[page].name,
                    score_name(objective)));
      }
      trial.pages.push_back({.scores = pages[page], .timings = {}, .failure = ""});
    }
    search_.tell(trial);
    asked_.pop_front();
  }

  [[nodiscard]] const Corpus& pages() const { return open_.pages; }
  [[nodiscard]] const Storage& storage() const { return *open_.storage; }

 private:
  struct Asked {
    std::size_t number = 0;
    Point point;
    std::int64_t started_us = 0;
  };

  OpenStudy open_;
  Search search_;
  std::deque<Asked> asked_;
};

AskedStudy::AskedStudy(const AskedStudyOptions& options, const Events& events) {
  check_fields(options);
  implementation_ = std::make_unique<Implementation>(options, events);
}
AskedStudy::~AskedStudy() = default;

std::optional<AskedTrial> AskedStudy::ask() { return implementation_->ask(); }

void AskedStudy::tell(std::size_t number, const std::vector<PageScores>& pages) {
  implementation_->tell(number, pages);
}

const Corpus& AskedStudy::pages() const { return implementation_->pages(); }
const Storage& AskedStudy::storage() const { return implementation_->storage(); }

}  // namespace ocrtune::workflow
