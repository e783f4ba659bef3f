#include "ocrtune/execution/pages_at_work.h"

#include <fmt/format.h>

#include <chrono>
#include <numeric>
#include <utility>

#include "ocrtune/base/duration.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/failure_text.h"

namespace ocrtune {
namespace {

/// A rate is stated after so many pages and so long: the first ones tell little.
constexpr std::size_t kFirstPages = 3;
constexpr double kFirstSeconds = 1;

}  // namespace

PagesProgress::PagesProgress(std::function<double()> seconds)
    : seconds_(std::move(seconds)), start_(seconds_()) {}

std::string PagesProgress::operator()(std::size_t done, std::size_t all) const {
  std::string text = tr("{}/{} pages", done, all);
  const double seconds = seconds_() - start_;
  if (done < kFirstPages || seconds < kFirstSeconds) return text;
  const double rate = static_cast<double>(done) / seconds;
  text += ", " + tr("{:.1f} pages/min", 60 * rate);
  if (done < all)
    text += ", " + tr("{} left", duration_text(static_cast<double>(all - done) / rate));
  return text;
}

double PagesProgress::steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
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
