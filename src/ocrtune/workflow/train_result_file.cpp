#include "ocrtune/workflow/train_result_file.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/time.h"
#include "ocrtune/workflow/result_json.h"

namespace ocrtune::workflow {

TrainResultFile::TrainResultFile(std::string path) : path_(std::move(path)) {
  if (!path_.empty()) require_writable_place(path_);
}

void TrainResultFile::write(const Trained& trained) {
  if (path_.empty()) return;
  constexpr auto kReplace = nlohmann::json::error_handler_t::replace;
  write_atomically(path_, result_json(trained).dump(2, ' ', false, kReplace) + "\n");
  written_ = std::chrono::steady_clock::now();
}

void TrainResultFile::write_progress(Trained trained, EngineAtWork at_work) {
  if (path_.empty() || seconds_since(written_) < 1) return;
  trained.at_work = std::move(at_work);
  try {
    write(trained);
  } catch (const Error&) {
    // Only the result is worth failing for.
    written_ = std::chrono::steady_clock::now();
  }
}

}  // namespace ocrtune::workflow
