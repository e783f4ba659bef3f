#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "ocrtune/apply/page_reader.h"
#include "ocrtune/apply/page_results.h"
#include "ocrtune/corpus/corpus.h"

namespace ocrtune {

/// Number of steps per worker in the cache of best_result(): pipelines often have their first
/// stages in common.
inline constexpr std::uint64_t kStepsPerWorker = 256;

/// The OCR result of a page that was kept, or combined from all.
struct BestResult {
  std::size_t pipeline = 0;           ///< index of the best result's pipeline in the portfolio
  Image image;                        ///< the preprocessed image of the best result
  OcrResult ocr_result;               ///< placed on the original page
  OcrQuality quality;                 ///< of `ocr_result`
  bool of_several_engines = false;    ///< `ocr_result` is combined from results of several engines
  std::size_t changed = 0;            ///< number of places or words where `ocr_result` differs from
                                      ///< the best result
  std::vector<Candidate> candidates;  ///< the pipelines that were tried: the first few, or all
  int turns = 0;                      ///< clockwise rotations of the page by 90 degrees before OCR
  /// Recognized in page segmentation mode 3, because the page has columns.
  bool by_columns = false;
  bool blank = false;                  ///< the page is_blank(): no pipeline was tried
  bool across_vertical_lines = false;  ///< `ocr_result` goes_across_vertical_lines()
  bool out_of_order = false;           ///< `ocr_result` is of one engine and is_out_of_order()
  double expected_cer = 0;             ///< see expected_cer(); a fraction; 0 if the page is blank
  std::optional<PageCondition> condition;  ///< of a page with more than 2 % expected errors
  double seconds = 0;                      ///< wall clock, loading included
  double first_seconds = 0;                ///< running time of the first pipeline alone

  /// The candidate of `pipeline`.
  [[nodiscard]] const Candidate& kept() const {
    return *std::ranges::find(candidates, pipeline, &Candidate::pipeline);
  }
};

/// Runs one pipeline after the other, with OCR, on the page that `load` returns, rotated if it lies
/// on its side or upside down (see oriented()), until a result is good enough by `rule`, and keeps
/// the best of the results, or combines all: those of an engine by vote(), those of different
/// engines by vote_by_characters(). A blank page has no text, with the first pipeline. Nothing if
/// the work was stopped. Throws what `load` throws, and Error(limit_reached) if every pipeline
/// fails. Apart from the times, the result does not depend on the place or room of `means`.
/// Thread-safe if each thread has its own recognizers.
std::optional<BestResult> best_result(const Page& page, const std::function<Image()>& load,
                                      const OcrMeans& means, const ChoiceRule& rule = {});

}  // namespace ocrtune
