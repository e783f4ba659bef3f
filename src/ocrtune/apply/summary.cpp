#include "ocrtune/apply/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/language/text_language.h"

namespace ocrtune {
namespace {

std::string cost_text(const ApplyCost& cost, const Portfolio& portfolio) {
  const std::size_t count = portfolio.pipelines.size();
  std::string text = tr("pipelines tried per page: {:.1f} of {}; {:.2f} s per page",
                        cost.ocr_results, count, cost.seconds);
  if (count > 1 && cost.first_seconds > 0)
    text += tr(", {:.1f} times the time of `{}` alone", cost.seconds / cost.first_seconds,
               portfolio.pipelines.front().name());
  return text + "\n";
}

}  // namespace

ApplySummary summary_of(std::vector<AppliedPage> pages, std::size_t done_before) {
  ApplySummary summary{.count = pages.size(), .done_before = done_before};
  const auto count = static_cast<double>(pages.size());
  ApplyCost cost;
  double expected = 0;
  for (const AppliedPage& page : pages) {
    cost.ocr_results += static_cast<double>(page.ocr_results.size()) / count;
    cost.seconds += page.seconds / count;
    cost.first_seconds += page.first_seconds / count;
    expected += page.expected_cer;
    summary.rotated += page.rotate != 0 ? 1 : 0;
    ++summary.uses[page.pipeline];
    if (!page.other_lang.empty()) ++summary.other_languages[page.other_lang];
  }
  if (!pages.empty()) {
    summary.cost = cost;
    summary.expected_cer = expected / count;
  }
  summary.worst = pages;
  std::ranges::stable_sort(summary.worst, std::greater{}, &AppliedPage::expected_cer);
  summary.worst.resize(std::min(pages.size(), kWorstShown));
  summary.pages = std::move(pages);
  return summary;
}

nlohmann::json summary_json(const ApplySummary& summary) {
  nlohmann::json pages = nlohmann::json::array();
  for (const AppliedPage& page : summary.pages) pages.push_back(applied_json(page));
  nlohmann::json result{{"count", summary.count},
                        {"other_languages", summary.other_languages},
                        {"pages", pages},
                        {"done_before", summary.done_before},
                        {"expected_cer", summary.expected_cer},
                        {"pipelines", summary.uses}};
  if (const auto& cost = summary.cost)
    result["cost"] = {{"pipelines_per_page", cost->ocr_results},
                      {"seconds", cost->seconds},
                      {"first_seconds", cost->first_seconds}};
  return result;
}

std::string summary_text(const ApplySummary& summary, const Portfolio& portfolio) {
  std::string text = tr("pages  pipeline\n");
  for (const Pipeline& pipeline : portfolio.pipelines) {
    const auto found = summary.uses.find(pipeline.name());
    text +=
        fmt::format("{:5}  {}\n", found == summary.uses.end() ? 0 : found->second, pipeline.name());
  }
  text += tr("\nexpected character errors: {:.1f} %\n", 100 * summary.expected_cer);
  if (const auto& cost = summary.cost) text += cost_text(*cost, portfolio);
  if (summary.rotated > 0) text += tr("rotated before OCR: {} pages\n", summary.rotated);
  for (const auto& [model, count] : summary.other_languages)
    text += other_language_line(model, count) + "\n";
  text += tr("\nexpected  confidence  covered  page\n");
  for (const AppliedPage& page : summary.worst)
    text +=
        fmt::format("{:6.1f} %  {:10.1f}  {:>7}  {}\n", 100 * page.expected_cer, page.confidence,
                    page.coverage ? fmt::format("{:.0f} %", 100 * *page.coverage) : "-",
                    quotable(page.page, 200));
  return text;
}

}  // namespace ocrtune
