#include "ocrtune/options/effort.h"

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/options/engines_in_use.h"

namespace ocrtune::workflow {
namespace {

/// The reason why an engine cannot be used; empty if it can be.
std::string missing_of(const std::string& engine, const std::vector<std::string>& languages,
                       const RecognitionOptions& options) {
  if (!find_engine(engine))
    return tr("it is not installed; `ocrtune doctor` lists the engines that are");
  try {
    require_engine(engine, languages, options);
  } catch (const Error& error) {
    if (error.code() != Errc::dependency_missing) throw;
    return error.what();
  }
  return "";
}

}  // namespace

std::vector<std::string> effort_names() {
  std::vector<std::string> names;
  names.reserve(kEfforts.size());
  for (const Effort& effort : kEfforts) names.emplace_back(effort.name);
  return names;
}

const Effort* find_effort(const std::optional<std::string>& name) {
  if (!name) return nullptr;
  const auto found = std::ranges::find(kEfforts, *name, &Effort::name);
  return found == kEfforts.end() ? nullptr : &*found;
}

Portfolio with_usable_engines(Portfolio portfolio, const std::vector<std::string>& languages,
                              const RecognitionOptions& options, const Events& events) {
  bool complete = true;
  for (const std::string& name : portfolio.engine_names()) {
    const std::string missing = missing_of(name, languages, options);
    if (missing.empty()) continue;
    events.say(tr("without {}: {}", name, missing));
    complete = false;
  }
  return complete ? std::move(portfolio) : load_portfolio(std::string(kWithoutEngines));
}

}  // namespace ocrtune::workflow
