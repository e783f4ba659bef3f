#pragma once

#include <map>
#include <string>
#include <string_view>

#include "ocrtune/ocr/tessdata/byte_reader.h"

namespace ocrtune::lstm {

/// Values of Tesseract's variables by name, as text.
using ModelConfig = std::map<std::string, std::string, std::less<>>;

/// Reads the variables that a language's model sets: "NAME VALUE" lines; empty lines and lines that
/// begin with # are ignored, and of two lines for one name the last counts. Throws
/// Error(dependency_missing) if there are more than 1000, or one that changes OCR results in a way
/// that this engine does not support (a second language, a list of the only characters, lists of
/// words).
ModelConfig parse_config(tessdata::ByteReader& bytes);

/// Characters that are not recognized (Tesseract's tessedit_char_blacklist), UTF-8; of several
/// languages the main one's counts for all.
std::string_view blacklist_of(const ModelConfig& config);

/// Whether a boolean variable is set to true, in one of the ways that Tesseract reads.
bool is_set(const ModelConfig& config, std::string_view variable);

}  // namespace ocrtune::lstm
