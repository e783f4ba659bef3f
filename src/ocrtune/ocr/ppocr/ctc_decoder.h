#pragma once

#include <string>
#include <vector>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/ocr/ppocr/network.h"

namespace ocrtune::ppocr {

/// A character of a line, with its place.
struct LineCharacter {
  Character character;  ///< a space, too
  int first = 0;        ///< the first of the network's output rows that have it
  int last = 0;         ///< the last of them
};

/// Decodes the probabilities of a line as connectionist temporal classification (Graves et al.
/// 2006): the best class of each row, without repetitions and blanks. Between two characters a
/// space's lower probability, `space`, is enough. `texts` are those of the columns: the first is
/// the blank, the last the space. Of the output the first `rows` are used. Pure.
std::vector<LineCharacter> decode_ctc(const NetworkOutput& output, int rows,
                                      const std::vector<std::string>& texts, double space);

}  // namespace ocrtune::ppocr
