#include "ocrtune/ocr/languages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/language_names.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/model_folders.h"
#include "ocrtune/ocr/model_names.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kModelLimit = 1'000'000'000;

fs::path model_path(const std::string& language, const std::string& folder) {
  return fs::path(folder) / (language + ".traineddata");
}

}  // namespace

std::string tessdata_folder(const std::string& given) {
  return given.empty() ? default_model_folder() : given;
}

std::vector<std::string> tessdata_folders(const std::string& given) {
  std::error_code ignored;
  if (given.empty() || fs::is_directory(given, ignored)) return {given};
  return split(given, ',');
}

std::vector<std::string> installed_languages(const std::string& folder) {
  std::vector<std::string> languages;
  std::error_code failure;
  for (fs::directory_iterator it(folder, failure); !failure && it != fs::directory_iterator();
       it.increment(failure)) {
    if (it->path().extension() == ".traineddata") languages.push_back(it->path().stem().string());
  }
  std::ranges::sort(languages);
  return languages;
}

void require_languages(const std::string& lang, const std::string& folder) {
  for (const std::string& language : split(lang, '+')) {
    if (!is_language_name(language)) {
      throw Error(Errc::invalid_argument,
                  tr("language `{}`: names look like eng or eng+fra", quotable(lang, 80)));
    }
    std::error_code ignored;
    if (fs::is_regular_file(model_path(language, folder), ignored)) continue;
    if (language == kAutomaticLanguage)
      throw Error(Errc::invalid_argument,
                  tr("language `{}`: `auto` stands alone", quotable(lang, 80)));
    throw Error(Errc::dependency_missing,
                tr("language `{}`: no {}.traineddata in {}; {}", language, language,
                   folder.empty() ? tr("any tessdata folder") : shown_model_folder(folder),
                   how_to_get_model(language)));
  }
}

std::string refusal_of_language(const std::string& lang, const std::string& folder) {
  if (lang == kAutomaticLanguage) return "";
  try {
    require_languages(lang, folder);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

std::string languages_read(const std::string& lang, Languages which) {
  if (which == Languages::given || which == Languages::all) return lang;
  const std::vector<std::string> languages = split(lang, '+');
  const auto place = static_cast<std::size_t>(which) - static_cast<std::size_t>(Languages::first);
  return place < languages.size() ? languages[place] : lang;
}

std::filesystem::path trained_ppocr_model(const std::string& folder, const std::string& lang) {
  if (folder.empty()) return {};
  std::filesystem::path model =
      std::filesystem::path(folder) / "ppocr" / lang.substr(0, lang.find('+')) / "rec.onnx";
  std::error_code ignored;
  return std::filesystem::is_regular_file(model, ignored) ? model : std::filesystem::path();
}

std::string language_identity(const std::string& lang, const std::string& folder) {
  std::vector<std::string> parts;
  for (const std::string& language : split(lang, '+')) {
    const auto bytes =
        read_bytes(model_path(language, folder), kModelLimit, Errc::dependency_missing);
    parts.push_back(fmt::format("{}={}", language, content_hash(bytes).text()));
  }
  std::string identity = joined(parts, "+");
  if (const auto trained = trained_ppocr_model(folder, lang); !trained.empty()) {
    const auto bytes = read_bytes(trained, kModelLimit, Errc::dependency_missing);
    identity += " ppocr=" + content_hash(bytes).text();
  }
  return identity;
}

}  // namespace ocrtune
