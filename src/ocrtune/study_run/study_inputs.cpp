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
#include "ocrtune/base/language_names.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/open_page_file.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune::workflow {
namespace fs = std::filesystem;
namespace {

/// What a study knows of a file.
struct StudyFile {
  PageRecord page;                ///< the first page, in the language of the file if that is known
  bool lang_is_of_edits = false;  ///< all pages have languages that edits beside the file state
};

/// True if the page's language is stated by edits beside its file, or was found because of them.
bool has_language_of_edits(const PageRecord& page) {
  try {
    const std::string lang = stated_language(page.file, page.file_page);
    return lang == page.lang || lang == kAutomaticLanguage;
  } catch (const Error&) {
    return false;  // loading says what is wrong with them
  }
}

/// True if language and ground truth follow from the file alone.
bool speaks_for_itself(const StudyFile& file, const StudyDefinition& definition) {
  const PageRecord& page = file.page;
  return (file.lang_is_of_edits || page.lang == definition.lang) &&
         (page.truth_file.empty() ||
          (!is_url(page.file.native()) &&
           page.truth_file.parent_path() == page.file.parent_path() &&
           page.truth_file.filename().string().starts_with(page.file.stem().string() + ".")));
}

/// Every file without duplicates, in the study's order.
std::vector<StudyFile> files_of(const StudyDefinition& definition) {
  std::vector<StudyFile> files;
  std::map<std::string, std::size_t> seen;  // paths would take URLs for equal that are not
  for (const auto* pages : {&definition.pages, &definition.held_out}) {
    for (const PageRecord& page : *pages) {
      if (page.file.empty())
        throw Error(Errc::study_error,
                    tr("the study does not record where its pages are; add their folder instead"));
      const bool is_of_edits = has_language_of_edits(page);
      const auto [known, is_new] = seen.try_emplace(page.file.native(), files.size());
      if (is_new) {
        files.push_back({page, is_of_edits});
      } else if (StudyFile& file = files[known->second]; file.lang_is_of_edits && !is_of_edits) {
        file.page.lang = page.lang;
        file.lang_is_of_edits = false;
      }
    }
  }
  return files;
}

/// A manifest of the files, with the properties that are not in their files.
std::string manifest_of(const std::vector<StudyFile>& files) {
  std::string text = csv_line({"file", "lang", "truth"});
  for (const auto& [page, lang_is_of_edits] : files)
    text +=
        csv_line({page.file.string(), lang_is_of_edits ? "" : page.lang, page.truth_file.string()});
  return text;
}

}  // namespace

std::vector<std::string> study_inputs(const StudyDefinition& definition, const fs::path& manifest) {
  const std::vector<StudyFile> files = files_of(definition);
  if (!std::ranges::all_of(
          files, [&](const StudyFile& file) { return speaks_for_itself(file, definition); })) {
    make_folder(manifest.parent_path());
    write_atomically(manifest, manifest_of(files));
    return {manifest.string()};
  }
  std::vector<std::string> inputs;
  inputs.reserve(files.size());
  for (const StudyFile& file : files) inputs.push_back(file.page.file.string());
  return inputs;
}

}  // namespace ocrtune::workflow
