#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// How readings are weighed against each other, as bench/best_of_every_page/calibrate_vote.py found
/// it (docs/best_of_every_page.md).
struct VoteWeights {
  /// Of what was read in a place, the text is kept for which
  ///   confidence + support * s + backbone * b
  /// is highest: its highest confidence (0 to 1); s, the mean likeness of it to what the readings
  /// have there (1 the same, 0 nothing in common or nothing read), each with its say; and b, 1 for
  /// the text of the backbone.
  double support = 0.5;
  double backbone = 0.05;

  /// Where some readings have nothing, a text is kept if
  ///   text_confidence * its highest confidence + text_length * l + text_support * s > 1
  /// where l is 1 from four letters and digits on, and a quarter of their number below.
  double text_confidence = 0.7;
  double text_length = 0.6;
  double text_support = 0.4;
};

/// A reading that takes part in a vote.
struct Voice {
  Reading reading;         ///< placed on the page as it came
  double net_legible = 0;  ///< of ReadingQuality; what it has of the backbone's is its say
};

struct VotedReading {
  Reading reading;
  /// Places where what stands there now isn't what the backbone has: another text, a text that was
  /// added, or one that was left out.
  std::size_t changed = 0;
};

/// Combines readings of a page word by word, as ROVER does (Fiscus 1997): the words of all readings
/// are laid out along those of the backbone, by their places on the page, and for every place one
/// of the texts read there is kept, or none.
///
/// The lines and their order are the backbone's; a line that only others have comes after the line
/// above it. Every word is one of the words that were read, with the mean confidence of the
/// readings that have it, by their say. Readings with a net_legible of 0 or less have no say, and
/// where the backbone has no more, or more than 20 000 words, it is what comes back; other readings
/// of so many words are left out.
///
/// The order of the other readings doesn't matter. `backbone` is below voices.size(). Pure;
/// thread-safe.
VotedReading vote(std::vector<Voice> voices, std::size_t backbone, const VoteWeights& weights = {});

}  // namespace ocrtune
