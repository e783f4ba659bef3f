#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// How much of a text is in a language.
struct LanguageShare {
  std::string tag;   ///< of BCP 47, such as "de" or "zh-Hant"
  double share = 0;  ///< 0 to 1
};

/// The languages of a text.
struct TextLanguages {
  std::vector<LanguageShare> shares;  ///< at most three, the largest share first
  bool reliable = false;  ///< whether the first is by far more probable than all that resemble it
};

/// The languages of a text, UTF-8, as CLD2 (Compact Language Detector 2, R. Sites 2013) finds them
/// by groups of four letters; OCR errors and line ends do not disturb it. None for a text of a few
/// words. Thread-safe.
TextLanguages languages_of_text(std::string_view text);

/// Whether a model of Tesseract ("fra", "chi_sim") is one of the language of a tag, whatever the
/// script. Pure; thread-safe.
bool is_model_of(const std::string& model, const std::string& tag);

/// The model of the language that a text is in, if that is beyond doubt and none of `lang`
/// ("eng+fra"): the text has 150 letters, nine tenths of them in this language. Languages that are
/// hard to tell apart, such as Norwegian and Danish, count as one, old forms of a language as the
/// language. Empty otherwise, and if `lang` has the model of a script. Thread-safe.
std::string unexpected_language(std::string_view text, const std::string& lang);

/// The model for vertical text of the first of the languages `lang` ("jpn+eng") that has one: a
/// model for vertical text itself, or the one beside it ("jpn_vert"). Empty if none has. Pure;
/// thread-safe.
std::string vertical_model(const std::string& lang);

/// "probably in German: 12 pages; recognize them with --lang deu…" for the model of a language in
/// which pages seem to be, or of vertical text. Thread-safe.
std::string other_language_line(const std::string& model, std::size_t pages);

}  // namespace ocrtune
