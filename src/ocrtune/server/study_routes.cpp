#include <limits>
#include <utility>

#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/text.h"
#include "ocrtune/server/run_routes.h"
#include "ocrtune/server/study_corpus.h"
#include "ocrtune/server/study_export.h"
#include "ocrtune/server/study_notes.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

std::string id_of(const Request& request) { return request.parameters.at("id"); }

std::size_t number_of(const Request& request) {
  long long number = 0;
  if (!parse_number(request.parameters.at("number"), number) || number < 0)
    throw HttpError(404, "a trial has a whole number from 0 on");
  return static_cast<std::size_t>(number);
}

void add_note_routes(Router& router, StudyBook& studies) {
  router.add("GET", "/api/studies/{id}/notes", [&studies](const Request& request) {
    return json_response({{"text", read_notes(studies.folder(), id_of(request))}});
  });
  router.add_json("PUT", "/api/studies/{id}/notes", [&studies](const Request& request) {
    JsonFields fields(request.json, "");
    // Its own limit is told apart from what is no text at all.
    const std::string text = fields.text("text", std::numeric_limits<std::size_t>::max());
    fields.finish();
    write_notes(studies.folder(), id_of(request), text);
    return json_response({{"text", text}});
  });
}

}  // namespace

void add_study_routes(Router& router, const RunServices& services) {
  StudyBook& studies = services.studies;
  Runs& runs = services.runs;
  const auto at_work = [&runs](const std::string& id) {
    return runs.studies_at_work().contains(id + ".db");
  };
  router.add("GET", "/api/studies", [&studies, &runs](const Request&) {
    return json_response(studies.entries(runs.studies_at_work()));
  });
  router.add("GET", "/api/studies/{id}/data", [&studies, at_work](const Request& request) {
    const std::string id = id_of(request);
    return Response{.body = studies.data(id, at_work(id))};
  });
  router.add("GET", "/api/studies/{id}/trials/{number}", [&studies](const Request& request) {
    return json_response(studies.trial(id_of(request), number_of(request)));
  });
  router.add("GET", "/api/studies/{id}/corpus", [services](const Request& request) {
    return json_response({{"id", study_corpus(services, id_of(request))}});
  });
  router.add("GET", "/api/studies/{id}/export/{name}",
             [&studies, &stop = services.stop](const Request& request) {
               return study_export(studies, id_of(request), request.parameters.at("name"), stop);
             });
  add_note_routes(router, studies);
}

}  // namespace ocrtune::server
