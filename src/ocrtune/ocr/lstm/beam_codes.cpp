#include "ocrtune/ocr/lstm/beam_codes.h"

#include <algorithm>

namespace ocrtune::lstm {

BeamCodes::BeamCodes(const Recoder& recoder, const std::vector<bool>& disabled) {
  const auto is_disabled = [&](int unichar) {
    return unichar >= 0 && static_cast<std::size_t>(unichar) < disabled.size() &&
           disabled[static_cast<std::size_t>(unichar)];
  };
  std::vector<Code> prefixes{Code{}};
  states_.emplace_back();
  for (std::size_t state = 0; state < prefixes.size(); ++state) {
    Code code = prefixes[state];
    const Code prefix = code;
    longest_ = std::max(longest_, prefix.length + 1);
    const auto place = static_cast<std::size_t>(code.length++);
    for (const int last : recoder.last(prefix)) {
      code.at[place] = last;
      const int unichar = recoder.decode(code).value_or(-1);
      if (!is_disabled(unichar)) states_[state].finals.push_back({last, unichar});
      classes_ = std::max(classes_, last + 1);
    }
    if (code.length >= Code::kMaxLength) continue;
    for (const int next : recoder.next(prefix)) {
      code.at[place] = next;
      states_[state].nexts.push_back({next, static_cast<int>(prefixes.size())});
      classes_ = std::max(classes_, next + 1);
      prefixes.push_back(code);
      states_.emplace_back();
    }
  }
}

BeamWays::BeamWays(std::span<const BeamCodes::Way> ways, int classes)
    : ways_(ways), places_(static_cast<std::size_t>(classes), -1) {
  for (std::size_t i = 0; i < ways.size(); ++i) {
    places_[static_cast<std::size_t>(ways[i].code)] = static_cast<int>(i);
  }
}

std::span<const BeamCodes::Way> BeamWays::select(std::span<const int> codes) {
  selected_.clear();
  for (const int code : codes) {
    const int place = places_[static_cast<std::size_t>(code)];
    if (place < 0) continue;
    const auto before = [&](const BeamCodes::Way& way) {
      return places_[static_cast<std::size_t>(way.code)] < place;
    };
    const auto where = std::find_if_not(selected_.begin(), selected_.end(), before);
    selected_.insert(where, ways_[static_cast<std::size_t>(place)]);
  }
  return selected_;
}

}  // namespace ocrtune::lstm
