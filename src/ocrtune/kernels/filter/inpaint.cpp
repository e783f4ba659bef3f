#include "ocrtune/kernels/filter/inpaint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <queue>
#include <vector>

namespace ocrtune {
namespace {

/// State of a pixel; masks have kUnknown for masked pixels.
enum State : std::uint8_t { kKnown = 0, kFront = 1, kUnknown = 2, kPassed = 3 };

/// The distance of pixels that no front has reached.
constexpr float kNeverReached = 1.0e6F;

/// Pixels by the time at which a front reaches them; of equal times the first one first.
class Front {
 public:
  void push(int at, float time) { queue_.push({time, count_++, at}); }

  [[nodiscard]] bool empty() const { return queue_.empty(); }

  int pop() {
    const int at = queue_.top().at;
    queue_.pop();
    return at;
  }

 private:
  struct Arrival {
    float time;
    std::uint32_t count;
    int at;
    bool operator<(const Arrival& other) const {
      return time != other.time ? time > other.time : count > other.count;
    }
  };

  std::priority_queue<Arrival> queue_;
  std::uint32_t count_ = 0;
};

/// Times and states of an image with a border of one pixel all round, by index.
class Field {
 public:
  Field(cv::Mat state, float* times)
      : state_(std::move(state)), times_(times), step_(state_.cols) {}

  [[nodiscard]] State state(int at) const { return static_cast<State>(state_.data[at]); }
  void set(int at, State state) { state_.data[at] = state; }
  [[nodiscard]] bool reached(int at) const { return state(at) != kUnknown; }
  [[nodiscard]] float time(int at) const { return times_[at]; }
  void set_time(int at, float time) { times_[at] = time; }
  [[nodiscard]] int places() const { return static_cast<int>(state_.total()); }

  /// In the order in which a front spreads: up, left, down, right.
  [[nodiscard]] std::array<int, 4> neighbours(int at) const {
    return {at - step_, at - 1, at + step_, at + 1};
  }

  /// Time at which a front that moves one pixel per unit of time reaches a pixel.
  [[nodiscard]] float arrival(int at) const {
    const auto [up, left, down, right] = neighbours(at);
    return std::min(std::min(arrival(up, left), arrival(down, left)),
                    std::min(arrival(up, right), arrival(down, right)));
  }

  /// Gradient of the time between the neighbours at `at - step` and `at + step`, as far as they are
  /// reached.
  [[nodiscard]] float slope(int at, int step) const {
    const bool before = reached(at - step);
    const bool after = reached(at + step);
    if (before && after) return (time(at + step) - time(at - step)) * 0.5F;
    if (after) return time(at + step) - time(at);
    return before ? time(at) - time(at - step) : 0.0F;
  }

 private:
  /// The eikonal equation's solution from a vertical and a horizontal neighbour.
  [[nodiscard]] float arrival(int vertical, int horizontal) const {
    const double a = time(vertical);
    const double b = time(horizontal);
    if (reached(vertical) && reached(horizontal) && std::abs(a - b) < 1.0) {
      return static_cast<float>((a + b + std::sqrt(2 - (a - b) * (a - b))) * 0.5);
    }
    if (reached(vertical) == reached(horizontal)) return static_cast<float>(1 + std::min(a, b));
    return static_cast<float>(1 + (reached(vertical) ? a : b));
  }

  cv::Mat state_;
  float* times_;
  int step_;
};

/// The gradient of the image at a pixel: `before` and `after` tell which neighbours are reached;
/// the levels are the one before, the ones at the pixel (as seen from either side) and the one
/// after.
float level_slope(bool before, bool after, int level_before, int from_after, int from_before,
                  int level_after) {
  if (before && after) return static_cast<float>(level_after - level_before) * 2.0F;
  if (after) return static_cast<float>(level_after - from_after);
  return before ? static_cast<float>(from_before - level_before) : 0.0F;
}

class Inpainting {
 public:
  Inpainting(const cv::Mat& gray, const cv::Mat& mask, int radius)
      : out_(gray.clone()), radius_(radius), columns_(gray.cols + 2), rows_(gray.rows + 2) {
    for (int y = -radius; y <= radius; ++y) {
      for (int x = -radius; x <= radius; ++x) {
        const auto squared = static_cast<float>(x * x + y * y);
        if (squared == 0 || x * x + y * y > radius * radius) continue;
        const auto weight = static_cast<float>(1.0 / (squared * std::sqrt(squared)));
        around_.push_back({.x = x, .y = y, .weight = weight});
      }
    }
    cv::copyMakeBorder((mask != 0) / 255 * kUnknown, masked_, 1, 1, 1, 1, cv::BORDER_CONSTANT, 0);
    cv::Mat edge;
    cv::dilate(masked_, edge, cv::getStructuringElement(cv::MORPH_CROSS, {3, 3}));
    edge -= masked_;
    clear_border(edge);
    times_.assign(masked_.total(), kNeverReached);
    for (int at = 0; at < static_cast<int>(edge.total()); ++at) {
      if (edge.data[at] == 0) continue;
      edge_.push_back(at);
      times_[static_cast<std::size_t>(at)] = 0;
    }
    edge_mask_ = edge;
  }

