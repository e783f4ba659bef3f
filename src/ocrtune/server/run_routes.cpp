#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/server/routes.h"
#include "ocrtune/server/run_exports.h"
#include "ocrtune/server/run_request.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

/// A number in the query; 0 if there is none. Throws HttpError(400).
std::uint64_t query_number(const Request& request, const std::string& name) {
  const auto found = request.query.find(name);
  if (found == request.query.end()) return 0;
  long long number = 0;
  if (!parse_number(found->second, number) || number < 0)
    throw HttpError(400, "`" + name + tr("`: must be a whole number of at least 0"));
  return static_cast<std::uint64_t>(number);
}

/// Throws HttpError(400) for options that a recipe states.
void refuse_beside_recipe(const workflow::PortfolioOptions& choice) {
  if (!choice.vote && choice.enough == workflow::PortfolioOptions{}.enough) return;
  throw HttpError(
      400, tr("`options.{}`: the recipe of the study states it", choice.vote ? "vote" : "enough"));
}

/// The recipe of a study for `apply`, or its pipeline if it has no recipe or the request asks for
/// it; sets the study's OCR options if the request does not. Throws HttpError(400).
std::string applied_toml(RunRequest& request, StudyBook& studies) {
  if (!request.applies() || request.study.empty()) return "";
  const std::string id = request.study.substr(0, request.study.size() - 3);
  std::optional<int>& psm = std::get<workflow::ApplyOptions>(request.options).ocr.psm;
  // The usual mode is not stated, so that columns are looked for.
  const int of_study = studies.view(id)->definition().psm;
  if (!psm && of_study != RecognitionOptions{}.psm) psm = of_study;
  if (!request.best_only) {
    if (std::optional<std::string> recipe = studies.recipe_toml(id)) {
      refuse_beside_recipe(std::get<workflow::ApplyOptions>(request.options).choice);
      return *std::move(recipe);
    }
    request.best_only = true;
    request.json["best_only"] = true;
  }
  return studies.best_toml(id);
}

/// The properties of a corpus that a run needs.
RunCorpus corpus_of(Corpora& corpora, const std::string& id) {
  CorpusRequest request = corpora.request(id);
  const json info = corpora.info(id, false);
  return {.inputs = std::move(request.inputs),
          .lang = std::move(request.lang),
          .page_count = info.at("state") == "ready" ? info.at("page_count").get<std::size_t>() : 0};
}

/// The folder of the models that a run asks for; empty if it asks for none. Throws HttpError(400)
/// if they are not those of a training that won something.
std::string models_folder(const Runs& runs, const RunRequest& run) {
  if (run.models.empty()) return "";
  const RunRequest training = runs.request(run.models);
  if (!training.trains()) throw HttpError(400, tr("`models`: is not a run of train"));
  const json result = runs.training(run.models);
  const bool done = runs.info(run.models).at("state") == state_name(RunState::done);
  const json engines = result.is_null() ? json::array() : result.value("engines", json::array());
  const auto wrote = [](const json& engine) {
    return engine.is_object() && engine.contains("file");
  };
  if (!done || std::ranges::none_of(engines, wrote))
    throw HttpError(400, tr("`models`: the run {} has written no model", run.models));
  return training.output;
}

/// A run that writes texts. Throws HttpError(404) if it is another one.
AppliedRun applied_run(const Services& services, const std::string& id) {
  const RunRequest request = services.runs.request(id);
  if (!request.applies()) throw HttpError(404, tr("only runs of apply have texts"));
  return {.id = id,
          .output = services.context.folder() / request.output,
          .corpus = services.corpora.pages(request.corpus)};
}

json texts_of(const Services& services, const Request& request) {
  constexpr std::size_t kLongest = 200;
  constexpr std::uint64_t kMax = 500;
  TextQuery query;
  if (const auto words = request.query.find("words"); words != request.query.end())
    query.words = words->second;
  if (query.words.size() > kLongest)
    throw HttpError(400, tr("`words`: at most {} bytes", kLongest));
  query.from = query_number(request, "from");
  if (const std::uint64_t count = query_number(request, "count"); count > 0)
    query.count = std::min(count, kMax);
  return services.texts.list(applied_run(services, request.parameters.at("id")), query);
}

json text_of_page(const Services& services, const Request& request) {
  return services.texts.text(applied_run(services, request.parameters.at("id")),
                             page_number(request));
}

json pages_to_correct(const Services& services, const Request& request) {
  constexpr std::uint64_t kMax = 50;
  constexpr std::uint64_t kUsual = 5;
  const std::uint64_t count = query_number(request, "count");
  return services.texts.to_correct(applied_run(services, request.parameters.at("id")),
                                   count == 0 ? kUsual : std::min(count, kMax),
                                   services.context.stop);
}

