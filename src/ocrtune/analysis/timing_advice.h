#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/analysis/timings.h"

namespace ocrtune {

/// What takes the time of a study, and what can be done about it.
struct TimingAdvice {
  std::string code;  ///< "ocr", "denoise_nlm", "stages", "memory", "workers"
  std::string text;  ///< one sentence in the language of this thread
};

/// The advice that the times give, what takes the most first; empty where nothing stands out.
/// `processors`: those that the study's workers could use on this machine.
std::vector<TimingAdvice> timing_advice(const TimingSummary& summary, unsigned processors);

/// Lines; empty without advice.
std::string timing_advice_text(const std::vector<TimingAdvice>& advice);

/// A list of {"code", "text"}.
nlohmann::json timing_advice_json(const std::vector<TimingAdvice>& advice);

}  // namespace ocrtune
