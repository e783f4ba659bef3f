#include "ocrtune/corpus/open_page_file.h"

#include <cstdint>
#include <map>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_edits.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMaxEditBytes = std::uint64_t{1} << 20U;

class EditedFile : public PageFile {
 public:
  EditedFile(std::unique_ptr<PageFile> original, std::map<int, PageEdit> edits,
             const DecodeLimits& limits)
      : original_(std::move(original)), edits_(std::move(edits)), limits_(limits) {
    const int count = original_->page_count();
    if (!edits_.empty() && edits_.rbegin()->first >= count)
      throw Error(Errc::input_unreadable, tr("there is no page {}", edits_.rbegin()->first + 1));
    for (int page = 0; page < count; ++page) {
      const auto edit = edits_.find(page);
      const bool is_edited = edit != edits_.end();
      if (is_edited && edit->second.exclude) continue;
      const int parts = is_edited && edit->second.split ? 2 : 1;
      for (int part = 0; part < parts; ++part) pages_.push_back({page, part});
    }
  }

  [[nodiscard]] int page_count() const override { return static_cast<int>(pages_.size()); }
  [[nodiscard]] PageOrigin origin(int index) const override {
    return pages_.at(static_cast<std::size_t>(index));
  }
  [[nodiscard]] bool is_edited() const override { return true; }
  [[nodiscard]] std::string remark() const override { return original_->remark(); }

  using PageFile::decode;
  Image decode(int index, bool in_colour) override {
    const auto [page, part] = origin(index);
    Image image = original_->decode(page, in_colour);
    const auto edit = edits_.find(page);
    return edit == edits_.end() ? image : edited_page(image, edit->second, part, limits_);
  }

 private:
  std::unique_ptr<PageFile> original_;
  std::map<int, PageEdit> edits_;
  DecodeLimits limits_;
  std::vector<PageOrigin> pages_;
};

}  // namespace

bool is_edited(const fs::path& file) {
  if (is_url(file.native())) return false;
  std::error_code ignored;
  return fs::exists(edits_file(file), ignored);
}

std::string edits_text(const fs::path& file) {
  return is_edited(file) ? read_input_text(edits_file(file), kMaxEditBytes) : "";
}

std::unique_ptr<PageFile> open_page_file(const fs::path& file, std::span<const std::byte> bytes,
                                         const DecodeLimits& limits) {
  std::unique_ptr<PageFile> pages = open_pages(bytes, limits);
  if (!is_edited(file)) return pages;
  const std::string text = edits_text(file);
  try {
    auto edits = parse_page_edits(text);
    return std::make_unique<EditedFile>(std::move(pages), std::move(edits), limits);
  } catch (const Error& error) {
    throw Error(Errc::input_unreadable,
                tr("{}: {}", shown(edits_file(file).filename()), error.what()));
  }
}

}  // namespace ocrtune
