#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/error_rate.h"
#include "ocrtune/metrics/statistics.h"
#include "ocrtune/metrics/text_comparison.h"

namespace ocrtune {

/// What pipelines are compared by.
enum class Measure {
  confidence,   ///< mean of the words' confidences, 0 to 100; large is good
  cer,          ///< character error rate, %; small is good, here and below
  wer,          ///< word error rate, %
  bag_of_words  ///< the same whatever the words' order
};

/// Their names: "confidence", "cer", "wer", "bow".
std::string_view measure_name(Measure measure);
/// All measures, in the order they are listed.
const std::vector<Measure>& all_measures();

/// How one pipeline's image of a page was read.
struct ReadPage {
  double confidence = 0;            ///< mean of its words, 0 to 100; 0 where there is none
  int words = 0;                    ///< number of them
  std::optional<ErrorRate> errors;  ///< where the page has a truth
  std::optional<WordBag> bag;       ///< whatever their order; where the page has a truth
  std::string failure;  ///< why the pipeline couldn't run on the page; then all is the worst

  /// In the unit people know: points, %; nothing where the page has no truth.
  [[nodiscard]] std::optional<double> value(Measure measure) const;
};

/// A pipeline on the pages of a corpus, in their order.
struct ComparedPipeline {
  std::string name;             ///< as a pipeline file or a preset names it
  std::vector<ReadPage> pages;  ///< one each, as the corpus has them

  /// Over the pages that have a value; nothing where none has.
  [[nodiscard]] std::optional<double> mean(Measure measure) const;

  /// Of all text at once, in %: errors of all pages over the truth of all pages; nothing without
  /// truth, and for confidence.
  [[nodiscard]] std::optional<double> whole(Measure measure) const;
};

/// A page and by how much it is better than with the first pipeline; below 0: worse.
struct PageGain {
  std::size_t page = 0;  ///< its place
  double before = 0;     ///< with the first pipeline, in the unit people know: points, %
  double after = 0;      ///< with the other
  double gain = 0;       ///< positive is better, whichever way the measure goes
};

/// The pages that have a value, the one that got worst first. Both have the same pages.
std::vector<PageGain> page_gains(const ComparedPipeline& first, const ComparedPipeline& other,
                                 Measure measure);

/// Mean gain over the pages, with its 95 % interval (paired_bootstrap).
Interval mean_gain(const std::vector<PageGain>& gains);

/// Pipelines, at least two, against the first of them. `names` are those of the pages, `by` what
/// says which page is worse; `most` pages are shown.
std::string comparison_text(const std::vector<ComparedPipeline>& pipelines,
                            const std::vector<std::string>& names, Measure by, std::size_t most);

/// One row per pipeline and page.
std::string comparison_csv(const std::vector<ComparedPipeline>& pipelines,
                           const std::vector<std::string>& names);

}  // namespace ocrtune
