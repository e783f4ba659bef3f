#pragma once

#include <opencv2/core/types.hpp>
#include <optional>
#include <span>
#include <string_view>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/ocr/lexicon.h"

namespace ocrtune {

/// Quality of an OCR result, estimated without ground truth. A word counts by its number of
/// characters; leaders (is_leader()) do not count.
struct OcrQuality {
  double characters = 0;       ///< number of them
  double char_confidence = 0;  ///< mean confidence of the characters, 0 to 100; 0 without words
  double legible = 0;          ///< number of characters in words of some confidence, each weighted
                               ///< by the confidence, 0 to 1
  double net_legible = 0;      ///< number of characters, each weighted by its word's confidence
                               ///< minus 60, divided by 100: words below 60 count negatively
  double lexicon = 0;          ///< share of the letters in words of the lexicon
  double garbage = 0;          ///< share of the characters in strings that cannot be words
  double short_words = 0;      ///< share of the characters in words of one or two characters,
                               ///< except in scripts that do not separate words
  double signs = 0;            ///< share of the characters that are neither letters nor digits
  std::optional<double> coverage;  ///< see coverage(); nothing if unknown
};

/// `marks`: the text_marks() of the page whose coordinates the OCR result has. If the OCR result
/// covers less than half of them, `legible` is reduced in proportion, and `net_legible` by one for
/// each mark that is missing to a half, so that a few confident words do not count as better than a
/// whole page. Without marks, coverage is unknown. Pure; thread-safe.
OcrQuality ocr_quality(const OcrResult& ocr_result, const Lexicon& lexicon,
                       std::span<const cv::Point> marks = {});

/// The mean character error rate, a fraction, of OCR results of such quality, predicted from how
/// much of the page was recognized, the confidence, and the share of the text in short words and
/// signs, which noise produces. A logistic regression on OCR results with ground truth, selected
/// and tested by leaving out whole sources of pages (docs/explanation/best_of_every_page.md). More
/// reliable for many pages than for one.
double expected_cer(const OcrQuality& quality);

/// The same of OCR results that vote_by_characters() combined from those of several engines: of the
/// part of the page that was recognized, the share of the characters in wrong words, as the
/// confidences are probabilities, to the power of 1.5, as most characters of a wrong word are
/// right; the rest is lost. 0 without characters if the
/// coverage is unknown.
double expected_cer_of_engines(const OcrQuality& quality);

/// True for a word that engines make of leaders, the dots or dashes of a table of contents or a
/// form: of dots, dashes and the like alone, at least three of them, or, where the engine doubts
/// it, of these and the letters that dots are taken for. Pure; thread-safe.
bool is_leader(const Word& word);

/// True for a string (UTF-8) that is hardly a word, judged by its characters alone: very long, one
/// character four times, few letters and digits, hardly any vowel or consonant, a capital in the
/// middle, or several kinds of punctuation inside (Taghva, Nartker, Condit & Borsack 2001). Pure;
/// thread-safe.
bool is_garbage(std::string_view word);

}  // namespace ocrtune
