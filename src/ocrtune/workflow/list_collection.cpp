#include "ocrtune/workflow/list_collection.h"

#include <sstream>
#include <utility>
#include <vector>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/each_input.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/study/definition.h"

namespace ocrtune::workflow {
namespace {

constexpr std::size_t kFilesOfPart = 1000;

CollectionFile collection_file(const InputFile& file, const std::string& lang) {
  return {.path = recorded_path(file.path),
          .name = file.name,
          .lang = file.lang.empty() ? lang : file.lang,
          .output = output_path("", Page{.name = file.name}, "")};
}

}  // namespace

CollectionLanguages list_collection(const PagesOptions& options, const std::string& lang,
                                    const Events& events, const TakeFiles& take) {
  CollectionLanguages found;
  std::vector<Problem> problems;
  std::vector<CollectionFile> part;
  std::size_t taken = 0;
  const auto give = [&] {
    events.progress({tr("listing files")});
    take(taken, part);
    taken += part.size();
    part.clear();
  };
  std::istringstream none;
  for_each_input(
      options.inputs, options.list != nullptr ? *options.list : none, problems,
      [&](const InputFile& input) {
        CollectionFile file = collection_file(input, lang);
        if (is_utf8(file.path.string()) && is_utf8(file.name)) {
          found.languages.insert(file.lang);
          part.push_back(std::move(file));
        } else {
          problems.push_back({shown(file.path), tr("its name is not UTF-8")});
        }
        if (part.size() == kFilesOfPart) give();
        return !events.stopped();
      },
      options.without);
  give();
  warn_of(problems, events);
  found.left_out = count_left_out(problems);
  return found;
}

}  // namespace ocrtune::workflow
