#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/error_rate.h"
#include "ocrtune/metrics/statistics.h"
#include "ocrtune/metrics/text_comparison.h"

namespace ocrtune {

/// Measures for comparing pipelines.
enum class Measure {
  confidence,   ///< mean of the words' confidences, 0 to 100; maximized
  cer,          ///< character error rate, %; minimized, as the following
  wer,          ///< word error rate, %
  bag_of_words  ///< bag-of-words error, %
};

/// Their names: "confidence", "cer", "wer", "bow".
std::string_view measure_name(Measure measure);
/// All measures, in the order they are listed.
const std::vector<Measure>& all_measures();

/// OCR result of a page with one pipeline.
struct ReadPage {
  double confidence = 0;            ///< mean of its words, 0 to 100; 0 if there are none
  int words = 0;                    ///< number of them
  std::optional<ErrorRate> errors;  ///< if the page has ground truth
  std::optional<WordBag> bag;       ///< words in any order; if the page has ground truth
  std::string failure;  ///< why the pipeline could not run on the page; then all values are the
                        ///< worst

  /// In the displayed unit: points, %; nothing if the page has no ground truth.
  [[nodiscard]] std::optional<double> value(Measure measure) const;
};

/// Results of a pipeline on the pages of a corpus, in their order.
struct ComparedPipeline {
  std::string name;             ///< as in a pipeline file or preset
  std::vector<ReadPage> pages;  ///< one for each page of the corpus

  /// Mean over the pages that have a value (macro average); nothing if there are none.
  [[nodiscard]] std::optional<double> mean(Measure measure) const;

  /// Micro average in %: errors of all pages divided by the length of their ground truth; nothing
  /// without ground truth, and for confidence.
  [[nodiscard]] std::optional<double> whole(Measure measure) const;
};

/// A page and its improvement over the first pipeline; below 0: worse.
struct PageGain {
  std::size_t page = 0;  ///< its index
  double before = 0;     ///< with the first pipeline, in the displayed unit: points, %
  double after = 0;      ///< with the other pipeline
  double gain = 0;       ///< positive is better, for every measure
};

/// The pages that have a value, the largest loss first. Both pipelines have the same pages.
std::vector<PageGain> page_gains(const ComparedPipeline& first, const ComparedPipeline& other,
                                 Measure measure);

/// Mean gain over the pages, with its 95 % confidence interval (paired_bootstrap).
Interval mean_gain(const std::vector<PageGain>& gains);

/// A comparison of at least two pipelines with the first of them, as text. `names` are those of the
/// pages, `by` is the measure that sorts pages; `most` pages are listed.
std::string comparison_text(const std::vector<ComparedPipeline>& pipelines,
                            const std::vector<std::string>& names, Measure by, std::size_t most);

/// The comparison as CSV, one row per pipeline and page.
std::string comparison_csv(const std::vector<ComparedPipeline>& pipelines,
                           const std::vector<std::string>& names);

}  // namespace ocrtune
