#include "ocrtune/corpus/page_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <compare>
#include <functional>
#include <system_error>
#include <utility>

#include "ocrtune/base/files.h"
#include "ocrtune/base/natural_order.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/format.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

/// More are not named.
constexpr std::size_t kMostNamed = 5;

bool belongs_to_pages(const std::string& extension) {
  constexpr std::array<std::string_view, 10> kCompanions{".txt", ".xml", ".hocr", ".html",  ".toml",
                                                         ".csv", ".tsv", ".json", ".jsonl", ".md"};
  // Studies, with their journals and locks.
  return extension.starts_with(".db") ||
         std::ranges::find(kCompanions, extension) != kCompanions.end();
}

}  // namespace

bool is_of_system(const std::filesystem::path& folder) {
  constexpr std::array<std::string_view, 6> kNames{"#recycle",     "@recycle",   "@eadir",
                                                   "$recycle.bin", "lost+found", "__macosx"};
  const std::string name = lower_case(folder.filename().string());
  if (std::ranges::find(kNames, name) != kNames.end()) return true;
  return name == "thumbs" && lower_case(folder.parent_path().filename().string()) == "cache";
}

void OtherEntries::add_file(const std::filesystem::path& path) {
  const std::string extension = lower_case(path.extension().string());
  if (!belongs_to_pages(extension)) ++files_[extension];
}

void OtherEntries::add_linked_folder(const std::filesystem::path& path) {
  linked_.push_back(shown(path.filename()));
}

std::optional<Problem> OtherEntries::remark(const std::filesystem::path& folder) const {
  std::size_t count = 0;
  std::vector<std::pair<std::size_t, std::string>> kinds;
  for (const auto& [extension, files] : files_) {
    count += files;
    kinds.emplace_back(files, extension.empty() ? tr("without an extension") : shown(extension));
  }
  std::ranges::stable_sort(kinds, std::greater(), [](const auto& kind) { return kind.first; });
  std::vector<std::string> named;
  for (std::size_t i = 0; i < kinds.size() && i < kMostNamed; ++i)
    named.push_back(fmt::format("{} {}", kinds[i].first, kinds[i].second));
  if (kinds.size() > kMostNamed) named.emplace_back("…");
  std::vector<std::string> parts;
  if (count > 0)
    parts.push_back(tr("{} left out, being no pages: {}", counted(count, "file"), joined(named)));
  if (!linked_.empty()) {
    std::vector<std::string> links(
        linked_.begin(),
        linked_.begin() + static_cast<std::ptrdiff_t>(std::min(linked_.size(), kMostNamed)));
    if (links.size() < linked_.size()) links.emplace_back("…");
    parts.push_back(tr("linked folders are not followed: {}", joined(links)));
  }
  if (parts.empty()) return std::nullopt;
  return Problem{.where = shown(folder), .what = joined(parts, "; "), .is_remark = true};
}

namespace {

/// Names of a folder's page files and folders, in natural order, without hidden ones; some 30 bytes
/// each.
class FolderNames {
 public:
  /// A folder that is not permitted has none. Sets `failure` if it cannot be read.
  FolderNames(const fs::path& folder, OtherEntries& others, std::error_code& failure) {
    fs::directory_iterator it(folder, fs::directory_options::skip_permission_denied, failure);
    for (; !failure && it != fs::directory_iterator(); it.increment(failure)) add(*it, others);
    std::ranges::sort(entries_, [this](const Entry& a, const Entry& b) {
      return std::is_lt(natural_order(name(a), name(b)));
    });
  }

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::string_view name(std::size_t i) const { return name(entries_[i]); }
  [[nodiscard]] bool is_folder(std::size_t i) const { return entries_[i].is_folder; }

 private:
  struct Entry {
    std::size_t at;
    bool is_folder;
  };

  void add(const fs::directory_entry& entry, OtherEntries& others) {
    const std::string name = entry.path().filename().string();
    std::error_code ignored;
    if (name.starts_with('.')) return;
    const bool is_folder = entry.is_directory(ignored);
    if (is_folder && is_of_system(entry.path())) return;
    if (is_folder && entry.is_symlink(ignored)) return others.add_linked_folder(entry.path());
    if (!is_folder && !is_page_extension(entry.path().extension().string()))
      return others.add_file(entry.path());
    entries_.push_back({.at = text_.size(), .is_folder = is_folder});
    text_.append(name).push_back('\0');
  }

  [[nodiscard]] std::string_view name(const Entry& entry) const { return &text_[entry.at]; }

  std::string text_;  // one name after the other, each with a NUL at its end
  std::vector<Entry> entries_;
};

class PageFolder {
 public:
  PageFolder(fs::path root, fs::path without, const std::function<bool(InputFile)>& take)
      : root_(std::move(root)), without_(std::move(without)), take_(take) {}

  /// The files in `inside` and below it, until there is a failure. Whether to go on.
  bool below(const fs::path& inside, std::error_code& failure) {
    const FolderNames names(root_ / inside, others_, failure);
    for (std::size_t i = 0; i < names.size() && !failure; ++i) {
      const fs::path path = inside / names.name(i);
      if (names.is_folder(i)) {
        if (!is_left_out(root_ / path) && !below(path, failure)) return false;
        continue;
      }
      if (path.filename() == without_.filename() && is_left_out(root_ / path)) continue;
      any_ = true;
      if (!take_({.path = root_ / path, .name = path.string()})) return false;
    }
    return true;
  }

  [[nodiscard]] bool any() const { return any_; }
  [[nodiscard]] std::optional<Problem> remark() const { return others_.remark(root_); }

 private:
  [[nodiscard]] bool is_left_out(const fs::path& folder) const {
    std::error_code missing;
    return !without_.empty() && fs::equivalent(folder, without_, missing);
  }

  fs::path root_;
  fs::path without_;
  const std::function<bool(InputFile)>& take_;
  OtherEntries others_;
  bool any_ = false;
};

}  // namespace

bool for_each_page_file(const fs::path& root, const fs::path& without,
                        std::vector<Problem>& problems,
                        const std::function<bool(InputFile)>& take) {
  PageFolder folder(root, without, take);
  std::error_code failure;
  const bool goes_on = folder.below({}, failure);
  if (failure) {
    problems.push_back({root.string(), tr("the folder can't be read: ") + system_message(failure)});
  } else if (goes_on && !folder.any()) {
    problems.push_back({root.string(), tr("no page files in this folder")});
  }
  if (auto remark = folder.remark(); goes_on && remark) problems.push_back(*std::move(remark));
  return goes_on;
}

}  // namespace ocrtune
