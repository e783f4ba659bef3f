#include "ocrtune/corpus/remote_list.h"

#include <algorithm>
#include <span>

#include "ocrtune/base/files.h"
#include "ocrtune/base/input_folders.h"
#include "ocrtune/corpus/page_list.h"
#include "ocrtune/corpus/remote_copy.h"
#include "ocrtune/image/format.h"
#include "ocrtune/image/limits.h"

namespace ocrtune {
namespace {

bool is_list(std::string_view beginning) { return page_list_of(beginning) != PageList::none; }

/// Lists are short; page files are wanted as a whole, as they are asked for anyway.
std::uint64_t most_of_list_or_page(std::span<const std::byte> beginning) {
  if (is_list(as_text(beginning))) return kMaxListBytes;
  return format_of(beginning) == Format::unknown ? 0 : kAnyNumber;
}

}  // namespace

void read_remote_list(const std::string& url, const std::function<void(std::string_view)>& use) {
  const std::filesystem::path copy =
      are_inputs_confined() ? std::filesystem::path() : place_of_copy(url);
  if (copy.empty()) return;
  if (is_copy_there(copy)) {
    if (is_list(read_part(copy, 0, kBeginning))) use(read_text(copy, kMaxListBytes));
    return;
  }
  if (is_offline()) return;
  const Download content =
      download(url, {.max_bytes = DecodeLimits{}.max_file_bytes, .most = &most_of_list_or_page});
  const std::string text =
      as_text(std::span(content.bytes).first(std::min(content.bytes.size(), kBeginning)));
  if (is_list(text)) {
    use(as_text(content.bytes));
    keep_copy(copy, content);
  } else if (is_whole_page_file(content.bytes)) {
    keep_copy(copy, content);
  }
}

}  // namespace ocrtune
