#include "ocrtune/study_run/study_pages.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/study_run/page_sample.h"

namespace ocrtune::workflow {
namespace {

LoadedPages load_selected(const PagesLoading& loading, const std::string& lang,
                          const FileSelection& select) {
  return load_pages(loading.options, loading.events, loading.plan, loading.tessdata,
                    loading.in_colour, lang, select);
}

CorpusSplit split_as_sampled(const Corpus& pages, const PageSample& sample) {
  CorpusSplit split;
  for (std::size_t i = 0; i < pages.pages().size(); ++i) {
    const Page& page = pages.pages()[i];
    const bool held_out = sample.held_out.contains({page.file.native(), page.index});
    (held_out ? split.held_out : split.tuned).push_back(i);
  }
  return split;
}

/// Pages by the index of their file and their index in it.
using PagesOfFiles = std::map<std::size_t, std::set<int>>;

std::vector<InputFile> files_with(const std::vector<InputFile>& files, const PagesOfFiles& pages) {
  std::vector<InputFile> chosen;
  for (const auto& [file, numbers] : pages) {
    chosen.push_back(files[file]);
    chosen.back().pages.emplace(numbers.begin(), numbers.end());
  }
  return chosen;
}

/// Finds the files of recorded pages.
class RecordedFiles {
 public:
  explicit RecordedFiles(const std::vector<InputFile>& files) {
    for (std::size_t i = 0; i < files.size(); ++i) {
      by_path_.emplace(recorded_path(files[i].path).native(), i);
      by_name_.emplace(files[i].name, i);
    }
  }

  /// Adds the page of each file that may be the record's; false if there is none.
  bool add(const PageRecord& record, PagesOfFiles& pages) const {
    if (const auto at = by_path_.find(record.file.native()); at != by_path_.end()) {
      pages[at->second].insert(record.file_page);
      return true;
    }
    std::string name = record.name;
    const std::string mark = fmt::format("#{}", record.file_page + 1);
    if (!by_name_.contains(name) && name.ends_with(mark)) name.resize(name.size() - mark.size());
    const auto [begin, end] = by_name_.equal_range(name);
    for (auto at = begin; at != end; ++at) pages[at->second].insert(record.file_page);
    return begin != end;
  }

 private:
  std::map<std::string, std::size_t> by_path_;
  std::multimap<std::string, std::size_t> by_name_;
};

}  // namespace

StudyPages load_new_pages(const PagesLoading& loading, const NewPages& wanted) {
  PageSample sample;
  loading.events.progress({tr("loading pages")});
  LoadedPages loaded =
      load_selected(loading, StudyDefinition{}.lang,
                    [&](std::vector<InputFile> files, const CorpusOptions& options,
                        std::vector<Problem>& problems) {
                      if (!wanted.max_tuned) return files;
                      sample = sample_pages(std::move(files),
                                            {.tuned = *wanted.max_tuned,
                                             .held_out = wanted.held_out,
                                             .seed = wanted.seed,
                                             .with_truth = wanted.of_truth.has_value()},
                                            options, loading.events, problems);
                      if (wanted.of_truth && !sample.whole && sample.drawn_from == 0)
                        refuse_without_truth(*wanted.of_truth);
                      return std::move(sample.files);
                    });
  StudyPages pages{.all = std::move(loaded.corpus), .split = {}, .left_out = loaded.left_out};
  if (!sample.whole) {
    pages.split = split_as_sampled(pages.all, sample);
    pages.sampled = true;
    return pages;
  }
  const std::size_t count = pages.all.pages().size();
  pages.split = split_at_random(pages.all, wanted.held_out(count), wanted.max_tuned.value_or(count),
                                wanted.seed);
  pages.sampled = pages.split.tuned.size() == wanted.max_tuned;
  return pages;
}

StudyPages load_stored_pages(const PagesLoading& loading, const StudyDefinition& stored) {
  std::vector<InputFile> collection;
  const FileSelection select = [&](std::vector<InputFile> files, const CorpusOptions&,
                                   std::vector<Problem>&) {
    if (!collection.empty()) return std::exchange(collection, {});
    if (!stored.search.sampled) return files;
    std::optional<std::vector<InputFile>> found = files_of_study(files, stored);
    if (!found) return files;
    collection = std::move(files);
    return std::move(*found);
  };
  loading.events.progress({tr("loading pages")});
  LoadedPages loaded = load_selected(loading, stored.lang, select);
  CorpusSplit split = split_as(stored, loaded.corpus);
  const std::size_t wanted = stored.pages.size() + stored.held_out.size();
  if (!collection.empty() && split.tuned.size() + split.held_out.size() < wanted) {
    // Other files have their names now: the pages are looked for in all of them.
    loaded = load_selected(loading, stored.lang, select);
    split = split_as(stored, loaded.corpus);
  }
  return {.all = std::move(loaded.corpus),
          .split = std::move(split),
          .sampled = stored.search.sampled,
          .left_out = loaded.left_out};
}

std::optional<std::vector<InputFile>> files_of_study(const std::vector<InputFile>& files,
                                                     const StudyDefinition& definition) {
  const RecordedFiles recorded(files);
  PagesOfFiles pages;
  for (const auto* records : {&definition.pages, &definition.held_out}) {
    for (const PageRecord& record : *records) {
      if (!recorded.add(record, pages)) return std::nullopt;
    }
  }
  return files_with(files, pages);
}

void refuse_without_truth(const OptionValue& option) {
  throw OptionError(
      Errc::invalid_argument, option.name, option.value,
      tr("no page has ground truth (NAME.gt.txt beside it, or the column truth of a manifest)"));
}

}  // namespace ocrtune::workflow
