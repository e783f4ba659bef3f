#include "ocrtune/server/study_scans.h"

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/corpus/inputs.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace fs = std::filesystem;

namespace {

/// Takes the place of each record whose pixels a page of `corpus` has. Returns how many have one.
std::size_t take_places(std::vector<PageRecord>& records, const Corpus& corpus) {
  std::multimap<std::string, const Page*> left;
  for (const Page& page : corpus.pages()) left.emplace(page.identity().text(), &page);
  std::size_t found = 0;
  for (PageRecord& record : records) {
    const auto at = left.find(record.pixels);
    if (at == left.end()) continue;
    const Page& page = *at->second;
    left.erase(at);
    ++found;
    record.file = recorded_path(page.file);
    record.file_page = page.index;
    // Other ground truth makes another study.
    if (page.truth_hash() == record.truth) record.truth_file = recorded_path(page.truth_file);
  }
  return found;
}

/// The pages of files below the folder that are called as a file of the study.
Corpus pages_below(const fs::path& folder, const StudyDefinition& study, bool in_colour,
                   const Roots& roots) {
  std::set<fs::path> names;
  for (const auto* records : {&study.pages, &study.held_out})
    for (const PageRecord& record : *records) names.insert(record.file.filename());
  std::vector<Problem> problems;
  std::istringstream no_input;
  std::vector<InputFile> files = expand_inputs({folder.string()}, no_input, problems);
  std::erase_if(files, [&](const InputFile& file) {
    return !names.contains(file.path.filename()) || !roots.contains(file.path);
  });
  return Corpus::load(
      files,
      {.lang = study.lang, .workers = machine_resources().logical_cores, .in_colour = in_colour},
      problems);
}

}  // namespace

nlohmann::json study_scans(const StudyDefinition& study, const Roots& roots) {
  std::size_t pages = 0;
  std::size_t found = 0;
  std::string missing;
  for (const auto* records : {&study.pages, &study.held_out}) {
    for (const PageRecord& record : *records) {
      ++pages;
      if (roots.contains(record.file))
        ++found;
      else if (missing.empty())
        missing = shown(record.file);
    }
  }
  return {{"pages", pages}, {"found", found}, {"missing", missing}};
}

nlohmann::json locate_scans(Storage& study, const fs::path& folder, const Roots& roots) {
  const StudyDefinition& definition = study.definition();
  std::vector<PageRecord> pages = definition.pages;
  std::vector<PageRecord> held_out = definition.held_out;
  // A study whose pipeline uses colours knows its pages by these.
  for (const bool in_colour : {false, true}) {
    const Corpus corpus = pages_below(folder, definition, in_colour, roots);
    if (take_places(pages, corpus) + take_places(held_out, corpus) == 0) continue;
    study.locate(pages, held_out);
    return study_scans(study.definition(), roots);
  }
  throw HttpError(404, tr("no scan of this study is in this folder: files of the same names and "
                          "with the same pixels are looked for"));
}

}  // namespace ocrtune::server
