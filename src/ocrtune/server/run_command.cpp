#include "ocrtune/server/run_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace {

/// Of the paths and files of a run, which forms do not contain.
struct Stated {
  const RunRequest& request;
  const RunCorpus& corpus;
  const RunPlaces& places;

  void state(workflow::PagesOptions& pages) const {
    if (!corpus.lang.empty()) pages.lang = corpus.lang;
  }

  void state(workflow::OcrOptions& ocr) const {
    if (!corpus.models.empty()) ocr.tessdata = (places.folder / corpus.models).string();
  }

  void state(workflow::StudyOptions& study) const {
    study.study = (places.folder / request.study).string();
    if (request.pipeline) study.pipeline.pipeline = places.pipeline().string();
    state(study.pages);
    state(study.ocr);
  }

  void operator()(workflow::TuneOptions& tune) const {
    tune.output = (places.own / "best.toml").string();
    tune.no_report = true;  // the server creates one on request
    // Not in the run's folder, which is removed when the run is forgotten.
    if (tune.train)
      tune.models = (places.folder / request.study).replace_extension(".models").string();
    tune.enqueue = request.start_from;
    state(tune.study);
  }
  void operator()(workflow::OptimizeOptions& optimize) const {
    optimize.enqueue = request.start_from;
    state(optimize.study);
  }
  void operator()(workflow::ScreenOptions& screen) const { state(screen.study); }

  void operator()(workflow::ApplyOptions& apply) const {
    std::error_code unknown;
    if (apply.choice.effort) {
      // Its pipelines are part of it.
    } else if (request.study.empty() || request.best_only) {
      apply.choice.pipelines = {places.pipeline().string()};
    } else if (std::filesystem::exists(places.portfolio(), unknown)) {
      apply.choice.portfolio = places.portfolio().string();
    } else {
      apply.choice.recipe = places.recipe().string();
    }
    apply.output = (places.folder / request.output).string();
    // The places of words, for what is shown and exported.
    for (const char* needed : {"text", "json"}) {
      if (std::ranges::find(apply.formats, needed) == apply.formats.end())
        apply.formats.emplace_back(needed);
    }
    state(apply.pages);
    state(apply.ocr);
  }

  void operator()(workflow::TrainOptions& train) const {
    train.output = (places.folder / request.output).string();
    train.result = places.training().string();
    state(train.pages);
  }
};

}  // namespace

std::vector<std::string> command_of(const RunRequest& request, const RunCorpus& corpus,
                                    const RunPlaces& places) {
  RunOptions options = request.options;
  RunOptions untouched = options;
  std::visit([](auto& chosen) { chosen = {}; }, untouched);
  std::visit(Stated{request, corpus, places}, options);
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
