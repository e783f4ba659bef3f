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

/// The advice that the times give; empty where nothing stands out. `workers`: how many a command
/// has on this machine by default.
std::vector<TimingAdvice> timing_advice(const TimingSummary& summary, int workers);

/// Lines; empty without advice.
std::string timing_advice_text(const std::vector<TimingAdvice>& advice);

/// A list of {"code", "text"}.
nlohmann::json timing_advice_json(const std::vector<TimingAdvice>& advice);

}  // namespace ocrtune
