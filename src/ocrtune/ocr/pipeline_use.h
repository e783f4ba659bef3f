#pragma once

#include <set>
#include <string>

namespace ocrtune {

/// What recognizes the images of a pipeline of a portfolio, and of which pages.
struct PipelineUse {
  std::string engine = {};      ///< the OCR engine; empty: the one that is asked for
  std::string tessdata = {};    ///< folder of the models of that engine; empty: that of the options
  bool for_faint_text = false;  ///< only of pages of which all OCR results so far leave out faint
                                ///< text
  std::set<std::string> languages = {};  ///< only of pages in one of these; empty: of all; not in
                                         ///< files

  /// Whether it is for pages in a language.
  [[nodiscard]] bool is_for(const std::string& lang) const {
    return languages.empty() || languages.contains(lang);
  }
  /// Whether it has an engine of its own, which recognizes all pages.
  [[nodiscard]] bool has_engine_for_all_pages() const { return !engine.empty() && !for_faint_text; }
  /// Whether all members are equal.
  bool operator==(const PipelineUse&) const = default;
};

}  // namespace ocrtune
