#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// A few pipelines that complement each other over a corpus: of each page the best of their
/// readings is kept. In the order in which they are tried.
struct Portfolio {
  std::string name;                 ///< as results show it
  std::string description;          ///< a sentence for people; may be empty
  std::vector<Pipeline> pipelines;  ///< every parameter fixed, names all different
};

/// From this confidence of its characters on a reading is good enough to try no other pipeline: in
/// no portfolio that was measured did the others make it better (docs/best_of_every_page.md).
inline constexpr double kEnoughConfidence = 90;

/// True for a reading whose characters have a confidence of `enough` or more, and which isn't of a
/// few words only: a hundred legible characters. Both are those of ReadingQuality. Pure.
bool is_enough(double char_confidence, double legible, double enough);

/// At most so many pipelines.
inline constexpr std::size_t kMostPipelines = 32;

/// Reads a portfolio in TOML (docs/best_of_every_page.md). `source` names it in messages. Throws
/// Error(pipeline_invalid) with one line: source, line, what is wrong, what is allowed.
Portfolio parse_portfolio(std::string_view text, std::string_view source);

/// The portfolio in TOML; parse_portfolio gives the same one back.
std::string portfolio_text(const Portfolio& portfolio);

/// A portfolio that comes with ocrtune.
struct BuiltInPortfolio {
  std::string_view name;  ///< as load_portfolio() takes it
  std::string_view text;  ///< TOML, as pipeline/portfolios/NAME.toml
};

/// The portfolios that come with ocrtune, in the order they are listed.
const std::vector<BuiltInPortfolio>& all_portfolios();

/// The portfolio of that name, or of a TOML file's path. Throws Error(pipeline_invalid).
Portfolio load_portfolio(const std::string& name_or_path);

}  // namespace ocrtune
