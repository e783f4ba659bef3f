#include "ocrtune/server/study_corpus.h"

#include "ocrtune/server/message.h"

namespace ocrtune::server {

std::string study_corpus(const RunServices& services, const std::string& id) {
  const std::string study = id + ".db";
  (void)services.studies.view(id);
  for (const nlohmann::json& run : services.runs.list()) {
    if (run.at("study") != study || run.at("method") == "apply") continue;
    std::string corpus = run.at("corpus");
    try {
      (void)services.corpora.find(corpus);
      return corpus;
    } catch (const HttpError&) {
      continue;  // it was forgotten
    }
  }
  throw HttpError(409, "the study doesn't say where its pages are");
}

}  // namespace ocrtune::server
