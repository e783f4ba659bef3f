#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/base/hash.h"
#include "ocrtune/corpus/inputs.h"
#include "ocrtune/corpus/open_pages.h"
#include "ocrtune/corpus/truth.h"
#include "ocrtune/image/facsimile.h"
#include "ocrtune/image/image.h"
#include "ocrtune/image/limits.h"

namespace ocrtune {

/// An image of one page of text and its metadata.
struct Page {
  std::string name;            ///< unique in its corpus; "NAME#2" for the second page of a file
  std::filesystem::path file;  ///< the image file, as the inputs name it; empty: in memory
  int index = 0;               ///< page within the file, from 0
  PageOrigin origin;           ///< where the page comes from if the file's pages are edited
  std::string lang;            ///< Tesseract's names joined by '+'
  bool lang_found = false;     ///< its language was found from its pixels, not stated
  std::optional<std::string> truth;  ///< ground truth, UTF-8
  std::filesystem::path truth_file;  ///< file of the ground truth; empty if there is none
  /// Agreement text of several OCR results of the page, UTF-8, to compare other results with.
  std::optional<std::string> reference;
  Labels labels;           ///< the manifest's further columns, in their order
  ContentHash pixel_hash;  ///< of the gray pixels
  /// Of gray and colours; empty if the page was loaded without colours or has none.
  std::optional<ContentHash> colour_hash;
  int width = 0;   ///< px
  int height = 0;  ///< px
  Resolution dpi;  ///< as its file states it

  /// Hash of the pixels as they were loaded.
  [[nodiscard]] const ContentHash& identity() const {
    return colour_hash ? *colour_hash : pixel_hash;
  }

  /// Hash of the ground truth; empty if there is none.
  [[nodiscard]] std::string truth_hash() const;
};

class Corpus;

/// How pages are loaded.
struct CorpusOptions {
  std::string lang = "eng";      ///< for pages without a language in the manifest
  DecodeLimits limits;           ///< a file that exceeds them is a problem
  int workers = 1;               ///< threads that decode, at least 1
  std::uint64_t keep_bytes = 0;  ///< pages are kept in memory up to this, others are re-read
  bool in_colour = false;        ///< pages keep their colours beside the gray pixels
  /// Pages of it are not decoded again, nor kept in memory; it was loaded with the same
  /// `in_colour`. Null: none. Must outlive the call.
  const Corpus* before = nullptr;
  /// Why a page cannot be used in the language that its edits state; empty: it can. Null: all can.
  /// Called from several threads.
  std::function<std::string(const std::string& lang)> refusal_of_language = nullptr;
};

/// The pages of a study, in a fixed order. Immutable after loading; copies share the pages;
/// thread-safe.
class Corpus {
 public:
  /// An empty corpus.
  Corpus() = default;

  /// Decodes every page of `files` once. Each file or page that cannot be read is added to
  /// `problems` and left out. Throws Error(output_unwritable) if the copy of a downloaded file
  /// cannot be written.
  static Corpus load(const std::vector<InputFile>& files, const CorpusOptions& options,
                     std::vector<Problem>& problems);

  /// All pages, in their order.
  [[nodiscard]] const std::vector<Page>& pages() const { return contents_->pages; }

  /// The page's pixels, from memory or read again; `in_colour`: with the colours it was loaded
  /// with. Throws Error(input_unreadable) if the file is gone or has other pixels than when the
  /// corpus was loaded.
  [[nodiscard]] Image image(std::size_t page, bool in_colour = false) const;

  /// The facsimile of the page, from its file, or from its pixels if it has none. Errors as image.
  [[nodiscard]] Facsimile facsimile(std::size_t page) const;

  /// The pages with these indices, in this order; each index at most once.
  [[nodiscard]] Corpus selected(const std::vector<std::size_t>& order) const;

  /// The same pages, of which the one with this index has this ground truth, or none.
  [[nodiscard]] Corpus with_truth(std::size_t page, const std::optional<Truth>& truth) const;

  /// The same pages with references, one for each page in their order.
  [[nodiscard]] Corpus with_references(std::vector<std::optional<std::string>> references) const;

  /// The same pages in the languages that were found for them, one for each page in their order;
  /// for others, the one that they have.
  [[nodiscard]] Corpus with_languages(const std::vector<std::string>& languages) const;

 private:
  struct Contents {
    std::vector<Page> pages;
    std::vector<Image> kept;  ///< parallel to pages; without pixels: not kept
    DecodeLimits limits;
  };

  explicit Corpus(Contents contents)
      : contents_(std::make_shared<const Contents>(std::move(contents))) {}

  /// Also the page's facsimile if one is asked for.
  Image read_again(std::size_t page, bool coloured, Facsimile* facsimile) const;

  std::shared_ptr<const Contents> contents_ = std::make_shared<const Contents>();
};

/// Pages with equal names from different folders get their whole paths as names; URLs, which are no
/// names for outputs, do not, and pages in memory have none. Those that still have equal names get
/// numbers: "NAME (2)".
void make_names_unique(std::vector<Page>& pages);

}  // namespace ocrtune
