#include "ocrtune/devices/cuda/compute_capabilities.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

struct Architecture {
  int number = 0;  // 86 for 8.6
  bool real = true;
  bool ptx = true;
  [[nodiscard]] int major() const { return number / 10; }
  [[nodiscard]] int minor() const { return number % 10; }
  [[nodiscard]] std::string text() const { return fmt::format("{}.{}", major(), minor()); }
};

std::optional<Architecture> parsed(const std::string& text) {
  Architecture one;
  const char* end = text.data() + text.size();
  const auto [after, failure] = std::from_chars(text.data(), end, one.number);
  if (failure != std::errc()) return std::nullopt;
  const std::string_view ending(after, static_cast<std::size_t>(end - after));
  one.ptx = !ending.ends_with("-real");
  one.real = !ending.ends_with("-virtual");
  return one;
}

std::vector<std::optional<Architecture>> parsed_all(std::string_view architectures) {
  std::vector<std::optional<Architecture>> all;
  for (const std::string& one : split(std::string(architectures), ',')) all.push_back(parsed(one));
  return all;
}

}  // namespace

bool has_code_for(std::string_view architectures, int major, int minor) {
  return std::ranges::any_of(parsed_all(architectures), [&](const auto& one) {
    if (!one) return true;
    const bool later = one->number <= 10 * major + minor;
    return later && (one->ptx || (one->real && one->major() == major));
  });
}

std::string compute_capabilities(std::string_view architectures) {
  std::vector<std::string> real;
  std::optional<Architecture> ptx;
  for (const auto& one : parsed_all(architectures)) {
    if (!one) return std::string(architectures);
    if (one->real) real.push_back(one->text());
    if (one->ptx && (!ptx || one->number < ptx->number)) ptx = one;
  }
  if (!ptx) return joined(real);
  return tr("{}{}{} and later", joined(real),
            real.empty() ? "" : tr(" and, compiled at run time, "), ptx->text());
}

}  // namespace ocrtune
