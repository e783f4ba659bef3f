#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/options/options.h"
#include "ocrtune/study/corpus_split.h"

namespace ocrtune::workflow {

/// How the pages of a study are loaded. The references must outlive the call that gets it.
struct PagesLoading {
  const PagesOptions& options;
  const Events& events;
  const MemoryPlan& plan;
  std::string tessdata;    ///< folder; empty: Tesseract's default
  bool in_colour = false;  ///< with colours
};

/// An option and its value.
struct OptionValue {
  std::string name;
  std::string value;
};

/// The pages that a new study shall have.
struct NewPages {
  /// Greatest number of pages that trials are evaluated on: of a larger collection, a sample is
  /// taken. Empty: all pages.
  std::optional<std::size_t> max_tuned;
  /// Number of validation pages, given the number of all pages.
  std::function<std::size_t(std::size_t pages)> held_out;
  std::uint64_t seed = 1;               ///< random seed
  std::optional<OptionValue> of_truth;  ///< needs ground truth: only pages with it are sampled
};

/// The pages of a study.
struct StudyPages {
  Corpus all;
  CorpusSplit split;         ///< of `all`
  bool sampled = false;      ///< further pages of the collection are not used
  std::size_t left_out = 0;  ///< number of inputs that could not be loaded
};

/// Loads the pages for a new study. Throws as load_pages, sample_pages and refuse_without_truth.
StudyPages load_new_pages(const PagesLoading& loading, const NewPages& wanted);

/// Loads the pages of a stored study: of one that uses a sample of a collection, only these, if
/// their paths or names tell where they are. Throws as load_pages.
StudyPages load_stored_pages(const PagesLoading& loading, const StudyDefinition& stored);

/// The files that have the pages of a stored study, with these pages, as far as their paths or
/// names tell; nothing if a page of the study is in none of them.
std::optional<std::vector<InputFile>> files_of_study(const std::vector<InputFile>& files,
                                                     const StudyDefinition& definition);

/// Throws OptionError(invalid_argument): no page has ground truth.
[[noreturn]] void refuse_without_truth(const OptionValue& option);

}  // namespace ocrtune::workflow
