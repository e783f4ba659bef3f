#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/study/storage.h"

namespace ocrtune {

/// The step timings of a study's trials, compact: 16 bytes a step.
class StepTable {
 public:
  struct Step {
    double ms = 0;
    std::uint32_t name_id = 0;  ///< place in names()
    bool cached = false;
  };

  /// No steps.
  StepTable() = default;

  /// All steps of the study. Throws Error(study_error) where they are damaged.
  explicit StepTable(const Storage& study);

  /// In the order they came first.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const std::string& name(const Step& step) const { return names_[step.name_id]; }

  /// The steps of a trial on a page, in order; empty where there are none.
  [[nodiscard]] std::span<const Step> of(std::size_t number, std::size_t page) const;

 private:
  void add(std::size_t number, std::size_t page, const StepTiming& step);

  struct PageOfTrial {
    std::size_t number = 0;
    std::size_t page = 0;
    std::size_t first = 0;  ///< of its steps, in steps_
  };

  std::vector<std::string> names_;
  std::map<std::string, std::uint32_t> ids_;
  std::vector<Step> steps_;
  std::vector<PageOfTrial> pages_;  ///< by number and page
};

/// The names under which the stages of a study's pipeline are steps, in its order: each that may be
/// on, a second use of a stage with `_2`; and kXHeightStep where reading may depend on it.
std::vector<std::string> stage_step_names(const StudyDefinition& definition);

/// The names of all steps there may be, in the order they are done.
std::vector<std::string> all_step_names(const StudyDefinition& definition);

}  // namespace ocrtune
