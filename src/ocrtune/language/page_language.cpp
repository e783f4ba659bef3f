#include "ocrtune/language/page_language.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/image/turned_page.h"
#include "ocrtune/language/text_language.h"
#include "ocrtune/ocr/model_names.h"

namespace ocrtune {
namespace {

// Of 58 pages in 29 languages, clean and damaged, text has a confidence of 57 and more with a model
// of its script, 42 and less with that of another, but up to 58 with that of Thai, and more where
// the page is upside down; scans of worn Latin text go down to 39 (docs/explanation/reading.md). In
// scripts of several languages, the text tells more than its letters.
constexpr double kOfScript = 65;
constexpr double kOfThai = 80;
constexpr double kOfScriptAndLanguage = 50;
constexpr std::array<std::string_view, 3> kOfSeveralLanguages{"Arab", "Cyrl", "Deva"};
constexpr double kOfFirstScript = 45;
constexpr double kLegible = 35;
/// The letters of the lines by which scripts are told apart.
constexpr std::size_t kEnoughLetters = 250;
constexpr std::size_t kFewLetters = 10;
/// A language whose model is not installed is only named if there are as many.
constexpr std::size_t kToBeSure = 150;
/// Shares of a text.
constexpr double kMost = 0.9;
constexpr double kHalf = 0.5;
constexpr double kSecond = 0.2;

/// Rows of an image.
struct Band {
  int top = 0;
  int bottom = 0;
};

/// What was recognized of a page with a model.
struct Reading {
  OcrResult ocr_result;
  double confidence = 0;  ///< mean of the characters, 0 to 100
  TextLanguages languages;
};

std::size_t letters_of(const Word& word) { return code_points(word.text).size(); }

std::size_t letters_of(const OcrResult& ocr_result) {
  return text_without_spaces(ocr_result).size();
}

/// Mean of the characters in these rows.
double confidence_of(const OcrResult& ocr_result, const Band& band) {
  double sum = 0;
  double letters = 0;
  for (const Word& word : ocr_result.words) {
    if (word.top < band.top || word.bottom > band.bottom) continue;
    const auto count = static_cast<double>(letters_of(word));
    sum += count * word.confidence;
    letters += count;
  }
  return letters > 0 ? sum / letters : 0;
}

/// A line of text: its rows and letters.
struct TextLine {
  Band band;
  std::size_t letters = 0;
};

std::vector<TextLine> lines_of(const OcrResult& ocr_result) {
  std::vector<TextLine> lines;
  std::tuple<int, int, int> last;
  for (const Word& word : ocr_result.words) {
    const std::tuple at(word.block, word.paragraph, word.line);
    if (lines.empty() || at != last) lines.push_back({.band = {word.top, word.bottom}});
    last = at;
    TextLine& line = lines.back();
    line.band.top = std::min(line.band.top, word.top);
    line.band.bottom = std::max(line.band.bottom, word.bottom);
    line.letters += letters_of(word);
  }
  return lines;
}

/// The rows of some lines in the middle of the text that have enough letters together.
Band enough_lines(const OcrResult& ocr_result) {
  const std::vector<TextLine> lines = lines_of(ocr_result);
  std::size_t all = 0;
  for (const TextLine& line : lines) all += line.letters;
  std::size_t before = 0;
  std::size_t first = 0;
  while (first + 1 < lines.size() && before + lines[first].letters + kEnoughLetters / 2 < all / 2)
    before += lines[first++].letters;
  Band band{ocr_result.height, 0};
  std::size_t letters = 0;
  for (std::size_t i = first; i < lines.size() && letters < kEnoughLetters; ++i) {
    const Band& line = lines[i].band;
    const int margin = (line.bottom - line.top) / 2;
    band.top = std::min(band.top, std::max(0, line.top - margin));
    band.bottom = std::max(band.bottom, std::min(ocr_result.height, line.bottom + margin));
    letters += lines[i].letters;
  }
  return band;
}

/// These rows of a page alone.
Image rows_of(const Image& page, const Band& band) {
  Image part = page;
  part.colour.release();
  part.gray = page.gray.rowRange(band.top, band.bottom).clone();
  return part;
}

/// The trials with one page.
class Trial {
 public:
  Trial(RecognizerPool& recognizers, const std::atomic<bool>& stop)
      : recognizers_(recognizers), stop_(stop) {}

  /// Nothing if the work was stopped.
  std::optional<Reading> read(const std::string& model, const Image& image) {
    auto words = recognizers_.get(model, {}).read(image, {}, stop_);
    if (!words) return std::nullopt;
    Reading reading{.ocr_result = std::move(*words), .languages = {}};
    reading.confidence = confidence_of(reading.ocr_result, {0, reading.ocr_result.height});
    reading.languages = languages_of_text(plain_text(reading.ocr_result));
    return reading;
  }

