#include "ocrtune/ocr/lstm/straight_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <numbers>
#include <optional>

namespace ocrtune::lstm {
namespace {

constexpr int kEnds = 3;         // marks at either end that a line may pass through
constexpr std::size_t kMany = 16;
constexpr double kFar = 2.0;     // px
constexpr double kQuantum = 3.0 / 64;   // of the spacing
constexpr double kReach = 6.0 / 64;     // of the spacing
constexpr double kMostSkew = 1.0 / 64;  // radians off the direction of the others

struct Vector {
  float x = 0;
  float y = 0;
};

float cross(const Vector& a, const Vector& b) { return a.x * b.y - a.y * b.x; }

double angle_of(const Vector& direction) {
  const double angle = std::atan2(direction.y, direction.x);
  return std::fmod(angle + std::numbers::pi * 1.5, std::numbers::pi) - std::numbers::pi * 0.5;
}

/// A row's marks and the line through them.
class Row {
 public:
  Row(const std::vector<Stand>& stands, double spacing) : stands_(stands), spacing_(spacing) {}

  /// True where the line is sure.
  bool fit() {
    error_ = fit_ends(0, 0, first_, last_);
    from_ = as_vector(first_);
    to_ = as_vector(last_);
    if (error_ > most_error() && distances_.size() >= kMany) {
      const double error = fit_ends(kEnds, kEnds, first_, last_);
      if (error < error_ / 2.0) {
        error_ = error;
        from_ = as_vector(first_);
        to_ = as_vector(last_);
      }
    }
    const Vector direction{static_cast<float>(last_.x - first_.x), static_cast<float>(last_.y - first_.y)};
    good_ = false;
    try_direction(direction, static_cast<double>(cross(direction, as_vector(first_))));
    if (std::abs(angle()) > std::numbers::pi * 0.25) fall_back();
    return good_;
  }

  void make_parallel(const Vector& direction) {
    if (const std::optional<double> offset = commonest_offset(direction))
      try_direction(direction, *offset);
  }

  [[nodiscard]] double angle() const { return angle_of({to_.x - from_.x, to_.y - from_.y}); }

  [[nodiscard]] Line line() const {
    const double run = to_.x - from_.x;
    const double at_zero =
        run == 0 ? (from_.y + to_.y) / 2.0
                 : from_.y + (0.0 - from_.x) * static_cast<double>(to_.y - from_.y) / run;
    return {.slope = static_cast<float>(std::tan(angle())), .offset = static_cast<float>(at_zero)};
  }

 private:
  static Vector as_vector(const Stand& stand) {
    return {static_cast<float>(stand.x), static_cast<float>(stand.y)};
  }
  [[nodiscard]] double most_error() const { return kQuantum * spacing_; }

  double fit_ends(int skip_first, int skip_last, Stand& first, Stand& last) {
    const int count = static_cast<int>(stands_.size());
    skip_first = std::min(skip_first, count - 1);
    skip_last = std::min(skip_last, count - 1);
    if (count <= 2) {
      first = stands_[static_cast<std::size_t>(skip_first)];
      last = stands_[static_cast<std::size_t>(count - 1 - skip_last)];
      return 0;
    }
    double best = -1;
    for (int i = skip_first; i < std::min(skip_first + kEnds, count); ++i) {
      for (int j = count - 1 - skip_last; j >= std::max(0, count - kEnds - skip_last); --j) {
        const Stand& a = stands_[static_cast<std::size_t>(i)];
        const Stand& b = stands_[static_cast<std::size_t>(j)];
        if (a.x == b.x && a.y == b.y) continue;
        measure(a, b);
        const double error = evaluate();
        if (error < best || best < 0) {
          best = error;
          first = a;
          last = b;
        }
      }
    }
    return best > 0 ? std::sqrt(best) : best;
  }

  /// Distances of the marks from a line, without dots above their letters.
  void measure(const Stand& a, const Stand& b) {
    distances_.clear();
    const int dx = b.x - a.x;
    const int dy = b.y - a.y;
    square_length_ = dx * dx + dy * dy;
    const int length = static_cast<int>(std::sqrt(square_length_) + 0.5);
    int last_far = 0;
    int last_along = 0;
    for (std::size_t i = 0; i < stands_.size(); ++i) {
      const int x = stands_[i].x - a.x;
      const int y = stands_[i].y - a.y;
      const int along = dx * x + dy * y;
      const int far = std::abs(dx * y - dy * x);
      if (far > last_far && i > 0) {
        const int apart = std::abs(along - last_along);
        if (apart < length * stands_[i].half_width || apart < length * stands_[i - 1].half_width) continue;
      }
      distances_.push_back(far);
      last_far = far;
      last_along = along;
    }
  }

  /// The squared upper quartile of the distances, or how many are far off.
  double evaluate() {
    if (distances_.empty()) return 0;
    for (double& d : distances_) d = std::abs(d);
    const auto at = distances_.begin() + static_cast<std::ptrdiff_t>(3 * distances_.size() / 4);
    std::nth_element(distances_.begin(), at, distances_.end());
    double error = square_length_ > 0 ? *at * *at / square_length_ : 0;
    if (distances_.size() >= kMany && error > kFar * kFar) {
      const double limit = kFar * std::sqrt(square_length_);
      error = static_cast<double>(
          std::count_if(distances_.begin(), distances_.end(), [&](double d) { return d > limit; }));
    }
    return error;
  }

