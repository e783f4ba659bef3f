#include "ocrtune/metrics/ocr_quality.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/coverage.h"
#include "ocrtune/metrics/registry.h"

namespace ocrtune {
namespace {

constexpr int kSomeConfidence = 50;
/// The best value from 40 to 65 for choosing among OCR results of a page
/// (docs/explanation/best_of_every_page.md).
constexpr int kEvenConfidence = 60;

/// Marks may be parts of pictures or handwriting, so lower coverage is no loss of text above this.
constexpr double kMinCovered = 0.5;

// Fitted by bench/best_of_every_page/calibrate_expected_cer.py.
constexpr double kOddsAtBest = -3.75;
constexpr double kOddsOfUnsure = 4.88;
constexpr double kOddsOfShortWords = 3.71;
constexpr double kOddsOfSigns = 1.91;
// bench/best_of_every_page/calibrate_several_engines.py fits the factor of the power, which is near
// 1. Some marks are no text.
constexpr double kPowerOfDoubt = 1.5;
constexpr double kMarksWithoutText = 0.05;

constexpr std::size_t kShortWord = 2;
constexpr std::size_t kLongestWord = 40;
constexpr std::ptrdiff_t kRepeated = 4;
/// Shorter words, such as abbreviations, may have no vowels.
constexpr std::size_t kVowelsExpected = 6;
constexpr std::size_t kMaxRatio = 8;

bool is_digit(char32_t c) { return u_isdigit(static_cast<UChar32>(c)) != 0; }
bool is_lower(char32_t c) { return u_islower(static_cast<UChar32>(c)) != 0; }
bool is_upper(char32_t c) { return u_isupper(static_cast<UChar32>(c)) != 0; }

/// Of the Latin script, with and without accents.
bool is_vowel(char32_t c) {
  constexpr std::u32string_view kVowels =
      U"aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿāăąēĕėęěĩīĭįıōŏőœũūŭůűų";
  const auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  return kVowels.find(lower) != std::u32string_view::npos;
}

bool is_latin(char32_t c) { return c < 0x250; }

/// Of a script in which Tesseract returns each character or syllable as a word.
bool stands_alone(char32_t c) {
  const int breaks = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_LINE_BREAK);
  return breaks == U_LB_IDEOGRAPHIC || breaks == U_LB_COMPLEX_CONTEXT || breaks == U_LB_H2 ||
         breaks == U_LB_H3;
}

bool repeats(std::u32string_view word) {
  std::ptrdiff_t run = 0;
  char32_t last = 0;
  for (const char32_t c : word) {
    run = c == last ? run + 1 : 1;
    last = c;
    if (run >= kRepeated && !is_digit(c)) return true;
  }
  return false;
}

bool lacks_vowels_or_consonants(std::u32string_view word) {
  if (word.size() < kVowelsExpected) return false;
  if (!std::ranges::all_of(word, [](char32_t c) { return is_letter(c) && is_latin(c); }))
    return false;
  const auto vowels = static_cast<std::size_t>(std::ranges::count_if(word, is_vowel));
  const std::size_t consonants = word.size() - vowels;
  return vowels * kMaxRatio < consonants || consonants * kMaxRatio < vowels;
}

bool has_capital_inside(std::u32string_view word) {
  if (word.size() < 3 || !is_lower(word.front()) || !is_lower(word.back())) return false;
  return std::ranges::any_of(word, is_upper);
}

bool has_kinds_of_punctuation_inside(std::u32string_view word) {
  if (word.size() < 4) return false;
  std::u32string kinds;
  for (const char32_t c : word.substr(1, word.size() - 2)) {
    if (!is_letter(c) && !is_digit(c) && kinds.find(c) == std::u32string::npos) kinds += c;
  }
  // Times, sums and addresses have two of them.
  return kinds.size() > 2;
}

/// The word without punctuation and symbols at both ends.
std::u32string_view core_of(std::u32string_view word) {
  const auto counts = [](char32_t c) { return is_letter(c) || is_digit(c); };
  const auto first = std::ranges::find_if(word, counts);
  std::size_t begin = static_cast<std::size_t>(first - word.begin());
  std::size_t end = word.size();
  while (end > begin && !counts(word[end - 1])) --end;
  return word.substr(begin, end - begin);
}

double logistic(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

}  // namespace

bool is_leader(const Word& word) {
  constexpr std::u32string_view kMarks = U".·•…,:;'`´\"*-–—_~=¬°";
  constexpr std::u32string_view kTakenFor = U"eosc";
  constexpr std::size_t kFewest = 3;
  constexpr std::size_t kLongerThanWords = 6;
  const auto among = [](std::u32string_view known) {
    return [known](char32_t c) { return known.find(c) != std::u32string_view::npos; };
  };
  const std::u32string text = code_points(word.text);
  const auto marks = static_cast<std::size_t>(std::ranges::count_if(text, among(kMarks)));
  if (marks == text.size()) return marks >= kFewest;
  if (word.confidence >= kSomeConfidence || text.size() < 2 ||
      marks + static_cast<std::size_t>(std::ranges::count_if(text, among(kTakenFor))) !=
          text.size())
    return false;
  // "see" and "cose" are words.
  return marks > 0 || text.size() >= kLongerThanWords ||
         (text.size() >= kFewest && text.find_first_not_of(text.front()) == std::u32string::npos);
}

bool is_garbage(std::string_view text) {
  const std::u32string word = code_points(text);
  if (word.size() > kLongestWord) return true;
  const auto solid = static_cast<std::size_t>(
      std::ranges::count_if(word, [](char32_t c) { return is_letter(c) || is_digit(c); }));
  // A single dash or full stop is not garbage.
  if (word.size() > 1 && 2 * solid < word.size()) return true;
  return repeats(word) || lacks_vowels_or_consonants(word) || has_capital_inside(word) ||
         has_kinds_of_punctuation_inside(word);
}

double expected_cer(const OcrQuality& quality) {
  const double unsure = 1 - quality.coverage.value_or(1) * quality.char_confidence / 100;
  return logistic(kOddsAtBest + kOddsOfUnsure * unsure + kOddsOfShortWords * quality.short_words +
                  kOddsOfSigns * quality.signs);
}

double expected_cer_of_engines(const OcrQuality& quality) {
  const double wrong =
      quality.characters > 0 ? std::pow(1 - quality.char_confidence / 100, kPowerOfDoubt) : 0;
  return 1 - (1 - wrong) * std::min(1.0, quality.coverage.value_or(1) + kMarksWithoutText);
}

OcrQuality ocr_quality(const OcrResult& ocr_result, const Lexicon& lexicon,
                       std::span<const cv::Point> marks) {
  double confidence = 0;
  double letters = 0;
  double letters_known = 0;
  double garbage = 0;
  OcrQuality quality;
  for (const Word& word : ocr_result.words) {
    if (is_leader(word)) continue;
    const std::u32string text = code_points(word.text);
    const auto size = static_cast<double>(text.size());
    quality.characters += size;
    confidence += size * word.confidence;
    if (word.confidence >= kSomeConfidence) quality.legible += size * word.confidence / 100;
    // A lost word includes the space after it.
    quality.net_legible += (size + 1) * (word.confidence - kEvenConfidence) / 100;
    if (is_garbage(word.text)) garbage += size;
    if (text.size() <= kShortWord && std::ranges::none_of(text, stands_alone))
      quality.short_words += size;
    quality.signs += static_cast<double>(
        std::ranges::count_if(text, [](char32_t c) { return !is_letter(c) && !is_digit(c); }));
    const std::u32string_view core = core_of(text);
    const auto own_letters = static_cast<double>(std::ranges::count_if(core, is_letter));
    letters += own_letters;
    if (own_letters > 0 && lexicon.contains(utf8(core))) letters_known += own_letters;
  }
  if (quality.characters > 0) {
    quality.char_confidence = confidence / quality.characters;
    quality.garbage = garbage / quality.characters;
    quality.short_words /= quality.characters;
    quality.signs /= quality.characters;
  }
  if (letters > 0) quality.lexicon = letters_known / letters;
  quality.coverage = coverage(marks, ocr_result);
  if (quality.coverage && *quality.coverage < kMinCovered) {
    quality.legible *= *quality.coverage / kMinCovered;
    quality.net_legible -= (kMinCovered - *quality.coverage) * static_cast<double>(marks.size());
  }
  return quality;
}

Metric ocr_quality_metric() {
  return {
      .scores = {{.name = "char_confidence",
                  .title = tr_noop("score", "character confidence"),
                  .help = "Mean word confidence, weighted by the length of the words.",
                  .unit = "points",
                  .score = Score::char_confidence},
                 {.name = "legible",
                  .title = tr_noop("score", "legible characters"),
                  .help = "Characters weighted by their confidence; lost text lowers it.",
                  .unit = "characters a page",
                  .score = Score::legible},
                 {.name = "net_legible",
                  .title = tr_noop("score", "net legible characters"),
                  .help = "Legible characters minus doubtful ones; suited to choosing between OCR "
                          "results of one page.",
                  .unit = "characters a page",
                  .score = Score::net_legible},
                 {.name = "lexicon",
                  .title = tr_noop("score", "words in the dictionary"),
                  .help = "Share of the words that are in the dictionary of the language.",
                  .unit = "%",
                  .scale = 100,
                  .score = Score::lexicon},
                 {.name = "garbage",
                  .title = tr_noop("score", "garbage"),
                  .help = "Share of strings that are not words of any language (garbage strings).",
                  .unit = "%",
                  .scale = 100,
                  .minimized = true,
                  .score = Score::garbage},
                 {.name = "coverage",
                  .title = tr_noop("score", "text coverage"),
                  .help = "Share of what looks like text on the page that is covered by "
                          "recognized words, whatever they are.",
                  .unit = "%",
                  .scale = 100,
                  .score = Score::coverage}},
      .measure =
          [](const MetricInput& in, ScoreValues& scores) {
            const OcrQuality quality = ocr_quality(*in.placed, *in.lexicon, in.marks);
            scores.set(Score::char_confidence, quality.char_confidence);
            scores.set(Score::legible, quality.legible);
            scores.set(Score::net_legible, quality.net_legible);
            scores.set(Score::lexicon, quality.lexicon);
            scores.set(Score::garbage, quality.garbage);
            scores.set(Score::coverage, quality.coverage);
          },
  };
}

}  // namespace ocrtune
