#include "ocrtune/analysis/timing_advice.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/page_result.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {
namespace {

constexpr std::string_view kNonLocalMeans = "denoise_nlm";

/// Below this share of the workers' time, a step's absence would hardly be noticed.
constexpr double kMuch = 0.5;
constexpr double kMuchOfAStage = 0.25;
/// Of the usual workers: below it, some were idle.
constexpr double kBusy = 0.75;
/// Decoding each page again in every fourth trial or more.
constexpr double kDecodedAgain = 0.25;

/// Of all uses of a step: a second one of a stage has `_2` behind its name.
double share_of(const TimingSummary& summary, std::string_view name) {
  double share = 0;
  for (const StepSummary& step : summary.steps) {
    const bool use = step.name == name || (step.name.starts_with(name) &&
                                           step.name.substr(name.size()).starts_with("_"));
    if (use) share += step.share.value_or(0);
  }
  return share;
}

/// The pages that were decoded for each page and trial.
double decoded_share(const TimingSummary& summary) {
  const auto load = std::ranges::find(summary.steps, "load", &StepSummary::name);
  if (load == summary.steps.end() || load->count <= summary.pages) return 0;
  const std::size_t run = load->count - load->cached;
  return run <= summary.pages ? 0
                              : static_cast<double>(run - summary.pages) /
                                    static_cast<double>(load->count - summary.pages);
}

std::string rounded_percent(double share) { return localized("{:.0f}", 100 * share); }

/// The stage with the greatest share, besides non-local means.
const StepSummary* slowest_stage(const TimingSummary& summary) {
  const StepSummary* slowest = nullptr;
  for (const StepSummary& step : summary.steps) {
    const bool stage = std::ranges::any_of(all_stages(), [&](const Stage& known) {
      return step.name == known.name || step.name.starts_with(known.name + "_");
    });
    if (!stage || step.name.starts_with(kNonLocalMeans) || !step.share) continue;
    if (slowest == nullptr || *step.share > *slowest->share) slowest = &step;
  }
  return slowest;
}

}  // namespace

std::vector<TimingAdvice> timing_advice(const TimingSummary& summary, int workers) {
  std::vector<TimingAdvice> advice;
  // "ocr" where times of single steps are not known.
  const double ocr = std::max(share_of(summary, kReadStep), share_of(summary, "ocr"));
  if (ocr >= kMuch) {
    advice.push_back(
        {"ocr", tr("OCR takes {} % of the time: use the engine lstm, --ocr-max-width for scans of "
                   "high resolution, or --ocr-device where there is a card",
                   rounded_percent(ocr))});
  }
  if (const double share = share_of(summary, kNonLocalMeans); share >= kMuchOfAStage) {
    advice.push_back(
        {"denoise_nlm",
         tr("denoise_nlm takes {} % of the time: a noise_threshold above the noise of the pages "
            "gives the smaller search window, which halves it; so does a card (--device)",
            rounded_percent(share))});
  }
  const StepSummary* stage = slowest_stage(summary);
  if (stage != nullptr && *stage->share >= kMuchOfAStage) {
    advice.push_back(
        {"stages", tr("{} takes {} % of the time: turn it off or fix its parameters, so "
                      "that its output is computed once (--set)",
                      stage->name, rounded_percent(*stage->share))});
  }
  if (decoded_share(summary) >= kDecodedAgain) {
    advice.push_back({"memory", tr("pages are decoded again, as the cache has no room for them: "
                                   "allow more memory (--memory)")});
  }
  const std::optional<double> busy = summary.workers_busy();
  if (busy && *busy < kBusy * workers) {
    advice.push_back(
        {"workers",
         tr("{:.1f} workers were busy on average, and this machine has {} by default: allow more "
            "(--jobs), or more trials at once (--in-flight)",
            *busy, workers)});
  }
  return advice;
}

std::string timing_advice_text(const std::vector<TimingAdvice>& advice) {
  if (advice.empty()) return "";
  std::string text = tr("what takes the time, and what to do about it:\n");
  for (const TimingAdvice& one : advice) text += "  " + one.text + "\n";
  return text;
}

nlohmann::json timing_advice_json(const std::vector<TimingAdvice>& advice) {
  nlohmann::json list = nlohmann::json::array();
  for (const TimingAdvice& one : advice) list.push_back({{"code", one.code}, {"text", one.text}});
  return list;
}

}  // namespace ocrtune
