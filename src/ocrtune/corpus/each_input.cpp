#include "ocrtune/corpus/each_input.h"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <system_error>
#include <utility>

#include "ocrtune/corpus/page_folder.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

class EachInput {
 public:
  EachInput(std::vector<Problem>& problems, const std::function<bool(InputFile)>& take,
            fs::path without)
      : problems_(problems), take_(take), without_(std::move(without)) {}

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
    std::vector<InputFile> files = expand_inputs(arguments, lines, problems_, without_);
    return std::ranges::all_of(files, [&](InputFile& file) { return take_(std::move(file)); });
  }

  bool folder(const fs::path& root) { return for_each_page_file(root, without_, problems_, take_); }

  std::vector<Problem>& problems_;
  const std::function<bool(InputFile)>& take_;
  fs::path without_;
  std::error_code ignored_;
};

}  // namespace

void for_each_input(const std::vector<std::string>& arguments, std::istream& standard_input,
                    std::vector<Problem>& problems, const std::function<bool(InputFile)>& take,
                    const std::filesystem::path& without) {
  EachInput each(problems, take, without);
  for (const std::string& argument : in_order_of_pages(arguments)) {
    if (!(argument == "-" ? each.list(standard_input) : each.argument(argument))) return;
  }
}

}  // namespace ocrtune
