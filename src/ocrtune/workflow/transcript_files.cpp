#include "ocrtune/workflow/transcript_files.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::workflow {
namespace {

namespace fs = std::filesystem;

/// In the order of preference.
constexpr std::array<std::string_view, 10> kEndings{
    ".gt.txt", ".gt.hocr", ".gt.html",  ".gt.xml",   ".txt",
    ".hocr",   ".html",    ".page.xml", ".alto.xml", ".xml"};

/// Index of the ending of a file's name; kEndings.size() for another one.
std::size_t ending_of(const fs::path& path) {
  const std::string name = lower_case(path.filename().string());
  const auto ending =
      std::ranges::find_if(kEndings, [&](std::string_view known) { return name.ends_with(known); });
  return static_cast<std::size_t>(ending - kEndings.begin());
}

TranscriptFile transcript_file(const fs::path& path, const fs::path& name) {
  const std::size_t ending = ending_of(path);
  std::string page = name.string();
  page.resize(page.size() - (ending < kEndings.size() ? kEndings.at(ending).size()
                                                      : name.extension().string().size()));
  return {.path = path,
          .page = std::move(page),
          .truth = ending < kEndings.size() && kEndings.at(ending).starts_with(".gt")};
}

void add_folder(const fs::path& folder, std::vector<TranscriptFile>& files,
                std::vector<Problem>& problems) {
  const auto is_known = [](const fs::path& path) { return ending_of(path) < kEndings.size(); };
  for (const fs::path& path : files_below(folder, is_known, problems))
    files.push_back(transcript_file(path, path.lexically_relative(folder)));
}

/// The preferred file of each page, in the order of the pages' first files.
std::vector<TranscriptFile> one_a_page(std::vector<TranscriptFile> files) {
  std::map<std::string, std::size_t> places;
  std::vector<TranscriptFile> unique;
  for (TranscriptFile& file : files) {
    const auto [place, added] = places.emplace(file.page, unique.size());
    if (added) {
      unique.push_back(std::move(file));
      continue;
    }
    const fs::path& other = unique[place->second].path;
    if (other.parent_path() != file.path.parent_path())
      throw Error(Errc::invalid_argument,
                  tr("{} and {} are of the same page; give one folder of each kind at a time",
                     shown(other), shown(file.path)));
    if (ending_of(file.path) < ending_of(unique[place->second].path)) {
      unique[place->second] = std::move(file);
    }
  }
  return unique;
}

/// Finds ground truths by the names of pages, each only once.
class Truths {
 public:
  explicit Truths(std::vector<TranscriptFile> files)
      : files_(std::move(files)), used_(files_.size()) {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      by_page_.emplace(files_[i].page, i);
      by_name_[name_of(files_[i].page)].push_back(i);
    }
  }

  std::optional<TranscriptFile> take(const std::string& page) {
    if (const auto same = by_page_.find(page); same != by_page_.end()) return use(same->second);
    const auto alike = by_name_.find(name_of(page));
    if (alike == by_name_.end() || alike->second.size() != 1) return std::nullopt;
    return use(alike->second.front());
  }

  [[nodiscard]] std::vector<std::string> left() const {
    std::vector<std::string> pages;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (!used_[i]) pages.push_back(files_[i].page);
    }
    return pages;
  }

 private:
  static std::string name_of(const std::string& page) { return fs::path(page).filename().string(); }

  std::optional<TranscriptFile> use(std::size_t i) {
    if (used_[i]) return std::nullopt;
    used_[i] = true;
    return files_[i];
  }

  std::vector<TranscriptFile> files_;
  std::vector<bool> used_;
  std::map<std::string, std::size_t> by_page_;
  std::map<std::string, std::vector<std::size_t>> by_name_;
};

}  // namespace

std::vector<TranscriptFile> find_transcripts(const std::vector<std::string>& arguments,
                                             std::vector<Problem>& problems) {
  std::vector<TranscriptFile> files;
  for (const std::string& argument : arguments) {
    const fs::path path(argument);
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (fs::is_directory(status)) {
      add_folder(path, files, problems);
    } else if (!fs::exists(status)) {
      problems.push_back({argument, tr("no such file or folder")});
    } else {
      files.push_back(transcript_file(path, path.filename()));
    }
  }
  return files;
}

std::vector<TranscriptFile> truths_beside(const std::vector<TranscriptFile>& files) {
  std::set<fs::path> listed;
  for (const TranscriptFile& file : files) listed.insert(file.path.lexically_normal());
  std::vector<TranscriptFile> truths;
  for (const TranscriptFile& file : files) {
    if (file.truth) continue;
    const std::string name = fs::path(file.page).filename().string();
    for (const std::string_view ending : kEndings) {
      if (!ending.starts_with(".gt")) continue;
      const fs::path beside = file.path.parent_path() / (name + std::string(ending));
      std::error_code failure;
      if (!fs::is_regular_file(beside, failure)) continue;
      if (listed.insert(beside.lexically_normal()).second)
        truths.push_back({.path = beside, .page = file.page, .truth = true});
    }
  }
  return truths;
}

FilePairs paired(std::vector<TranscriptFile> ocr_results, std::vector<TranscriptFile> truths) {
  ocr_results = one_a_page(std::move(ocr_results));
  truths = one_a_page(std::move(truths));
  FilePairs result;
  if (ocr_results.size() == 1 && truths.size() == 1) {
    result.pairs.push_back({ocr_results.front(), truths.front()});
    return result;
  }
  Truths known(std::move(truths));
  for (TranscriptFile& ocr_result : ocr_results) {
    if (auto truth = known.take(ocr_result.page)) {
      result.pairs.push_back({std::move(ocr_result), *std::move(truth)});
    } else {
      result.without_truth.push_back(ocr_result.page);
    }
  }
  result.without_ocr_result = known.left();
  return result;
}

}  // namespace ocrtune::workflow
