// External engines that are small shell scripts, most of them hostile.
#include "ocrtune/ocr/external/external_recognizer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <opencv2/core.hpp>
#include <thread>

#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/external/external_engine.h"
#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kHello =
    R"(echo '{"protocol":1,"version":"Fake 1","models":"m1","languages":["eng"]}')";

/// Answers requests with the id that counts them.
constexpr const char* kAnswers = R"(
i=0
while read -r request; do
  i=$((i + 1))
  echo "{\"id\":$i,\"lines\":[{\"text\":\"page $i\",\"box\":[1,2,9,8],\"confidence\":0.9}]}"
done)";

/// An orphan stays a zombie until init has waited for it.
bool is_running(pid_t process) {
  std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
  std::string id;
  std::string name;
  std::string state = "Z";
  stat >> id >> name >> state;
  return state != "Z" && state != "X";
}

class External : public ::testing::Test {
 protected:
  /// An engine that runs this script.
  EngineManifest engine(const std::string& script) {
    folder_.write("fake/run.sh", script);
    return {.name = "fake",
            .folder = folder_.path() / "fake",
            .title = "Fake",
            .summary = "Fake",
            .command = {"sh", "run.sh"},
            .startup_seconds = 20,
            .page_seconds = 20};
  }

  ExternalRecognizer opened(const std::string& script) {
    return ExternalRecognizer(engine(script), "eng", std::nullopt);
  }

  std::optional<OcrResult> read(ExternalRecognizer& recognizer) {
    return recognizer.read(image_, {}, never_);
  }

  /// The reason why a page fails.
  std::string failure(ExternalRecognizer& recognizer) {
    return test::error_of(Errc::limit_reached, [&] { (void)read(recognizer); });
  }

  std::string failure_of(const std::string& answer) {
    ExternalRecognizer recognizer = opened(std::string(kHello) + "\nread -r request\n" + answer);
    return failure(recognizer);
  }

  /// Why an engine cannot be opened.
  std::string refusal(const std::string& script) {
    return test::error_of(Errc::dependency_missing, [&] { (void)opened(script); });
  }

