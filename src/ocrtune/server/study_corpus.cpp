#include "ocrtune/server/study_corpus.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "ocrtune/base/csv.h"
#include "ocrtune/base/files.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace fs = std::filesystem;
namespace {

/// True where the page's language and truth would be found from its file alone.
bool speaks_for_itself(const PageRecord& page, const StudyDefinition& definition) {
  return page.lang == definition.lang &&
         (page.truth_file.empty() ||
          (page.truth_file.parent_path() == page.file.parent_path() &&
           page.truth_file.filename().string().starts_with(page.file.stem().string() + ".")));
}

/// Every page's file once, in the study's order.
std::vector<PageRecord> files_of(const StudyDefinition& definition) {
  std::vector<PageRecord> records;
  std::set<fs::path> seen;
  for (const auto* pages : {&definition.pages, &definition.held_out}) {
    for (const PageRecord& page : *pages) {
      if (page.file.empty())
        throw HttpError(409, "the study doesn't say where its pages are: add their folder instead");
      if (seen.insert(page.file).second) records.push_back(page);
    }
  }
  return records;
}

/// A manifest of the pages, with what their files don't say.
std::string manifest_of(const std::vector<PageRecord>& records) {
  std::string text = csv_line({"file", "lang", "truth"});
  for (const PageRecord& page : records)
    text += csv_line({page.file.string(), page.lang, page.truth_file.string()});
  return text;
}

}  // namespace

std::string study_corpus(const RunServices& services, const std::string& id) {
  const std::unique_ptr<Storage> study = services.studies.view(id);
  for (const nlohmann::json& run : services.runs.list()) {
    if (run.at("study") != id + ".db" || run.at("method") == "apply") continue;
    std::string corpus = run.at("corpus");
    try {
      (void)services.corpora.find(corpus);
      return corpus;
    } catch (const HttpError&) {
      continue;  // it was forgotten
    }
  }
  const StudyDefinition& definition = study->definition();
  const std::vector<PageRecord> records = files_of(definition);
  std::vector<std::string> inputs;
  if (std::ranges::all_of(
          records, [&](const PageRecord& page) { return speaks_for_itself(page, definition); })) {
    for (const PageRecord& page : records) inputs.push_back(page.file.string());
  } else {
    const fs::path folder = services.studies.folder() / ".ocrtune" / "pages";
    make_folder(folder);
    write_atomically(folder / (id + ".csv"), manifest_of(records));
    inputs.push_back((folder / (id + ".csv")).string());
  }
  return services.corpora.made_of(inputs, definition.lang);
}

}  // namespace ocrtune::server
