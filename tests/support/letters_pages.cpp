#include "support/letters_pages.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/kernels/measure/skew.h"

namespace ocrtune::test {

cv::Mat prose() {
  constexpr std::array kLines{"the quick brown fox jumps over a lazy dog, 1987",
                              "some lines are longer than the ones above or below",
                              "Pages of 12 lines hold more letters than we need"};
  cv::Mat page(600, 900, CV_8UC1, cv::Scalar(230));
  for (int line = 0; line < 18; ++line) {
    // Letters that touch in one view and not in another couldn't be compared.
    int x = 40;
    for (const char letter :
         std::string(kLines.at(static_cast<std::size_t>(line) % kLines.size()))) {
      cv::putText(page, std::string(1, letter), {x, 62 + 28 * line}, cv::FONT_HERSHEY_SIMPLEX, 0.6,
                  40, 2, cv::LINE_AA);
      x += 14;
    }
  }
  return page;
}

cv::Mat seen_through(const cv::Mat& page, const cv::Matx33d& to_view, cv::Size size, int ground) {
  const cv::Matx33d from_middles(1, 0, 0.5, 0, 1, 0.5, 0, 0, 1);
  const cv::Matx33d to_middles(1, 0, -0.5, 0, 1, -0.5, 0, 0, 1);
  cv::Mat out;
  cv::warpPerspective(page, out, to_middles * to_view * from_middles, size, cv::INTER_LINEAR,
                      cv::BORDER_CONSTANT, cv::Scalar(ground));
  return out;
}

cv::Mat turned(const cv::Mat& page, double degrees) {
  const double along = std::cos(degrees * std::numbers::pi / 180);
  const double down = std::sin(degrees * std::numbers::pi / 180);
  const double x = 0.5 * page.cols;
  const double y = 0.5 * page.rows;
  const cv::Matx33d turn(along, -down, x - along * x + down * y,  //
                         down, along, y - down * x - along * y, 0, 0, 1);
  return seen_through(page, turn, page.size(), page.at<uchar>(0, 0));
}

double misplacement(const cv::Mat& out, const cv::Mat& page, const PageMap& to_page) {
  const auto middle = [](const ComponentBox& box) {
    return cv::Point2d(0.5 * (box.left + box.right), 0.5 * (box.top + box.bottom));
  };
  const std::vector<ComponentBox> on_page = letter_boxes(page);
  std::vector<double> distances;
  for (const ComponentBox& box : letter_boxes(out)) {
    const cv::Point2d place = to_page(middle(box));
    double nearest = 1e9;
    for (const ComponentBox& other : on_page)
      nearest = std::min(nearest, std::hypot(place.x - middle(other).x, place.y - middle(other).y));
    distances.push_back(nearest);
  }
  if (distances.empty()) return 1e9;
  std::ranges::sort(distances);
  return distances[distances.size() * 95 / 100];
}

}  // namespace ocrtune::test
