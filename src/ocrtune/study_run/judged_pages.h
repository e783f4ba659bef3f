#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/analysis/ensemble_selection.h"
#include "ocrtune/apply/recorded_page.h"
#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune::workflow {

/// Recorded pages on which ensembles are judged without recognizing anything: by their ground truth
/// where pages have some, else by the consensus, which is what all OCR results of a page are
/// combined into (metrics/expected_errors.h). `corpus`, `recognition` and `stop` must outlive it;
/// once `stop` is true, its values mean nothing. Not thread-safe; uses `workers` threads.
class JudgedPages {
 public:
  /// `recorded`: by page of the corpus; those without a value are left out.
  JudgedPages(const Corpus& corpus, const RecognitionOptions& recognition, int workers,
              std::vector<std::optional<RecordedPage>> recorded, const std::atomic<bool>& stop);

  /// Number of pages that are not left out.
  [[nodiscard]] std::size_t size() const { return pages_.size(); }
  /// Of them, those with ground truth.
  [[nodiscard]] std::size_t with_truth() const;

  /// The values of ensembles on these pages.
  [[nodiscard]] std::vector<EnsembleValues> values(const std::vector<Ensemble>& ensembles) const;

 private:
  struct JudgedPage {
    std::size_t index = 0;  ///< in the corpus
    RecordedPage recorded;
    std::string consensus;    ///< empty if the page has ground truth
    double expected_cer = 0;  ///< of the consensus
  };

  void judge_by_consensus(JudgedPage& judged, const Lexicon& lexicon) const;
  [[nodiscard]] double wrong(const JudgedPage& judged, const std::string& text) const;

  const Corpus& corpus_;
  const RecognitionOptions& recognition_;
  const std::atomic<bool>& stop_;
  int workers_;
  std::vector<JudgedPage> pages_;
};

}  // namespace ocrtune::workflow
