// Stages that want pages in colour, through the evaluator's caches.

#include <fmt/format.h>

#include <opencv2/imgproc.hpp>

#include "execution/small_corpus.h"
#include "ocrtune/execution/stage_run.h"
#include "ocrtune/search/evaluator.h"
#include "search/page_contents.h"

namespace ocrtune {
namespace {

using test::kGoOn;
using test::same_pixels;
using test::scanned;

/// A gray page whose red channel differs from it by `redder`.
Image tinted(int redder) {
  Image page{scanned(60, 40, 3), {300, 300}};
  const cv::Mat red = page.gray + redder;
  cv::merge(std::vector{page.gray, page.gray, red}, page.colour);
  return page;
}

/// Stages that count their runs.
class ColourRuns : public testing::Test {
 protected:
  Stage counting(const std::string& name, std::function<Image(const Image&)> run) {
    return {.name = name,
            .summary = "",
            .cites = {},
            .parameters = {},
            .run = [this, name, run = std::move(run)](const Image& in, const Values&) {
              ++runs_[name];
              return run(in);
            }};
  }

  Image go(const Image& page, const std::vector<StageUse>& uses) {
    const Pipeline pipeline("p", "", uses);
    StageRun run(
        pipeline, test::content_of(page),
        [&] {
          ++loads_;
          return page;
        },
        cache_);
    Image out = run.image();
    const Image plain = pipeline.run(page);
    EXPECT_TRUE(same_pixels(out.gray, plain.gray));
    EXPECT_TRUE(out.colour.empty());
    EXPECT_TRUE(plain.colour.empty());
    EXPECT_EQ(run.content(), image_content(pixel_hash(out), out));
    for (const StageUse& use : uses) --runs_[use.stage->name];  // by the plain run
    return out;
  }

  /// True where the cache knows what comes out.
  bool is_known(const Image& page, const std::vector<StageUse>& uses) {
    const Pipeline pipeline("p", "", uses);
    bool known = true;
    StageRun run(
        pipeline, test::content_of(page),
        [&] {
          known = false;
          return page;
        },
        cache_);
    run.content();
    return known && std::ranges::all_of(run.timings(), &StepTiming::cached);
  }

  std::map<std::string, int> runs_;
  int loads_ = 0;
  StageCache cache_{1'000'000, 1000};

  Stage redden_ = [this] {
    Stage stage = counting("redden", [](const Image& in) {
      Image out = in;
      if (!in.colour.empty()) out.colour = cv::Mat(in.colour + cv::Scalar(0, 0, 5));
      return out;
    });
    stage.wants_colour = stage.gives_colour = true;
    return stage;
  }();
  Stage red_ = [this] {
    Stage stage = counting("red", [](const Image& in) {
      if (in.colour.empty()) return in;
      Image out{{}, in.dpi};
      cv::extractChannel(in.colour, out.gray, 2);
      return out;
    });
    stage.wants_colour = true;
    return stage;
  }();
  Stage invert_ = counting("invert", [](const Image& in) {
    EXPECT_TRUE(in.colour.empty());
    return Image{255 - in.gray, in.dpi};
  });
};

TEST_F(ColourRuns, PagesThatDifferInColourAloneAreToldApart) {
  const Image first = tinted(10);
  const Image second = tinted(20);
  ASSERT_TRUE(same_pixels(first.gray, second.gray));
  EXPECT_FALSE(
      same_pixels(go(first, {{.stage = &red_}}).gray, go(second, {{.stage = &red_}}).gray));
  EXPECT_EQ(runs_["red"], 2);
  // What looks at gray alone is done once for both.
  EXPECT_FALSE(is_known(first, {{.stage = &invert_}}));
  EXPECT_TRUE(is_known(second, {{.stage = &invert_}}));
}

TEST_F(ColourRuns, ColoursGoOnToThoseWhoWantThem) {
  const Image page = tinted(10);
  const cv::Mat expected = page.gray + 15;
  for (int round = 0; round < 2; ++round) {
    EXPECT_TRUE(same_pixels(go(page, {{.stage = &redden_}}).gray, page.gray));
    const Image red = go(page, {{.stage = &redden_}, {.stage = &red_}});
    EXPECT_TRUE(same_pixels(red.gray, expected));
    EXPECT_TRUE(
        same_pixels(go(page, {{.stage = &redden_}, {.stage = &red_}, {.stage = &invert_}}).gray,
                    255 - expected));
    // Once for those who want its colours, once for those who don't.
    EXPECT_EQ(runs_["redden"], round == 0 ? 2 : 3);  // as the last stage it isn't kept
    EXPECT_TRUE(is_known(page, {{.stage = &redden_}}));
    EXPECT_TRUE(is_known(page, {{.stage = &redden_}, {.stage = &red_}, {.stage = &invert_}}));
  }
}

TEST_F(ColourRuns, WhatComesOutGrayAlikeIsOne) {
  const Image page = tinted(10);
  go(page, {{.stage = &redden_}});
  go(page, {{.stage = &invert_}});
  // The page in colour becomes the gray page, with which the same was done before.
  EXPECT_TRUE(is_known(page, {{.stage = &redden_}, {.stage = &invert_}}));
}

TEST_F(ColourRuns, AStageThatIsOffWantsNothing) {
  const Pipeline off("p", "", {{.stage = &red_, .on = false}, {.stage = &invert_}});
  EXPECT_FALSE(off.wants_colour());
  Pipeline optional("p", "", {{.stage = &red_, .on = false, .optional = true}});
  EXPECT_TRUE(optional.wants_colour());
  EXPECT_FALSE(optional.at({}).wants_colour());
  EXPECT_TRUE(optional.at({.values = {{"use_red", 1}}}).wants_colour());
}

/// Pages with text in red over paper of the same gray level.
class ColourCorpus : public testing::Test {
 protected:
  ColourCorpus() {
    std::vector<InputFile> files;
    for (const std::string text : {"RED ONE", "SECOND 22"}) {
      const cv::Mat letters = test::rendered(text);
      cv::Mat page(letters.size(), CV_8UC3, cv::Scalar(75, 75, 75));
      // 0.299 * 251 is 75.
      page.setTo(cv::Scalar(0, 0, 251), letters < 128);
      const std::string name = std::to_string(files.size());
      files.push_back(
          {.path = folder_.write(name + ".ppm", test::encoded(page, ".ppm")), .name = name});
      folder_.write(name + ".gt.txt", text);
    }
    std::vector<Problem> problems;
    coloured_ = Corpus::load(files, {.keep_bytes = 1'000'000, .in_colour = true}, problems);
    gray_ = Corpus::load(files, {}, problems);
    EXPECT_TRUE(problems.empty());
  }