  /// The one of the models in which this image has the highest confidence. Nothing if the work was
  /// stopped.
  std::optional<std::string> best_of(const std::vector<std::string>& models, const Image& image) {
    std::string best = models.front();
    double most = -1;
    for (std::size_t i = 0; models.size() > 1 && i < models.size(); ++i) {
      const auto reading = read(models[i], image);
      if (!reading) return std::nullopt;
      if (reading->confidence > most) {
        most = reading->confidence;
        best = models[i];
      }
    }
    return best;
  }

 private:
  RecognizerPool& recognizers_;
  const std::atomic<bool>& stop_;
};

std::vector<std::string> models_of(const ModelsOfScript& script, const std::string& tag) {
  std::vector<std::string> models;
  std::ranges::copy_if(script.models, std::back_inserter(models),
                       [&](const std::string& model) { return is_model_of(model, tag); });
  return models;
}

/// Whether the language of most of a text is known.
bool is_told(const TextLanguages& found) {
  return !found.shares.empty() && (found.reliable || found.shares.front().share >= kHalf);
}

/// Whether the language of most of a text is one of this script.
bool is_in_script(const TextLanguages& found, const ModelsOfScript& script) {
  if (!is_told(found)) return false;
  const std::string model = model_name_of(found.shares.front().tag);
  const std::vector<ModelsOfScript> its = models_by_script({model});
  return !its.empty() && its.front().script == script.script;
}

/// That of text which is in this script.
double least_confidence(const ModelsOfScript& script) {
  const bool several =
      std::ranges::find(kOfSeveralLanguages, script.script) != kOfSeveralLanguages.end();
  if (several || script.shares_signs) return kOfScriptAndLanguage;
  return script.script == "Thai" ? kOfThai : kOfScript;
}

/// The language of text in this script with so many letters, of which `image` is a part. Nothing if
/// the work was stopped.
std::optional<PageLanguage> language_in(const ModelsOfScript& script, const TextLanguages& found,
                                        std::size_t letters, const Image& image, Trial& trial) {
  PageLanguage language{.lang = {}, .missing = {}, .usual = script.usual};
  if (!is_told(found)) return language;
  for (const LanguageShare& part : found.shares) {
    if (part.share < kSecond) break;
    const std::vector<std::string> models = models_of(script, part.tag);
    if (models.empty() && found.reliable && part.share >= kMost && letters >= kToBeSure)
      language.missing = model_name_of(part.tag);
    if (models.empty()) continue;
    const auto best = trial.best_of(models, image);
    if (!best) return std::nullopt;
    if (!language.lang.empty()) {
      language.lang += "+" + *best;
      break;
    }
    language.lang = *best;
  }
  if (!language.missing.empty()) language.lang = script.usual;
  return language;
}

/// The language of a page that lies upside down or on its side, if it is in this script. Nothing if
/// the work was stopped.
std::optional<PageLanguage> language_of_turned(const Image& page, const ModelsOfScript& script,
                                               Trial& trial) {
  for (const int turns : {2, 1, 3}) {
    const Image turned = turned_clockwise(page, turns);
    const auto reading = trial.read(script.usual, turned);
    if (!reading) return std::nullopt;
    if (reading->confidence >= kOfFirstScript && is_in_script(reading->languages, script))
      return language_in(script, reading->languages, letters_of(reading->ocr_result), turned,
                         trial);
  }
  return PageLanguage{};
}

}  // namespace

std::optional<PageLanguage> LanguageFinder::find(const Image& page, RecognizerPool& recognizers,
                                                 const std::atomic<bool>& stop) const {
  Trial trial(recognizers, stop);
  const auto first = trial.read(scripts_.front().usual, page);
  if (!first) return std::nullopt;
  const std::size_t letters = letters_of(first->ocr_result);
  if (letters < kFewLetters) return PageLanguage{};
  const Band band = enough_lines(first->ocr_result);
  const Image part = rows_of(page, band);
  const ModelsOfScript& usual = scripts_.front();
  if (first->confidence >= kOfFirstScript ||
      (first->confidence >= kLegible && is_in_script(first->languages, usual)))
    return language_in(usual, first->languages, letters, part, trial);

  const ModelsOfScript* best = nullptr;
  TextLanguages languages;
  double most = 0;
  for (std::size_t i = 1; i < scripts_.size(); ++i) {
    auto reading = trial.read(scripts_[i].usual, part);
    if (!reading) return std::nullopt;
    if (reading->confidence < std::max(most, least_confidence(scripts_[i])) ||
        !is_in_script(reading->languages, scripts_[i]))
      continue;
    most = reading->confidence;
    best = &scripts_[i];
    languages = std::move(reading->languages);
    if (!best->shares_signs) break;
  }
  if (best != nullptr) return language_in(*best, languages, letters, part, trial);
  return language_of_turned(page, usual, trial);
}

}  // namespace ocrtune
