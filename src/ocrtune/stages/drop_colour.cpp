#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/background.h"
#include "ocrtune/kernels/coloured_ink.h"
#include "ocrtune/kernels/gray_of_colour.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

const std::vector<std::string> kHues{"auto",  "any",  "red",  "yellow",
                                     "green", "cyan", "blue", "magenta"};
constexpr int kFirstHue = 2;

/// Surroundings in which there is more paper than ink, stamps included.
constexpr double kPaperWindow = 20;

InkChoice choice_of(const Values& settled) {
  const int hue = settled.integer("hue");
  InkChoice choice{.least_chroma = settled.integer("chroma")};
  if (hue == 0) choice.hues = InkChoice::Hues::lesser;
  if (hue >= kFirstHue) {
    choice.hues = InkChoice::Hues::one;
    choice.hue = 256 * (hue - kFirstHue);
  }
  return choice;
}

cv::Mat paper_of(const cv::Mat& bgr, int window) {
  cv::Mat paper(bgr.size(), CV_8UC3);
  for (int channel = 0; channel < 3; ++channel)
    cv::insertChannel(median_paper(channel_of(bgr, channel), window), paper, channel);
  return paper;
}

/// The gray pixels as much lighter as the coloured ones became.
cv::Mat lightened(const Image& in, const cv::Mat& colour) {
  cv::Mat before;
  cv::Mat after;
  cv::cvtColor(in.colour, before, cv::COLOR_BGR2GRAY);
  cv::cvtColor(colour, after, cv::COLOR_BGR2GRAY);
  cv::Mat more;
  cv::subtract(after, before, more);
  cv::Mat gray;
  cv::add(in.gray, more, gray);
  return gray;
}

Image run(const Image& in, const Values& settled) {
  const int strength = settled.integer("strength");
  if (in.colour.empty() || strength == 0) return in;
  const cv::Mat paper = paper_of(in.colour, settled.integer("window"));
  const ColouredInk ink = coloured_ink(in.colour, paper, choice_of(settled));
  if (ink.none) return in;
  Image out{{}, in.dpi};
  out.colour = without_ink(in.colour, paper, ink, strength);
  out.gray = lightened(in, out.colour);
  return out;
}

}  // namespace

Stage drop_colour() {
  return {
      .name = "drop_colour",
      .summary = "Takes coloured stamps, lines and pen away and leaves the gray print.",
      .cites = {"ruifrok2001", "smith1978", "gonzalez2018"},
      .parameters =
          {
              category("hue", kHues, "what goes; auto is any but the colour of most of the ink"),
              integer("chroma", {.low = 15,
                                 .high = 80,
                                 .initial = 40,
                                 .min = 2,
                                 .max = 255,
                                 .unit = "gray levels",
                                 .help = "least difference of the channels that counts as colour"}),
              real("strength", {.low = 0.5,
                                .high = 1.5,
                                .initial = 1,
                                .min = 0,
                                .max = 2,
                                .unit = "times",
                                .help = "how much of it goes; 0 leaves the image alone"}),
          },
      .measure = measured_x_height,
      .settle =
          [](const Values& parameters, double measured) {
            Values settled;
            const int strength = static_cast<int>(std::lround(256 * parameters.real("strength")));
            settled.set("strength", strength);
            if (strength == 0) return settled;
            settled.set("hue", parameters.integer("hue"));
            settled.set("chroma", parameters.integer("chroma"));
            settled.set("window", odd_px(kPaperWindow, measured));
            return settled;
          },
      .run = run,
      .wants_colour = true,
      .gives_colour = true,
  };
}

}  // namespace ocrtune
