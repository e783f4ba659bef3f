// Bad input: one clear line in the user's language, the documented status, nothing half-written.

#include "bad_inputs.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <regex>

#include "command_run.h"
#include "english_lines.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "support/sanitized.h"

namespace ocrtune::cli::test {
namespace {
namespace fs = std::filesystem;

/// What users should not see: exceptions, assertions, messages of libraries. The latter are not
/// kept away under sanitizers, which report on standard error too.
const std::regex& unseemly() {
  static const std::regex kSanitized("terminate|what\\(\\)|Assertion");
  static const std::regex kUsual(
      "terminate|what\\(\\)|OpenCV\\(|std::|Assertion|libpng|Traceback|error of the program "
      "itself");
  return ocrtune::test::is_sanitized() ? kSanitized : kUsual;
}

/// The lines that the command itself writes.
std::vector<std::string> complaints(const std::string& text) {
  std::vector<std::string> lines = split(text, '\n');
  std::erase_if(lines, [](const std::string& line) { return !line.starts_with("ocrtune: "); });
  return lines;
}

class BadInputs : public testing::TestWithParam<BadInput> {
 protected:
  BadInputs() { fs::create_directory(folder_.path() / "out"); }

  CommandRun run_in(Language language) { return run(GetParam().arguments(folder_), language); }

  /// The files below `out`.
  [[nodiscard]] std::vector<std::string> files_left() const {
    const fs::path out = folder_.path() / "out";
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(out))
      if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), out).string());
    std::ranges::sort(names);
    return names;
  }

  [[nodiscard]] bool has_partly_written_files() const {
    const fs::recursive_directory_iterator all(folder_.path());
    return std::any_of(begin(all), end(all), [](const auto& entry) {
      return entry.path().filename().string().find(".part-") != std::string::npos;
    });
  }

 private:
  const Folder folder_;
};

TEST_P(BadInputs, EndWithALineAndTheDocumentedStatus) {
  const CommandRun done = run_in(Language::english);
  EXPECT_EQ(done.status, GetParam().status) << done.err;
  EXPECT_NE(done.err.find(GetParam().message), std::string::npos) << done.err;
  EXPECT_FALSE(complaints(done.err).empty()) << done.err;
  EXPECT_FALSE(std::regex_search(done.err, unseemly())) << done.err;
  EXPECT_EQ(files_left(), GetParam().files_left);
  EXPECT_FALSE(has_partly_written_files());
}

TEST_P(BadInputs, EndWithAFrenchLineForFrenchUsers) {
  const CommandRun done = run_in(Language::french);
  EXPECT_EQ(done.status, GetParam().status) << done.err;
  EXPECT_FALSE(complaints(done.err).empty()) << done.err;
  for (const std::string& line : complaints(done.err))
    EXPECT_EQ(english_lines(line), std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Table, BadInputs, testing::ValuesIn(all_bad_inputs()),
                         [](const testing::TestParamInfo<BadInput>& one) {
                           std::string name = fmt::format("{}_", one.index);
                           for (const char c : one.param.name)
                             name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
                           return name;
                         });

/// docs/reference/bad_inputs.md.
std::string documented() {
  std::string page =
      "# Invalid input\n\nThe tests run every case. No partly written file is left behind, and "
      "other pages are processed.\n\n"
      "| what is given | exit status | standard error says |\n|---|---|---|\n";
  for (const BadInput& one : all_bad_inputs()) {
    std::string message = one.message;
    for (std::size_t bar = message.find('|'); bar != std::string::npos;
         bar = message.find('|', bar + 2))
      message.insert(bar, "\\");
    page += fmt::format("| {} | {} | `` {} `` |\n", one.name, one.status, message);
  }
  return page;
}

// OCRTUNE_WRITE_BAD_INPUTS=1 writes the page anew.
TEST(BadInputsPage, IsTheTable) {
  const std::string page = in_repository("docs/reference/bad_inputs.md");
  if (std::getenv("OCRTUNE_WRITE_BAD_INPUTS") != nullptr) write_atomically(page, documented());
  EXPECT_EQ(read_text(page, 1 << 20), documented());
}

}  // namespace
}  // namespace ocrtune::cli::test
