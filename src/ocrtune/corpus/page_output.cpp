#include "ocrtune/corpus/page_output.h"

#include <fmt/format.h>

#include <map>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace fs = std::filesystem;

std::string page_mark(const Page& page) {
  std::string mark = fmt::format("#{}", page.index + 1);
  return page.name.ends_with(mark) ? mark : "";
}

fs::path output_path(const fs::path& folder, const Page& page, const std::string& extension) {
  std::string name = page.name;
  const std::string mark = page_mark(page);
  std::string suffix = extension;
  if (!mark.empty()) {
    name.resize(name.size() - mark.size());
    suffix = fmt::format(".{}{}", page.index + 1, extension);
  }
  fs::path inside;
  for (const fs::path& part : fs::path(name).relative_path()) {
    if (part == "..") {
      inside /= "up";
    } else if (part != "." && !part.empty()) {
      inside /= part;
    }
  }
  if (inside.empty()) inside = "page";
  return (folder / inside).replace_extension(suffix);
}

void refuse_collisions(const fs::path& folder, const std::vector<Page>& pages,
                       const std::string& extension) {
  std::map<fs::path, std::string> taken;
  for (const Page& page : pages) {
    const fs::path path = output_path(folder, page, extension);
    const auto [other, added] = taken.emplace(path, page.name);
    if (!added) {
      throw Error(Errc::invalid_argument, tr("pages {} and {} would both be written to {}",
                                             other->second, page.name, shown(path)));
    }
    std::error_code ignored;
    if (fs::equivalent(path, page.file, ignored)) {
      throw Error(
          Errc::invalid_argument,
          tr("{} would overwrite the page it comes from; give another output", shown(path)));
    }
  }
}

}  // namespace ocrtune
