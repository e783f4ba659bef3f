#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/apply/page_reasons.h"
#include "ocrtune/storage/claims.h"
#include "ocrtune/storage/sql.h"

namespace ocrtune::server {

/// A page and what is told of its text.
struct IndexedText {
  std::size_t page = 0;  ///< its number in the corpus
  std::string name;
  double expected_cer = 0;  ///< see expected_cer(); a fraction
  double confidence = 0;    ///< mean of its words, 0 to 100
  int words = 0;
  std::string pipeline;  ///< whose OCR result was kept, or was the backbone of the vote
  std::vector<PageReason> reasons = {};  ///< why its text is doubtful
  /// Of a search: a part of the text, in pieces; those with an odd index are words that were found.
  std::vector<std::string> found = {};
};

/// What to list: all pages, or those whose text has all these words.
struct TextQuery {
  std::string words;  ///< empty: all pages; the last word may be the beginning of a longer one
  std::size_t from = 0;
  std::size_t count = 100;
};

/// A part of a list of pages.
struct TextList {
  std::size_t total = 0;  ///< length of the whole list
  std::vector<IndexedText> pages;
};

/// A full-text index of pages (SQLite's FTS5), in a temporary file, so that its memory is bounded.
/// Words are compared without case and diacritics, and found within what is written without spaces
/// (register_search_tokenizer()). Not thread-safe. Throws Error(study_error) if
/// the disk is full.
class TextIndex {
 public:
  TextIndex();

  /// Adds a page, or replaces it. `truth`: its ground truth, which is searched too.
  void put(const IndexedText& page, const std::string& text, const std::string& truth = "");

  /// Replaces the ground truth of a page, if there is one with this number.
  void put_truth(std::size_t page, const std::string& truth);

  /// Removes a page, if there is one with this number.
  void remove(std::size_t page);

  /// Makes what `puts` puts one transaction: if it throws, nothing of it is there.
  void together(const std::function<void()>& puts);

  /// All pages, those with the most expected errors first; or those that were searched for, the
  /// best match first.
  TextList list(const TextQuery& query);

  /// The text of a page; nothing if there is none.
  std::optional<std::string> text(std::size_t page);

 private:
  std::unique_ptr<SqlDatabase> database_;
  PreparedStatements statements_;
};

}  // namespace ocrtune::server
