#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pipeline/pipeline_toml.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune {

/// The portfolio that a document's name, description and [[pipeline]] sections describe. Keys of
/// the top level named in `further` are left to the caller. Throws Error(pipeline_invalid): source,
/// line, what is wrong, what is allowed.
Portfolio portfolio_in(const toml::table& root, std::string_view source,
                       const std::vector<std::string>& further = {});

/// Makes the folders of models absolute or relative to the working directory, that are relative to
/// `folder`.
void place_models(Portfolio& portfolio, const std::filesystem::path& folder);

/// The lines of its name and description.
std::string heading_text(const Portfolio& portfolio);

/// Its [[pipeline]] sections.
std::string sections_text(const Portfolio& portfolio);

}  // namespace ocrtune
