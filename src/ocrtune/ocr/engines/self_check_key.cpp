#include "ocrtune/ocr/engines/self_check_key.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <vector>

#include "ocrtune/base/hash.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/file_states.h"
#include "ocrtune/ocr/languages.h"

namespace ocrtune {
namespace {

/// The file that a function was loaded from.
std::string state_of_code(const void* function) {
  Dl_info info{};
  return function != nullptr && ::dladdr(function, &info) != 0 ? state_of_file(info.dli_fname) : "";
}

/// By name, since the address that the compiler knows may be that of a jump.
std::string state_of_library(const char* function) {
  return state_of_code(::dlsym(RTLD_DEFAULT, function));
}

}  // namespace

std::string self_check_key(const std::string& engine, const std::string& lang,
                           const RecognitionOptions& options) {
  const std::string folder = tessdata_folder(options.tessdata);
  const std::vector<std::string> parts{
      engine,
      lang,
      fmt::format("{} {}", options.psm, options.oem),
      state_of_models(lang, folder),
      state_of_code(reinterpret_cast<const void*>(&self_check_key)),
      state_of_library("TessVersion"),
      state_of_library("pixRead"),
      state_of_library("exp"),
      joined(simd_targets(), " ")};
  return content_hash(joined(parts, "\n")).text();
}

}  // namespace ocrtune
