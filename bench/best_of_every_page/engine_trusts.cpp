// Errors of OCR results of two engines combined with many settings of EngineTrust, on pages with
// truth: what calibrate_engine_trust.py chooses from. Each page is recognized once with every
// pipeline of a portfolio. Takes the settings as JSON, gives a line of JSON for each page.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "inputs.h"
#include "ocrtune/apply/best_result.h"
#include "ocrtune/execution/page_loop.h"
#include "ocrtune/metrics/error_rate.h"
#include "ocrtune/voting/character_vote.h"
#include "ocrtune/voting/vote.h"

namespace {

using namespace ocrtune;
using nlohmann::json;

/// Of Tesseract, of the portfolio's other engines, and of the lexicon.
struct Trusts {
  EngineTrust tesseract = kTesseractTrust;
  EngineTrust other = kCharacterTrust;
  LexicalWeights lexicon;
};

EngineTrust trust_of(const json& row, EngineTrust usual) {
  usual.exponent = row.value("exponent", usual.exponent);
  usual.most = row.value("most", usual.most);
  usual.absence = row.value("absence", usual.absence);
  usual.spaces = row.value("spaces", usual.spaces);
  usual.diacritics = row.value("diacritics", usual.diacritics);
  return usual;
}

LexicalWeights weights_of(const json& row) {
  LexicalWeights weights;
  weights.word = row.value("word", weights.word);
  weights.join = row.value("join", weights.join);
  return weights;
}

std::vector<Trusts> settings_in(const std::string& file) {
  std::ifstream in(file);
  std::vector<Trusts> settings;
  for (const json& row : json::parse(in)) {
    settings.push_back(
        {.tesseract = trust_of(row.value("tesseract", json::object()), kTesseractTrust),
         .other = trust_of(row.value("other", json::object()), kCharacterTrust),
         .lexicon = weights_of(row.value("lexicon", json::object()))});
  }
  return settings;
}

/// What each engine has recognized of a page, its results combined as apply does.
std::map<std::string, OcrResult, std::greater<>> results_of(const Corpus& corpus, std::size_t page,
                                                            const Portfolio& portfolio,
                                                            RecognizerPool& recognizers) {
  StageCache cache(std::uint64_t{200} << 20U, kStepsPerWorker);
  const PagePlace place{cache};
  const std::atomic<bool> stop{false};
  const Page& of = corpus.pages()[page];
  PageReader reader(corpus.image(page, true), page_content(of), of.lang,
                    {portfolio, recognizers, place, stop});
  std::map<std::string, std::pair<std::vector<Voice>, std::vector<Candidate>>> engines;
  bool faint_text_is_left_out = true;
  for (std::size_t i = 0; i < portfolio.pipelines.size(); ++i) {
    const PipelineUse use = portfolio.use_of(portfolio.pipelines[i]);
    if (use.for_faint_text && !faint_text_is_left_out) continue;
    std::optional<PipelineResult> result = reader.read(i);
    if (!result->candidate.failure.empty()) continue;
    faint_text_is_left_out =
        faint_text_is_left_out && reader.leaves_out_faint_text(result->ocr_result);
    auto& [voices, candidates] = engines[use.engine];
    voices.push_back({.ocr_result = std::move(result->ocr_result),
                      .net_legible = result->candidate.quality.net_legible});
    candidates.push_back(std::move(result->candidate));
  }
  std::map<std::string, OcrResult, std::greater<>> combined;
  for (auto& [engine, results] : engines)
    combined[engine] = vote(std::move(results.first), best_candidate(results.second)).ocr_result;
  return combined;
}

json rates_of(const Corpus& corpus, std::size_t page, const Portfolio& portfolio,
              RecognizerPool& recognizers, const std::vector<Trusts>& settings) {
  const auto results = results_of(corpus, page, portfolio, recognizers);
  const Lexicon& lexicon = recognizers.lexicon(corpus.pages()[page].lang);
  const IsWord is_word = [&](std::string_view word) { return lexicon.contains(word); };
  json rates = json::array();
  for (const Trusts& trusts : settings) {
    std::vector<EngineResult> voices;
    for (const auto& [engine, ocr_result] : results)
      voices.push_back(
          {.ocr_result = ocr_result, .trust = engine.empty() ? trusts.tesseract : trusts.other});
    const std::string text =
        plain_text(vote_by_characters(std::move(voices), is_word, trusts.lexicon).ocr_result);
    rates.push_back(error_rate(text, *corpus.pages()[page].truth).cer());
  }
  return {{"page", corpus.pages()[page].name}, {"cer", rates}};
}

int run(int argc, char** argv) {
  CLI::App app("Errors of combined OCR results with many settings of EngineTrust");
  std::vector<std::string> inputs;
  std::string settings_file;
  std::string portfolio_name = "documents_ppocr";
  int jobs = 2;
  app.add_option("PAGES", inputs, "As `ocrtune read` takes them, with truth")->required();
  app.add_option("--settings", settings_file, "JSON: a list of {tesseract, other, lexicon}")
      ->required();
  app.add_option("--portfolio", portfolio_name)->capture_default_str();
  app.add_option("--jobs", jobs)->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const std::vector<Trusts> settings = settings_in(settings_file);
  const Portfolio portfolio = load_portfolio(portfolio_name);
  const Corpus corpus = pages_with_truth(inputs, jobs);
  std::vector<std::string> lines(corpus.pages().size());
  const std::atomic<bool> stop{false};
  for_each_page(
      lines.size(), jobs, {},
      [&](std::size_t page, RecognizerPool& recognizers) -> std::optional<PageDone> {
        lines[page] = rates_of(corpus, page, portfolio, recognizers, settings).dump();
        return PageDone{};
      },
      [&](std::size_t page) { std::cout << lines[page] << std::endl; }, stop);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "engine_trusts: {}\n", error.what());
    return 1;
  }
}
