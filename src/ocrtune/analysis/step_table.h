#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// The step timings of a study's trials in compact form: 16 bytes per step.
class StepTable {
 public:
  struct Step {
    double ms = 0;
    std::uint32_t name_id = 0;  ///< index in names()
    bool cached = false;
  };

  /// An empty table.
  StepTable() = default;

  /// All steps of the study. Throws Error(study_error) if they are damaged.
  explicit StepTable(const Storage& study);

  /// In the order of their first occurrence.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const std::string& name(const Step& step) const { return names_[step.name_id]; }

  /// The steps of a trial on a page, in order; empty if there are none.
  [[nodiscard]] std::span<const Step> of(std::size_t number, std::size_t page) const;

 private:
  void add(std::size_t number, std::size_t page, const StepTiming& step);

  struct PageOfTrial {
    std::size_t number = 0;
    std::size_t page = 0;
    std::size_t first = 0;  ///< index of its first step in steps_
  };

  std::vector<std::string> names_;
  std::map<std::string, std::uint32_t> ids_;
  std::vector<Step> steps_;
  std::vector<PageOfTrial> pages_;  ///< by trial number and page
};

/// The step names of a study's pipeline, in order: each stage that may be enabled; and kXHeightStep
/// if the OCR settings may depend on it.
std::vector<std::string> stage_step_names(const StudyDefinition& definition);

/// The names of all possible steps, in order of execution.
std::vector<std::string> all_step_names(const StudyDefinition& definition);

}  // namespace ocrtune
