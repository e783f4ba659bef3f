#pragma once

#include <vector>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/voting/lexical_decoding.h"

namespace ocrtune {

/// How an engine is weighed when its OCR result is combined with that of another engine. Chosen by
/// random search on real pages and damaged copies (docs/explanation/best_of_every_page.md).
struct EngineTrust {
  double exponent = 1;  ///< of its confidence (0 to 1) c: the evidence for a character is
                        ///< -log(1 - most * c^exponent)
  double most = 0.98;   ///< see `exponent`; below 1
  double absence = 0;   ///< evidence against text at a place where the engine has none
  double spaces = 1;    ///< factor of the evidence for and against a space
  /// Share of the evidence for a letter without diacritic that counts for the same letter with one,
  /// if another engine has that: for engines that leave diacritics out.
  double diacritics = 0;
  double weight = 1;  ///< factor of all evidence for and against

  bool operator==(const EngineTrust&) const = default;

  /// The evidence for a character that has this confidence, 0 to 1.
  [[nodiscard]] double evidence(double confidence) const;
};

/// Tesseract's LSTM recognizer, with its probabilities of characters.
inline constexpr EngineTrust kTesseractTrust{
    .exponent = 1.72, .most = 0.98, .absence = 0.01, .spaces = 1.17, .diacritics = 0};

/// Another engine with probabilities of characters; fitted for PP-OCRv6.
inline constexpr EngineTrust kCharacterTrust{
    .exponent = 1.83, .most = 0.995, .absence = 0.86, .spaces = 0.72, .diacritics = 0.2};

/// An engine with confidences of words alone; fitted for those that Tesseract states.
inline constexpr EngineTrust kWordTrust{
    .exponent = 1.5, .most = 0.98, .absence = 0.2, .spaces = 1.2, .diacritics = 0};

/// The OCR result of one engine, or what several results of this engine were combined into.
struct EngineResult {
  OcrResult ocr_result;  ///< placed on the original page
  EngineTrust trust;
  bool borrowed = false;  ///< the positions are those of another result, see borrow_places()
};

/// What a vote by characters gives.
struct CharacterVote {
  OcrResult ocr_result;
  bool is_combined = true;  ///< false: it is one of the results, unchanged
};

/// Combines OCR results of different engines character by character: their words are assigned to
/// text lines by their positions on the page, the characters of a line are aligned (edit distance,
/// with the distance on the page), and for each place the character with the most evidence is kept,
/// or none; what else an engine considered counts too. With `is_word`, decode_with_lexicon()
/// chooses among them. This is ROVER (Fiscus 1997) with characters instead of words, as Lopresti &
/// Zhou (1997) and Reul et al. (2018) combine OCR results.
///
/// Lines and their order are those of the first result; a line that only others have comes after
/// the line above it. Words end where the engines see spaces; their confidences and alternatives
/// are those of words_of().
/// Results without positions take those of the same text in the first one that has them
/// (borrow_places()), and come last; of their lines of which nothing is elsewhere, those are added
/// that have more evidence than the absence of text has, without positions. If those with positions
/// have a mean confidence below 50, those without are kept alone. Results without words
/// or with more than 20 000 are left out; if the first has so many, or its script runs from right
/// to left, it is returned unchanged. Pure; thread-safe if `is_word` is.
CharacterVote vote_by_characters(std::vector<EngineResult> results, const IsWord& is_word = {},
                                 const LexicalWeights& weights = {});

}  // namespace ocrtune
