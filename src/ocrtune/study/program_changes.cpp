#include "ocrtune/study/program_changes.h"

#include <cstdint>

#include "ocrtune/base/text.h"

namespace ocrtune {

std::optional<std::size_t> first_change(const std::string& programs) {
  const std::size_t change = programs.find(kFromTrial);
  if (change == std::string::npos) return std::nullopt;
  const std::string_view rest = std::string_view(programs).substr(change + kFromTrial.size());
  long long number = 0;
  if (!parse_number(rest.substr(0, rest.find(':')), number) || number < 0) return 0;
  return static_cast<std::size_t>(number);
}

}  // namespace ocrtune
