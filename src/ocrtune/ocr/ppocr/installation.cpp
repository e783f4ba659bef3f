#include "ocrtune/ocr/ppocr/installation.h"

#include <cstdlib>
#include <system_error>
#include <vector>

#include "ocrtune/base/data_folders.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::ppocr {
namespace fs = std::filesystem;
namespace {

/// The first of the engine's folders that has this file or folder; empty if none has.
fs::path installed(const fs::path& name) {
  std::error_code ignored;
  const char* stated = std::getenv("OCRTUNE_PPOCR");
  const std::vector<fs::path> folders =
      stated != nullptr ? std::vector<fs::path>{stated} : data_folders("ppocr");
  for (const fs::path& folder : folders) {
    if (fs::exists(folder / name, ignored)) return folder / name;
  }
  return {};
}

}  // namespace

fs::path runtime_library() { return installed("libocrtune_openvino.so"); }

fs::path model_folder(const std::string& name) {
  const fs::path network = installed(fs::path("models") / name / "rec.onnx");
  return network.parent_path();
}

std::string not_installed(const std::string& model) {
  const std::string command = model.empty() || model == "small" ? "scripts/setup_ppocr.sh"
                                                                : "scripts/setup_ppocr.sh " + model;
  return tr("is not installed; install it with `{}`, or as Debian's package ocrtune-engine-ppocr",
            command);
}

}  // namespace ocrtune::ppocr
