#include "ocrtune/study_run/study_inputs.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ocrtune/base/csv.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/open_page_file.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune::workflow {
namespace fs = std::filesystem;
namespace {

/// True if the page's language is that of edits beside its file.
bool states_language(const PageRecord& page) {
  try {
    return stated_language(page.file, page.file_page) == page.lang;
  } catch (const Error&) {
    return false;  // loading says what is wrong with them
  }
}

/// True if the page's language and ground truth follow from its file alone.
bool speaks_for_itself(const PageRecord& page, const StudyDefinition& definition) {
  return (page.lang == definition.lang || states_language(page)) &&
         (page.truth_file.empty() ||
          (!is_url(page.file.native()) &&
           page.truth_file.parent_path() == page.file.parent_path() &&
           page.truth_file.filename().string().starts_with(page.file.stem().string() + ".")));
}

/// A page of each file in the study's order, one whose language is that of the file if there is
/// one.
std::vector<PageRecord> files_of(const StudyDefinition& definition) {
  std::vector<PageRecord> records;
  std::map<std::string, std::size_t> seen;  // paths would take URLs for equal that are not
  for (const auto* pages : {&definition.pages, &definition.held_out}) {
    for (const PageRecord& page : *pages) {
      if (page.file.empty())
        throw Error(Errc::study_error,
                    tr("the study does not record where its pages are; add their folder instead"));
      const auto [known, is_new] = seen.try_emplace(page.file.native(), records.size());
      if (is_new)
        records.push_back(page);
      else if (PageRecord& of_file = records[known->second];
               page.lang != of_file.lang && states_language(of_file))
        of_file = page;
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
