#include "ocrtune/ocr/ppocr/installation.h"

#include <algorithm>
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

fs::path folder_of_further_models() {
  const char* stated = std::getenv("OCRTUNE_PPOCR_MODELS");
  return stated != nullptr ? stated : "";
}

}  // namespace

fs::path runtime_library() {
  const fs::path name = "libocrtune_openvino.so";
  const fs::path own = installed(name);
  return own.empty() ? first_with(data_folders("ppocr"), name) : own;
}

fs::path model_folder(const std::string& name) {
  const fs::path network = fs::path(name) / "rec.onnx";
  const fs::path further = folder_of_further_models();
  fs::path found = further.empty() ? fs::path() : first_with({further}, network);
  if (found.empty()) found = installed("models" / network);
  return found.parent_path();
}

fs::path default_detector() { return installed("models/small/det.onnx"); }

bool is_installed() { return !runtime_library().empty() && !default_detector().empty(); }

std::vector<std::string> further_models() {
  std::vector<std::string> names;
  const fs::path folder = folder_of_further_models();
  if (folder.empty()) return names;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    std::string name = entry->path().filename().string();
    if (!first_with({folder}, fs::path(name) / "rec.onnx").empty())
      names.push_back(std::move(name));
  }
  std::ranges::sort(names);
  return names;
}

std::string not_installed(const std::string& model) {
  if (model == "medium")
    return tr("its model `{}` is not installed; put its files into the folder that {} names", model,
              "OCRTUNE_PPOCR_MODELS");
  if (!model.empty() && model != "small")
    return tr("its model `{}` is not installed; install it with `{}`", model,
              "scripts/setup_ppocr.sh " + model);
  return tr(
      "is not installed; install it with `{}` and build again, or as Debian's package "
      "ocrtune-engine-ppocr",
      "scripts/setup_ppocr.sh");
}

}  // namespace ocrtune::ppocr
