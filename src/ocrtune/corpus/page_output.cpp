#include "ocrtune/corpus/page_output.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <map>
#include <optional>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/truth.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void refuse_output(const std::string& why) {
  throw Error(Errc::invalid_argument, why);
}

void refuse_name_of_truth(const fs::path& output) {
  if (const auto page = page_with_truth(output)) {
    refuse_output(tr("{} would be taken for the ground truth of {}; give another output",
                     shown(output), shown(*page)));
  }
}

/// Device and inode; nothing if there is no such file.
std::optional<std::pair<std::uint64_t, std::uint64_t>> identity(const fs::path& file) {
  struct stat about {};
  if (file.empty() || ::stat(file.c_str(), &about) != 0) return std::nullopt;
  return std::pair<std::uint64_t, std::uint64_t>(about.st_dev, about.st_ino);
}

}  // namespace

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

InputFiles::InputFiles(const std::vector<Page>& pages) {
  for (const Page& page : pages) {
    if (const auto file = identity(page.file)) files_[*file] = {.page = page.name};
    if (const auto file = identity(page.truth_file))
      files_[*file] = {.page = page.name, .is_truth = true};
  }
}

void InputFiles::keep(const fs::path& output, const Page& page) const {
  const auto file = identity(output);
  const auto known = file ? files_.find(*file) : files_.end();
  if (known != files_.end()) {
    const auto& [name, is_truth] = known->second;
    if (is_truth) {
      refuse_output(tr("{} would overwrite the ground truth of {}; give another output",
                       shown(output), shown(name)));
    }
    if (file == identity(page.file))
      refuse_output(
          tr("{} would overwrite the page it comes from; give another output", shown(output)));
    refuse_output(
        tr("{} would overwrite the page {}; give another output", shown(output), shown(name)));
  }
  refuse_name_of_truth(output);
}

void require_output_file(const fs::path& output, const std::vector<std::string>& inputs) {
  require_writable_place(output);
  for (const std::string& input : inputs) {
    std::error_code ignored;
    if (fs::is_regular_file(input, ignored) && fs::equivalent(input, output, ignored))
      refuse_output(tr("{} would overwrite an input; give another output", shown(output)));
  }
  refuse_name_of_truth(output);
}

void refuse_one_output(const std::string& first, const std::string& second,
                       const fs::path& output) {
  refuse_output(
      tr("pages {} and {} would both be written to {}; give them separately, each with an "
         "output folder of its own, or recognize all into one document with `ocrtune "
         "apply -o NAME.pdf`",
         first, second, shown(output)));
}

void refuse_collisions(const fs::path& folder, const std::vector<Page>& pages,
                       const std::string& extension) {
  const InputFiles inputs(pages);
  std::map<fs::path, std::string> taken;
  for (const Page& page : pages) {
    const fs::path path = output_path(folder, page, extension);
    const auto [other, added] = taken.emplace(path, page.name);
    if (!added) refuse_one_output(other->second, page.name, path);
    inputs.keep(path, page);
  }
}

}  // namespace ocrtune
