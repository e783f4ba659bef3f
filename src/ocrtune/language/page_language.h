#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/language/models_by_script.h"
#include "ocrtune/ocr/engines/recognizer_pool.h"

namespace ocrtune {

/// The language of a page.
struct PageLanguage {
  /// What it is to be recognized in: a model, or two joined by + if a fifth or more of the text is
  /// in the second language. Empty if the page does not tell.
  std::string lang;
  /// The model of the language in which most of the text is, if that is not installed.
  std::string missing;
  /// The usual model of the page's script; empty if that is unknown too.
  std::string usual;

  bool operator==(const PageLanguage&) const = default;  ///< equal in all
};

/// Finds the languages of pages by trial: text that is recognized with the model of another script
/// has hardly any confidence, and text that is recognized with the model of another language of its
/// script still tells its own. Immutable; thread-safe.
class LanguageFinder {
 public:
  /// `models`: those that may be used, such as installed_languages().
  explicit LanguageFinder(const std::vector<std::string>& models)
      : scripts_(models_by_script(models)) {}

  /// Whether there is no model of a language.
  [[nodiscard]] bool empty() const { return scripts_.empty(); }

  /// A model that is always there, unless empty().
  [[nodiscard]] const std::string& usual() const { return scripts_.front().usual; }

  /// The language of a page. With the models of all scripts, a few lines of it are recognized, with
  /// that of the first one the page. Nothing if `stop` became true. Throws as Recognizer::read.
  [[nodiscard]] std::optional<PageLanguage> find(const Image& page, RecognizerPool& recognizers,
                                                 const std::atomic<bool>& stop) const;

 private:
  std::vector<ModelsOfScript> scripts_;
};

}  // namespace ocrtune
