#include "ocrtune/ocr/engines/self_check_key.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "ocrtune/base/hash.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/languages.h"

namespace ocrtune {
namespace {

namespace fs = std::filesystem;

/// A file's path, size and time of the last change; the path alone if there is none.
std::string state_of(const fs::path& path) {
  struct stat state {};
  if (::stat(path.c_str(), &state) != 0) return path.string();
  return fmt::format("{} {} {}.{}", path.string(), state.st_size, state.st_mtim.tv_sec,
                     state.st_mtim.tv_nsec);
}

/// The file that a function was loaded from.
std::string state_of_code(const void* function) {
  Dl_info info{};
  return function != nullptr && ::dladdr(function, &info) != 0 ? state_of(info.dli_fname) : "";
}

/// By name, since the address that the compiler knows may be that of a jump.
std::string state_of_library(const char* function) {
  return state_of_code(::dlsym(RTLD_DEFAULT, function));
}

/// The models in a folder, of which a language may draw in others.
std::string state_of_models(const std::string& lang, const fs::path& folder) {
  std::vector<std::string> states;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    if (entry.path().extension() == ".traineddata") states.push_back(state_of(entry.path()));
  }
  for (const std::string& language : split(lang, '+'))
    states.push_back(state_of(folder / (language + ".traineddata")));
  std::ranges::sort(states);
  return joined(states, "\n");
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