  [[nodiscard]] std::string content(const std::string& name) const {
    std::ifstream file(folder_.path() / "fake" / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  test::TempFolder folder_;
  Image image_{.gray = cv::Mat(10, 20, CV_8UC1, cv::Scalar(200)), .dpi = {300, 300}};
  std::atomic<bool> never_{false};
};

TEST_F(External, OneProcessRecognizesAllPages) {
  ExternalRecognizer recognizer = opened(std::string(kHello) + kAnswers);
  EXPECT_EQ(plain_text(*read(recognizer)), "page 1\n");
  EXPECT_EQ(plain_text(*read(recognizer)), "page 2\n");
  EXPECT_EQ(recognizer.hello().version, "Fake 1");
}

TEST_F(External, OneProcessRecognizesAllLanguages) {
  const std::string hello =
      R"(echo '{"protocol":1,"version":"Fake 1","models":"m1","languages":["eng","fra","deu"]}')";
  engine("echo start >> starts\n" + hello + R"(
i=0
while read -r request; do
  i=$((i + 1))
  echo "$request" >> requests
  echo "{\"id\":$i,\"lines\":[{\"text\":\"page $i\",\"box\":[1,2,9,8]}]}"
done)");
  folder_.write("fake/engine.json",
                R"({"title":"Fake","summary":"for tests","command":["sh","run.sh"]})");
  const OcrEngine fake = external_engine(folder_.path() / "fake");
  const auto eng = fake.open("eng", {});
  const auto fra = fake.open_beside(*eng, "fra");
  const auto deu = fake.open_beside(*fra, "deu");
  for (int i = 0; i < 2; ++i) {
    for (const auto* recognizer : {&eng, &fra, &deu})
      EXPECT_EQ((*recognizer)->read(image_, {}, never_)->words.size(), 2U);
  }
  EXPECT_EQ(content("starts"), "start\n");
  const std::string requests = content("requests");
  EXPECT_NE(requests.find("\"fra\""), std::string::npos);
  EXPECT_NE(requests.find("\"deu\""), std::string::npos);
  EXPECT_NE(test::error_of(Errc::dependency_missing, [&] { (void)fake.open_beside(*eng, "ita"); })
                .find("`ita`"),
            std::string::npos);
}

TEST_F(External, TheEngineGetsThePageAsPnm) {
  ExternalRecognizer recognizer = opened(std::string(kHello) + R"(
while read -r request; do
  echo "$request" > request
  cat /dev/fd/3 > page.pgm
  echo '{"id":1,"lines":[]}'
done)");
  cv::Mat wide(10, 40, CV_8UC1);
  cv::randu(wide, 0, 255);
  image_.gray = wide.colRange(5, 25);
  EXPECT_TRUE(read(recognizer)->words.empty());
  const std::string page = content("page.pgm");
  const std::string header = "P5\n20 10\n255\n";
  ASSERT_EQ(page.size(), header.size() + 200);
  EXPECT_EQ(page.substr(0, header.size()), header);
  for (int y = 0; y < 10; ++y) {
    for (int x = 0; x < 20; ++x)
      ASSERT_EQ(
          static_cast<unsigned char>(page[header.size() + static_cast<std::size_t>(20 * y + x)]),
          image_.gray.at<unsigned char>(y, x));
  }
  EXPECT_TRUE(test::contains(content("request"), "\"dpi\":300"));
}

TEST_F(External, ALaterSmallerPageIsWhole) {
  ExternalRecognizer recognizer = opened(std::string(kHello) + R"(
i=0
while read -r request; do
  i=$((i + 1))
  echo "{\"id\":$i,\"text\":\"$(wc -c < /dev/fd/3)\"}"
done)");
  EXPECT_EQ(plain_text(*read(recognizer)), "213\n");
  image_.gray = cv::Mat(2, 2, CV_8UC1, cv::Scalar(0));
  EXPECT_EQ(plain_text(*read(recognizer)), "15\n");
}

TEST_F(External, BoxesAreThoseOfThePageIfItIsReduced) {
  ExternalRecognizer recognizer(engine(std::string(kHello) + kAnswers), "eng", 16);
  image_.gray = cv::Mat(32, 64, CV_8UC1, cv::Scalar(200));
  const OcrResult result = *read(recognizer);
  EXPECT_EQ(result.width, 64);
  EXPECT_EQ(result.words.at(0).left, 4);
  EXPECT_EQ(result.words.at(0).bottom, 32);
}

TEST_F(External, CannotBeOpenedWithoutAHello) {
  EXPECT_TRUE(test::contains(refusal("echo no models >&2; exit 3"),
                             "Fake: ended with exit status 3: no models"));
  EXPECT_TRUE(test::contains(refusal("echo hello"), "hello"));
  EXPECT_TRUE(test::contains(refusal("kill -SEGV $$"), "signal 11"));
  EXPECT_TRUE(test::contains(refusal("exec >&-; sleep 100"), "closed its output"));
  EXPECT_TRUE(test::contains(refusal("head -c 3000000 /dev/zero"), "more than 1.0 MB"));
}

TEST_F(External, CannotBeOpenedForAnotherLanguage) {
  EXPECT_TRUE(test::contains(
      test::error_of(
          Errc::dependency_missing,
          [&] { ExternalRecognizer(engine(std::string(kHello) + kAnswers), "deu", std::nullopt); }),
      "`deu`"));
}

TEST_F(External, AFailureNamesTheReason) {
  EXPECT_TRUE(test::contains(failure_of("echo out of memory >&2; exit 9"),
                             "Fake: ended with exit status 9: out of memory"));
  EXPECT_TRUE(test::contains(failure_of("kill -KILL $$"), "signal 9"));
  EXPECT_TRUE(test::contains(failure_of("echo nonsense"), "is not valid"));
  EXPECT_TRUE(test::contains(failure_of(R"(echo '{"id":7,"lines":[]}')"), "`id`"));
  EXPECT_TRUE(
      test::contains(failure_of("head -c 20000000 /dev/zero; sleep 100"), "more than 16.8 MB"));
  EXPECT_TRUE(test::contains(failure_of("yes x"), "is not valid"));
  EXPECT_TRUE(
      test::contains(failure_of("yes error >&2 & sleep 0.2; exit 1"), "exit status 1: error"));
}

TEST_F(External, AnEngineThatHangsIsEnded) {
  EngineManifest manifest =
      engine(std::string(kHello) + "\necho $$ > pid\nread -r request\nsleep 1000");
  manifest.page_seconds = 1;
  ExternalRecognizer recognizer(manifest, "eng", std::nullopt);
  EXPECT_TRUE(test::contains(failure(recognizer), "did not answer within 1 s"));
  EXPECT_EQ(::kill(std::stoi(content("pid")), 0), -1);
}

TEST_F(External, AnEngineThatReadsNothingIsEnded) {
  EngineManifest manifest = engine(std::string(kHello) + "\nsleep 1000");
  manifest.page_seconds = 1;
  ExternalRecognizer recognizer(manifest, "eng", std::nullopt);
  EXPECT_TRUE(test::contains(failure(recognizer), "within 1 s"));
}

TEST_F(External, IsStartedAgainAfterAFailure) {
  ExternalRecognizer recognizer = opened(R"(
[ -e failed ] && first=2 || first=1
)" + std::string(kHello) + R"(
i=$((first - 1))
while read -r request; do
  i=$((i + 1))
  [ -e failed ] || { touch failed; exit 1; }
  echo "{\"id\":$i,\"text\":\"page $i\"}"
done)");
  EXPECT_TRUE(test::contains(failure(recognizer), "exit status 1"));
  EXPECT_EQ(plain_text(*read(recognizer)), "page 2\n");
  EXPECT_EQ(plain_text(*read(recognizer)), "page 3\n");
}

TEST_F(External, IsLeftAloneAfterFailuresInARow) {
  ExternalRecognizer recognizer =
      opened("echo start >> starts\n" + std::string(kHello) + "\nread -r request; exit 4");
  for (int i = 0; i < kMaxEngineFailures; ++i)
    EXPECT_TRUE(test::contains(failure(recognizer), "exit status 4"));
  const std::string starts = content("starts");
  EXPECT_TRUE(test::contains(failure(recognizer), "not started again"));
  EXPECT_EQ(content("starts"), starts);
}

TEST_F(External, AnAnswerEndsARowOfFailures) {
  ExternalRecognizer recognizer = opened("echo start >> starts\n" + std::string(kHello) + R"(
read -r request
[ -e answers ] || exit 4
id=${request#*\"id\":}
echo "{\"id\":${id%%,*},\"lines\":[]}")");
  for (int i = 1; i < kMaxEngineFailures; ++i)
    EXPECT_TRUE(test::contains(failure(recognizer), "exit status 4"));
  folder_.write("fake/answers", "");
  EXPECT_TRUE(read(recognizer).has_value());
  std::filesystem::remove(folder_.path() / "fake/answers");
  // The engine of that answer has ended: the next request is the first failure of a new row.
  EXPECT_TRUE(test::contains(failure(recognizer), "exit status 0"));
  for (int i = 2; i < kMaxEngineFailures; ++i)
    EXPECT_TRUE(test::contains(failure(recognizer), "exit status 4"));
  folder_.write("fake/answers", "");
  EXPECT_TRUE(read(recognizer).has_value());
}

TEST_F(External, ItsOwnErrorsAreNoFailures) {
  ExternalRecognizer recognizer = opened("echo start >> starts\n" + std::string(kHello) + R"(
i=0
while read -r request; do
  i=$((i + 1))
  echo "{\"id\":$i,\"error\":\"page $i is blank\"}"
done)");
  for (int i = 1; i <= kMaxEngineFailures + 1; ++i)
    EXPECT_TRUE(test::contains(failure(recognizer), "Fake: page " + std::to_string(i) + " is"));
  EXPECT_EQ(content("starts"), "start\n");
}

TEST_F(External, AnotherVersionAfterARestartIsRefused) {
  ExternalRecognizer recognizer = opened(R"(
echo '{"protocol":1,"version":"Fake '$(ls | wc -l)'","languages":["eng"]}'
read -r request
touch another
exit 1)");
  (void)failure(recognizer);
  EXPECT_TRUE(test::contains(failure(recognizer), "another version"));
}

TEST_F(External, StopEndsARecognitionAtOnce) {
  ExternalRecognizer recognizer = opened(std::string(kHello) + "\nread -r request\nsleep 1000");
  std::atomic<bool> stop{false};
  const auto start = Clock::now();
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop = true;
  });
  EXPECT_FALSE(recognizer.read(image_, {}, stop).has_value());
  stopper.join();
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(10));
}

