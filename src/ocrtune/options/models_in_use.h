#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ocrtune/base/events.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune::workflow {

/// The folders of models of its pipelines, or of those for pages in a language, without duplicates.
std::set<std::string> model_folders(const Portfolio& portfolio,
                                    const std::optional<std::string>& lang = {});

/// The portfolio with the pipelines of a folder of models used only for the languages that have a
/// model of their engine there; warns `events` of those that have none. Throws
/// Error(dependency_missing) if a folder has none for any of the languages, or no pipeline is left
/// for one.
Portfolio with_models_there(Portfolio portfolio, const std::vector<std::string>& languages,
                            const Events& events);

}  // namespace ocrtune::workflow
