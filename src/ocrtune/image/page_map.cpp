#include "ocrtune/image/page_map.h"

#include <algorithm>
#include <cstddef>

namespace ocrtune {

double Bend::at(const cv::Point2d& place) const {
  const double x = std::clamp(place.x, known.x, known.x + known.width);
  const double y = std::clamp(place.y, known.y, known.y + known.height);
  const double across = 2 * x / size.width - 1;
  const double down = 2 * y / size.height - 1;
  double sum = 0;
  std::size_t i = 0;
  double power = 1;
  for (int p = 1; p <= kAcross; ++p) {
    power *= across;
    double term = power;
    for (int q = 0; q < kDown; ++q) {
      sum += weights.at(i++) * term;
      term *= down;
    }
  }
  return sum;
}

PageMap::PageMap(const cv::Matx33d& homography) {
  if (homography != cv::Matx33d::eye()) steps_.emplace_back(homography);
}

PageMap::PageMap(const Bend& bend) { steps_.emplace_back(bend); }

cv::Point2d PageMap::operator()(const cv::Point2d& place) const {
  cv::Point2d at = place;
  for (const auto& step : steps_) {
    if (const auto* bend = std::get_if<Bend>(&step)) {
      at.y += bend->at(at);
      continue;
    }
    const cv::Vec3d moved = std::get<cv::Matx33d>(step) * cv::Vec3d(at.x, at.y, 1);
    at = {moved[0] / moved[2], moved[1] / moved[2]};
  }
  return at;
}

PageMap PageMap::then(const PageMap& next) const {
  PageMap both = *this;
  for (const auto& step : next.steps_) {
    const auto* after = std::get_if<cv::Matx33d>(&step);
    auto* before = both.steps_.empty() ? nullptr : std::get_if<cv::Matx33d>(&both.steps_.back());
    if (after != nullptr && before != nullptr) {
      *before = *after * *before;
    } else {
      both.steps_.push_back(step);
    }
  }
  return both;
}

}  // namespace ocrtune
