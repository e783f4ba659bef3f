#include "ocrtune/corpus/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <new>
#include <numeric>
#include <set>
#include <tuple>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/parallel.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/open_input.h"
#include "ocrtune/corpus/open_page_file.h"
#include "ocrtune/corpus/open_pages.h"
#include "ocrtune/corpus/page_edits.h"
#include "ocrtune/corpus/remote_files.h"
#include "ocrtune/corpus/truth.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune {
namespace {

/// The pages and problems of one file.
struct LoadedFile {
  std::vector<Page> pages;
  std::vector<Image> images;
  std::vector<Problem> problems;
};

/// Indices of the pages that are wanted of a file that has `count`.
std::vector<int> wanted_pages(const InputFile& input, int count) {
  std::vector<int> pages(static_cast<std::size_t>(count));
  std::iota(pages.begin(), pages.end(), 0);
  if (!input.pages) return pages;
  std::vector<int> wanted;
  std::ranges::set_intersection(*input.pages, pages, std::back_inserter(wanted));
  return wanted;
}

std::string changed_text() { return tr("has changed since the command began"); }

[[noreturn]] void refuse_page(const Page& page, const std::string& why) {
  throw Error(Errc::input_unreadable, fmt::format("{}: {}", quotable(page.name, 300), why));
}

class Loader {
 public:
  explicit Loader(const CorpusOptions& options) : options_(options) {
    if (options.before == nullptr) return;
    const std::vector<Page>& pages = options.before->pages();
    for (std::size_t i = 0; i < pages.size(); ++i) before_.emplace(key_of(pages[i]), i);
  }

  LoadedFile load(const InputFile& input) {
    LoadedFile loaded;
    if (input.image) {
      take_image(input, loaded);
      return loaded;
    }
    open_input(
        input, options_.limits, [&](PageFile& file) { load_pages(input, file, loaded); },
        [&](Problem problem) { loaded.problems.push_back(std::move(problem)); });
    return loaded;
  }

 private:
  using Key = std::tuple<std::filesystem::path, int, int>;

  static Key key_of(const Page& page) { return {page.file, page.origin.page, page.origin.part}; }

  /// Kept whatever its size: there is no file to read it from again.
  void take_image(const InputFile& input, LoadedFile& loaded) const {
    Image image = *input.image;
    if (!options_.in_colour) image.colour.release();
    Page page = page_of(input, input.name, 0);
    describe(page, image);
    add(std::move(page), std::move(image), loaded);
  }

  /// Both or, if memory is short, none: else pages would get the images of others.
  static void add(Page page, Image image, LoadedFile& loaded) {
    loaded.images.push_back(std::move(image));
    try {
      loaded.pages.push_back(std::move(page));
    } catch (const std::bad_alloc&) {
      loaded.images.pop_back();
      throw;
    }
  }

  void load_pages(const InputFile& input, PageFile& file, LoadedFile& loaded) {
    const int count = file.page_count();
    for (const int index : wanted_pages(input, count)) {
      const std::string name = count > 1 ? fmt::format("{}#{}", input.name, index + 1) : input.name;
      try {
        Page page = page_of(input, name, index);
        page.origin = file.origin(index);
        take_stated_language(page);
        const Image image = pixels_of(page, file);
        if (std::string remark = image.gray.empty() ? "" : file.remark(); !remark.empty()) {
          loaded.problems.push_back(problem_of_page(input, index, count, remark));
          loaded.problems.back().is_remark = true;
        }
        find_truth(input, count, page, loaded);
        add(std::move(page), keep(image) ? image : Image{}, loaded);
      } catch (const Error& error) {
        if (!is_of_input(error)) throw;
        loaded.problems.push_back(problem_of_page(input, index, count, error.what()));
      }
    }
  }

  [[nodiscard]] Page page_of(const InputFile& input, const std::string& name, int index) const {
    Page page;
    page.name = name;
    page.file = input.path;
    page.index = index;
    page.lang = input.lang.empty() ? options_.lang : input.lang;
    page.labels = input.labels;
    return page;
  }

  void take_stated_language(Page& page) const {
    const std::string& lang = page.origin.lang;
    if (lang.empty()) return;
    if (const auto& refusal_of = options_.refusal_of_language) {
      if (const std::string refusal = refusal_of(lang); !refusal.empty())
        throw Error(Errc::input_unreadable,
                    tr("{}: {}", shown(edits_file(page.file).filename()), refusal));
    }
    page.lang = lang;
  }

  static void describe(Page& page, const Image& image) {
    page.pixel_hash = pixel_hash(image.gray);
    if (!image.colour.empty()) page.colour_hash = pixel_hash(image);
    page.width = image.gray.cols;
    page.height = image.gray.rows;
    page.dpi = image.dpi;
  }

  /// Decodes the page, unless it was loaded before: then there are no pixels.
  [[nodiscard]] Image pixels_of(Page& page, PageFile& file) const {
    const auto known = before_.find(key_of(page));
    if (known == before_.end()) {
      Image image = file.decode(page.index, options_.in_colour);
      describe(page, image);
      return image;
    }
    const Page& loaded = options_.before->pages()[known->second];
    page.pixel_hash = loaded.pixel_hash;
    page.colour_hash = loaded.colour_hash;
    page.width = loaded.width;
    page.height = loaded.height;
    page.dpi = loaded.dpi;
    return {};
  }

