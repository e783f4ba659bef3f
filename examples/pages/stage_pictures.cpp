#include "pages/stage_pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <opencv2/imgproc.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/base/random.h"
#include "pages/degrade.h"
#include "pages/sheet.h"
#include "pages/texts.h"

namespace ocrtune::examples {
namespace {

/// The degradation of the page, and the settings that differ from the stage's defaults.
struct Scene {
  std::vector<Degradation> damage;
  std::vector<std::pair<std::string, double>> settings = {};
  bool negative = false;                         ///< light text on dark ground
  bool whole = false;                            ///< the picture shows the whole page
  cv::Mat (*view)(const cv::Mat&) = nullptr;     ///< the camera's view of the page
  cv::Mat (*colours)(const cv::Mat&) = nullptr;  ///< adds colour to the page
};

/// A sheet on a dark table, photographed at an angle.
cv::Mat photograph(const cv::Mat& page) {
  const auto right = static_cast<float>(page.cols);
  const auto bottom = static_cast<float>(page.rows);
  const std::array<cv::Point2f, 4> from{{{0, 0}, {right, 0}, {right, bottom}, {0, bottom}}};
  const std::array<cv::Point2f, 4> to{{{0.16F * right, 0.08F * bottom},
                                       {0.86F * right, 0.12F * bottom},
                                       {0.97F * right, 0.94F * bottom},
                                       {0.04F * right, 0.9F * bottom}}};
  cv::Mat out;
  cv::warpPerspective(page, out, cv::getPerspectiveTransform(from.data(), to.data()), page.size(),
                      cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(70));
  return out;
}

/// The page in another ink on other paper, both in BGR.
cv::Mat inked(const cv::Mat& page, const cv::Scalar& ink, const cv::Scalar& paper) {
  std::vector<cv::Mat> channels(3);
  for (int channel = 0; channel < 3; ++channel) {
    const double share = (paper[channel] - ink[channel]) / 255;
    page.convertTo(channels[static_cast<std::size_t>(channel)], CV_8U, share, ink[channel]);
  }
  cv::Mat colour;
  cv::merge(channels, colour);
  return colour;
}

/// A stamp over the text, as a filter.
void stamp(cv::Mat& page, const cv::Scalar& ink) {
  cv::Mat layer(page.size(), CV_8UC3, cv::Scalar::all(255));
  const cv::Point middle(250, 128);
  cv::ellipse(layer, middle, {92, 50}, -8, 0, 360, ink, 5, cv::LINE_AA);
  cv::ellipse(layer, middle, {78, 38}, -8, 0, 360, ink, 2, cv::LINE_AA);
  cv::putText(layer, "RECEIVED", middle + cv::Point(-66, 10), cv::FONT_HERSHEY_DUPLEX, 0.85, ink, 3,
              cv::LINE_AA);
  cv::multiply(page, layer, page, 1.0 / 255);
}

cv::Mat stamped(const cv::Mat& page) {
  cv::Mat colour = inked(page, cv::Scalar::all(0), cv::Scalar::all(255));
  stamp(colour, cv::Scalar(90, 70, 215));
  return colour;
}

/// Violet ink on yellow paper.
cv::Mat violet_typescript(const cv::Mat& page) {
  cv::Mat colour = inked(page, cv::Scalar(165, 80, 120), cv::Scalar(150, 215, 235));
  stamp(colour, cv::Scalar(90, 110, 250));
  return colour;
}

const RuledLines kRules{.rows = 7, .columns = 1, .thickness_px = 2, .darkness = 0.8};
const UnevenLight kShade{.gradient = 0.65, .vignette = 0.3};
const Paper kPale{.white = 205, .black = 120, .grain = 3};
const Paper kSmooth{.white = 225, .black = 50, .grain = 1};
const GaussianNoise kGrain{.deviation = 9};
const SaltAndPepper kSpecks{.share = 0.006, .pepper = 0.85, .contrast = 0.8};

/// A page of a book, whose lines bend towards the fold.
cv::Mat beside_the_fold(const cv::Mat& page) {
  cv::Mat x(page.size(), CV_32FC1);
  cv::Mat y(page.size(), CV_32FC1);
  for (int row = 0; row < page.rows; ++row) {
    for (int column = 0; column < page.cols; ++column) {
      const double away = 1 - static_cast<double>(column) / page.cols;
      x.at<float>(row, column) = static_cast<float>(column);
      y.at<float>(row, column) = static_cast<float>(row - 0.09 * page.rows * away * away * away);
    }
  }
  cv::Mat out;
  cv::remap(page, out, x, y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return out;
}

/// A page whose lower half is a table of contents.
cv::Mat with_leaders(const cv::Mat& page) {
  cv::Mat out = page.clone();
  const int half = page.rows * 47 / 100;
  out.rowRange(half, page.rows).setTo(page.at<uchar>(0, 0));
  const double size = page.rows / 900.0;
  const int step = page.cols / 60;
  const std::array<std::pair<const char*, const char*>, 3> lines{
      {{"The ferry", "17"}, {"Fence posts", "48"}, {"The ledger", "93"}}};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const int base = half + static_cast<int>(i + 1) * page.rows / 8;
    const auto write = [&](const char* text, int x) {
      cv::putText(out, text, {x, base}, cv::FONT_HERSHEY_SIMPLEX, size, 40, 2, cv::LINE_AA);
    };
    write(lines.at(i).first, page.cols / 20);
    write(lines.at(i).second, page.cols * 9 / 10);
    for (int x = page.cols * 2 / 5; x < page.cols * 17 / 20; x += step)
      out(cv::Rect(x, base - 4, 4, 4)).setTo(40);
  }
  return out;
}

/// For stages that are not listed here, such as those for binarization.
const Scene kUsual{.damage = {kSmooth, kShade, GaussianNoise{.deviation = 5}}};

const std::map<std::string, Scene, std::less<>>& scenes() {
  static const std::map<std::string, Scene, std::less<>> kScenes{
      {"drop_colour", {.damage = {kSmooth}, .colours = stamped}},
      {"to_gray",
       {.damage = {kSmooth}, .settings = {{"channel", 1}}, .colours = violet_typescript}},
      {"perspective", {.damage = {kSmooth}, .whole = true, .view = photograph}},
      {"dewarp", {.damage = {kSmooth}, .whole = true, .view = beside_the_fold}},
      {"clear_borders", {.damage = {kSmooth, DarkEdges{.width = 0.035}}, .whole = true}},
      {"deskew", {.damage = {kSmooth, Skew{.degrees = 5}}}},
      {"rescale", {.damage = {LowResolution{.factor = 0.5}, kSmooth}, .settings = {{"factor", 2}}}},
      {"rescale_x_height",
       {.damage = {LowResolution{.factor = 0.7}, kSmooth}, .settings = {{"height", 14}}}},
      {"remove_lines", {.damage = {kSmooth, kRules}}},
      {"inpaint_lines", {.damage = {kSmooth, kRules}}},
      {"remove_lines_repaired", {.damage = {kSmooth, kRules}}},
      {"remove_leaders", {.damage = {kSmooth}, .whole = true, .view = with_leaders}},
      {"normalize_division", {.damage = {kSmooth, kShade}}},
      {"divide_closing", {.damage = {kSmooth, kShade}}},
      {"divide_median", {.damage = {kSmooth, kShade}}},
      {"subtract_background",
       {.damage = {kSmooth, Stains{.rings = 2, .blotches = 3, .darkness = 0.45}}}},
      {"subtract_rolling_ball",
       {.damage = {kSmooth, Stains{.rings = 0, .blotches = 5, .darkness = 0.45}}}},
      {"reduce_show_through", {.damage = {ShowThrough{.opacity = 0.3}, kSmooth}}},
      {"stretch_contrast", {.damage = {kPale}}},
      {"stretch_percentiles", {.damage = {kPale, kSpecks}}},
      {"gamma",
       {.damage = {Paper{.white = 235, .black = 150, .grain = 1}}, .settings = {{"gamma", 3}}}},
      {"clahe", {.damage = {kPale, UnevenLight{.gradient = 0.7, .vignette = 0}}}},
      {"unsharp_mask", {.damage = {Blur{.sigma_px = 1.4}, kSmooth}, .settings = {{"amount", 2.5}}}},
      {"denoise_nlm", {.damage = {kSmooth, kGrain}, .settings = {{"h", 12}}}},
      {"denoise_gaussian", {.damage = {kSmooth, kGrain}}},
      {"denoise_bilateral", {.damage = {kSmooth, kGrain}, .settings = {{"level", 40}}}},
      {"despeckle", {.damage = {kSmooth, kSpecks}}},
      {"thicken", {.damage = {kPale}, .settings = {{"amount", 0.08}}}},
      {"invert_dark", {.damage = {kSmooth}, .negative = true}},
  };
  return kScenes;
}

const Scene& scene_of(const Stage& stage) {
  const auto found = scenes().find(stage.name);
  return found == scenes().end() ? kUsual : found->second;
}

/// A quarter of a page of prose.
cv::Mat clean_page() {
  constexpr double kWidth = 320;
  constexpr double kHeight = 190;
  constexpr double kMargin = 12;
  Sheet sheet(kWidth, kHeight, kStagePictureDpi, Language::english);
  const Style body{.family = "Liberation Serif", .size_pt = 11};
  double y = kMargin;
  for (const std::string_view paragraph : topics(Language::english).front().paragraphs) {
    y = sheet
            .text(paragraph, body,
                  {.x = kMargin, .y = y, .width = kWidth - 2 * kMargin, .bottom = kHeight})
            .bottom;
  }
  return sheet.gray();
}

Image spoilt_page(const Scene& scene) {
  cv::Mat page = clean_page();
  std::uint64_t step = 0;
  for (const Degradation& damage : scene.damage) {
    Random random(mix64(++step));
    page = apply(damage, page, random);
  }
  if (scene.negative) cv::bitwise_not(page, page);
  if (scene.view != nullptr) page = scene.view(page);
  Image image{page, {}};
  if (scene.colours != nullptr) {
    image.colour = scene.colours(page);
    cv::cvtColor(image.colour, image.gray, cv::COLOR_BGR2GRAY);
  }
  return image;
}

Values values_of(const Stage& stage, const Scene& scene) {
  Values values;
  for (const Parameter& parameter : stage.parameters) values.set(parameter.name, parameter.initial);
  for (const auto& [name, value] : scene.settings) values.set(name, value);
  return values;
}

/// The part of the page that corresponds to `part` of the enlarged page, enlarged without
/// smoothing.
cv::Mat enlarged_part(const cv::Mat& page, const cv::Rect& part, double factor) {
  const auto reduced = [&](int length) { return cvRound(length / factor); };
  const cv::Rect from(reduced(part.x), reduced(part.y), reduced(part.width), reduced(part.height));
  cv::Mat out;
  cv::resize(page(from), out, part.size(), 0, 0, cv::INTER_NEAREST);
  return out;
}

/// The page scaled to the greatest size that fits.
cv::Mat fitted(const cv::Mat& page, const cv::Size& size) {
  const double scale = std::min(static_cast<double>(size.width) / page.cols,
                                static_cast<double>(size.height) / page.rows);
  cv::Mat reduced;
  cv::resize(page, reduced, {cvRound(scale * page.cols), cvRound(scale * page.rows)}, 0, 0,
             cv::INTER_AREA);
  cv::Mat out(size, CV_8UC1, cv::Scalar(255));
  const cv::Point corner((size.width - reduced.cols) / 2, (size.height - reduced.rows) / 2);
  reduced.copyTo(out(cv::Rect(corner, reduced.size())));
  return out;
}

}  // namespace

cv::Mat stage_picture(const Stage& stage) {
  const cv::Rect part(100, 60, 300, 145);
  constexpr int kGap = 10;
  const Scene& scene = scene_of(stage);
  const Image page = spoilt_page(scene);
  const Image made = ocrtune::apply(stage, page, values_of(stage, scene));
  const bool coloured = !page.colour.empty();
  const cv::Mat before = coloured ? page.colour : page.gray;
  cv::Mat after = made.gray;
  if (coloured) cv::cvtColor(made.gray, after, cv::COLOR_GRAY2BGR);
  cv::Mat picture(part.height, 2 * part.width + kGap, before.type(), cv::Scalar::all(255));
  const cv::Mat left = picture.colRange(0, part.width);
  const cv::Mat right = picture.colRange(part.width + kGap, picture.cols);
  if (scene.whole) {
    fitted(before, part.size()).copyTo(left);
    fitted(after, part.size()).copyTo(right);
  } else {
    enlarged_part(before, part, static_cast<double>(after.cols) / before.cols).copyTo(left);
    after(part).copyTo(right);
  }
  // A view of all channels' levels.
  cv::Mat_<unsigned char> levels = picture.reshape(1);
  for (unsigned char& level : levels) level = static_cast<unsigned char>((level + 8) / 17 * 17);
  return picture;
}

std::string stage_picture_settings(const Stage& stage) {
  const Scene& scene = scene_of(stage);
  if (stage.parameters.empty()) return "";
  if (scene.settings.empty()) return "with the default settings";
  std::string text;
  for (const auto& [name, value] : scene.settings) {
    const auto parameter = std::ranges::find(stage.parameters, name, &Parameter::name);
    text += fmt::format("{}`{}` {}", text.empty() ? "with " : " and ", name,
                        value_text(*parameter, value));
  }
  return text;
}

}  // namespace ocrtune::examples
