#include "ocrtune/apply/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

constexpr std::size_t kWorstShown = 10;

/// The pages with the highest expected CER, worst first.
std::vector<AppliedPage> worst_pages(const ApplySummary& summary) {
  std::vector<AppliedPage> pages = summary.pages;
  std::ranges::stable_sort(pages, std::greater{}, &AppliedPage::expected_cer);
  pages.resize(std::min(pages.size(), kWorstShown));
  return pages;
}

std::string cost_text(const ApplyCost& cost, const Portfolio& portfolio) {
  const std::size_t count = portfolio.pipelines.size();
  std::string text = tr("pipelines tried per page: {:.1f} of {}; {:.2f} s per page", cost.readings,
                        count, cost.seconds);
  if (count > 1 && cost.first_seconds > 0)
    text += tr(", {:.1f} times the time of `{}` alone", cost.seconds / cost.first_seconds,
               portfolio.pipelines.front().name());
  return text + "\n";
}

}  // namespace

std::optional<ApplyCost> ApplySummary::cost() const {
  if (pages.empty()) return std::nullopt;
  const auto count = static_cast<double>(pages.size());
  ApplyCost cost;
  for (const AppliedPage& page : pages) {
    cost.readings += static_cast<double>(page.readings.size()) / count;
    cost.seconds += page.seconds / count;
    cost.first_seconds += page.first_seconds / count;
  }
  return cost;
}

double ApplySummary::expected_cer() const {
  double sum = 0;
  for (const AppliedPage& page : pages) sum += page.expected_cer;
  return pages.empty() ? 0 : sum / static_cast<double>(pages.size());
}

std::map<std::string, std::size_t> ApplySummary::uses() const {
  std::map<std::string, std::size_t> uses;
  for (const AppliedPage& page : pages) ++uses[page.pipeline];
  return uses;
}

nlohmann::json summary_json(const ApplySummary& summary) {
  nlohmann::json pages = nlohmann::json::array();
  for (const AppliedPage& page : summary.pages) pages.push_back(applied_json(page));
  nlohmann::json result{{"pages", pages},
                        {"done_before", summary.done_before},
                        {"expected_cer", summary.expected_cer()},
                        {"pipelines", summary.uses()}};
  if (const auto cost = summary.cost())
    result["cost"] = {{"pipelines_per_page", cost->readings},
                      {"seconds", cost->seconds},
                      {"first_seconds", cost->first_seconds}};
  return result;
}

std::string summary_text(const ApplySummary& summary, const Portfolio& portfolio) {
  std::string text = tr("pages  pipeline\n");
  const auto uses = summary.uses();
  for (const Pipeline& pipeline : portfolio.pipelines) {
    const auto found = uses.find(pipeline.name());
    text += fmt::format("{:5}  {}\n", found == uses.end() ? 0 : found->second, pipeline.name());
  }
  text += tr("\nexpected character errors: {:.1f} %\n", 100 * summary.expected_cer());
  if (const auto cost = summary.cost()) text += cost_text(*cost, portfolio);
  const auto rotated = std::ranges::count_if(summary.pages, &AppliedPage::rotate);
  if (rotated > 0) text += tr("rotated before OCR: {} pages\n", rotated);
  text += tr("\nexpected  confidence  covered  page\n");
  for (const AppliedPage& page : worst_pages(summary))
    text +=
        fmt::format("{:6.1f} %  {:10.1f}  {:>7}  {}\n", 100 * page.expected_cer, page.confidence,
                    page.coverage ? fmt::format("{:.0f} %", 100 * *page.coverage) : "-",
                    quotable(page.page, 200));
  return text;
}

}  // namespace ocrtune
