// Lists of pages: CSV with any delimiter.

#include "fuzz/common/require.h"
#include "fuzz/targets/target.h"
#include "ocrtune/base/csv.h"
#include "ocrtune/corpus/inputs.h"
#include "support/temp_folder.h"

namespace ocrtune::fuzz {
namespace {

bool run_manifests(std::string_view input) {
  std::vector<CsvRow> rows;
  if (is_taken({Errc::input_unreadable}, [&] { rows = parse_csv(input, "fuzz"); })) {
    for (const CsvRow& row : rows) require(!row.empty(), "a record has no field");
  }
  static const test::TempFolder folder;
  const auto file = folder.write("list.csv", input);
  std::vector<InputFile> entries;
  if (!is_taken({Errc::input_unreadable, Errc::invalid_argument},
                [&] { entries = read_manifest(file); }))
    return false;
  for (const InputFile& entry : entries) require(!entry.name.empty(), "a page has no name");
  return true;
}

std::vector<std::string> manifests_seeds() {
  return {csv_line({"file", "lang", "truth", "year"}) +
              csv_line({"a.png", "eng+fra", "a.gt.txt", "18;8"}) +
              csv_line({"https://example.org/b.png", "", "", "x\n\"y\""}),
          "\xEF\xBB\xBF"
          "lang\tfile\r\neng\ta.png\r\n",
          "file\na.png\n"};
}

const Registered kManifests{{"manifests", run_manifests, manifests_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
