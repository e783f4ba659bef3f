#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// The dictionaries of Tesseract's models. Immutable; thread-safe.
class Lexicon {
 public:
  /// The words of `lang`, one language or several joined by +, of the models in `tessdata` (empty:
  /// Tesseract's own folder). A language whose model is missing, has no words or cannot be read
  /// adds none. Opened once and shared. Thread-safe.
  static std::shared_ptr<const Lexicon> open(const std::string& lang, const std::string& tessdata);

  ~Lexicon();
  Lexicon(const Lexicon&) = delete;
  Lexicon& operator=(const Lexicon&) = delete;

  /// True for a word (UTF-8, without surrounding punctuation) of any of the languages: as written,
  /// in lower case, or capitalized with the rest in lower case.
  [[nodiscard]] bool contains(std::string_view word) const;

  /// True if no language has words.
  [[nodiscard]] bool empty() const { return parts_.empty(); }

 private:
  struct Part;
  Lexicon();
  std::vector<std::unique_ptr<const Part>> parts_;
};

}  // namespace ocrtune
