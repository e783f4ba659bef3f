#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "ocrtune/image/corpus.h"
#include "ocrtune/server/text_index.h"

namespace ocrtune::server {

/// A run of `apply`: where it writes, and the pages that it reads.
struct AppliedRun {
  std::string id;
  std::filesystem::path output;
  std::shared_ptr<const Corpus> corpus;
};

/// The texts of runs of `apply`, as far as they are written. Reads what a run has added at each
/// call. Thread-safe.
class RunTexts {
 public:
  /// TextList of web/src/contract/api.ts.
  nlohmann::json list(const AppliedRun& run, const TextQuery& query);

  /// PageText of web/src/contract/api.ts. Throws HttpError(404) if the page has no text yet.
  nlohmann::json text(const AppliedRun& run, std::size_t page);

 private:
  struct Followed;
  std::shared_ptr<Followed> followed(const AppliedRun& run);

  std::mutex mutex_;
  std::deque<std::shared_ptr<Followed>> runs_;  // those that were last asked for, at the end
};

}  // namespace ocrtune::server
