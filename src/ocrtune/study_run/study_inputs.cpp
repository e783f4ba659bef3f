#include "ocrtune/study_run/study_inputs.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "ocrtune/base/csv.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune::workflow {
namespace fs = std::filesystem;
namespace {

/// True if the page's language and ground truth follow from its file alone.
bool speaks_for_itself(const PageRecord& page, const StudyDefinition& definition) {
  return page.lang == definition.lang &&
         (page.truth_file.empty() ||
          (!is_url(page.file.native()) &&
           page.truth_file.parent_path() == page.file.parent_path() &&
           page.truth_file.filename().string().starts_with(page.file.stem().string() + ".")));
}

/// Every page's file without duplicates, in the study's order.
std::vector<PageRecord> files_of(const StudyDefinition& definition) {
  std::vector<PageRecord> records;
  std::set<std::string> seen;  // paths would take URLs for equal that are not
  for (const auto* pages : {&definition.pages, &definition.held_out}) {
    for (const PageRecord& page : *pages) {
      if (page.file.empty())
        throw Error(Errc::study_error,
                    tr("the study does not record where its pages are; add their folder instead"));
      if (seen.insert(page.file.native()).second) records.push_back(page);
    }
  }
  return records;
}

/// A manifest of the pages, with the properties that are not in their files.
std::string manifest_of(const std::vector<PageRecord>& records) {
  std::string text = csv_line({"file", "lang", "truth"});
  for (const PageRecord& page : records)
    text += csv_line({page.file.string(), page.lang, page.truth_file.string()});
  return text;
}

}  // namespace

std::vector<std::string> study_inputs(const StudyDefinition& definition, const fs::path& manifest) {
  const std::vector<PageRecord> records = files_of(definition);
  if (!std::ranges::all_of(
          records, [&](const PageRecord& page) { return speaks_for_itself(page, definition); })) {
    make_folder(manifest.parent_path());
    write_atomically(manifest, manifest_of(records));
    return {manifest.string()};
  }
  std::vector<std::string> inputs;
  inputs.reserve(records.size());
  for (const PageRecord& page : records) inputs.push_back(page.file.string());
  return inputs;
}

}  // namespace ocrtune::workflow
