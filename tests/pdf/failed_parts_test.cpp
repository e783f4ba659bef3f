#include "ocrtune/pdf/failed_parts.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "ocrtune/parsers/parser.h"
#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

constexpr ParserLimits kLimits{.memory = 1'000'000, .processor_time = std::chrono::seconds(3)};

class FailedParts : public testing::Test {
 protected:
  FailedParts() { ::setenv("OCRTUNE_CACHE", folder_.path().c_str(), 1); }
  ~FailedParts() override { ::unsetenv("OCRTUNE_CACHE"); }

  /// The message with which a part fails, in an attempt that would end like this.
  std::string failure(const std::string& part, ParserEnd end) {
    return test::error_of(Errc::input_unreadable, [&] {
      parse_unless_failed(bytes(), part, [&] {
        ++attempts_;
        throw ParserFailure(end, kLimits);
      });
    });
  }

  [[nodiscard]] std::span<const std::byte> bytes() const { return std::as_bytes(std::span(file_)); }

  test::TempFolder folder_;
  std::string file_ = "%PDF";
  int attempts_ = 0;
};

TEST_F(FailedParts, AreNotTriedAgain) {
  for (const ParserEnd end : {ParserEnd::crash, ParserEnd::memory, ParserEnd::time}) {
    const std::string part = std::to_string(static_cast<int>(end));
    const std::string first = failure(part, end);
    EXPECT_EQ(failure(part, end), first);
  }
  EXPECT_EQ(attempts_, 3);
}

TEST_F(FailedParts, AreTriedAgainIfSomethingElseKilledTheParser) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_THROW(parse_unless_failed(bytes(), "opened",
                                     [&] {
                                       ++attempts_;
                                       throw ParserFailure(ParserEnd::killed, kLimits);
                                     }),
                 ParserFailure);
  }
  EXPECT_EQ(attempts_, 2);
}

TEST_F(FailedParts, AreThoseOfThisFile) {
  failure("page 1", ParserEnd::time);
  failure("page 2", ParserEnd::time);
  file_ = "%PDF-";
  failure("page 1", ParserEnd::time);
  EXPECT_EQ(attempts_, 3);
}

}  // namespace
}  // namespace ocrtune