  void try_direction(const Vector& direction, double offset) {
    const double length = std::sqrt(direction.x * direction.x + direction.y * direction.y);
    const double reach = kReach * spacing_ * length;
    std::vector<std::pair<double, Stand>> near;
    for (const Stand& stand : stands_) {
      const double distance = cross(direction, as_vector(stand));
      if (offset - reach <= distance && distance <= offset + reach) near.emplace_back(distance, stand);
    }
    square_length_ = direction.x * direction.x + direction.y * direction.y;
    Stand through{};
    double error = 0;
    distances_.clear();
    if (!near.empty()) {
      const auto middle = near.begin() + static_cast<std::ptrdiff_t>(near.size() / 2);
      std::nth_element(near.begin(), middle, near.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
      through = middle->second;
      const double origin = cross(direction, as_vector(through));
      for (const auto& [distance, stand] : near) distances_.push_back(distance - origin);
      error = std::sqrt(evaluate());
    }
    const bool good = error <= most_error() && distances_.size() >= kMany;
    const double turned = std::abs(std::atan2(direction.y, direction.x) - angle());
    if (error > error_ && (good_ || !good) && turned <= kMostSkew) return;
    error_ = error;
    from_ = as_vector(through);
    to_ = {from_.x + direction.x, from_.y + direction.y};
    good_ = good;
  }

  /// The least-squares line, where marks stand above each other.
  void fall_back() {
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (const Stand& s : stands_) {
      ++n;
      x += s.x;
      y += s.y;
      xx += static_cast<double>(s.x) * s.x;
      xy += static_cast<double>(s.x) * s.y;
    }
    const double spread = xx / n - x / n * (x / n);
    const double m = spread != 0 ? (xy / n - x / n * (y / n)) / spread : 0;
    from_ = {static_cast<float>(x / n), static_cast<float>(y / n)};
    to_ = {from_.x + 1, from_.y + static_cast<float>(m)};
    good_ = false;
  }

  /// The offset from a direction that most marks share, in steps.
  [[nodiscard]] std::optional<double> commonest_offset(const Vector& direction) const {
    const double quantum = kQuantum * spacing_;
    std::vector<int> steps;
    for (const Stand& stand : stands_) {
      const double offset = cross(direction, {stand.exact_middle, static_cast<float>(stand.y)});
      steps.push_back(static_cast<int>(std::lround(offset / quantum)));
    }
    if (steps.empty()) return std::nullopt;
    return mode(steps) * quantum;
  }

  /// The centre of the largest heap of steps. A heap is a step and its neighbours as far as they
  /// fall off.
  static double mode(const std::vector<int>& steps) {
    const auto [least, most] = std::minmax_element(steps.begin(), steps.end());
    const int low = *least;
    std::vector<int> left(static_cast<std::size_t>(std::min(*most - low, 100000)) + 1, 0);
    for (const int s : steps) ++left[static_cast<std::size_t>(std::min(s - low, 100000))];
    const int size = static_cast<int>(left.size());
    double centre = 0;
    int largest = 0;
    while (true) {
      const auto top = std::max_element(left.begin(), left.end());
      if (*top == 0) return low + static_cast<double>(static_cast<float>(centre));
      const int at = static_cast<int>(top - left.begin());
      int total = 0;
      double sum = 0;
      const int height = *top;
      const auto gather = [&](int i, int& before) {
        int& count = left[static_cast<std::size_t>(i)];
        if (count == 0 || count > before) return false;
        before = count;
        total += count;
        sum += static_cast<double>(i) * count;
        count = 0;
        return true;
      };
      int before = height;
      for (int i = at; i < size && gather(i, before); ++i) {}
      before = height;
      for (int i = at - 1; i >= 0 && gather(i, before); --i) {}
      if (total > largest) {
        largest = total;
        centre = sum / total;
      }
    }
  }

  const std::vector<Stand>& stands_;
  double spacing_;
  Stand first_;
  Stand last_;
  Vector from_;
  Vector to_;
  double error_ = 0;
  bool good_ = false;
  double square_length_ = 0;
  std::vector<double> distances_;
};

}  // namespace

std::vector<Line> straight_lines(const std::vector<std::vector<Stand>>& rows, double spacing) {
  std::vector<Row> fitted;
  std::vector<double> angles;
  for (const std::vector<Stand>& stands : rows) {
    Row& row = fitted.emplace_back(stands, spacing);
    if (!stands.empty() && row.fit()) angles.push_back(row.angle());
  }
  double skew = 0;
  if (!angles.empty()) {
    const auto middle = angles.begin() + static_cast<std::ptrdiff_t>(angles.size() / 2);
    std::nth_element(angles.begin(), middle, angles.end());
    skew = *middle;
  }
  const Vector direction{static_cast<float>(std::cos(skew)), static_cast<float>(std::sin(skew))};
  std::vector<Line> lines;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (!rows[r].empty()) fitted[r].make_parallel(direction);
    lines.push_back(rows[r].empty() ? Line{} : fitted[r].line());
  }
  return lines;
}

}  // namespace ocrtune::lstm
