#include "fuzz/targets/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "fuzz/common/require.h"
#include "ocrtune/base/text.h"

namespace ocrtune::fuzz {
namespace {

/// Names of files and quoted values are cut; what is allowed may be a list of all stages.
constexpr std::size_t kLongestMessage = 2000;

std::vector<Target>& all() {
  static std::vector<Target> list;
  return list;
}

}  // namespace

const std::vector<Target>& targets() { return all(); }

const Target& target_named(std::string_view name) {
  const auto found = std::ranges::find(all(), name, &Target::name);
  if (found == all().end()) throw std::runtime_error(fmt::format("no target is named {}", name));
  return *found;
}

Registered::Registered(const Target& target) {
  all().insert(std::ranges::upper_bound(all(), target.name, {}, &Target::name), target);
}

void check_refusal(const Error& error, std::initializer_list<Errc> codes) {
  const std::string message = error.what();
  require(std::ranges::find(codes, error.code()) != codes.end(), "an error of another kind");
  require(!message.empty(), "an error without a message");
  require(quotable(message, kLongestMessage) == message, "an error of odd lines");
}

}  // namespace ocrtune::fuzz
