#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Weights of the vote, calibrated by bench/best_of_every_page/calibrate_vote.py
/// (docs/explanation/best_of_every_page.md).
struct VoteWeights {
  /// Of the texts recognized at a place, the vote keeps the one with the greatest
  ///      confidence + support * s + backbone * b
  /// where confidence is its highest confidence (0 to 1); s is its mean similarity to the texts of
  /// all results there, weighted by their weights in the vote (1 the same, 0 nothing in common or
  /// no text there); and b is 1 for the text of the backbone, else 0.
  double support = 0.5;
  double backbone = 0.05;

  /// If some results have no text at a place, a text is kept only if
  ///      text_confidence * its highest confidence + text_length * l + text_support * s > 1
  /// where l is 1 from four letters and digits on, and a quarter of their number below.
  double text_confidence = 0.7;
  double text_length = 0.6;
  double text_support = 0.4;
};

/// An OCR result that takes part in a vote.
struct Voice {
  OcrResult ocr_result;    ///< placed on the original page
  double net_legible = 0;  ///< of OcrQuality; its ratio to the backbone's is its weight in the
                           ///< vote
};

struct VotedResult {
  OcrResult ocr_result;
  /// Number of places where the result differs from the backbone: a text was replaced, added or
  /// left out.
  std::size_t changed = 0;
};

/// Combines OCR results of a page word by word, as ROVER does (Fiscus 1997): the words of all
/// results are aligned with those of the backbone by their positions on the page. For each place,
/// one of the texts recognized there is kept, or none.
///
/// The lines and their order are the backbone's; a line that only others have comes after the line
/// above it. Every word is one of the recognized words, with the mean confidence of the results
/// that have it, weighted as the vote. OCR results with a net_legible of 0 or less have no weight.
/// If the backbone has such a net_legible, or more than 20 000 words, it is returned unchanged;
/// other results with more words than that are left out.
///
/// The order of the other results does not matter. `backbone` is below voices.size(). Pure;
/// thread-safe.
VotedResult vote(std::vector<Voice> voices, std::size_t backbone, const VoteWeights& weights = {});

}  // namespace ocrtune
