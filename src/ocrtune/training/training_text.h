#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/ocr/tessdata/unicharset.h"
#include "ocrtune/training/trainable_model.h"

namespace ocrtune::training {

/// A text that a model can be trained with.
struct EncodedText {
  std::string text;          ///< UTF-8, in the form that the model has characters for
  std::vector<int> classes;  ///< of its characters
};

/// The text as Tesseract encodes it for a model, composed (NFC) or else decomposed (NFD); nothing
/// if characters are missing in both, or if it is empty. Thread-safe.
std::optional<EncodedText> encoded_text(std::string_view text, const TrainableModel& model);

/// The characters (grapheme clusters, composed) of a text that the model doesn't have; none if the
/// text can be encoded. Thread-safe.
std::set<std::string> missing_characters(std::string_view text, const TrainableModel& model);

/// The time steps that a sequence of classes needs at least: one for each, and one for the blank
/// between equal ones.
std::size_t steps_for(const std::vector<int>& classes);

}  // namespace ocrtune::training
