#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/ocr/pipeline_use.h"
#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// Several pipelines that complement each other over a corpus, in the order in which they are
/// tried. The best of their OCR results is kept for each page.
struct Portfolio {
  std::string name;                 ///< as results show it
  std::string description;          ///< a sentence for people; may be empty
  std::vector<Pipeline> pipelines;  ///< every parameter fixed, names all different
  /// By the name of a pipeline, its use, if it is not the usual one.
  std::map<std::string, PipelineUse> uses = {};

  /// The use of one of its pipelines.
  [[nodiscard]] PipelineUse use_of(const Pipeline& pipeline) const;

  /// The names of the engines of its uses, without duplicates.
  [[nodiscard]] std::set<std::string> engine_names() const;
};

/// Two OCR results of different engines agree from this similarity on (1 - edit distance / length,
/// without white space): then no further pipeline is tried.
inline constexpr double kEnginesAgree = 0.85;

/// Mean character confidence from which an OCR result is good enough to try no further pipeline: in
/// no measured portfolio did the others improve such a result
/// (docs/explanation/best_of_every_page.md).
inline constexpr double kEnoughConfidence = 90;

/// True if the characters of an OCR result have a mean confidence of at least `enough` and at least
/// a hundred of them are legible. Both numbers are those of OcrQuality. Pure.
bool is_enough(double char_confidence, double legible, double enough);

/// The pipeline under another name.
Pipeline renamed(const Pipeline& pipeline, const std::string& name);

/// The portfolio with further models of the engine that is asked for: the first three pipelines
/// that this engine recognizes are there again for each folder of `tessdata`, before those for
/// faint text; "raw, model 2" for the first of them. Throws Error(pipeline_invalid) if a pipeline
/// has such a name already.
Portfolio with_further_models(const Portfolio& portfolio, const std::vector<std::string>& tessdata);

/// Greatest length of the path of a folder of models in a file, bytes.
inline constexpr std::size_t kLongestModelsPath = 1000;

/// Greatest number of pipelines in a portfolio.
inline constexpr std::size_t kMaxPipelines = 32;

/// Reads a portfolio in TOML (docs/explanation/best_of_every_page.md). `source` names it in
/// messages. Throws Error(pipeline_invalid) with one line: source, line, what is wrong, what is
/// allowed.
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

/// The built-in portfolio of that name, or the one in the TOML file of that path. Throws
/// Error(pipeline_invalid).
Portfolio load_portfolio(const std::string& name_or_path);

}  // namespace ocrtune