  static std::vector<Trial> evaluate(const Corpus& corpus, const Pipeline& pipeline,
                                     const std::vector<Point>& points, int workers) {
    Evaluator evaluator(corpus, {}, plan_memory(4'000'000'000, workers));
    std::vector<Trial> trials;
    std::size_t next = 0;
    evaluator.run({.next = [&]() -> NextTrial {
                     if (next == points.size()) return NoMore{};
                     const Point& point = points[next];
                     return TrialRequest{
                         .number = next++, .point = point, .pipeline = pipeline.at(point)};
                   },
                   .done = [&](Trial trial) { trials.push_back(std::move(trial)); },
                   .tick = [](std::size_t) {}},
                  kGoOn);
    return trials;
  }

  test::TempFolder folder_;
  Corpus coloured_;
  Corpus gray_;
};

const std::string kMaybeRed =
    "[[stage]]\none_of = [\"to_gray\", \"none\"]\nas = \"colour\"\ninitial = \"none\"\n"
    "[stage.to_gray]\nchannel = \"blue\"\n[[stage]]\nuse = \"denoise_gaussian\"\n";

TEST_F(ColourCorpus, ASpaceMayHavePointsWithAndWithout) {
  const Pipeline pipeline = parse_pipeline(kMaybeRed, "t");
  const Point with{.values = {{"colour", 0}}};
  const Point without{.values = {{"colour", 1}}};
  for (const int workers : {1, 3}) {
    const auto trials = evaluate(coloured_, pipeline, {without, with, without, with}, workers);
    ASSERT_EQ(trials.size(), 4U);
    for (std::size_t page = 0; page < 2; ++page) {
      EXPECT_EQ(trials[1].pages[page].scores.find(Score::cer), 0);
      EXPECT_GT(trials[0].pages[page].scores.find(Score::cer), 0.5);
      for (const std::size_t trial : {0U, 1U}) {
        EXPECT_EQ(trials[trial + 2].pages[page].scores.find(Score::cer),
                  trials[trial].pages[page].scores.find(Score::cer));
        EXPECT_EQ(trials[trial + 2].pages[page].scores.value(Score::sharpness),
                  trials[trial].pages[page].scores.value(Score::sharpness));
      }
    }
  }
}

TEST_F(ColourCorpus, WithoutColourStagesItIsAsIfLoadedGray) {
  const Pipeline pipeline = parse_pipeline("[[stage]]\nuse = \"denoise_gaussian\"\n", "t");
  const auto one = evaluate(coloured_, pipeline, {{}}, 1);
  const auto other = evaluate(gray_, pipeline, {{}}, 1);
  for (std::size_t page = 0; page < 2; ++page) {
    EXPECT_EQ(one[0].pages[page].scores.value(Score::sharpness),
              other[0].pages[page].scores.value(Score::sharpness));
    EXPECT_EQ(one[0].pages[page].scores.find(Score::cer),
              other[0].pages[page].scores.find(Score::cer));
  }
}

TEST_F(ColourCorpus, TakesMoreMemoryOnlyWhereItIsUsed) {
  const Page& page = coloured_.pages()[0];
  EXPECT_GT(task_bytes(page, true), task_bytes(page, false));
  EXPECT_EQ(task_bytes(page, false), task_bytes(gray_.pages()[0], false));
  EXPECT_EQ(task_bytes(gray_.pages()[0], true), task_bytes(gray_.pages()[0], false));
}

}  // namespace
}  // namespace ocrtune
