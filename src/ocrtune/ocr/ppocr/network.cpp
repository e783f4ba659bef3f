#include "ocrtune/ocr/ppocr/network.h"

#include <dlfcn.h>

#include <string>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/version.h"
#include "ocrtune/ocr/ppocr/installation.h"

namespace ocrtune::ppocr {
namespace {

[[noreturn]] void cannot_be_loaded(const char* reason) {
  throw Error(Errc::dependency_missing,
              tr("OpenVINO can't be loaded: {}", quotable(reason == nullptr ? "" : reason)));
}

const Runtime& loaded() {
  const std::filesystem::path file = runtime_library();
  if (file.empty()) throw Error(Errc::dependency_missing, not_installed());
  void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) cannot_be_loaded(::dlerror());
  const auto make = reinterpret_cast<const Runtime* (*)(const char*)>(
      ::dlsym(library, "ocrtune_openvino_runtime"));
  if (make == nullptr) cannot_be_loaded(::dlerror());
  const Runtime* made = nullptr;
  try {
    made = make(std::string(program_version()).c_str());
  } catch (const std::exception& error) {
    cannot_be_loaded(error.what());
  }
  if (made == nullptr)
    throw Error(Errc::dependency_missing, tr("{}: is of another version of ocrtune", shown(file)));
  return *made;
}

}  // namespace

const Runtime& runtime() {
  static const Runtime& openvino = loaded();
  return openvino;
}

}  // namespace ocrtune::ppocr
