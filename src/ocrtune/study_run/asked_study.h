#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/metrics/score_values.h"
#include "ocrtune/options/study_options.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune::workflow {

/// Options of an AskedStudy.
struct AskedStudyOptions {
  StudyOptions study;  ///< common options of studies
  /// A name of sampler_names(); empty: the study's, or tpe for a new one.
  std::optional<std::string> sampler;
  /// Searches of a local sampler; empty: the study's, or any number for a new one.
  std::optional<std::size_t> starts;
  /// Trials that may be asked for before earlier ones are told; empty: the study's, or 1 for a new
  /// one.
  std::optional<std::size_t> in_flight;
};

/// The option table; it points into `options`, which must outlive it.
Options options_of(AskedStudyOptions& options);

/// A trial to be evaluated.
struct AskedTrial {
  std::size_t number = 0;  ///< 0: the baseline
  Point point;             ///< parameters; empty for the baseline
  Pipeline pipeline;       ///< with every parameter fixed
};

/// A study whose trials the caller evaluates. Not thread-safe.
class AskedStudy {
 public:
  /// Loads the pages and creates the study, or resumes it if it has all given options. Throws
  /// Error.
  AskedStudy(const AskedStudyOptions& options, const Events& events);
  ~AskedStudy();
  AskedStudy(const AskedStudy&) = delete;
  AskedStudy& operator=(const AskedStudy&) = delete;

  /// The next trial, the baseline first; nothing if the sampler has no further point. Throws
  /// Error(invalid_argument) if it depends on a trial that was not told yet.
  std::optional<AskedTrial> ask();

  /// Stores the scores of each page, in the order of pages(), for the first trial that was asked
  /// for and not told yet; durable when it returns. Throws Error(invalid_argument) for another
  /// number, another count of pages, or a page without one of the study's objectives.
  void tell(std::size_t number, const std::vector<PageScores>& pages);

  /// The pages that trials are evaluated on, in the study's order.
  [[nodiscard]] const Corpus& pages() const;

  /// The stored study.
  [[nodiscard]] const Storage& storage() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace ocrtune::workflow
