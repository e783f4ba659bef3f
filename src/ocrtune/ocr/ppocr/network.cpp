#include "ocrtune/ocr/ppocr/network.h"

#include <dlfcn.h>

#include <string>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/ppocr/installation.h"

namespace ocrtune::ppocr {
namespace {

const Runtime& loaded() {
  const std::filesystem::path file = runtime_library();
  if (file.empty()) throw Error(Errc::dependency_missing, not_installed());
  const auto fail = [](const char* reason) {
    throw Error(Errc::dependency_missing,
                tr("OpenVINO can't be loaded: {}", quotable(reason == nullptr ? "" : reason)));
  };
  void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) fail(::dlerror());
  const auto make =
      reinterpret_cast<const Runtime* (*)()>(::dlsym(library, "ocrtune_openvino_runtime"));
  if (make == nullptr) fail(::dlerror());
  try {
    return *make();
  } catch (const std::exception& error) {
    fail(error.what());
  }
  return *make();
}

}  // namespace

const Runtime& runtime() {
  static const Runtime& openvino = loaded();
  return openvino;
}

}  // namespace ocrtune::ppocr
