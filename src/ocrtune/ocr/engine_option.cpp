#include "ocrtune/ocr/engine_option.h"

#include <algorithm>
#include <cmath>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

EngineValue option_value(const std::vector<EngineOption>& options, const std::string& name,
                         const std::string& text) {
  const auto refuse = [](const std::string& why) { throw Error(Errc::invalid_argument, why); };
  const auto found = std::ranges::find(options, name, &EngineOption::name);
  if (found == options.end()) {
    std::vector<std::string> known;
    known.reserve(options.size());
    for (const EngineOption& option : options) known.push_back(option.name);
    refuse(tr("has no option `{}`; its options: {}", quotable(name, 60),
              known.empty() ? tr("none") : joined(known)));
  }
  if (found->type == EngineOptionType::category) {
    const auto choice = std::ranges::find(found->choices, text);
    if (choice == found->choices.end())
      refuse(tr("option `{}`: `{}` is not one of {}", name, quotable(text, 60),
                joined(found->choices)));
    return {*found, static_cast<double>(choice - found->choices.begin())};
  }
  double value = 0;
  const bool valid = parse_number(text, value);
  if (found->type == EngineOptionType::integer) value = std::round(value);
  if (!valid || value < found->low || value > found->high)
    refuse(tr("option `{}`: `{}` is not a number from {} to {}", name, quotable(text, 60),
              found->low, found->high));
  return {*found, value};
}

}  // namespace ocrtune
