#include "ocrtune/corpus/each_input.h"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "ocrtune/base/translation.h"
#include "ocrtune/image/format.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

/// Names of a folder's page files and folders, sorted, without hidden ones; some 30 bytes each.
class FolderNames {
 public:
  /// A folder that is not permitted has none. Sets `failure` if it cannot be read.
  FolderNames(const fs::path& folder, std::error_code& failure) {
    fs::directory_iterator it(folder, fs::directory_options::skip_permission_denied, failure);
    for (; !failure && it != fs::directory_iterator(); it.increment(failure)) add(*it);
    std::ranges::sort(entries_, {}, [this](const Entry& entry) { return name(entry); });
  }

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::string_view name(std::size_t i) const { return name(entries_[i]); }
  [[nodiscard]] bool is_folder(std::size_t i) const { return entries_[i].is_folder; }

 private:
  struct Entry {
    std::size_t at;
    bool is_folder;
  };

  void add(const fs::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    std::error_code ignored;
    if (name.starts_with('.')) return;
    const bool is_folder = entry.is_directory(ignored);
    if (is_folder ? entry.is_symlink(ignored)
                  : !is_page_extension(entry.path().extension().string()))
      return;
    entries_.push_back({.at = text_.size(), .is_folder = is_folder});
    text_.append(name).push_back('\0');
  }

  [[nodiscard]] std::string_view name(const Entry& entry) const { return &text_[entry.at]; }

  std::string text_;  // one name after the other, each with a NUL at its end
  std::vector<Entry> entries_;
};

class EachInput {
 public:
  EachInput(std::vector<Problem>& problems, const std::function<bool(InputFile)>& take)
      : problems_(problems), take_(take) {}

  /// These functions return whether to go on.

  bool argument(const std::string& argument) {
    std::istringstream none;
    return fs::is_directory(argument, ignored_) ? folder(argument) : others({argument}, none);
  }

  bool list(std::istream& lines) {
    for (std::string line; std::getline(lines, line);) {
      if (line.ends_with('\r')) line.pop_back();
      std::istringstream one(line);
      if (!(fs::is_directory(line, ignored_) ? folder(line) : others({"-"}, one))) return false;
    }
    return true;
  }

 private:
  bool others(const std::vector<std::string>& arguments, std::istream& lines) {
    std::vector<InputFile> files = expand_inputs(arguments, lines, problems_);
    return std::ranges::all_of(files, [&](InputFile& file) { return take_(std::move(file)); });
  }

  bool folder(const fs::path& root) {
    const std::size_t known = problems_.size();
    std::error_code failure;
    any_ = false;
    const bool goes_on = below(root, {}, failure);
    if (failure) {
      problems_.push_back(
          {root.string(), tr("the folder can't be read: ") + system_message(failure)});
    } else if (goes_on && !any_ && problems_.size() == known) {
      problems_.push_back({root.string(), tr("no page files in this folder")});
    }
    return goes_on;
  }

  /// The files in `root / inside` and below it, until there is a failure.
  bool below(const fs::path& root, const fs::path& inside, std::error_code& failure) {
    const FolderNames names(root / inside, failure);
    for (std::size_t i = 0; i < names.size() && !failure; ++i) {
      const fs::path path = inside / names.name(i);
      if (names.is_folder(i)) {
        if (!below(root, path, failure)) return false;
        continue;
      }
      any_ = true;
      if (!take_({.path = root / path, .name = path.string()})) return false;
    }
    return true;
  }

  std::vector<Problem>& problems_;
  const std::function<bool(InputFile)>& take_;
  std::error_code ignored_;
  bool any_ = false;  // the folder has page files
};

}  // namespace

void for_each_input(const std::vector<std::string>& arguments, std::istream& standard_input,
                    std::vector<Problem>& problems, const std::function<bool(InputFile)>& take) {
  EachInput each(problems, take);
  for (const std::string& argument : arguments) {
    if (!(argument == "-" ? each.list(standard_input) : each.argument(argument))) return;
  }
}

}  // namespace ocrtune
