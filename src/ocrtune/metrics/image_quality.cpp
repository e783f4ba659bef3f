#include "ocrtune/metrics/image_quality.h"

#include "ocrtune/base/translation.h"
#include "ocrtune/kernels/measure/gray_statistics.h"
#include "ocrtune/kernels/measure/laplacian.h"
#include "ocrtune/metrics/registry.h"

namespace ocrtune {
namespace {

constexpr double kNoiseFloor = 0.1;
constexpr double kMinDifference = 5.0;

Metric image_metric(ScoreDeclaration declaration, double (*measure)(const cv::Mat&)) {
  Metric metric{.scores = {declaration}, .of_image = true, .step = std::string(declaration.name)};
  metric.measure = [score = *declaration.score, measure](const MetricInput& in,
                                                         ScoreValues& scores) {
    scores.set(score, measure(in.gray));
  };
  return metric;
}

}  // namespace

double sharpness(const cv::Mat& gray) { return laplacian_variance(gray); }

double contrast(const cv::Mat& gray) { return gray_sums(gray).deviation(); }

double cnr(const cv::Mat& gray) {
  const Histogram levels = histogram(gray);
  const int threshold = otsu_threshold(levels);
  const GraySums foreground = gray_sums(levels, 0, threshold);
  const GraySums background = gray_sums(levels, threshold + 1, 255);
  if (foreground.count == 0 || background.count == 0) return 0;
  const double difference = background.mean() - foreground.mean();
  return difference > kMinDifference ? difference / (background.deviation() + kNoiseFloor) : 0;
}

Metric sharpness_metric() {
  return image_metric(
      {.name = "sharpness",
       .title = tr_noop("score", "sharpness"),
       .help = "Sharpness of the image (variance of the Laplacian); it says little about OCR.",
       .score = Score::sharpness},
      sharpness);
}

Metric contrast_metric() {
  return image_metric({.name = "contrast",
                       .title = tr_noop("score", "contrast"),
                       .help = "Contrast of the image; it says little about OCR.",
                       .unit = "gray levels",
                       .score = Score::contrast},
                      contrast);
}

Metric cnr_metric() {
  return image_metric({.name = "cnr",
                       .title = tr_noop("score", "contrast-to-noise ratio"),
                       .help = "Contrast-to-noise ratio of the image; it says little about OCR.",
                       .score = Score::cnr},
                      cnr);
}

}  // namespace ocrtune
