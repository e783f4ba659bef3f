#pragma once

#include <map>
#include <string>

#include "ocrtune/ocr/tessdata/byte_reader.h"

namespace ocrtune::lstm {

/// Values of Tesseract's variables by name, as text.
using ModelConfig = std::map<std::string, std::string, std::less<>>;

/// Reads the variables a language's data sets: "NAME VALUE" lines; empty lines and lines that begin
/// with # say nothing, and of two lines for one name the last counts. Throws
/// Error(dependency_missing) where there are more than 1000, or one that changes what is read in a
/// way this reader doesn't know (another language beside it, lists of characters or words).
ModelConfig parse_config(tessdata::ByteReader& bytes);

/// The value of a variable that is on or off, as Tesseract reads it; `otherwise` where it isn't
/// set.
bool is_on(const ModelConfig& config, std::string_view name, bool otherwise);

}  // namespace ocrtune::lstm
