#include "ocrtune/workflow/effort.h"

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/workflow/engines_in_use.h"

namespace ocrtune::workflow {

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
  for (const std::string& name : portfolio.engine_names()) {
    try {
      require_engine(name, languages, options);
    } catch (const Error& error) {
      if (error.code() != Errc::dependency_missing) throw;
      events.say(tr("without {}: {}", name, error.what()));
      std::erase_if(portfolio.pipelines, [&](const Pipeline& pipeline) {
        return portfolio.use_of(pipeline).engine == name;
      });
      std::erase_if(portfolio.uses, [&](const auto& use) { return use.second.engine == name; });
    }
  }
  return portfolio;
}

}  // namespace ocrtune::workflow
