#include "ocrtune/pipeline/setting.h"

#include <fmt/format.h>

#include <cmath>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

bool is_parameter_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 &&
         name.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
             std::string_view::npos;
}

Range searched_range(const Parameter& parameter) {
  return {.low = parameter.low, .high = parameter.high, .log = parameter.log};
}

void check_range(const Parameter& parameter, const Range& range, std::string_view shown_name) {
  check_range(parameter, range.low, range.high, shown_name);
  const auto refuse_unless = [&](bool holds, std::string_view why) {
    if (!holds) throw Error(Errc::pipeline_invalid, fmt::format("{}: {}", shown_name, why));
  };
  if (range.log) {
    const bool plain =
        parameter.type == ParameterType::real || parameter.type == ParameterType::integer;
    refuse_unless(plain && range.low > 0 && range.step == 0,
                  tr("log needs a real or an integer above 0, without step"));
  }
  const double least = parameter.type == ParameterType::odd ? 2 : 1;
  const bool whole = parameter.type == ParameterType::real || std::fmod(range.step, least) == 0;
  refuse_unless(range.step >= 0 && whole,
                tr("step must be above 0, whole for integers, even for odd integers"));
}

}  // namespace ocrtune
