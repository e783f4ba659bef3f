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

class FailedPartsTest : public testing::Test {
 protected:
  FailedPartsTest() { ::setenv("OCRTUNE_CACHE", folder_.path().c_str(), 1); }
  ~FailedPartsTest() override { ::unsetenv("OCRTUNE_CACHE"); }

  /// The message with which a part fails, in an attempt that would end like this.
  std::string failure(const std::string& part, ParserEnd end) {
    return test::error_of(Errc::input_unreadable, [&] {
      FailedParts(bytes()).unless_failed(part, [&] {
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

TEST_F(FailedPartsTest, AreNotTriedAgain) {
  for (const ParserEnd end : {ParserEnd::crash, ParserEnd::memory, ParserEnd::time}) {
    const std::string part = std::to_string(static_cast<int>(end));
    const std::string first = failure(part, end);
    EXPECT_EQ(failure(part, end), first);
  }
  EXPECT_EQ(attempts_, 3);
}

TEST_F(FailedPartsTest, AreTriedAgainIfSomethingElseKilledTheParser) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_THROW(FailedParts(bytes()).unless_failed("opened",
                                                    [&] {
                                                      ++attempts_;
                                                      throw ParserFailure(ParserEnd::killed,
                                                                          kLimits);
                                                    }),
                 ParserFailure);
  }
  EXPECT_EQ(attempts_, 2);
}

TEST_F(FailedPartsTest, AreTriedAgainWithMoreMemory) {
  const auto attempt = [&](std::uint64_t memory, ParserEnd end) {
    EXPECT_THROW(FailedParts(bytes(), memory)
                     .unless_failed("page 1",
                                    [&] {
                                      ++attempts_;
                                      throw ParserFailure(end, kLimits);
                                    }),
                 ParserFailure);
  };
  for (const std::uint64_t memory : {2U, 2U, 1U, 3U}) attempt(memory, ParserEnd::memory);
  EXPECT_EQ(attempts_, 2);
  attempt(4, ParserEnd::time);
  attempt(5, ParserEnd::time);
  EXPECT_EQ(attempts_, 3);
}

TEST_F(FailedPartsTest, AreThoseOfThisFile) {
  failure("page 1", ParserEnd::time);
  failure("page 2", ParserEnd::time);
  file_ = "%PDF-";
  failure("page 1", ParserEnd::time);
  EXPECT_EQ(attempts_, 3);
}

}  // namespace
}  // namespace ocrtune
