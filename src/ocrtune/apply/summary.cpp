#include "ocrtune/apply/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

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

/// " (like 96 dpi, faint)"; nothing without reasons.
std::string in_brackets(const std::vector<PageReason>& reasons) {
  std::string text;
  for (const PageReason& reason : reasons)
    text += (text.empty() ? " (" : ", ") + reason_text(reason);
  return text.empty() ? text : text + ")";
}

/// Of pages that are equally bad, the first ones stay.
void add_if_among_worst(std::vector<AppliedPage>& worst, const AppliedPage& page,
                        std::size_t most) {
  const auto at = std::ranges::upper_bound(worst, page.expected_cer, std::greater{},
                                           &AppliedPage::expected_cer);
  if (at == worst.end() && worst.size() == most) return;
  worst.insert(at, page);
  if (worst.size() > most) worst.pop_back();
}

}  // namespace

ApplySummary summary_of(const EachAppliedPage& pages, std::size_t done_before,
                        std::size_t worst_shown) {
  ApplySummary summary{.done_before = done_before};
  ApplyCost sums;
  pages([&](const AppliedPage& page) {
    ++summary.count;
    sums.ocr_results += static_cast<double>(page.ocr_results.size());
    sums.seconds += page.seconds;
    sums.first_seconds += page.first_seconds;
    summary.expected_cer += page.expected_cer;
    summary.rotated += page.rotate != 0 ? 1 : 0;
    summary.blank += page.is_blank() ? 1 : 0;
    ++summary.uses[page.pipeline];
    if (!page.other_lang.empty()) ++summary.other_languages[page.other_lang];
    if (!page.is_blank()) add_if_among_worst(summary.worst, page, worst_shown);
  });
  if (summary.count == 0) return summary;
  const auto count = static_cast<double>(summary.count);
  summary.cost = {.ocr_results = sums.ocr_results / count,
                  .seconds = sums.seconds / count,
                  .first_seconds = sums.first_seconds / count};
  summary.expected_cer /= count;
  return summary;
}

nlohmann::json summary_json(const ApplySummary& summary, const EachAppliedPage& pages) {
  nlohmann::json all = nlohmann::json::array();
  pages([&](const AppliedPage& page) { all.push_back(applied_json(page)); });
  nlohmann::json result{{"count", summary.count},   {"other_languages", summary.other_languages},
                        {"pages", std::move(all)},  {"done_before", summary.done_before},
                        {"blank", summary.blank},   {"expected_cer", summary.expected_cer},
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
  if (summary.blank > 0) text += tr("blank: {}\n", counted(summary.blank, "page"));
  if (summary.rotated > 0) text += tr("rotated before OCR: {} pages\n", summary.rotated);
  for (const auto& [model, count] : summary.other_languages)
    text += other_language_line(model, count) + "\n";
  text += tr("\nexpected  confidence  covered  page\n");
  for (const AppliedPage& page : summary.worst)
    text +=
        localized("{:6.1f} %  {:10.1f}  {:>7}  {}{}\n", 100 * page.expected_cer, page.confidence,
                  page.coverage ? localized("{:.0f} %", 100 * *page.coverage) : "-",
                  quotable(page.page, 200), in_brackets(page.reasons));
  return text;
}

}  // namespace ocrtune
