#include "ocrtune/corpus/inputs.h"

#include <glob.h>

#include <algorithm>
#include <system_error>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/natural_order.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/image_service.h"
#include "ocrtune/corpus/open_input.h"
#include "ocrtune/corpus/page_folder.h"
#include "ocrtune/corpus/page_list.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

bool hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

std::vector<std::string> glob_matches(const std::string& pattern) {
  glob_t result{};
  std::vector<std::string> matches;
  if (::glob(pattern.c_str(), GLOB_TILDE, nullptr, &result) == 0) {
    matches.assign(result.gl_pathv, result.gl_pathv + result.gl_pathc);
  }
  ::globfree(&result);
  std::ranges::sort(matches, naturally_less);
  return matches;
}

/// "mets.xml#GROUP": a list of pages, and which of its groups is meant.
struct ListAndGroup {
  std::string place;
  std::string group;
};

ListAndGroup split_group(const std::string& argument) {
  const std::size_t mark = argument.rfind('#');
  return mark == std::string::npos
             ? ListAndGroup{argument, ""}
             : ListAndGroup{argument.substr(0, mark), argument.substr(mark + 1)};
}

/// The argument as it stands if that is a file, or no METS file is before the mark.
ListAndGroup split_group_of_file(const std::string& argument) {
  std::error_code ignored;
  ListAndGroup split = split_group(argument);
  const bool names_group = lower_case(fs::path(split.place).extension().string()) == ".xml" &&
                           !fs::exists(argument, ignored);
  return names_group ? split : ListAndGroup{argument, ""};
}

/// False if the input is no list of pages.
bool add_list(const fs::path& input, const std::string& group, std::vector<InputFile>& files,
              std::vector<Problem>& problems) {
  auto pages = read_page_list(input, group, problems);
  if (pages) std::ranges::move(*pages, std::back_inserter(files));
  return pages.has_value();
}

/// One that is no folder.
void add_file(const fs::path& path, const std::string& group, std::vector<InputFile>& files,
              std::vector<Problem>& problems) {
  try {
    if (lower_case(path.extension().string()) == ".csv")
      std::ranges::move(read_manifest(path), std::back_inserter(files));
    else if (!add_list(path, group, files, problems))
      files.push_back({.path = path, .name = path.filename().string()});
  } catch (const Error& error) {
    if (!is_of_input(error)) throw;
    problems.push_back({"", error.what()});
  }
}

void add_url(const std::string& url, std::vector<InputFile>& files,
             std::vector<Problem>& problems) {
  try {
    const auto [place, group] = split_group(url);
    check_url(place);
    if (add_list(place, group, files, problems)) return;
    check_url(url);
    files.push_back({.path = url, .name = page_url_name(url)});
  } catch (const Error& error) {
    if (!is_of_input(error)) throw;
    problems.push_back({"", error.what()});
  }
}

void add_path(const std::string& argument, const fs::path& without, std::vector<InputFile>& files,
              std::vector<Problem>& problems) {
  if (is_url(argument)) {
    add_url(argument, files, problems);
    return;
  }
  const auto [place, group] = split_group_of_file(argument);
  const fs::path path(place);
  std::error_code failure;
  const fs::file_status status = fs::status(path, failure);
  if (fs::is_directory(status)) {
    for_each_page_file(path, without, problems, [&](InputFile file) {
      files.push_back(std::move(file));
      return true;
    });
  } else if (!fs::exists(status)) {
    problems.push_back({shown(path), status.type() == fs::file_type::not_found
                                         ? tr("no such file or folder")
                                         : tr("can't be read: ") + system_message(failure)});
  } else {
    add_file(path, group, files, problems);
  }
}

void add_argument(const std::string& argument, const fs::path& without,
                  std::vector<InputFile>& files, std::vector<Problem>& problems) {
  std::error_code ignored;
  const bool pattern = !is_url(argument) && argument.find_first_of("*?[") != std::string::npos;
  if (!pattern || fs::exists(argument, ignored)) {
    add_path(argument, without, files, problems);
    return;
  }
  const std::vector<std::string> matches = glob_matches(argument);
  if (matches.empty()) problems.push_back({shown(argument), tr("no file matches this pattern")});
  for (const std::string& match : matches) add_path(match, without, files, problems);
}

}  // namespace

std::vector<fs::path> files_below(const fs::path& folder,
                                  const std::function<bool(const fs::path&)>& wanted,
                                  std::vector<Problem>& problems) {
  std::vector<fs::path> found;
  std::error_code failure;
  fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied,
                                      failure);
  for (; !failure && it != fs::recursive_directory_iterator(); it.increment(failure)) {
    std::error_code ignored;
    if (hidden(it->path())) {
      if (it->is_directory(ignored)) it.disable_recursion_pending();
    } else if (!it->is_directory(ignored) && wanted(it->path())) {
      found.push_back(it->path());
    }
  }
  if (failure)
    problems.push_back(
        {folder.string(), tr("the folder can't be read: ") + system_message(failure)});
  std::ranges::sort(found, naturally_less);
  return found;
}

std::vector<std::string> in_order_of_pages(std::vector<std::string> arguments) {
  if (std::ranges::is_sorted(arguments)) std::ranges::sort(arguments, naturally_less);
  return arguments;
}

std::vector<InputFile> expand_inputs(const std::vector<std::string>& arguments,
                                     std::istream& standard_input, std::vector<Problem>& problems,
                                     const fs::path& without) {
  std::vector<InputFile> files;
  for (const std::string& argument : in_order_of_pages(arguments)) {
    if (argument != "-") {
      add_argument(argument, without, files, problems);
      continue;
    }
    for (std::string line; std::getline(standard_input, line);) {
      if (line.ends_with('\r')) line.pop_back();
      if (!line.empty()) add_path(line, without, files, problems);
    }
  }
  return files;
}

}  // namespace ocrtune