TEST_F(External, TheEngineAndItsProgramsEndWithTheRecognizer) {
  {
    ExternalRecognizer recognizer = opened("sleep 1000 & echo $! > child\necho $$ > pid\n" +
                                           std::string(kHello) + "\nsleep 1000");
  }
  for (const char* file : {"pid", "child"}) {
    const pid_t pid = std::stoi(content(file));
    const auto limit = Clock::now() + std::chrono::seconds(10);
    while (is_running(pid) && Clock::now() < limit)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_FALSE(is_running(pid)) << file;
  }
}

TEST_F(External, ProgramsInSessionsOfTheirOwnEndWithIt) {
  const std::string starts =
      "setsid sleep 1000 & echo $! > session\n"
      // Its parent ends at once; and one without the environment of the engine.
      "(setsid sh -c 'echo $$ > orphan; exec sleep 1000' &)\n"
      "env -i setsid sh -c 'echo $$ > bare; exec sleep 1000' &\n"
      "while ! [ -s orphan ] || ! [ -s bare ]; do sleep 0.01; done\n";
  const std::vector<std::string> ends{"\nsleep 1000", "\nread -r request\nkill -KILL $$",
                                      "\nread -r request\nexit 0"};
  for (const std::string& end : ends) {
    const bool ends_by_itself = end.find("request") != std::string::npos;
    {
      ExternalRecognizer recognizer = opened(starts + kHello + end);
      if (ends_by_itself) {
        EXPECT_THROW((void)read(recognizer), Error);
      }
    }
    // Of an engine that has ended, only its mark tells which programs it left.
    for (const char* file : {"session", "orphan", "bare"}) {
      const pid_t pid = std::stoi(content(file));
      if (ends_by_itself && std::string(file) == "bare") {
        ::kill(pid, SIGKILL);
        continue;
      }
      EXPECT_FALSE(is_running(pid)) << file << end;
    }
    for (const char* file : {"session", "orphan", "bare"})
      std::filesystem::remove(folder_.path() / "fake" / file);
  }
}

