#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "ocrtune/apply/journal.h"

namespace ocrtune {

/// The pages with the most expected errors among those that are added, of which blank pages are
/// none. Of pages that are equally bad, the first ones stay. Not thread-safe.
class WorstPages {
 public:
  /// Keeps at most `most`.
  explicit WorstPages(std::size_t most) : most_(most) {}

  void add(const AppliedPage& page);

  /// The worst first.
  [[nodiscard]] const std::vector<AppliedPage>& pages() const { return pages_; }

 private:
  std::size_t most_;
  std::vector<AppliedPage> pages_;
};

/// What the journal of a folder tells of its pages.
struct AppliedSoFar {
  std::size_t count = 0;           ///< different pages
  std::size_t blank = 0;           ///< of these, without text
  double expected_cer = 0;         ///< the mean; 0 if there are no pages
  std::vector<AppliedPage> worst;  ///< with the most expected errors, the worst first
};

/// Reads the journal of a folder, also while another process writes it, and keeps the `most` worst
/// pages. The last record of a page counts. Thread-safe.
AppliedSoFar applied_so_far(const std::filesystem::path& folder, std::size_t most);

}  // namespace ocrtune
