#include "ocrtune/kernels/filter/gray_of_colour.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {
namespace {

const std::vector<std::string> kChannels{"luma", "red", "green",     "blue",
                                         "max",  "min", "lightness", "principal"};

cv::Mat gray_by(const std::string& channel, const Image& in) {
  const cv::Mat& colour = in.colour;
  if (channel == "red") return channel_of(colour, 2);
  if (channel == "green") return channel_of(colour, 1);
  if (channel == "blue") return channel_of(colour, 0);
  if (channel == "max") return lightest_channel(colour);
  if (channel == "min") return darkest_channel(colour);
  if (channel == "lightness") return gray_of_lightness(colour);
  const auto direction = principal_direction(colour);
  const cv::Mat gray = direction ? gray_along(colour, *direction) : cv::Mat();
  return gray.empty() ? in.gray : gray;
}

}  // namespace

Stage to_gray() {
  return {
      .name = "to_gray",
      .summary = "Conversion to gray by a channel or formula other than luma.",
      .cites = {"itu2011", "anderson1996", "seo2013"},
      .parameters = {category(
          "channel", kChannels,
          "channel or formula of the gray level; luma leaves the image unchanged")},
      .run =
          [](const Image& in, const Values& resolved) {
            const auto& channel =
                kChannels.at(static_cast<std::size_t>(resolved.integer("channel")));
            if (channel == "luma" || in.colour.empty()) return in;
            return Image{gray_by(channel, in), in.dpi};
          },
      .wants_colour = true,
  };
}

}  // namespace ocrtune
