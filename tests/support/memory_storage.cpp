#include "support/memory_storage.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "ocrtune/base/error.h"

namespace ocrtune::test {

using PageResultPlace = std::tuple<PagesOfStudy, std::size_t, std::string, bool>;

struct StudyInMemory {
  StudyDefinition definition;
  std::map<std::size_t, Trial> trials;
  std::map<std::size_t, PrunedTrial> pruned;
  std::vector<WrittenTrial> written;
  Confirmations confirmed;
  Confirmations validated;
  std::map<PagesOfStudy, KeptReferences> references;
  std::map<PageResultPlace, std::string> page_results;
  std::optional<std::string> verdict;
};

namespace {

/// Steps are stored if every page has some.
bool has_all_steps(const Trial& trial) {
  return std::ranges::none_of(trial.pages,
                              [](const PageResult& page) { return page.timings.steps.empty(); });
}

Trial without_steps(Trial trial, bool without = true) {
  for (PageResult& page : trial.pages) {
    if (without) page.timings.steps.clear();
  }
  trial.page_order.clear();
  return trial;
}

class MemoryStorage final : public Storage {
 public:
  explicit MemoryStorage(std::shared_ptr<StudyInMemory> study)
      : study_(std::move(study)), definition_(study_->definition) {}

  void set_reconnection(const Reconnection& reconnection) override { (void)reconnection; }

  [[nodiscard]] const StudyDefinition& definition() const override { return definition_; }

  void each_trial(const TrialVisitor& visit, TrialSteps steps) const override {
    for (const auto& [number, trial] : study_->trials)
      visit(without_steps(trial, steps == TrialSteps::left_out || !has_all_steps(trial)));
  }

  [[nodiscard]] std::vector<PrunedTrial> pruned() const override {
    std::vector<PrunedTrial> trials;
    for (const auto& [number, trial] : study_->pruned) trials.push_back(trial);
    return trials;
  }

  [[nodiscard]] std::optional<Trial> trial(std::size_t number, TrialSteps steps) const override {
    const auto found = study_->trials.find(number);
    if (found == study_->trials.end()) return std::nullopt;
    const bool without = steps == TrialSteps::left_out || !has_all_steps(found->second);
    return without_steps(found->second, without);
  }

  [[nodiscard]] std::vector<Trial> trials_between(std::size_t first,
                                                  std::size_t last) const override {
    std::vector<Trial> trials;
    for (const auto& [number, trial] : study_->trials) {
      if (number >= first && number <= last) trials.push_back(without_steps(trial));
    }
    return trials;
  }

  [[nodiscard]] TrialCounts counts() const override {
    return {.finished = study_->trials.size(), .pruned = study_->pruned.size()};
  }

  [[nodiscard]] std::vector<WrittenTrial> written_after(std::int64_t mark,
                                                        std::size_t most) const override {
    std::vector<WrittenTrial> trials;
    for (const WrittenTrial& trial : study_->written) {
      if (trial.mark > mark && trials.size() < most) trials.push_back(trial);
    }
    return trials;
  }

  void each_step(const StepVisitor& visit) const override {
    for (const auto& [number, trial] : study_->trials) {
      const bool all = has_all_steps(trial);
      for (std::size_t page = 0; all && page < trial.pages.size(); ++page) {
        for (const StepTiming& step : trial.pages[page].timings.steps) visit(number, page, step);
      }
    }
  }

  [[nodiscard]] Confirmations confirmations() const override { return study_->confirmed; }
  [[nodiscard]] Confirmations validations() const override { return study_->validated; }
  [[nodiscard]] KeptReferences references(PagesOfStudy which) const override {
    return study_->references[which];
  }
  [[nodiscard]] std::optional<std::string> page_result(const PageResultKey& key) const override {
    const auto found = study_->page_results.find(place_of(key));
    return found == study_->page_results.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] std::optional<std::string> verdict() const override { return study_->verdict; }
  [[nodiscard]] int foreign_trials() const override { return 0; }

  void locate(const std::vector<PageRecord>& pages,
              const std::vector<PageRecord>& held_out) override {
    const auto take = [](std::vector<PageRecord>& to, const std::vector<PageRecord>& from) {
      for (std::size_t i = 0; i < std::min(to.size(), from.size()); ++i) {
        to[i].file = from[i].file;
        to[i].file_page = from[i].file_page;
        to[i].truth_file = from[i].truth_file;
      }
    };
    take(definition_.pages, pages);
    take(definition_.held_out, held_out);
    study_->definition = definition_;
  }

  void plan(std::size_t points) override {
    definition_.search.planned = points;
    study_->definition = definition_;
  }

  void continue_with(const std::string& program, std::size_t number) override {
    definition_.program = with_program(definition_.program, number, program);
    study_->definition = definition_;
  }

  void append(const Trial& trial) override {
    note(trial.number, false, trial.finished_us);
    study_->trials[trial.number] = trial;
  }

  void append(const PrunedTrial& trial) override {
    note(trial.number, true, trial.finished_us);
    study_->pruned[trial.number] = trial;
  }

  void confirm(std::size_t number, const std::vector<PageScores>& pages) override {
    study_->confirmed.try_emplace(number, pages);
  }

  void validate(std::size_t number, const std::vector<PageScores>& pages) override {
    study_->validated.try_emplace(number, pages);
  }

  void keep_reference(PagesOfStudy which, std::size_t page,
                      const std::optional<std::string>& text) override {
    study_->references[which].try_emplace(page, text);
  }

  void keep_page_results(const std::vector<KeptPageResult>& results) override {
    for (const KeptPageResult& result : results)
      study_->page_results.try_emplace(place_of(result.key), result.text);
  }

  void keep_verdict(const std::string& text) override { study_->verdict = text; }

 private:
  static PageResultPlace place_of(const PageResultKey& key) {
    return {key.which, key.page, key.pipeline, key.by_columns};
  }

  void note(std::size_t number, bool pruned, std::int64_t finished_us) {
    if (study_->trials.contains(number) || study_->pruned.contains(number)) {
      throw Error(Errc::study_error,
                  fmt::format("trial {} was written by another process meanwhile", number));
    }
    study_->written.push_back({.mark = static_cast<std::int64_t>(study_->written.size()) + 1,
                               .number = number,
                               .pruned = pruned,
                               .finished_us = finished_us});
  }

  std::shared_ptr<StudyInMemory> study_;
  StudyDefinition definition_;
};

}  // namespace

std::shared_ptr<StudyInMemory> study_in_memory(const StudyDefinition& definition) {
  auto study = std::make_shared<StudyInMemory>();
  study->definition = definition;
  return study;
}

std::unique_ptr<Storage> open_in_memory(std::shared_ptr<StudyInMemory> study) {
  return std::make_unique<MemoryStorage>(std::move(study));
}

}  // namespace ocrtune::test
