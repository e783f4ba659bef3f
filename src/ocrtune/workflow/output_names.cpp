#include "ocrtune/workflow/output_names.h"

#include <fmt/format.h>

#include <cstddef>
#include <set>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_output.h"

namespace ocrtune::workflow {
namespace fs = std::filesystem;

OutputNames::OutputNames(const fs::path& folder, std::function<PageOutputs(const Page&)> outputs_of)
    : limits_(folder), outputs_of_(std::move(outputs_of)) {
  const std::string why = limits_.why_not(folder / "");
  if (!why.empty())
    throw Error(Errc::output_unwritable,
                tr("{}: the folder cannot be created: {}", shown(folder), why));
}

std::string OutputNames::why_not(const std::vector<fs::path>& files) const {
  for (const fs::path& file : files) {
    if (std::string why = limits_.why_not(file); !why.empty()) return why;
  }
  return "";
}

Corpus OutputNames::writable(
    const Corpus& corpus,
    const std::function<void(const Page&, const std::string&, const std::string&)>& tell) const {
  const std::vector<Page>& pages = corpus.pages();
  std::vector<std::size_t> kept;
  for (std::size_t index = 0; index < pages.size(); ++index) {
    const Page& page = pages[index];
    const PageOutputs outputs = outputs_of_(page);
    const std::string of_file = why_not(outputs.of_file);
    const std::string of_page = why_not(outputs.of_page);
    if (!of_file.empty())
      tell(page, page.name.substr(0, page.name.size() - page_mark(page).size()), of_file);
    else if (!of_page.empty())
      tell(page, page.name, of_page);
    else
      kept.push_back(index);
  }
  return kept.size() < pages.size() ? corpus.selected(kept) : corpus;
}

void OutputNames::leave_out(LoadedPages& loaded, const Events& events) const {
  std::set<std::string> told;
  loaded.corpus =
      writable(loaded.corpus, [&](const Page&, const std::string& name, const std::string& why) {
        if (!told.insert(name).second) return;
        events.warn(fmt::format("{}: {}", quotable(name, 300), why));
        ++loaded.left_out;
      });
  if (loaded.corpus.pages().empty())
    throw Error(Errc::input_unreadable, tr("no page could be read; nothing was done"));
}

}  // namespace ocrtune::workflow
