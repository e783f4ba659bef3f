#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/filter/background.h"
#include "ocrtune/kernels/filter/coloured_ink.h"
#include "ocrtune/kernels/filter/gray_of_colour.h"
#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

const std::vector<std::string> kHues{"auto",  "any",  "red",  "yellow",
                                     "green", "cyan", "blue", "magenta"};
constexpr int kFirstHue = 2;

/// Surroundings that contain more paper than ink, including stamps, in x-heights.
constexpr double kPaperWindow = 20;

InkChoice choice_of(const Values& resolved) {
  const int hue = resolved.integer("hue");
  InkChoice choice{.min_chroma = resolved.integer("chroma")};
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

/// Lightens the gray pixels by as much as the coloured ones became lighter.
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

Image run(const Image& in, const Values& resolved) {
  const int strength = resolved.integer("strength");
  if (in.colour.empty() || strength == 0) return in;
  const cv::Mat paper = paper_of(in.colour, resolved.integer("window"));
  const ColouredInk ink = coloured_ink(in.colour, paper, choice_of(resolved));
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
      .summary =
          "Colour dropout: removes coloured stamps, lines and handwriting and leaves gray print.",
      .cites = {"ruifrok2001", "smith1978", "gonzalez2018"},
      .parameters =
          {
              category("hue", kHues,
                       "colour to remove; auto removes all but the colour of most of the ink"),
              integer(
                  "chroma",
                  {.low = 15,
                   .high = 80,
                   .initial = 40,
                   .min = 2,
                   .max = 255,
                   .unit = "gray levels",
                   .help = "minimum difference of the channels for a pixel to count as coloured"}),
              real("strength",
                   {.low = 0.5,
                    .high = 1.5,
                    .initial = 1,
                    .min = 0,
                    .max = 2,
                    .unit = "times",
                    .help = "how much of the colour is removed; 0 leaves the image unchanged"}),
          },
      .measure = measured_x_height,
      .resolve =
          [](const Values& parameters, double measured) {
            Values resolved;
            const int strength = static_cast<int>(std::lround(256 * parameters.real("strength")));
            resolved.set("strength", strength);
            if (strength == 0) return resolved;
            resolved.set("hue", parameters.integer("hue"));
            resolved.set("chroma", parameters.integer("chroma"));
            resolved.set("window", odd_px(kPaperWindow, measured));
            return resolved;
          },
      .run = run,
      .wants_colour = true,
      .gives_colour = true,
  };
}

}  // namespace ocrtune
