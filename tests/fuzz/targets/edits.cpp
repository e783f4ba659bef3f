// Edits of pages by hand: NAME.edit.toml.

#include "fuzz/common/require.h"
#include "fuzz/targets/target.h"
#include "ocrtune/corpus/page_edits.h"

namespace ocrtune::fuzz {
namespace {

bool run_edits(std::string_view input) {
  std::map<int, PageEdit> edits;
  if (!is_taken({Errc::input_unreadable}, [&] { edits = parse_page_edits(input); })) return false;
  std::erase_if(edits, [](const auto& edit) { return edit.second == PageEdit{}; });
  require(parse_page_edits(page_edits_text(edits)) == edits, "what is written is read differently");
  return true;
}

std::vector<std::string> edits_seeds() {
  const PageEdit whole{.turns = 1,
                       .corners = {{{{10, 12}, {900, 8}, {905, 1200}, {4, 1190}}}},
                       .crop = cv::Rect(5, 6, 700, 800),
                       .split = 350};
  return {page_edits_text({{0, whole}, {2, {.exclude = true}}}),
          page_edits_text({{1, {.turns = 3, .split = 10}}})};
}

const Registered kEdits{{"edits", run_edits, edits_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
