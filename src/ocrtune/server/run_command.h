#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/server/run_request.h"

namespace ocrtune::server {

/// The properties of a corpus that a run needs.
struct RunCorpus {
  std::vector<std::string> inputs;  ///< absolute paths
  std::string lang;
  std::size_t page_count = 0;  ///< 0: unknown
  /// Folder of the models that they are recognized with, relative to the server's; empty: the
  /// installed ones.
  std::string models = {};
};

/// Paths of a run.
struct RunPlaces {
  std::filesystem::path folder;  ///< the server's folder
  std::filesystem::path own;     ///< the run's own folder

  /// The pipeline to search or apply, if one was requested.
  [[nodiscard]] std::filesystem::path pipeline() const { return own / "pipeline.toml"; }
  /// The recipe of a study to apply.
  [[nodiscard]] std::filesystem::path recipe() const { return own / "recipe.toml"; }
  /// The result of a training.
  [[nodiscard]] std::filesystem::path training() const { return own / "training.json"; }
  /// What a run of ocrtune 0.1.0 applies instead.
  [[nodiscard]] std::filesystem::path portfolio() const { return own / "portfolio.toml"; }
};

/// The command line of a run, starting with the subcommand. Every value follows the = of its option
/// or "--", so that it cannot be mistaken for an option. Throws HttpError(400) if an input of the
/// corpus is not an absolute path or there is none.
std::vector<std::string> command_of(const RunRequest& request, const RunCorpus& corpus,
                                    const RunPlaces& places);

}  // namespace ocrtune::server
