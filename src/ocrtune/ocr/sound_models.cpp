#include "ocrtune/ocr/sound_models.h"

#include <fmt/format.h>

#include <filesystem>
#include <mutex>
#include <unordered_set>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/kept_values.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/file_states.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/tesseract_recognizer.h"
#include "ocrtune/parsers/parser.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr const char* kProgram = "ocrtune-tesseract";
constexpr std::size_t kMostKept = 1000;
/// The largest installed models are 60 MB and take 0.4 GB and 3 s.
constexpr ParserLimits kLimits{.memory = 1'500'000'000, .processor_time = std::chrono::seconds(30)};

bool is_installed(const std::string& lang, const fs::path& folder) {
  for (const std::string& language : split(lang, '+')) {
    std::error_code failure;
    const fs::path file = fs::canonical(folder / (language + ".traineddata"), failure);
    if (failure || !file.native().starts_with("/usr/")) return false;
  }
  return true;
}

/// The folders that the models are in, where links lead.
std::vector<std::string> folders_of(const std::string& lang, const fs::path& folder) {
  std::error_code failure;
  std::vector<std::string> folders{fs::canonical(folder, failure).string()};
  for (const std::string& language : split(lang, '+')) {
    const fs::path file = fs::canonical(folder / (language + ".traineddata"), failure);
    if (!failure) folders.push_back(file.parent_path().string());
  }
  return folders;
}

/// Tries the models in a process of their own. Throws what Tesseract says of them, and
/// Error(dependency_missing) if they crash it.
void try_models_apart(const std::string& lang, const std::string& folder,
                      const RecognitionOptions& options) {
  const std::vector<std::string> folders = folders_of(lang, folder);
  try {
    Parser parser(kProgram, folders);
    parser.ask({{"lang", lang},
                {"folder", fs::absolute(folder).string()},
                {"psm", options.psm},
                {"oem", options.oem}},
               {}, kLimits);
  } catch (const ParserFailure& failure) {
    if (failure.end() == ParserEnd::killed) throw;
    throw Error(Errc::dependency_missing, tr("language `{}`: its data in {} can't be used: {}",
                                             lang, quotable(folder), failure.what()));
  }
}

}  // namespace

void require_sound_models(const std::string& lang, const RecognitionOptions& options) {
  const std::string folder = tessdata_folder(options.tessdata);
  if (is_installed(lang, folder)) return;
  require_languages(lang, folder);
  const std::string key =
      content_hash(fmt::format("{}\n{}\n{} {}\n{}", tesseract_version(), lang, options.psm,
                               options.oem, state_of_models(lang, folder)))
          .text();
  static std::mutex mutex;
  static std::unordered_set<std::string> known;
  // Held while they are tried, so that other workers wait for the result.
  const std::scoped_lock lock(mutex);
  if (known.contains(key)) return;
  const KeptValues sound = KeptValues::in_cache("sound_models.json", kMostKept);
  if (sound.find(key) != nlohmann::json(true)) {
    try_models_apart(lang, folder, options);
    sound.store(key, true);
  }
  known.insert(key);
}

}  // namespace ocrtune
