#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ocrtune {

/// What was kept of one page.
struct AppliedPage {
  std::string page;                ///< its name in the corpus
  std::string pixels;              ///< hash of its decoded pixels
  std::string models;              ///< its languages' data, as language_identity() tells
  std::string pipeline;            ///< whose reading was kept, or the others combined with
  double net_legible = 0;          ///< see ReadingQuality; of the reading that was kept
  double confidence = 0;           ///< mean of its words, 0 to 100
  double expected_cer = 0;         ///< see expected_cer(); a fraction
  std::optional<double> coverage;  ///< see coverage()
  int words = 0;                   ///< of the reading that was kept
  /// Where readings were combined: places where the text isn't the pipeline's.
  std::optional<std::size_t> voted;
  /// By pipeline the net_legible of its reading; those that failed are left out, and those that
  /// weren't tried.
  std::map<std::string, double> readings;
  double seconds = 0;        ///< that reading it took
  double first_seconds = 0;  ///< of which the first pipeline

  bool operator==(const AppliedPage&) const = default;  ///< equal in every field
};

/// What `apply` has done in a folder, a line of JSON each page, so that it can go on where it was
/// ended. A line is on disk before a page counts as done. Not thread-safe.
class ApplyJournal {
 public:
  /// Opens the journal of a folder, or begins it. `settings` says all that the results depend on.
  /// Throws Error(study_error) where the folder was filled with other settings, the file is
  /// damaged, another process works on it, or it can't be written.
  ApplyJournal(const std::filesystem::path& folder, const std::string& settings);

  /// Pages that were done before, by name.
  [[nodiscard]] const std::map<std::string, AppliedPage>& done() const { return done_; }

  /// Throws Error(study_error) where it can't be written.
  void add(const AppliedPage& page);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void read(const std::string& text, const std::string& settings);
  void append(const std::string& line);
  [[noreturn]] void fail(const std::string& why) const;

  std::filesystem::path path_;
  std::map<std::string, AppliedPage> done_;
  std::unique_ptr<std::FILE, Close> file_;
};

/// Counts the pages in the journal of a folder, each once, while another process writes it. Not
/// thread-safe.
class JournalTail {
 public:
  /// Follows the journal of `folder`, which needn't be there yet. Reads nothing before read().
  explicit JournalTail(const std::filesystem::path& folder);

  /// Reads on, at most 1 MiB; the pages so far.
  std::size_t read();

 private:
  std::filesystem::path file_;
  std::uint64_t at_ = 0;
  std::string rest_;
  std::set<std::string> pages_;
};

}  // namespace ocrtune
