#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/analysis/page_feature_cache.h"
#include "ocrtune/server/applied_run.h"
#include "ocrtune/server/text_index.h"

namespace ocrtune::server {

/// The texts of runs of `apply`, as far as they are written. Reads what a run has added at each
/// call. Thread-safe.
class RunTexts {
 public:
  /// text_list of api.schema.json.
  nlohmann::json list(const AppliedRun& run, const TextQuery& query);

  /// page_text of api.schema.json. Throws HttpError(404) if the page has no text yet.
  nlohmann::json text(const AppliedRun& run, std::size_t page);

  /// {pages}, as in a TextList: those whose ground truth would tell most (pages_to_correct()).
  nlohmann::json to_correct(const AppliedRun& run, std::size_t wanted,
                            const std::atomic<bool>& stop);

  /// The pages that have a text, in the order of the corpus.
  std::vector<WrittenPage> pages(const AppliedRun& run);

 private:
  struct Followed;
  template <class Look>
  auto look(const AppliedRun& run, Look look);
  std::shared_ptr<Followed> followed(const AppliedRun& run);
  void forget(const std::shared_ptr<Followed>& followed);

  std::mutex mutex_;
  std::deque<std::shared_ptr<Followed>> runs_;  // those that were last asked for, at the end
  PageFeatureCache features_;
};

}  // namespace ocrtune::server
