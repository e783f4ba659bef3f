#include "ocrtune/apply/journal_pages.h"

#include <cstddef>
#include <functional>
#include <unordered_map>

#include "ocrtune/apply/journal.h"
#include "ocrtune/base/hash.h"

namespace ocrtune {
namespace {

/// Calls `take` with each record and its number.
void each_record(const std::filesystem::path& folder,
                 const std::function<void(const AppliedPage&, std::size_t)>& take) {
  JournalTail journal(folder);
  std::size_t number = 0;
  for (auto pages = journal.next(); !pages.empty(); pages = journal.next()) {
    for (const AppliedPage& page : pages) take(page, number++);
  }
}

}  // namespace

EachAppliedPage journal_pages(const std::filesystem::path& folder) {
  return [folder](const std::function<void(const AppliedPage&)>& take) {
    std::unordered_map<ContentHash, std::size_t> last;
    each_record(folder, [&](const AppliedPage& page, std::size_t number) {
      last[content_hash(page.page)] = number;
    });
    each_record(folder, [&](const AppliedPage& page, std::size_t number) {
      const auto known = last.find(content_hash(page.page));
      if (known != last.end() && known->second == number) take(page);
    });
  };
}

}  // namespace ocrtune
