#pragma once

#include <memory>
#include <vector>

#include "ocrtune/ocr/lstm/decoded_word.h"
#include "ocrtune/ocr/lstm/dictionary.h"
#include "ocrtune/ocr/lstm/line_output.h"
#include "ocrtune/ocr/lstm/recoder.h"
#include "ocrtune/ocr/tessdata/unicharset.h"

namespace ocrtune::lstm {

/// Decodes a network's output into words as Tesseract 5.3 does (its RecodeBeamSearch, then the
/// scaling of its SearchWords): the same words, certainties and character boundaries bit for bit.
/// Keeps its buffers: one per thread.
class Decoder {
 public:
  /// Borrows everything. `dictionary`: null or an empty one for none; `null_code`: CTC's blank
  /// class; `simple_text`: the output is one class per step, not CTC; `blacklist`: characters that
  /// are not recognized, UTF-8. Throws Error(dependency_missing) if the recoder does not fit the
  /// unicharset or the null class.
  Decoder(const tessdata::Unicharset& unicharset, const Recoder& recoder,
          const Dictionary* dictionary, int null_code, bool simple_text,
          std::string_view blacklist = {});
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;

  /// The words of one unit, from left to right; valid until the next call. `step`: source px per
  /// time step. Throws Error(dependency_missing) if the output's classes are not the recoder's.
  const std::vector<DecodedWord>& decode(const LineOutput& output, float step = 1);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ocrtune::lstm
