#pragma once

#include <string_view>

namespace ocrtune::examples {

/// Languages of generated pages.
enum class Language { english, french };

/// Tesseract's name of the language: "eng" or "fra".
constexpr std::string_view tesseract_code(Language language) {
  return language == Language::english ? "eng" : "fra";
}

}  // namespace ocrtune::examples
