#include "ocrtune/server/run_services.h"

#include <utility>

#include "ocrtune/server/study_warmer.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

ServerEvent corpus_event(const json& info) {
  return {.name = "corpus",
          .key = info.value("id", ""),
          .data = info.dump(-1, ' ', false, json::error_handler_t::replace)};
}

/// The server's corpora, as runs see them.
class ServerCorpora final : public CorpusInputs {
 public:
  explicit ServerCorpora(Corpora& corpora) : corpora_(corpora) {}

  [[nodiscard]] RunCorpus find(const std::string& id) const override {
    CorpusRequest request = corpora_.request(id);
    const json info = corpora_.info(id, false);
    return {.inputs = std::move(request.inputs),
            .lang = std::move(request.lang),
            .page_count = info.value("state", "") == "ready" ? info.value("page_count", 0U) : 0U};
  }

  std::string made_of(const std::vector<std::string>& inputs, const std::string& lang) override {
    return corpora_.add({.inputs = inputs, .lang = lang});
  }

 private:
  Corpora& corpora_;
};

}  // namespace

struct RunPart::Parts {
  Parts(const ServerContext& context, Corpora& all)
      : stop(context.stop),
        corpora(all),
        inputs(all),
        events(std::make_shared<EventHub>()),
        studies(context.folder()),
        runs(context.folder(), context.program, events, [this] { warmer.wake(); }),
        warmer(studies, [this] { return runs.studies_at_work(); }) {}

  const std::atomic<bool>& stop;
  Corpora& corpora;
  ServerCorpora inputs;
  std::shared_ptr<EventHub> events;
  StudyBook studies;
  Runs runs;
  StudyWarmer warmer;  // runs are closed before it goes
};

RunPart::RunPart(const ServerContext& context, Corpora& corpora)
    : parts_(std::make_unique<Parts>(context, corpora)) {
  corpora.on_change(
      [events = parts_->events](const json& info) { events->publish(corpus_event(info)); });
  parts_->warmer.wake();
}

RunPart::~RunPart() {
  parts_->runs.close();
  parts_->events->close();
}

void RunPart::add_routes(Router& router) {
  const auto corpus_events = [&corpora = parts_->corpora] {
    std::vector<ServerEvent> events;
    for (const json& info : corpora.all()) events.push_back(corpus_event(info));
    return events;
  };
  const RunServices services{.events = *parts_->events,
                             .runs = parts_->runs,
                             .studies = parts_->studies,
                             .corpora = parts_->inputs,
                             .stop = parts_->stop,
                             .corpus_events = corpus_events};
  add_run_routes(router, services);
  add_study_routes(router, services);
}

}  // namespace ocrtune::server
