#include "ocrtune/corpus/open_input.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/image_service.h"
#include "ocrtune/corpus/open_page_file.h"
#include "ocrtune/corpus/remote_files.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune {

namespace {

/// The page's name before a URL that does not tell it, as that of a canvas.
std::string name_before(const InputFile& input) {
  const std::string& url = input.path.native();
  return !is_url(url) || input.name == page_url_name(url) ? "" : input.name + ": ";
}

std::string place_of(const InputFile& input) { return name_before(input) + shown(input.path); }

}  // namespace

void open_input(const InputFile& input, const DecodeLimits& limits,
                const std::function<void(PageFile&)>& use,
                const std::function<void(Problem)>& tell) {
  try {
    const std::vector<std::byte> bytes = read_page_file(input.path, limits);
    try {
      use(*open_page_file(input.path, bytes, limits));
    } catch (const Error& error) {
      if (!is_of_input(error)) throw;
      tell({place_of(input), error.what()});
    }
  } catch (const Error& error) {
    if (!is_of_input(error)) throw;
    tell({"", name_before(input) + error.what()});
  } catch (const std::bad_alloc&) {
    note_memory_shortage();
    tell({place_of(input), tr("needs more memory than available")});
  }
}

bool is_of_input(const Error& error) {
  constexpr std::array kOthers{Errc::output_unwritable, Errc::dependency_missing, Errc::study_error,
                               Errc::interrupted};
  return std::ranges::find(kOthers, error.code()) == kOthers.end();
}

Problem problem_of_page(const InputFile& input, int index, int count, const std::string& what) {
  const std::string where = place_of(input);
  return {count > 1 ? tr("{}: page {}", where, index + 1) : where, what};
}

}  // namespace ocrtune
