#include "ocrtune/server/folders.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "ocrtune/base/files.h"
#include "ocrtune/base/natural_order.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/format.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

/// Maximum number of listed entries of a folder.
constexpr std::size_t kMaxEntries = 10'000;

json entry_json(const fs::path& path) {
  return {{"name", path.filename().string()}, {"path", path.string()}};
}

bool may_hold_pages(const fs::path& path) {
  const std::string extension = path.extension().string();
  return is_page_extension(extension) || lower_case(extension) == ".csv";
}

json root_listing(const Roots& roots) {
  json folders = json::array();
  for (const fs::path& root : roots.all()) {
    folders.push_back({{"name", root.string()}, {"path", root.string()}});
  }
  return {{"path", ""}, {"parent", nullptr}, {"folders", folders}, {"files", json::array()}};
}

}  // namespace

json folder_listing(const Roots& roots, const std::optional<std::string>& asked) {
  if (!asked) return root_listing(roots);
  const fs::path folder = roots.inside(*asked);
  std::error_code failure;
  if (!fs::is_directory(folder, failure)) throw HttpError(400, tr("`path`: is not a folder"));
  std::vector<fs::path> paths;
  fs::directory_iterator it(folder, failure);
  for (; !failure && it != fs::directory_iterator(); it.increment(failure)) {
    if (it->path().filename().string().starts_with('.')) continue;
    if (paths.size() < kMaxEntries) paths.push_back(it->path());
  }
  if (failure) throw HttpError(422, tr("{}: can't be read", shown(folder)));
  std::ranges::sort(paths, naturally_less);
  json folders = json::array();
  json files = json::array();
  for (const fs::path& path : paths) {
    std::error_code ignored;
    const bool is_folder = fs::is_directory(path, ignored);
    if (!is_folder && (!fs::is_regular_file(path, ignored) || !may_hold_pages(path))) continue;
    if (fs::is_symlink(path, ignored) && !roots.contains(path)) continue;
    json entry = entry_json(path);
    if (!is_folder) entry["bytes"] = fs::file_size(path, ignored);
    (is_folder ? folders : files).push_back(std::move(entry));
  }
  const bool is_root = std::ranges::find(roots.all(), folder) != roots.all().end();
  return {{"path", folder.string()},
          {"parent", is_root ? json() : json(folder.parent_path().string())},
          {"folders", folders},
          {"files", files}};
}

std::vector<std::string> upload_extensions() {
  const auto pages = page_extensions();
  std::vector<std::string> extensions(pages.begin(), pages.end());
  for (const char* other : {".txt", ".xml", ".hocr", ".html", ".csv"})
    extensions.emplace_back(other);
  return extensions;
}

}  // namespace ocrtune::server
