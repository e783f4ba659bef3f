#include "ocrtune/analysis/ocr_trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/agreement.h"

namespace ocrtune {
namespace {

void add_doubtful(const std::vector<PageRecord>& records, const std::vector<PageScores>& scores,
                  std::vector<DoubtfulPage>& doubtful) {
  for (std::size_t page = 0; page < std::min(records.size(), scores.size()); ++page) {
    const std::optional<double> agreed = scores[page].find(Score::agreement);
    if (agreed && *agreed < kMinAgreement)
      doubtful.push_back({.name = records[page].name, .agreement = *agreed});
  }
}

/// The means over the pages that both lists have; nothing if there are none.
void compare(const std::vector<PageScores>& before, const std::vector<PageScores>& after,
             OcrTrust& trust) {
  for (std::size_t page = 0; page < std::min(before.size(), after.size()); ++page) {
    const std::optional<double> from = before[page].find(Score::agreement);
    const std::optional<double> to = after[page].find(Score::agreement);
    if (!from || !to) continue;
    ++trust.pages;
    trust.baseline += *from;
    trust.agreement += *to;
  }
  if (trust.pages == 0) return;
  trust.baseline /= static_cast<double>(trust.pages);
  trust.agreement /= static_cast<double>(trust.pages);
}

std::string doubtful_text(const OcrTrust& trust) {
  if (trust.doubtful.empty()) return "";
  constexpr std::size_t kShown = 5;
  std::string text = tr(
      "  Warning: {} OCR results that differ so much that the text cannot be trusted; agreement:\n",
      trust.doubtful.size() == 1 ? tr("1 page has") : tr("{} pages have", trust.doubtful.size()));
  for (std::size_t i = 0; i < std::min(kShown, trust.doubtful.size()); ++i) {
    text +=
        localized("    {}  {:.0f} %\n", trust.doubtful[i].name, 100 * trust.doubtful[i].agreement);
  }
  if (trust.doubtful.size() > kShown)
    text += tr("    and {} more\n", trust.doubtful.size() - kShown);
  return text;
}

}  // namespace

std::optional<OcrTrust> ocr_trust(const StudyDefinition& definition, const TrialScores& trials,
                                  const Confirmations& validations, std::size_t number) {
  if (has_truth(definition) || trials.empty()) return std::nullopt;
  const auto scores_at = [&](std::size_t index) {
    return scores_of(Trial{.pages = trials.results(index)});
  };
  const auto found = std::ranges::find(trials.numbers(), number);
  const std::vector<PageScores> tuned =
      scores_at(static_cast<std::size_t>(found - trials.numbers().begin()));
  OcrTrust trust;
  const auto before = validations.find(0);
  const auto after = validations.find(number);
  if (before != validations.end() && after != validations.end()) {
    compare(before->second, after->second, trust);
    trust.held_out = trust.pages > 0;
    add_doubtful(definition.held_out, after->second, trust.doubtful);
  }
  if (!trust.held_out) compare(scores_at(0), tuned, trust);
  if (trust.pages == 0) return std::nullopt;
  add_doubtful(definition.pages, tuned, trust.doubtful);
  std::ranges::stable_sort(trust.doubtful, {}, &DoubtfulPage::agreement);
  if (!uses_reference(definition.objective))
    trust.order = order_alike(definition.objective, Score::agreement, trials);
  return trust;
}

std::string ocr_trust_text(const OcrTrust& trust) {
  const auto percent = [](double share) { return localized("{:.0f} %", 100 * share); };
  const std::string text = tr(
      "  trust     on {}{}, {} of the characters agree with an ensemble of five other pipelines: "
      "expected CER about {}, original {}\n",
      counted(trust.pages, "page"), trust.held_out ? tr(" for validation") : "",
      percent(trust.agreement), percent(expected_cer_at(trust.agreement)),
      percent(expected_cer_at(trust.baseline)));
  return text + doubtful_text(trust);
}

nlohmann::json ocr_trust_json(const OcrTrust& trust) {
  nlohmann::json doubtful = nlohmann::json::array();
  for (const DoubtfulPage& page : trust.doubtful)
    doubtful.push_back({{"page", page.name}, {"agreement", page.agreement}});
  nlohmann::json trusted{{"pages", trust.pages},
                         {"held_out", trust.held_out},
                         {"agreement", trust.agreement},
                         {"baseline_agreement", trust.baseline},
                         {"expected_cer", expected_cer_at(trust.agreement)},
                         {"doubtful_pages", doubtful}};
  if (trust.order.pages > 0) trusted["spearman"] = trust.order.spearman;
  return trusted;
}

}  // namespace ocrtune
