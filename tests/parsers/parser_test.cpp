#include "ocrtune/parsers/parser.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <string>
#include <thread>

#include "ocrtune/base/files.h"
#include "support/errors.h"
#include "support/refused_calls.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

constexpr ParserLimits kLimits{.memory = 200'000'000, .processor_time = 60s};

class ParserTest : public testing::Test {
 protected:
  json ask(const json& request, const ParserLimits& limits = kLimits) {
    return parser_.ask(request, {}, limits);
  }

  /// How the parser ends when it is asked this.
  ParserEnd end_after(const json& request, const ParserLimits& limits = kLimits) {
    try {
      ask(request, limits);
    } catch (const ParserFailure& failure) {
      EXPECT_FALSE(parser_.is_running());
      return failure.end();
    }
    ADD_FAILURE() << request;
    return ParserEnd::killed;
  }

  int number_after(const std::string& what, const std::string& path = "") {
    return ask({{"do", what}, {"path", path}}).at("errno").get<int>();
  }

  /// Whether the parser is, which another build than the test's may be.
  bool is_sanitized() { return ask({{"do", "sanitized"}}).at("value").get<bool>(); }

  Parser parser_{"ocrtune-test-parser"};
  test::TempFolder folder_;
};

TEST_F(ParserTest, AnswersOneRequestAfterTheOther) {
  EXPECT_EQ(ask({{"do", "thread"}}).at("value"), 7);
  EXPECT_EQ(ask({{"do", "thread"}}).at("value"), 7);
}

TEST_F(ParserTest, GoesOnAfterAnErrorOfItsOwn) {
  EXPECT_EQ(test::error_of(Errc::input_unreadable, [&] { ask({{"do", "refuse"}}); }), "is refused");
  EXPECT_EQ(ask({{"do", "thread"}}).at("value"), 7);
}

/// A system call that fails in this process, not in the parser.
struct Refused {
  std::uint32_t call, argument, bits;
};

TEST_F(ParserTest, AnErrorOfTheConnectionIsNoneOfTheFile) {
  for (const Refused& refused :
       {Refused{SYS_sendmsg, 2, MSG_NOSIGNAL}, Refused{SYS_sendto, 3, MSG_NOSIGNAL},
        Refused{SYS_recvfrom, 3, MSG_DONTWAIT}, Refused{SYS_read, 2, 1U << 20U}}) {
    Parser parser("ocrtune-test-parser");
    bool is_refused = false;
    std::string message;
    std::thread([&] {
      is_refused = test::refuse_call(refused.call, refused.argument, refused.bits, EIO);
      message = test::error_of(Errc::study_error, [&] {
        parser.ask({{"do", "send"}, {"bytes", 10}}, {}, kLimits, [](auto /*piece*/) {});
      });
    }).join();
    if (!is_refused) GTEST_SKIP() << "no seccomp";
    EXPECT_EQ(message, "the program that parses files can't be reached: Input/output error");
    EXPECT_FALSE(parser.is_running());
  }
}

TEST_F(ParserTest, IsNotStartedWithDataThatWouldBeWaitedFor) {
  bool is_refused = false;
  std::string message;
  std::thread([&] {
    is_refused = test::refuse_call(SYS_fcntl, 2, O_NONBLOCK, EIO);
    message = test::error_of(Errc::study_error, [] { const Parser parser("ocrtune-test-parser"); });
  }).join();
  if (!is_refused) GTEST_SKIP() << "no seccomp";
  EXPECT_EQ(message, "the program that parses files can't be started: Input/output error");
}

TEST_F(ParserTest, GetsFiles) {
  const std::string bytes(3'000'000, 'a');
  const Descriptor file = nameless_file(std::as_bytes(std::span(bytes)));
  const std::array<int, 1> files{file.get()};
  EXPECT_EQ(parser_.ask({{"do", "file"}}, files, kLimits).at("size"), bytes.size());
}

TEST_F(ParserTest, SendsData) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{70'000'001}}) {
    std::size_t got = 0;
    parser_.ask({{"do", "send"}, {"bytes", size}}, {}, kLimits,
                [&](std::span<const std::byte> piece) { got += piece.size(); });
    EXPECT_EQ(got, size);
  }
}

TEST_F(ParserTest, EndsIfItSendsDataThatNobodyWants) {
  EXPECT_EQ(end_after({{"do", "send"}, {"bytes", 10}}), ParserEnd::crash);
}

TEST_F(ParserTest, SaysThatItCrashed) { EXPECT_EQ(end_after({{"do", "abort"}}), ParserEnd::crash); }

TEST_F(ParserTest, SaysThatItEnded) { EXPECT_EQ(end_after({{"do", "exit"}}), ParserEnd::killed); }

TEST_F(ParserTest, HasSoMuchTime) {
  EXPECT_EQ(end_after({{"do", "loop"}}, {.memory = kLimits.memory, .processor_time = 1s}),
            ParserEnd::time);
}

TEST_F(ParserTest, HasSoMuchMemory) {
  if (is_sanitized()) GTEST_SKIP() << "sanitizers allocate more";
  EXPECT_EQ(ask({{"do", "allocate"}, {"bytes", 100'000'000}}).at("last"), 'x');
  EXPECT_EQ(ask({{"do", "allocate"}, {"bytes", 400'000'000}},
                {.memory = 600'000'000, .processor_time = 60s})
                .at("last"),
            'x');
  EXPECT_EQ(end_after({{"do", "allocate"}, {"bytes", 400'000'000}}), ParserEnd::memory);
}

TEST_F(ParserTest, CannotChangeFiles) {
  if (is_sanitized()) GTEST_SKIP() << "it is not confined";
  const std::string file = folder_.write("a.txt", "text").string();
  EXPECT_EQ(number_after("write", file), EPERM);
  EXPECT_EQ(number_after("write", file + ".new"), EPERM);
  EXPECT_EQ(number_after("remove", file), EPERM);
  EXPECT_EQ(number_after("folder", file + ".d"), EPERM);
  EXPECT_EQ(read_text(file, 100), "text");
}

TEST_F(ParserTest, CannotStartProgramsOrReachOthers) {
  if (is_sanitized()) GTEST_SKIP() << "it is not confined";
  for (const char* what : {"fork", "run", "kill", "socket"}) EXPECT_EQ(number_after(what), EPERM);
}

TEST_F(ParserTest, ReadsWhatProgramsNeed) { EXPECT_EQ(number_after("read", "/usr"), 0); }

TEST(Parser, ThatIsNotInstalledIsSaid) {
  EXPECT_EQ(
      test::error_of(Errc::dependency_missing, [] { const Parser parser("ocrtune-nothing"); }),
      "the program ocrtune-nothing is not installed beside ocrtune; install ocrtune again");
}

}  // namespace
}  // namespace ocrtune
