#include "ocrtune/ocr/ppocr/installation.h"

#include <cstdlib>
#include <system_error>
#include <vector>

#include "ocrtune/base/data_folders.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::ppocr {
namespace fs = std::filesystem;
namespace {

/// The file of the first folder that has one of this name; empty if none has.
fs::path first_with(const std::vector<fs::path>& folders, const fs::path& name) {
  std::error_code ignored;
  for (const fs::path& folder : folders) {
    if (fs::exists(folder / name, ignored)) return folder / name;
  }
  return {};
}

/// In the engine's folders.
fs::path installed(const fs::path& name) {
  const char* stated = std::getenv("OCRTUNE_PPOCR");
  return first_with(stated != nullptr ? std::vector<fs::path>{stated} : data_folders("ppocr"),
                    name);
}

}  // namespace

fs::path runtime_library() {
  const fs::path name = "libocrtune_openvino.so";
  const fs::path own = installed(name);
  return own.empty() ? first_with(data_folders("ppocr"), name) : own;
}

fs::path model_folder(const std::string& name) {
  const fs::path network = installed(fs::path("models") / name / "rec.onnx");
  return network.parent_path();
}

std::string not_installed(const std::string& model) {
  if (!model.empty() && model != "small")
    return tr("its model `{}` is not installed; install it with `{}`", model,
              "scripts/setup_ppocr.sh " + model);
  return tr(
      "is not installed; install it with `{}` and build again, or as Debian's package "
      "ocrtune-engine-ppocr",
      "scripts/setup_ppocr.sh");
}

}  // namespace ocrtune::ppocr
