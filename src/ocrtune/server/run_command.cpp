#include "ocrtune/server/run_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace {

/// Sets the files, which forms do not contain.
void state_files(RunOptions& options, const RunRequest& request, const RunCorpus& corpus,
                 const RunPlaces& places) {
  const auto state_search = [&](workflow::StudyOptions& study) {
    study.study = (places.folder / request.study).string();
    if (request.pipeline) study.pipeline.pipeline = places.pipeline().string();
    if (!corpus.lang.empty()) study.pages.lang = corpus.lang;
  };
  if (auto* apply = std::get_if<workflow::ApplyOptions>(&options)) {
    std::error_code unknown;
    if (apply->choice.effort) {
      // Its pipelines are part of it.
    } else if (request.study.empty() || request.best_only) {
      apply->choice.pipelines = {places.pipeline().string()};
    } else if (std::filesystem::exists(places.portfolio(), unknown)) {
      apply->choice.portfolio = places.portfolio().string();
    } else {
      apply->choice.recipe = places.recipe().string();
    }
    apply->output = (places.folder / request.output).string();
    // The places of words, for what is shown and exported.
    for (const char* needed : {"text", "json"}) {
      if (std::ranges::find(apply->formats, needed) == apply->formats.end())
        apply->formats.emplace_back(needed);
    }
    if (!corpus.lang.empty()) apply->pages.lang = corpus.lang;
    return;
  }
  if (auto* tune = std::get_if<workflow::TuneOptions>(&options)) {
    tune->output = (places.own / "best.toml").string();
    tune->no_report = true;  // the server creates one on request
  }
  const auto state = [&](auto& chosen) {
    if constexpr (requires { chosen.study.study; }) state_search(chosen.study);
  };
  std::visit(state, options);
}

}  // namespace

std::vector<std::string> command_of(const RunRequest& request, const RunCorpus& corpus,
                                    const RunPlaces& places) {
  RunOptions options = request.options;
  RunOptions untouched = options;
  std::visit([](auto& chosen) { chosen = {}; }, untouched);
  state_files(options, request, corpus, places);
  std::vector<std::string> words{"ocrtune", std::string(request.method())};
  const std::vector<std::string> stated =
      workflow::words_of(options_of(options), options_of(untouched));
  words.insert(words.end(), stated.begin(), stated.end());
  if (corpus.inputs.empty()) throw HttpError(400, tr("`corpus`: has no pages"));
  words.emplace_back("--");
  for (const std::string& input : corpus.inputs) {
    if (!input.starts_with('/')) {
      throw HttpError(400, tr("`corpus`: {} is not an absolute path", quotable(input, 200)));
    }
    words.push_back(input);
  }
  return words;
}

}  // namespace ocrtune::server