  cv::Mat run() {
    measure_outside();
    Field field(masked_, times_.data());
    Front front;
    for (const int at : edge_) front.push(at, 0);
    while (!front.empty()) {
      const int reached = front.pop();
      field.set(reached, kKnown);
      for (const int at : field.neighbours(reached)) {
        if (field.reached(at)) continue;
        field.set_time(at, field.arrival(at));
        fill(field, at);
        field.set(at, kFront);
        front.push(at, field.time(at));
      }
    }
    return out_;
  }

 private:
  static void clear_border(cv::Mat& image) {
    for (const cv::Mat& line :
         {image.row(0), image.row(image.rows - 1), image.col(0), image.col(image.cols - 1)}) {
      cv::Mat(line).setTo(0);
    }
  }

  /// Outside of the mask, up to `radius`, times are negative.
  void measure_outside() {
    cv::Mat near;
    const int side = 2 * radius_ + 1;
    cv::dilate(masked_, near, cv::Mat::ones(side, side, CV_8UC1));
    near -= masked_;
    near -= edge_mask_;
    clear_border(near);
    Field field(near, times_.data());
    Front front;
    for (const int at : edge_) front.push(at, 0);
    while (!front.empty()) {
      const int reached = front.pop();
      field.set(reached, kPassed);
      for (const int at : field.neighbours(reached)) {
        if (field.reached(at)) continue;
        field.set_time(at, field.arrival(at));
        field.set(at, kFront);
        front.push(at, field.time(at));
      }
    }
    for (int at = 0; at < field.places(); ++at) {
      if (field.state(at) == kPassed) field.set_time(at, -field.time(at));
    }
  }

  /// Computes the pixel from those around it that are reached.
  void fill(const Field& field, int at) {
    const int row = at / columns_;
    const int column = at % columns_;
    const float time_x = field.slope(at, 1);
    const float time_y = field.slope(at, columns_);
    float levels = 0;
    float slope_x = 0;
    float slope_y = 0;
    float weights = 1.0e-20F;
    for (const Offset& offset : around_) {
      const int y = row + offset.y;
      const int x = column + offset.x;
      if (y < 1 || y > rows_ - 2 || x < 1 || x > columns_ - 2) continue;
      const int from = y * columns_ + x;
      if (!field.reached(from)) continue;
      const auto along_x = static_cast<float>(-offset.x);
      const auto along_y = static_cast<float>(-offset.y);
      const auto level =
          static_cast<float>(1.0 / (1 + std::abs(field.time(from) - field.time(at))));
      float direction = along_x * time_x + along_y * time_y;
      if (std::abs(direction) <= 0.01) direction = 0.000001F;
      const float weight = std::abs(offset.weight * level * direction);
      const auto [level_here, across, down] = levels_at(field, y, x);
      levels += weight * level_here;
      slope_x -= weight * (across * along_x);
      slope_y -= weight * (down * along_y);
      weights += weight;
    }
    const float filled =
        levels / weights +
        (slope_x + slope_y) / (std::sqrt(slope_x * slope_x + slope_y * slope_y) + 1.0e-20F) + 0.5F;
    out_.at<std::uint8_t>(row - 1, column - 1) = cv::saturate_cast<std::uint8_t>(filled);
  }

  /// A pixel within the radius, and its weight by distance.
  struct Offset {
    int x, y;
    float weight;
  };

  struct Levels {
    float here, across, down;
  };

  /// The level of a pixel and its gradients. Beside the border OpenCV takes those of the next
  /// pixel.
  [[nodiscard]] Levels levels_at(const Field& field, int y, int x) const {
    const int at = y * columns_ + x;
    const int top = y - 1 + (y == 1 ? 1 : 0);
    const int bottom = y - 1 - (y == rows_ - 2 ? 1 : 0);
    const int left = x - 1 + (x == 1 ? 1 : 0);
    const int right = x - 1 - (x == columns_ - 2 ? 1 : 0);
    const auto level = [this](int row, int column) -> int {
      return out_.at<std::uint8_t>(row, column);
    };
    return {static_cast<float>(level(top, left)),
            level_slope(field.reached(at - 1), field.reached(at + 1), level(top, left - 1),
                        level(top, left), level(top, right), level(top, right + 1)),
            level_slope(field.reached(at - columns_), field.reached(at + columns_),
                        level(top - 1, left), level(top, left), level(bottom, left),
                        level(bottom + 1, left))};
  }

  std::vector<Offset> around_;  ///< row by row
  cv::Mat out_;
  int radius_;
  int columns_;
  int rows_;
  cv::Mat masked_;
  cv::Mat edge_mask_;
  std::vector<int> edge_;  ///< the known pixels beside unknown ones, row by row
  std::vector<float> times_;
};

}  // namespace

cv::Mat inpainted(const cv::Mat& gray, const cv::Mat& mask, int radius) {
  CV_Assert(gray.type() == CV_8UC1 && mask.type() == CV_8UC1 && gray.size() == mask.size());
  CV_Assert(gray.rows >= 2 && gray.cols >= 2 && radius >= 1 && radius <= 100);
  if (cv::countNonZero(mask) == 0) return gray;
  return Inpainting(gray, mask, radius).run();
}

}  // namespace ocrtune