  void find_truth(const InputFile& input, int count, Page& page, LoadedFile& loaded) const {
    if (input.truth && count > 1) {
      if (page.index == 0) {
        loaded.problems.push_back(
            {shown(input.path), tr("has several pages, but the manifest names only one ground "
                                   "truth; put NAME.2.gt.txt and so on beside the file (the pages "
                                   "are used without ground truth)")});
      }
      return;
    }
    try {
      std::optional<Truth> truth =
          input.truth ? Truth{.text = read_truth(*input.truth).text, .file = *input.truth}
                      : truth_beside(input.path, page.index, count);
      if (!truth) return;
      page.truth = std::move(truth->text);
      page.truth_file = std::move(truth->file);
    } catch (const Error& error) {
      if (!is_of_input(error)) throw;
      loaded.problems.push_back(
          {"", std::string(error.what()) + tr(" (the page is used without ground truth)")});
    }
  }

  bool keep(const Image& image) {
    const std::scoped_lock lock(mutex_);
    const std::size_t bytes = pixel_bytes(image);
    if (kept_bytes_ + bytes > options_.keep_bytes) return false;
    kept_bytes_ += bytes;
    return true;
  }

  CorpusOptions options_;
  std::mutex mutex_;
  std::uint64_t kept_bytes_ = 0;
  std::map<Key, std::size_t> before_;  ///< indices of the pages that were loaded before
};

}  // namespace

void make_names_unique(std::vector<Page>& pages) {
  std::map<std::string, int> uses;
  for (const Page& page : pages) ++uses[page.name];
  std::set<std::string> taken;
  std::map<std::string, int> copies;  // as many names are taken from "NAME (2)" on
  for (Page& page : pages) {
    if (uses[page.name] > 1 && !page.file.empty() && !is_url(page.file.native())) {
      const std::string page_mark = fmt::format("#{}", page.index + 1);
      page.name = page.file.string() + (page.name.ends_with(page_mark) ? page_mark : "");
    }
    std::string name = page.name;
    while (!taken.insert(name).second)
      name = fmt::format("{} ({})", page.name, ++copies.try_emplace(page.name, 1).first->second);
    page.name = name;
  }
}

std::string Page::truth_hash() const { return truth ? content_hash(*truth).text() : ""; }

Corpus Corpus::load(const std::vector<InputFile>& files, const CorpusOptions& options,
                    std::vector<Problem>& problems) {
  Loader loader(options);
  std::vector<LoadedFile> loaded(files.size());
  parallel_for(options.workers, files.size(),
               [&](std::size_t i) { loaded[i] = loader.load(files[i]); });
  Contents contents{.pages = {}, .kept = {}, .limits = options.limits};
  for (std::size_t i = 0; i < loaded.size(); ++i) {
    LoadedFile& file = loaded[i];
    for (Problem& problem : file.problems) problem.file = i;
    std::ranges::move(file.pages, std::back_inserter(contents.pages));
    std::ranges::move(file.images, std::back_inserter(contents.kept));
    std::ranges::move(file.problems, std::back_inserter(problems));
  }
  make_names_unique(contents.pages);
  return Corpus(std::move(contents));
}

Image Corpus::image(std::size_t index, bool in_colour) const {
  const bool coloured = in_colour && pages()[index].colour_hash;
  const Image& kept = contents_->kept[index];
  if (kept.gray.empty()) return read_again(index, coloured, nullptr);
  Image image = kept;
  if (!coloured) image.colour.release();
  return image;
}

Facsimile Corpus::facsimile(std::size_t index) const {
  if (pages()[index].file.empty()) return facsimile_of(contents_->kept[index]);
  Facsimile facsimile;
  read_again(index, false, &facsimile);
  return facsimile;
}

Image Corpus::read_again(std::size_t index, bool coloured, Facsimile* facsimile) const {
  const Page& page = pages()[index];
  const DecodeLimits& limits = contents_->limits;
  const std::vector<std::byte> bytes = read_page_file(page.file, limits);
  Image image;
  try {
    const std::unique_ptr<PageFile> file = open_page_file(page.file, bytes, limits);
    if (page.index >= file->page_count()) throw Error(Errc::input_unreadable, changed_text());
    image = file->decode(page.index, coloured);
    if (facsimile != nullptr) *facsimile = facsimile_of(bytes, *file, page.index, image);
  } catch (const Error& error) {
    if (!is_of_input(error)) throw;
    refuse_page(page, error.what());
  }
  if (pixel_hash(image) != (coloured ? *page.colour_hash : page.pixel_hash))
    refuse_page(page, changed_text());
  return image;
}

Corpus Corpus::selected(const std::vector<std::size_t>& order) const {
  Contents selected{.pages = {}, .kept = {}, .limits = contents_->limits};
  for (const std::size_t page : order) {
    selected.pages.push_back(contents_->pages[page]);
    selected.kept.push_back(contents_->kept[page]);
  }
  return Corpus(std::move(selected));
}

Corpus Corpus::with_truth(std::size_t page, const std::optional<Truth>& truth) const {
  Contents changed = *contents_;
  Page& of = changed.pages.at(page);
  of.truth = truth ? std::optional(truth->text) : std::nullopt;
  of.truth_file = truth ? truth->file : std::filesystem::path();
  return Corpus(std::move(changed));
}

Corpus Corpus::with_references(std::vector<std::optional<std::string>> references) const {
  Contents referring = *contents_;
  for (std::size_t page = 0; page < referring.pages.size(); ++page)
    referring.pages[page].reference = std::move(references.at(page));
  return Corpus(std::move(referring));
}

Corpus Corpus::with_languages(const std::vector<std::string>& languages) const {
  Contents changed = *contents_;
  for (std::size_t i = 0; i < changed.pages.size(); ++i) {
    Page& page = changed.pages[i];
    page.lang_found = page.lang_found || page.lang != languages.at(i);
    page.lang = languages[i];
  }
  return Corpus(std::move(changed));
}

}  // namespace ocrtune
