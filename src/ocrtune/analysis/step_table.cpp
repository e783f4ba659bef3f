#include "ocrtune/analysis/step_table.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <tuple>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/scoring.h"
#include "ocrtune/execution/stage_run.h"

namespace ocrtune {
namespace {

/// More than the steps of any pipeline; a damaged study may have a new name in every row.
constexpr std::size_t kMaxNames = 1000;

}  // namespace

StepTable::StepTable(const Storage& study) {
  study.each_step([this](std::size_t number, std::size_t page, const StepTiming& step) {
    add(number, page, step);
  });
}

void StepTable::add(std::size_t number, std::size_t page, const StepTiming& step) {
  const auto [id, is_new] = ids_.try_emplace(step.name, static_cast<std::uint32_t>(names_.size()));
  if (is_new) {
    if (names_.size() == kMaxNames)
      throw Error(Errc::study_error, tr("is damaged: it has too many kinds of steps"));
    names_.push_back(step.name);
  }
  if (pages_.empty() || pages_.back().number != number || pages_.back().page != page)
    pages_.push_back({number, page, steps_.size()});
  steps_.push_back({.ms = step.ms, .name_id = id->second, .cached = step.cached});
}

std::span<const StepTable::Step> StepTable::of(std::size_t number, std::size_t page) const {
  const auto key = [](const PageOfTrial& entry) { return std::tuple(entry.number, entry.page); };
  const auto found = std::ranges::lower_bound(pages_, std::tuple(number, page), {}, key);
  if (found == pages_.end() || key(*found) != std::tuple(number, page)) return {};
  const auto next = found + 1;
  const std::size_t end = next == pages_.end() ? steps_.size() : next->first;
  return std::span(steps_).subspan(found->first, end - found->first);
}

std::vector<std::string> stage_step_names(const StudyDefinition& definition) {
  std::vector<std::string> names;
  const Pipeline pipeline = pipeline_of(definition);
  for (const StageUse& use : pipeline.stages()) {
    if (use.on || use.optional) names.push_back(step_name_of(use));
  }
  if (needs_x_height(pipeline.ocr())) names.emplace_back(kXHeightStep);
  return names;
}

std::vector<std::string> all_step_names(const StudyDefinition& definition) {
  std::vector<std::string> names{"wait", "load"};
  for (std::string& stage : stage_step_names(definition)) names.push_back(std::move(stage));
  std::ranges::move(scoring_steps(), std::back_inserter(names));
  return names;
}

}  // namespace ocrtune
