#include "ocrtune/study_run/asked_study.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ocrtune/base/error.h"
#include "support/encoded.h"
#include "support/errors.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using workflow::AskedStudy;
using workflow::AskedStudyOptions;
using workflow::AskedTrial;

class AskedStudies : public testing::Test {
 protected:
  AskedStudies() {
    for (const int page : {1, 2}) {
      folder_.write(std::to_string(page) + ".png",
                    test::encoded(test::noise(40, 30, static_cast<std::uint64_t>(page)), ".png"));
    }
  }

  AskedStudyOptions options() {
    AskedStudyOptions options;
    options.study.pages.inputs = {(folder_.path() / "1.png").string(),
                                  (folder_.path() / "2.png").string()};
    options.study.study = (folder_.path() / "own.db").string();
    options.study.pipeline.pipeline = "standard";
    options.study.objectives = {"sharpness"};
    return options;
  }

  static std::vector<PageScores> scores(double value) {
    return {{{Score::sharpness, value}}, {{Score::sharpness, value}}};
  }

  test::TempFolder folder_;
};

TEST_F(AskedStudies, AreToldStoredAndResumed) {
  std::vector<Point> points;
  {
    AskedStudy study(options(), {});
    for (std::size_t number = 0; number < 4; ++number) {
      const std::optional<AskedTrial> trial = study.ask();
      ASSERT_TRUE(trial);
      EXPECT_EQ(trial->number, number);
      EXPECT_EQ(trial->point.values.empty(), number == 0);
      points.push_back(trial->point);
      study.tell(number, scores(static_cast<double>(number)));
    }
    EXPECT_EQ(study.pages().pages().size(), 2U);
  }
  AskedStudy study(options(), {});
  const std::vector<Trial> stored = study.storage().trials();
  ASSERT_EQ(stored.size(), 4U);
  for (std::size_t number = 0; number < 4; ++number) {
    EXPECT_EQ(stored[number].point, points[number]);
    EXPECT_EQ(stored[number].mean(Score::sharpness), static_cast<double>(number));
  }
  EXPECT_EQ(study.ask()->number, 4U);
}

TEST_F(AskedStudies, AreToldInOrder) {
  AskedStudyOptions two = options();
  two.in_flight = 2;
  AskedStudy study(two, {});
  for (std::size_t number = 0; number < 3; ++number) EXPECT_EQ(study.ask()->number, number);
  test::error_of(Errc::invalid_argument, [&] { (void)study.ask(); });
  test::error_of(Errc::invalid_argument, [&] { study.tell(1, scores(1)); });
  study.tell(0, scores(1));
  study.tell(1, scores(1));
  EXPECT_EQ(study.ask()->number, 3U);
}

TEST_F(AskedStudies, RefuseOtherScores) {
  AskedStudy study(options(), {});
  test::error_of(Errc::invalid_argument, [&] { study.tell(0, scores(1)); });
  EXPECT_EQ(study.ask()->number, 0U);
  test::error_of(Errc::invalid_argument, [&] { study.tell(0, {scores(1).front()}); });
  test::error_of(Errc::invalid_argument, [&] { study.tell(0, {{{Score::words, 1}}, {}}); });
  EXPECT_TRUE(study.storage().trials().empty());
}

TEST_F(AskedStudies, RefuseOtherSettings) {
  { const AskedStudy study(options(), {}); }
  AskedStudyOptions other = options();
  other.study.seed = 9;
  test::error_of(Errc::study_error, [&] { const AskedStudy study(other, {}); });
  other.sampler = "no_such";
  test::error_of(Errc::invalid_argument, [&] { const AskedStudy study(other, {}); });
}

}  // namespace
}  // namespace ocrtune
