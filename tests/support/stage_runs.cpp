#include "support/stage_runs.h"

#include <opencv2/imgproc.hpp>

namespace ocrtune::test {

Values values_of(const Stage& stage, std::initializer_list<std::pair<const char*, double>> given) {
  Values values;
  for (const Parameter& parameter : stage.parameters) values.set(parameter.name, parameter.initial);
  for (const auto& [name, value] : given) values.set(name, value);
  return values;
}

cv::Mat output(const Stage& stage, const cv::Mat& gray,
               std::initializer_list<std::pair<const char*, double>> given) {
  return apply(stage, {gray, {}}, values_of(stage, given)).gray;
}

TextPage text_page(TextLook look) {
  TextPage page{cv::Mat(260, 420, CV_8UC1), cv::Mat(260, 420, CV_8UC1, cv::Scalar(0))};
  for (int y = 40; y < page.ink.rows; y += 36) {
    cv::putText(page.ink, "small letters need a window", {14, y}, cv::FONT_HERSHEY_SIMPLEX, 0.8,
                255, 2);
  }
  cv::RNG rng(9);
  for (int y = 0; y < page.gray.rows; ++y) {
    for (int x = 0; x < page.gray.cols; ++x) {
      const double light = look.paper * (1 - look.shade * x / page.gray.cols);
      const double level = page.ink.at<uchar>(y, x) != 0 ? look.ink * light : light;
      page.gray.at<uchar>(y, x) = cv::saturate_cast<uchar>(level + rng.gaussian(look.deviation));
    }
  }
  return page;
}

double paper_above_ink(const cv::Mat& out, const TextPage& page) {
  cv::Mat paper;
  cv::dilate(page.ink, paper, cv::Mat::ones(3, 3, CV_8UC1));
  cv::bitwise_not(paper, paper);
  double darkest_paper = 0;
  double lightest_ink = 0;
  cv::minMaxLoc(out, &darkest_paper, nullptr, nullptr, nullptr, paper);
  cv::minMaxLoc(out, nullptr, &lightest_ink, nullptr, nullptr, page.ink);
  return darkest_paper - lightest_ink;
}

double f_measure(const cv::Mat& out, const TextPage& page) {
  const cv::Mat black = out == 0;
  const double both = cv::countNonZero(black & page.ink);
  return 2 * both / (cv::countNonZero(black) + cv::countNonZero(page.ink));
}

}  // namespace ocrtune::test
