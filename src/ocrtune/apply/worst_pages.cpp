#include "ocrtune/apply/worst_pages.h"

#include <algorithm>
#include <functional>
#include <unordered_map>

#include "ocrtune/base/hash.h"

namespace ocrtune {

void WorstPages::add(const AppliedPage& page) {
  if (page.is_blank()) return;
  const auto at = std::ranges::upper_bound(pages_, page.expected_cer, std::greater{},
                                           &AppliedPage::expected_cer);
  if (at == pages_.end() && pages_.size() == most_) return;
  pages_.insert(at, page);
  if (pages_.size() > most_) pages_.pop_back();
}

AppliedSoFar applied_so_far(const std::filesystem::path& folder, std::size_t most) {
  // A page that was recognized again has several records: which of them is the last?
  std::unordered_map<ContentHash, std::size_t> last;
  std::size_t number = 0;
  JournalTail first(folder);
  for (auto pages = first.next(); !pages.empty(); pages = first.next()) {
    for (const AppliedPage& page : pages) last[content_hash(page.page)] = number++;
  }

  AppliedSoFar found{.count = last.size()};
  WorstPages worst(most);
  JournalTail again(folder);
  std::size_t at = 0;
  for (auto pages = again.next(); !pages.empty(); pages = again.next()) {
    for (const AppliedPage& page : pages) {
      const auto known = last.find(content_hash(page.page));
      if (known == last.end() || known->second != at++) continue;
      found.blank += page.is_blank() ? 1 : 0;
      found.expected_cer += page.expected_cer;
      worst.add(page);
    }
  }
  if (found.count > 0) found.expected_cer /= static_cast<double>(found.count);
  found.worst = worst.pages();
  return found;
}

}  // namespace ocrtune
