#include "ocrtune/execution/pages_at_work.h"

#include <fmt/format.h>

#include <numeric>

#include "ocrtune/base/text.h"
#include "ocrtune/execution/failure_text.h"

namespace ocrtune {

std::string pages_line(std::size_t done, std::size_t all) {
  return fmt::format("{}/{} pages", done, all);
}

void warn_of_failure(const Events& events, const Page& page, const std::string& reason) {
  events.warn(fmt::format("{}: {}", quotable(page.name, 300), reason_alone(page, reason)));
}

std::vector<std::size_t> all_of(const Corpus& corpus) {
  std::vector<std::size_t> all(corpus.pages().size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

}  // namespace ocrtune
