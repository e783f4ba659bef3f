#include "ocrtune/corpus/open_page_file.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/lru_map.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/double_page.h"
#include "ocrtune/corpus/page_edits.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMaxEditBytes = std::uint64_t{1} << 20U;
constexpr std::uint64_t kMostKnownPages = 200'000;

bool any_changes_pages(const std::map<int, PageEdit>& edits) {
  return std::ranges::any_of(edits, [](const auto& one) { return changes_pages(one.second); });
}

bool has_edits(const fs::path& file) {
  if (is_url(file.native())) return false;
  std::error_code ignored;
  return fs::exists(edits_file(file), ignored);
}

/// The pages of an edited file, of whose original the first `count` are used.
std::vector<PageOrigin> edited_pages(const std::map<int, PageEdit>& edits, int count) {
  std::vector<PageOrigin> pages;
  for (int page = 0; page < count; ++page) {
    const auto edit = edits.find(page);
    const bool is_edited = edit != edits.end();
    if (is_edited && edit->second.exclude) continue;
    const int parts = is_edited && edit->second.split ? 2 : 1;
    for (int part = 0; part < parts; ++part)
      pages.push_back({page, part, is_edited ? edit->second.lang : ""});
  }
  return pages;
}

class EditedFile : public PageFile {
 public:
  EditedFile(std::unique_ptr<PageFile> original, std::map<int, PageEdit> edits,
             const DecodeLimits& limits)
      : original_(std::move(original)), edits_(std::move(edits)), limits_(limits) {
    const int count = original_->page_count();
    if (!edits_.empty() && edits_.rbegin()->first >= count)
      throw Error(Errc::input_unreadable, tr("there is no page {}", edits_.rbegin()->first + 1));
    pages_ = edited_pages(edits_, count);
  }

  [[nodiscard]] int page_count() const override { return static_cast<int>(pages_.size()); }
  [[nodiscard]] PageOrigin origin(int index) const override {
    return pages_.at(static_cast<std::size_t>(index));
  }
  [[nodiscard]] bool is_edited() const override { return any_changes_pages(edits_); }
  [[nodiscard]] std::string remark() const override { return original_->remark(); }

  using PageFile::decode;
  Image decode(int index, bool in_colour) override {
    const PageOrigin& from = pages_.at(static_cast<std::size_t>(index));
    Image image = original_->decode(from.page, in_colour);
    const auto edit = edits_.find(from.page);
    return edit == edits_.end() ? image : edited_page(image, edit->second, from.part, limits_);
  }

 private:
  std::unique_ptr<PageFile> original_;
  std::map<int, PageEdit> edits_;
  DecodeLimits limits_;
  std::vector<PageOrigin> pages_;
};

/// The gutters of a file's pages, which are decoded for that once.
std::map<int, PageEdit> splits_of(PageFile& file, std::span<const std::byte> bytes) {
  static std::mutex mutex;
  static LruMap<ContentHash, std::map<int, PageEdit>> known(kMostKnownPages);
  const ContentHash content = content_hash(bytes);
  {
    const std::scoped_lock lock(mutex);
    if (const auto* splits = known.find(content)) return *splits;
  }
  std::map<int, PageEdit> splits;
  const int count = file.page_count();
  for (int page = 0; page < count; ++page) {
    try {
      if (const auto gutter = gutter_of(file.decode(page).gray)) splits[page].split = gutter;
    } catch (const Error& error) {
      // The page is left out, and the reason told, when it is loaded.
      if (error.code() != Errc::input_unreadable) throw;
    }
  }
  const std::scoped_lock lock(mutex);
  known.insert(content, splits, static_cast<std::uint64_t>(count));
  return splits;
}

}  // namespace

bool is_edited(const fs::path& file) {
  try {
    return any_changes_pages(parse_page_edits(edits_text(file)));
  } catch (const Error&) {
    return true;
  }
}

std::string edits_text(const fs::path& file) {
  return has_edits(file) ? read_input_text(edits_file(file), kMaxEditBytes) : "";
}

std::string stated_language(const fs::path& file, int page) {
  if (page < 0 || page >= DecodeLimits{}.max_pages) return "";
  const std::map<int, PageEdit> edits = parse_page_edits(edits_text(file));
  const auto excluded = static_cast<int>(
      std::ranges::count_if(edits, [](const auto& one) { return one.second.exclude; }));
  return edited_pages(edits, page + excluded + 1).at(static_cast<std::size_t>(page)).lang;
}

std::unique_ptr<PageFile> open_page_file(const fs::path& file, std::span<const std::byte> bytes,
                                         const DecodeLimits& limits) {
  std::unique_ptr<PageFile> pages = open_pages(bytes, limits);
  const auto of_edits = [&](const auto& action) {
    try {
      return action();
    } catch (const Error& error) {
      throw Error(Errc::input_unreadable,
                  tr("{}: {}", shown(edits_file(file).filename()), error.what()));
    }
  };
  const std::string text = edits_text(file);
  std::map<int, PageEdit> edits = of_edits([&] { return parse_page_edits(text); });
  if (limits.split_double_pages && !any_changes_pages(edits)) {
    for (const auto& [page, gutter] : splits_of(*pages, bytes)) edits[page].split = gutter.split;
  }
  if (edits.empty()) return pages;
  return of_edits(
      [&] { return std::make_unique<EditedFile>(std::move(pages), std::move(edits), limits); });
}

}  // namespace ocrtune
