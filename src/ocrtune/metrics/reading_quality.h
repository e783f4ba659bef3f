#pragma once

#include <opencv2/core/types.hpp>
#include <optional>
#include <span>
#include <string_view>

#include "ocrtune/ocr/lexicon.h"
#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// What can be told of a reading without truth. A word counts by its number of characters.
struct ReadingQuality {
  double char_confidence = 0;  ///< mean confidence of the characters, 0 to 100; 0 with no word
  double legible = 0;          ///< characters of words that were read with some confidence, each
                               ///< weighted by the confidence, 0 to 1
  double net_legible = 0;      ///< characters, each weighted by how far its word's confidence is
                               ///< above 60, of 100: words below count against the reading
  double lexicon = 0;          ///< share of the letters that stand in words of the lexicon
  double garbage = 0;          ///< share of the characters that stand in what can't be a word
  double short_words = 0;      ///< share of the characters in words of one or two, but for scripts
                               ///< that don't part words
  double signs = 0;            ///< share of the characters that are neither letter nor digit
  std::optional<double> coverage;  ///< see coverage(); nothing where that can't be told
};

/// `marks`: the text_marks() of the page that the reading is placed on. A reading that covers less
/// than half of them is worth less: it has as much less of `legible`, and from `net_legible` goes
/// one for each mark that half of them is more than it covers, so that a few sure words aren't
/// better than a page. Without marks coverage can't be told. Pure; thread-safe.
ReadingQuality reading_quality(const Reading& reading, const Lexicon& lexicon,
                               std::span<const cv::Point> marks = {});

/// The character error rate, a fraction, that readings of such quality had on the whole: by how
/// much of the page was read and how surely, and by how much of the text is in short words and
/// signs, as noise is read. A logistic regression on readings with truth, found and tried leaving
/// sources of pages out (docs/best_of_every_page.md). Says more of many pages than of one.
double expected_cer(const ReadingQuality& quality);

/// True for what can hardly be a word (UTF-8), by its characters alone: very long, the same one
/// four times, few letters and digits, hardly any vowel or consonant, a capital in the middle, or
/// several kinds of punctuation inside (Taghva, Nartker, Condit & Borsack 2001). Pure; thread-safe.
bool is_garbage(std::string_view word);

}  // namespace ocrtune
