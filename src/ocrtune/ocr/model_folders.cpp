#include "ocrtune/ocr/model_folders.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <system_error>

#include "ocrtune/base/cache_folder.h"
#include "ocrtune/base/data_folders.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/user_folder.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr const char* kExtension = ".traineddata";
/// Of each: links stand for what is in it, not for the folder.
constexpr const char* kFolderOfScripts = "script";

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code failure;
  for (fs::directory_iterator it(folder, failure); !failure && it != fs::directory_iterator();
       it.increment(failure))
    entries.push_back(it->path());
  return entries;
}

bool has_models(const fs::path& folder) {
  return std::ranges::any_of(entries_of(folder),
                             [](const fs::path& entry) { return entry.extension() == kExtension; });
}

/// The first of `folders` that has models.
void append_first(std::vector<fs::path>& to, const std::vector<fs::path>& folders) {
  const auto found = std::ranges::find_if(folders, has_models);
  if (found != folders.end()) to.push_back(*found);
}

/// What the folders have, by its name; of the same name, that of the first folder.
std::map<std::string, fs::path> contents(const std::vector<fs::path>& folders) {
  std::map<std::string, fs::path> all;
  for (const fs::path& folder : folders) {
    for (const fs::path& entry : entries_of(folder)) {
      if (entry.filename() == kFolderOfScripts) {
        for (const fs::path& script : entries_of(entry))
          all.emplace((fs::path(kFolderOfScripts) / script.filename()).string(), script);
      } else {
        all.emplace(entry.filename().string(), entry);
      }
    }
  }
  return all;
}

fs::path folder_of_links() {
  const fs::path cache = cache_folder();
  return cache.empty() ? fs::path() : cache / "tessdata";
}

/// Complete or not at all, whoever makes it at the same time; empty if it cannot be made.
fs::path linked(const std::map<std::string, fs::path>& targets) {
  const fs::path parent = folder_of_links();
  if (parent.empty()) return {};
  std::string list;
  for (const auto& [name, target] : targets) list += name + '\0' + target.string() + '\0';
  fs::path folder = parent / content_hash(std::as_bytes(std::span(list))).text();
  std::error_code failure;
  if (fs::is_directory(folder, failure)) return folder;
  const fs::path made = fmt::format("{}.{}", folder.string(), ::getpid());
  fs::create_directories(made / kFolderOfScripts, failure);
  for (const auto& [name, target] : targets) {
    if (!failure) fs::create_symlink(target, made / name, failure);
  }
  if (!failure) fs::rename(made, folder, failure);
  std::error_code ignored;
  if (failure) fs::remove_all(made, ignored);
  return fs::is_directory(folder, ignored) ? folder : fs::path();
}

}  // namespace

fs::path own_model_folder() {
  const fs::path data = user_folder("XDG_DATA_HOME", ".local/share");
  return data.empty() ? fs::path() : data / "tessdata";
}

std::vector<fs::path> model_folders() {
  std::vector<fs::path> folders;
  if (const fs::path prefix = path_of_variable("TESSDATA_PREFIX"); !prefix.empty())
    append_first(folders, {prefix, prefix / "tessdata"});
  if (!folders.empty()) return folders;
  append_first(folders, {own_model_folder()});
  append_first(folders, {"/usr/share/tesseract-ocr/5/tessdata",
                         "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
                         "/usr/local/share/tessdata", "/usr/share/tesseract/tessdata"});
  append_first(folders, data_folders("tessdata"));
  return folders;
}

std::string default_model_folder() {
  const std::vector<fs::path> folders = model_folders();
  if (folders.empty()) return {};
  const fs::path all = folders.size() == 1 ? fs::path() : linked(contents(folders));
  return (all.empty() ? folders.front() : all).string();
}

std::string shown_model_folder(const std::string& folder) {
  const fs::path links = folder_of_links();
  if (links.empty() || fs::path(folder).parent_path() != links) return shown(folder);
  std::vector<std::string> all;
  for (const fs::path& each : model_folders()) all.push_back(shown(each));
  return joined(all, ", ");
}

}  // namespace ocrtune
