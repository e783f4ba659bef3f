#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/base/events.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune::workflow {

/// A portfolio and a rule, by the time that `apply` may spend on a page. All combine the OCR
/// results of a page by voting (docs/explanation/best_of_every_page.md has the figures).
struct Effort {
  std::string_view name;       ///< as in --effort
  std::string_view portfolio;  ///< one that comes with ocrtune
  /// Whether a page's further pipelines are left out as ChoiceRule::enough says.
  bool stops_early = false;
};

/// From the least to the most.
inline constexpr std::array kEfforts{
    Effort{.name = "low", .portfolio = "two_engines", .stops_early = true},
    Effort{.name = "normal", .portfolio = "two_engines"},
    Effort{.name = "high", .portfolio = "documents_ppocr"}};
/// The portfolio of every effort where an engine of its own cannot be used.
inline constexpr std::string_view kWithoutEngines = "documents";

/// The names of kEfforts.
std::vector<std::string> effort_names();

/// The effort of that name; nullptr for none.
const Effort* find_effort(const std::optional<std::string>& name);

/// The portfolio without the pipelines of engines that cannot be used, for the languages for which
/// they can't. For these languages it has the pipelines of kWithoutEngines besides, except for
/// those whose names it has. Reports each such engine with the reason and the languages.
Portfolio with_usable_engines(Portfolio portfolio, const std::vector<std::string>& languages,
                              const RecognitionOptions& options, const Events& events);

}  // namespace ocrtune::workflow
