#include "ocrtune/study/definition.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

std::vector<std::string> names_not_in(const std::vector<PageRecord>& pages,
                                      const std::vector<PageRecord>& others) {
  std::map<std::string, int> left;
  for (const PageRecord& other : others) ++left[other.identity];
  std::vector<std::string> names;
  for (const PageRecord& page : pages) {
    if (--left[page.identity] < 0) names.push_back(page.name);
  }
  return names;
}

std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> first(
      names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, names.size())));
  return joined(first) +
         (names.size() > kShown ? fmt::format(" and {} more", names.size() - kShown) : "");
}

/// The first line of one text that the other has differently.
std::string first_difference(const std::string& stored, const std::string& now) {
  const std::vector<std::string> a = split(stored, '\n');
  const std::vector<std::string> b = split(now, '\n');
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string left = i < a.size() ? a[i] : "";
    const std::string right = i < b.size() ? b[i] : "";
    if (left != right) {
      return fmt::format("the study has `{}`, here is `{}`", left.empty() ? "(end)" : left,
                         right.empty() ? "(end)" : right);
    }
  }
  return "";
}

template <typename Value>
void compare(std::vector<std::string>& found, std::string_view what, const Value& stored,
             const Value& now) {
  if (stored != now)
    found.push_back(fmt::format("another {}: the study has {}, here is {}", what, stored, now));
}

}  // namespace

std::vector<PageRecord> page_records(const Corpus& corpus) {
  std::vector<PageRecord> records;
  for (const Page& page : corpus.pages()) {
    records.push_back({.name = page.name,
                       .identity = page.identity(),
                       .lang = page.lang,
                       .width = page.width,
                       .height = page.height,
                       .dpi = page.dpi.x,
                       .has_truth = page.truth.has_value(),
                       .labels = page.labels});
  }
  return records;
}

std::vector<std::string> differences(const StudyDefinition& stored, const StudyDefinition& now) {
  std::vector<std::string> found;
  if (stored.pipeline != now.pipeline) {
    found.push_back("another pipeline: " + first_difference(stored.pipeline, now.pipeline));
  }
  const auto missing = names_not_in(stored.pages, now.pages);
  const auto added = names_not_in(now.pages, stored.pages);
  if (!missing.empty()) {
    found.push_back(
        fmt::format("another corpus: {} of the study's pages are missing or changed ({})",
                    missing.size(), some_of(missing)));
  }
  if (!added.empty()) {
    found.push_back(fmt::format("another corpus: {} pages are not in the study ({})", added.size(),
                                some_of(added)));
  }
  compare(found, "seed", stored.seed, now.seed);
  compare(found, "objective", objective_name(stored.objective), objective_name(now.objective));
  compare(found, "psm", stored.psm, now.psm);
  compare(found, "oem", stored.oem, now.oem);
  compare(found, "ocr-max-width", stored.ocr_max_width, now.ocr_max_width);
  compare(found, "language data", stored.models, now.models);
  return found;
}

}  // namespace ocrtune
