#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"

namespace ocrtune::workflow {

/// The sample that is wanted of a collection.
struct SampleRequest {
  std::size_t tuned = 0;  ///< greatest number of pages that trials are evaluated on
  /// Number of validation pages, given the number of all pages. It grows with it, up to its value
  /// for the largest number.
  std::function<std::size_t(std::size_t pages)> held_out;
  std::uint64_t seed = 1;   ///< random seed
  bool with_truth = false;  ///< only pages that have ground truth
};

/// Files with the pages that are used of them.
struct PageSample {
  std::vector<InputFile> files;  ///< in the order of the collection
  std::size_t drawn_from = 0;    ///< number of pages that the sample is of
  /// The validation pages by path and page within the file: a stratified sample of the sample.
  std::set<std::pair<std::string, int>> held_out;
  bool whole = true;  ///< all pages of the collection are used
};

/// A stratified sample of a collection's pages, by page_features() and stratified_sample(). Of a
/// collection of more than a few hundred files, as many are drawn by a hash of seed and name, and
/// only these are opened; more of them if these have too few pages with ground truth. A collection
/// that has no more pages than wanted is returned whole. Files and pages that cannot be read are
/// added to `problems`. `options`: how the pages will be loaded. Throws Error(interrupted).
PageSample sample_pages(std::vector<InputFile> files, const SampleRequest& request,
                        const CorpusOptions& options, const Events& events,
                        std::vector<Problem>& problems);

}  // namespace ocrtune::workflow