TEST_F(External, AThreadThatOpenedItMayEnd) {
  std::unique_ptr<ExternalRecognizer> recognizer;
  std::thread([&] {
    recognizer = std::make_unique<ExternalRecognizer>(engine(std::string(kHello) + kAnswers), "eng",
                                                      std::nullopt);
  }).join();
  EXPECT_EQ(plain_text(*read(*recognizer)), "page 1\n");
}

TEST_F(External, HasNoIdentityIfItIsNotInstalled) {
  folder_.write("other/engine.json",
                R"({"title":"Other","summary":"for tests","command":["sh","run.sh"],)"
                R"("requires":["model.bin"],"install":"make other"})");
  folder_.write("other/run.sh", std::string("touch started\n") + kHello);
  const OcrEngine other = external_engine(folder_.path() / "other");
  EXPECT_EQ(test::error_of(Errc::dependency_missing, [&] { (void)other.identity(); }),
            "Other: is not installed; install it with `make other`");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "other/started"));
}

TEST_F(External, TheEnginesIdentityIsItsVersionAndModels) {
  folder_.write("other/engine.json",
                R"({"title":"Other","summary":"for tests","command":["sh","run.sh"]})");
  folder_.write("other/run.sh", std::string("echo start >> starts\n") + kHello);
  const OcrEngine other = external_engine(folder_.path() / "other");
  EXPECT_EQ(other.identity(), "Fake 1 (m1)");
  EXPECT_FALSE(other.refuses("eng", {}).has_value());
  EXPECT_TRUE(test::contains(other.refuses("deu", {})->reason, "`deu`"));
  EXPECT_EQ(other.identity(), "Fake 1 (m1)");
  std::ifstream starts(folder_.path() / "other/starts");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(starts), {}), "start\n");
}

}  // namespace
}  // namespace ocrtune
