#include <fmt/format.h>

#include <chrono>
#include <limits>

#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/server/routes.h"
#include "ocrtune/server/study_scans.h"
#include "ocrtune/server/zip_writer.h"
#include "ocrtune/study_run/study_inputs.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

std::string id_of(const Request& request) { return request.parameters.at("id"); }

std::size_t number_of(const Request& request) {
  long long number = 0;
  if (!parse_number(request.parameters.at("number"), number) || number < 0)
    throw HttpError(404, tr("a trial number must be a whole number of at least 0"));
  return static_cast<std::size_t>(number);
}

bool is_at_work(const Services& services, const std::string& id) {
  return services.runs.studies_at_work().contains(id + ".db");
}

/// The id of a corpus with a study's pages: that of the latest run on it, or a new one with the
/// files that the study names.
std::string study_corpus(const Services& services, const std::string& id) {
  const std::shared_ptr<const Storage> study = services.studies.view(id);
  for (const json& run : services.runs.list()) {
    if (run.at("study") != id + ".db" || run.at("method") == "apply") continue;
    std::string corpus = run.at("corpus");
    try {
      (void)services.corpora.request(corpus);
      return corpus;
    } catch (const Error&) {
      continue;  // it was removed from the list
    }
  }
  const StudyDefinition& definition = study->definition();
  const auto manifest = services.context.own_folder() / "pages" / (id + ".csv");
  try {
    return services.corpora.add(
        {.inputs = workflow::study_inputs(definition, manifest), .lang = definition.lang});
  } catch (const HttpError& error) {
    const int status = error.http_status();
    if (!services.studies.is_on_server(id) || (status != 403 && status != 404)) throw;
    // Their machine is another one.
    throw HttpError(404, tr("the pages of this study can't be shown here: {}; start `ocrtune "
                            "serve` with their folder as --pages",
                            error.what()));
  }
}

Response keep_notes(const Request& request, const StudyBook& studies) {
  JsonFields fields(request.json, "");
  // The limit of notes is checked separately, so that its error differs from that of invalid text.
  const std::string text = fields.text("text", std::numeric_limits<std::size_t>::max());
  fields.finish();
  if (text.size() > kMaxNoteBytes) throw HttpError(413, tr("notes have at most 64 KiB"));
  studies.keep_notes(id_of(request), text);
  return json_response({{"text", text}});
}

json put_scans(const Request& request, const Services& services) {
  JsonFields fields(request.json, "");
  const auto folder = services.context.roots.inside(fields.text("folder", kLongestPath));
  fields.finish();
  const std::string id = id_of(request);
  if (services.studies.is_on_server(id))
    throw HttpError(400, tr("studies on a PostgreSQL server aren't changed here"));
  if (is_at_work(services, id)) throw HttpError(409, tr("a run is active on this study"));
  return locate_scans(*open_study((services.context.folder() / (id + ".db")).string()), folder,
                      services.context.roots);
}

std::string zip_of(const std::vector<AuditFile>& files) {
  std::string bytes;
  const TextSink sink = [&](std::string_view piece) { bytes += piece; };
  ZipWriter zip(sink);
  const auto now = std::chrono::system_clock::now();
  for (const AuditFile& file : files) zip.add(file.name, file.text, now);
  zip.finish();
  return bytes;
}

Response study_export(const Request& request, const Services& services) {
  const std::string& name = request.parameters.at("name");
  const std::string id = id_of(request);
  const std::string title = services.studies.is_on_server(id) ? services.studies.name(id) : id;
  if (name == "audit.zip")
    return {.type = "application/zip",
            .body = zip_of(services.studies.audit_files(id)),
            .headers = {attachment(title + "-" + name)}};
  return {.type = name.ends_with(".csv")    ? "text/csv; charset=utf-8"
                  : name.ends_with(".toml") ? "application/toml"
                                            : "text/html; charset=utf-8",
          .body = services.studies.exported(id, name, services.context.stop),
          .headers = {attachment(title + "-" + name)}};
}

}  // namespace

ServerEvent studies_event(const StudyBook& studies) {
  return {.name = "studies",
          .key = "",
          .data = studies.server_entries().dump(-1, ' ', false, json::error_handler_t::replace)};
}

void add_study_routes(Router& router, const Services& services) {
  StudyBook& studies = services.studies;
  router.add("GET", "/api/studies", [&services](const Request&) {
    return json_response(services.studies.entries(services.runs.studies_at_work()));
  });
  router.add("GET", "/api/studies/{id}/data", [&services](const Request& request) {
    const std::string id = id_of(request);
    return Response{.body = services.studies.data(id, is_at_work(services, id))};
  });
  router.add("GET", "/api/studies/{id}/trials/{number}", [&studies](const Request& request) {
    return json_response(studies.trial(id_of(request), number_of(request)));
  });
  router.add("GET", "/api/studies/{id}/verdict", [&studies](const Request& request) {
    return json_response(studies.verdict(id_of(request)));
  });
  router.add("GET", "/api/studies/{id}/corpus", [&services](const Request& request) {
    return json_response({{"id", study_corpus(services, id_of(request))}});
  });
  router.add("GET", "/api/studies/{id}/scans", [&services](const Request& request) {
    return json_response(
        study_scans(services.studies.view(id_of(request))->definition(), services.context.roots));
  });
  router.add_json("PUT", "/api/studies/{id}/scans", [&services](const Request& request) {
    (void)services.studies.view(id_of(request));  // there is such a study
    return json_response(put_scans(request, services));
  });
  router.add("GET", "/api/studies/{id}/exports", [&studies](const Request& request) {
    return json_response({{"names", studies.exports(id_of(request))}});
  });
  router.add("GET", "/api/studies/{id}/export/{name}",
             [&services](const Request& request) { return study_export(request, services); });
  router.add("GET", "/api/studies/{id}/notes", [&studies](const Request& request) {
    return json_response({{"text", studies.notes(id_of(request))}});
  });
  router.add_json("PUT", "/api/studies/{id}/notes",
                  [&studies](const Request& request) { return keep_notes(request, studies); });
}

}  // namespace ocrtune::server
