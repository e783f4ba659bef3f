#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ocrtune/apply/page_reasons.h"
#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/same_place.h"

namespace ocrtune {

/// The journal of a folder.
std::filesystem::path journal_file(const std::filesystem::path& folder);

/// Record of one page.
struct AppliedPage {
  std::string page;    ///< its name in the corpus
  std::string pixels;  ///< hash of its decoded pixels
  std::string models;  ///< identity of its languages' models, see language_identity()
  std::string lang;    ///< "eng+fra": what it was recognized in
  /// The model it should have been recognized with: of another language, see unexpected_language(),
  /// or of vertical text, see vertical_model(); empty if there is none.
  std::string other_lang;
  std::string pipeline;            ///< whose OCR result was kept, or was the backbone of the vote
  double net_legible = 0;          ///< of the result that was kept, see OcrQuality
  double confidence = 0;           ///< mean of its words, 0 to 100
  double expected_cer = 0;         ///< see expected_cer(); a fraction; 0 if the page is blank
  std::optional<double> coverage;  ///< see coverage()
  int words = 0;                   ///< of the result that was kept
  int rotate = 0;                  ///< degrees by which the page was rotated clockwise before OCR
  bool by_columns = false;         ///< see BestResult
  /// If OCR results were combined: number of places where the text differs from the pipeline's.
  std::optional<std::size_t> voted;
  /// net_legible of the OCR result of each pipeline; without those that failed or were not tried.
  std::map<std::string, double> ocr_results;
  std::vector<PageReason> reasons;  ///< why its text is doubtful; none if it is not
  double seconds = 0;               ///< running time
  double first_seconds = 0;         ///< of these, for the first pipeline

  /// Whether there is no text on it.
  [[nodiscard]] bool is_blank() const { return words == 0 && expected_cer == 0; }

  bool operator==(const AppliedPage&) const = default;  ///< equal in every field
};

/// The pages that `apply` has finished in a folder, one line of JSON each, so that it can resume. A
/// line is on disk before a page counts as done. Takes some 70 bytes of memory for each page; the
/// records stay in the file, which may have any size. Not thread-safe.
class ApplyJournal {
 public:
  /// Where the record of a page begins in the file.
  using Place = std::uint64_t;

  /// Opens or creates the journal of a folder. `settings` states all that the results depend on but
  /// the versions of the programs, which `program` states. Throws Error(study_error) if the folder
  /// was filled with other settings, the file is damaged, another process works on it, or it cannot
  /// be written.
  ApplyJournal(const std::filesystem::path& folder, const std::string& settings,
               const std::string& program);

  /// The versions that the folder was begun with.
  [[nodiscard]] const std::string& begun_by() const { return begun_by_; }

  /// Number of different pages, those of earlier runs included.
  [[nodiscard]] std::size_t size() const { return pages_.size(); }

  /// Whether the last record of a page is of these pixels and models.
  [[nodiscard]] bool has(const std::string& page, const std::string& pixels,
                         const std::string& models) const;

  /// The last record of a page, by its name; nothing if there is none.
  [[nodiscard]] std::optional<Place> find(const std::string& page) const;

  /// Reads a record. Throws Error(study_error) if it is damaged.
  [[nodiscard]] AppliedPage at(Place place) const;

  /// Throws Error(study_error) if it cannot be written, or was deleted meanwhile.
  void add(const AppliedPage& page);

  /// Throws Error(study_error) if the file was deleted meanwhile.
  void require_file() const;

 private:
  struct Known {
    std::uint64_t version;  ///< hash of the pixels and models
    Place place;
  };
  void read(const std::string& settings);
  void read_settings(std::string_view line, const std::string& settings);
  void append(const std::string& line);
  [[noreturn]] void fail(const std::string& why) const;

  std::filesystem::path path_;
  Descriptor file_;
  std::optional<SamePlace> there_;
  std::uint64_t size_ = 0;
  std::string begun_by_;
  std::unordered_map<ContentHash, Known> pages_;  // by the hashes of their names
};

/// Reads the journal of a folder while another process writes it. Lines that are no page are passed
/// over. Not thread-safe.
class JournalTail {
 public:
  /// Follows the journal of `folder`, which need not exist yet. Reads nothing at first.
  explicit JournalTail(const std::filesystem::path& folder);

  /// The pages in the next MiB, in the order in which they were finished; none at the end.
  std::vector<AppliedPage> next();

  /// As next(); returns the number of different pages so far.
  std::size_t read();

 private:
  std::filesystem::path file_;
  std::uint64_t at_ = 0;
  std::string rest_;
  std::unordered_set<ContentHash> pages_;  // hashes of their names
};

}  // namespace ocrtune