Response export_of_run(const Services& services, const Request& request) {
  const std::string& name = request.parameters.at("name");
  const bool is_zip = name == "texts.zip";
  if (!is_zip && name != "pages.pdf") throw HttpError(404, tr("a run has no such export"));
  AppliedRun run = applied_run(services, request.parameters.at("id"));
  std::vector<WrittenPage> pages = services.texts.pages(run);
  if (pages.empty()) throw HttpError(404, tr("no page is finished yet"));
  const auto write = is_zip ? write_texts_zip : write_pages_pdf;
  return {.type = is_zip ? "application/zip" : "application/pdf",
          .body = "",
          .headers = {attachment(run.output.filename().string() + "-" + name)},
          .maker = [run = std::move(run), pages = std::move(pages), write](const TextSink& sink) {
            write(run, pages, sink);
          }};
}

json begin(const Services& services, const json& body) {
  RunRequest request = parse_run_request(body);
  const std::string study = request.study.substr(0, request.study.rfind('.'));
  if (request.searches() && services.studies.is_on_server(study)) {
    throw HttpError(400, tr("`study`: {} is on a PostgreSQL server; runs write to files here",
                            quotable(study, 60)));
  }
  for (std::string& file : request.start_from) file = services.context.roots.inside(file).string();
  if (!request.start_from.empty()) request.json["start_from"] = request.start_from;
  RunCorpus corpus = corpus_of(services.corpora, request.corpus);
  corpus.models = models_folder(services.runs, request);
  const std::string applied = applied_toml(request, services.studies);
  return {{"id", services.runs.begin(std::move(request), corpus, applied)}};
}

std::vector<ServerEvent> all_states(const Services& services) {
  std::vector<ServerEvent> events = services.corpora.state_events();
  std::vector<ServerEvent> runs = services.runs.state_events();
  events.insert(events.end(), std::make_move_iterator(runs.begin()),
                std::make_move_iterator(runs.end()));
  events.push_back(studies_event(services.studies));
  return events;
}

}  // namespace

void add_run_routes(Router& router, const Services& services) {
  Runs& runs = services.runs;
  const auto id = [](const Request& request) { return request.parameters.at("id"); };
  router.add_json("POST", "/api/runs", [&services](const Request& request) {
    return json_response(begin(services, request.json));
  });
  router.add("GET", "/api/runs", [&runs](const Request&) { return json_response(runs.list()); });
  router.add("GET", "/api/runs/{id}",
             [&runs, id](const Request& request) { return json_response(runs.info(id(request))); });
  router.add("POST", "/api/runs/{id}/pause", [&runs, id](const Request& request) {
    return json_response(runs.pause(id(request)));
  });
  router.add("POST", "/api/runs/{id}/cancel", [&runs, id](const Request& request) {
    return json_response(runs.cancel(id(request)));
  });
  router.add("POST", "/api/runs/{id}/resume", [&services, id](const Request& request) {
    const RunCorpus corpus = corpus_of(services.corpora, services.runs.request(id(request)).corpus);
    return json_response(services.runs.resume(id(request), corpus));
  });
  router.add("DELETE", "/api/runs/{id}", [&runs, id](const Request& request) {
    runs.forget(id(request));
    return json_response(json::object());
  });
  router.add("GET", "/api/runs/{id}/log", [&runs, id](const Request& request) {
    return json_response(runs.log(id(request), query_number(request, "from")));
  });
  router.add("GET", "/api/runs/{id}/texts", [&services](const Request& request) {
    return json_response(texts_of(services, request));
  });
  router.add("GET", "/api/runs/{id}/texts/{page}", [&services](const Request& request) {
    return json_response(text_of_page(services, request));
  });
  router.add("GET", "/api/runs/{id}/to_correct", [&services](const Request& request) {
    return json_response(pages_to_correct(services, request));
  });
  router.add("GET", "/api/runs/{id}/export/{name}",
             [&services](const Request& request) { return export_of_run(services, request); });
  router.add("GET", "/api/runs/{id}/history", [&runs, id](const Request& request) {
    return json_response(runs.history(id(request), query_number(request, "from")));
  });
  router.add("GET", "/api/runs/{id}/training", [&runs, id](const Request& request) {
    return json_response(runs.training(id(request)));
  });
  router.add("GET", "/api/events", [&services](const Request&) {
    return Response{.body = "",
                    .events = event_source(services.events, [&] { return all_states(services); })};
  });
}

}  // namespace ocrtune::server
