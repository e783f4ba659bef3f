#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/server/run_request.h"

namespace ocrtune::server {

/// What a run needs to know of a corpus.
struct RunCorpus {
  std::vector<std::string> inputs;  ///< absolute paths
  std::string lang;
  std::size_t page_count = 0;  ///< 0: not known
};

/// Where a run's files are.
struct RunPlaces {
  std::filesystem::path folder;  ///< the server's
  std::filesystem::path own;     ///< the run's own

  /// What is searched or applied, where a pipeline was asked for.
  [[nodiscard]] std::filesystem::path pipeline() const { return own / "pipeline.toml"; }
  /// What is applied of a study.
  [[nodiscard]] std::filesystem::path portfolio() const { return own / "portfolio.toml"; }
};

/// The arguments of the command that does what is asked, its name first. Every value stands behind
/// the = of its option or behind "--", so that none is taken for an option. Throws HttpError(400)
/// where an input of the corpus isn't an absolute path or there is none.
std::vector<std::string> command_of(const RunRequest& request, const RunCorpus& corpus,
                                    const RunPlaces& places);

}  // namespace ocrtune::server
