#include "ocrtune/ocr/lstm/baseline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace ocrtune::lstm {
namespace {

constexpr int kMostGroups = 6;
constexpr int kMostPieces = 23;
constexpr int kLongRun = 2;         // blobs in a row outside of the largest group that are looked at
constexpr int kMostLost = 10;       // blobs in a row too low to count
constexpr int kTurn = 1;            // px a turning point has to stand out
constexpr int kWindow = 6;          // blobs
constexpr float kLeastJump = 2.0F;  // px

struct Point {
  int x = 0;
  int y = 0;
};

/// Least-squares line, summed in the order Tesseract sums.
class LineFit {
 public:
  void add(double x, double y) {
    ++count_;
    x_ += x;
    y_ += y;
    xx_ += x * x;
    xy_ += x * y;
  }

  [[nodiscard]] Line line() const {
    const long double n = count_;
    const long double spread = static_cast<long double>(xx_) * n - static_cast<long double>(x_) * x_;
    if (spread < n * n / 1024 || count_ < 2)
      return {.slope = 0, .offset = count_ > 0 ? y_ / count_ : 0};
    const long double shared = static_cast<long double>(xy_) * n - static_cast<long double>(x_) * y_;
    const auto slope = static_cast<double>(shared / spread);
    return {.slope = slope, .offset = (y_ - slope * x_) / count_};
  }

 private:
  int count_ = 0;
  double x_ = 0;
  double y_ = 0;
  double xx_ = 0;
  double xy_ = 0;
};

/// The blobs that count: marks too low to say anything are left out, dots are kept. `lost`: how
/// many are left out in a row, at most.
std::vector<Box> telling_blobs(std::span<const Box> blobs, int line_size, int& lost) {
  std::vector<Box> kept;
  int run = 0;
  lost = 0;
  for (std::size_t i = 0; i < blobs.size(); ++i) {
    const Box& blob = blobs[i];
    const bool tall = blob.height() > line_size * 0.25;
    const bool dot = blob.height() < blob.width() * 1.26 && blob.width() < blob.height() * 1.26;
    if (kept.empty() || tall || i + 1 == blobs.size() || dot) {
      kept.push_back(blob);
      run = 0;
    } else {
      lost = std::max(lost, ++run);
    }
  }
  return kept;
}

/// A quarter of the blobs are lower than that (px).
int guessed_height(std::span<const Box> all, int line_size) {
  std::vector<int> heights;
  for (const Box& blob : all)
    if (blob.height() > line_size * 0.25) heights.push_back(std::min(blob.height(), 299));
  if (heights.size() < 2) return all.front().height();
  std::sort(heights.begin(), heights.end());
  const double target = std::max(1.0, 0.25 * static_cast<double>(heights.size()));
  const auto at = static_cast<std::size_t>(std::ceil(target)) - 1;
  const int height = heights[at];
  const auto [first, last] = std::equal_range(heights.begin(), heights.end(), height);
  const double beyond = static_cast<double>(last - heights.begin()) - target;
  return static_cast<int>(height + 1 - beyond / static_cast<double>(last - first));
}

int centre(const Box& blob) { return (blob.left + blob.right) >> 1; }

/// Sorts blobs into groups by their distance from the straight line, following a slow drift.
class Grouping {
 public:
  Grouping(std::span<const Box> blobs, const Line& straight, float jump)
      : blobs_(blobs), jump_(jump), group_(blobs.size()) {
    const int start = measure(straight);
    walk(start, static_cast<int>(blobs.size()), 1);
    --sizes_[0];
    walk(start, -1, -1);
    for (int g = 1; g < count_; ++g)
      if (sizes_[static_cast<std::size_t>(g)] >= sizes_[static_cast<std::size_t>(largest_)]) largest_ = g;
    take_back();
  }

  [[nodiscard]] std::vector<Point> largest() const {
    std::vector<Point> points;
    for (std::size_t i = 0; i < blobs_.size(); ++i)
      if (group_[i] == largest_) points.push_back({centre(blobs_[i]), blobs_[i].bottom});
    return points;
  }

  /// Blobs in a row outside of the largest group, at most.
  [[nodiscard]] int longest_gap() const {
    int longest = 0;
    int run = 0;
    for (const int g : group_) {
      run = g == largest_ ? 0 : run + 1;
      longest = std::max(longest, run);
    }
    return longest;
  }

 private:
  /// Distances from the line; returns the middle of the three that lie closest.
  int measure(const Line& straight) {
    const Baseline line = Baseline::straight(straight);
    float sum = 0;
    float best = static_cast<float>(std::numeric_limits<std::int32_t>::max());
    int index = 0;
    distance_.resize(blobs_.size());
    for (std::size_t i = 0; i < blobs_.size(); ++i) {
      auto off = static_cast<float>(blobs_[i].bottom);
      off = static_cast<float>(off - static_cast<double>(line.at(static_cast<float>(centre(blobs_[i])))));
      distance_[i] = off;
      if (i > 2) sum -= std::abs(distance_[i - 3]);
      sum += std::abs(off);
      if (i >= 2 && sum < best) {
        best = sum;
        index = static_cast<int>(i) - 1;
      }
    }
    return index;
  }

  void walk(int from, int to, int step) {
    last_ = -1;
    for (int i = from; i != to; i += step) {
      const auto at = static_cast<std::size_t>(i);
      group_[at] = choose(distance_[at]);
      ++sizes_[static_cast<std::size_t>(group_[at])];
      last_ = group_[at];
    }
  }

  int choose(float off) {
    if (last_ < 0) {
      level_[0] = off;
      last_ = 0;
      drift_ = 0;
      last_delta_ = 0;
    }
    float delta = off - level_[static_cast<std::size_t>(last_)] - drift_;
    int best = last_;
    if (std::abs(delta) > jump_ / 2) {
      delta = off - level_[0] - drift_;
      best = 0;
      for (int g = 1; g < count_; ++g) {
        const float other = off - level_[static_cast<std::size_t>(g)] - drift_;
        if (std::abs(other) < std::abs(delta)) {
          delta = other;
          best = g;
        }
      }
      if (std::abs(delta) > jump_ && count_ < kMostGroups) {
        best = count_++;
        level_[static_cast<std::size_t>(best)] = off - drift_;
        delta = 0;
      }
    }
    if (best == last_ && (std::abs(delta - last_delta_) < jump_ / 2 || std::abs(delta) < jump_ / 2))
      drift_ = (3 * drift_ + delta) / 3;
    last_delta_ = delta;
    return best;
  }

  /// Runs outside of the largest group that go on where it stands belong to it.
  void take_back() {
    int previous = largest_;
    int run = 0;
    int start = 0;
    for (int i = 0; i < static_cast<int>(blobs_.size()); ++i) {
      const int group = group_[static_cast<std::size_t>(i)];
      if (group == previous) {
        ++run;
        continue;
      }
      if (previous != largest_ && run > kLongRun && meets(start, i)) {
        sizes_[static_cast<std::size_t>(previous)] -= run;
        std::fill(group_.begin() + start, group_.begin() + i, largest_);
      }
      previous = group_[static_cast<std::size_t>(i)];
      run = 1;
      start = i;
    }
  }

  /// Whether the run's own line passes close to the nearest blob of the largest group.
  [[nodiscard]] bool meets(int start, int end) const {
    LineFit fit;
    for (int i = start; i < end; ++i) fit.add(middle(i), blobs_[static_cast<std::size_t>(i)].bottom);
    const Line line = fit.line();
    const auto m = static_cast<float>(line.slope);
    const auto c = static_cast<float>(line.offset);
    const auto close = [&](int i) {
      const float off = m * middle(i) + c - static_cast<float>(blobs_[static_cast<std::size_t>(i)].bottom);
      return off < jump_ && -off < jump_;
    };
    const int size = static_cast<int>(blobs_.size());
    for (int far = 1; start - far >= 0 || end + far <= size; ++far) {
      bool found = false;
      bool near = false;
      if (start - far >= 0 && group_[static_cast<std::size_t>(start - far)] == largest_) {
        found = true;
        near = close(start - far);
      }
      if (end + far <= size && group_[static_cast<std::size_t>(end + far - 1)] == largest_) {
        found = true;
        near = near || close(end + far - 1);
      }
      if (found) return near;
    }
    return false;
  }

  [[nodiscard]] float middle(int i) const {
    const Box& blob = blobs_[static_cast<std::size_t>(i)];
    return static_cast<float>((blob.left + blob.right) / 2.0);
  }

  std::span<const Box> blobs_;
  float jump_;
  std::vector<int> group_;
  std::vector<float> distance_;
  std::array<float, kMostGroups> level_{};
  std::array<int, kMostGroups> sizes_{};
  int count_ = 1;
  int largest_ = 0;
  int last_ = -1;
  float drift_ = 0;
  float last_delta_ = 0;
};

/// Indices of points where the height turns: alternately high and low.
std::vector<int> turning_points(const std::vector<Point>& points) {
  std::vector<int> turns;
  const int count = static_cast<int>(points.size());
  if (count <= 3) return turns;
  const auto y = [&](int i) { return points[static_cast<std::size_t>(i)].y; };
  const auto full = [&] { return static_cast<int>(turns.size()) >= kMostPieces - 1; };
  const auto differs = [&](int i) { return turns.empty() || turns.back() != i; };
  const auto push = [&](int i) {
    if (!full()) turns.push_back(i);
  };
  int low = 0;
  int high = 0;
  int i = 1;
  for (; i < count - 1 && !full(); ++i) {
    if (y(i - 1) > y(i) && y(i) <= y(i + 1)) {
      if (y(i) < y(high) - kTurn) {
        if (differs(high)) turns.push_back(high);
        low = i;
      } else if (y(i) < y(low)) {
        low = i;
      }
    }
    if (y(i - 1) < y(i) && y(i) >= y(i + 1)) {
      if (y(i) > y(low) + kTurn) {
        if (differs(low)) turns.push_back(low);
        high = i;
      } else if (y(i) > y(high)) {
        high = i;
      }
    }
  }
  if (y(i) < y(high) - kTurn && differs(high)) {
    push(high);
    push(i);
  } else if (y(i) > y(low) + kTurn && differs(low)) {
    push(low);
    push(i);
  } else if (!turns.empty() && turns.back() == low) {
    push(y(i) > y(high) ? i : high);
  } else if (!turns.empty() && turns.back() == high) {
    push(y(i) < y(low) ? i : low);
  }
  return turns;
}

/// Where pieces begin, and the end of the last.
std::vector<int> piece_starts(const std::vector<Point>& points) {
  const std::vector<int> turns = turning_points(points);
  const auto at = [&](int i) { return points[static_cast<std::size_t>(i)]; };
  std::vector<int> starts{points.front().x - 1};
  for (std::size_t t = 1; t < turns.size(); ++t) {
    const int from = turns[t - 1];
    const int to = turns[t];
    const int middle = (at(from).y + at(to).y) / 2;
    const bool rising = at(from).y < at(to).y;
    int i = from + 1;
    while (i < to && (rising ? at(i + 1).y <= middle : at(i + 1).y >= middle)) ++i;
    starts.push_back((at(i - 1).x + at(i).x + at(from).x + at(to).x + 2) / 4);
  }
  starts.push_back(points.back().x + 1);
  return starts;
}

/// The height at x on the line between the two points around it, in whole numbers.
int between(const Point& a, const Point& b, int x) {
  return a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x);
}

/// A least-squares line for each piece, each with the points where it meets its neighbours.
Baseline fit_pieces(const std::vector<Point>& points, const std::vector<int>& starts) {
  const std::size_t pieces = starts.size() - 1;
  std::vector<std::size_t> ends(pieces + 1, 0);
  std::size_t piece = 0;
  for (const Point& point : points) {
    while (piece < pieces && point.x >= starts[piece]) {
      ++piece;
      ends[piece] = ends[piece - 1];
    }
    ++ends[piece];
  }
  while (piece < pieces) {
    ++piece;
    ends[piece] = ends[piece - 1];
  }
  std::vector<Baseline::Piece> fitted;
  for (std::size_t p = 0; p < pieces; ++p) {
    LineFit fit;
    std::size_t i = ends[p];
    if (i > 0 && i < points.size() && points[i].x != points[i - 1].x && points[i].x != starts[p])
      fit.add(starts[p], between(points[i - 1], points[i], starts[p]));
    for (; i < ends[p + 1]; ++i) fit.add(points[i].x, points[i].y);
    if (i > 0 && i < points.size() && points[i].x != starts[p + 1] && points[i].x != points[i - 1].x)
      fit.add(starts[p + 1], between(points[i - 1], points[i], starts[p + 1]));
    const Line line = fit.line();
    fitted.push_back({starts[p], static_cast<float>(line.slope), static_cast<float>(line.offset)});
  }
  return Baseline(std::move(fitted));
}

/// The sum of the steps between pieces from one x to another.
double step_between(const Baseline& baseline, double from, double to) {
  const std::vector<Baseline::Piece>& pieces = baseline.pieces();
  const auto index = [&](double x) {
    std::size_t i = 0;
    while (i + 1 < pieces.size() && x >= pieces[i + 1].start) ++i;
    return i;
  };
  double total = 0;
  for (std::size_t i = index(from); i < index(to); ++i) {
    const auto x = static_cast<float>(pieces[i + 1].start);
    const auto y = [&](const Baseline::Piece& piece) {
      return static_cast<float>(static_cast<double>(piece.slope) * static_cast<double>(x) +
                                static_cast<double>(piece.offset));
    };
    total += static_cast<double>(y(pieces[i + 1]));
    total -= static_cast<double>(y(pieces[i]));
  }
  return total;
}

/// Two more boundaries around one where the baseline steps; false where points are too few.
bool split_at(const std::vector<Point>& points, std::vector<int>& starts, std::size_t piece,
              int& first) {
  const auto x = [&](int i) { return points[static_cast<std::size_t>(i)].x; };
  const int size = static_cast<int>(points.size());
  while (first < size && x(first) < starts[piece - 1]) ++first;
  int centre_at = first;
  while (centre_at < size && x(centre_at) < starts[piece]) ++centre_at;
  int end = centre_at;
  while (end < size && x(end) < starts[piece + 1]) ++end;
  if (starts.size() > kMostPieces || end - first < kWindow * 3) return false;
  while (centre_at - first < kWindow * 3 / 2) ++centre_at;
  while (end - centre_at < kWindow * 3 / 2) --centre_at;
  const auto clamped = [&](int i) { return x(std::min(i, size - 1)); };
  int left = (first + first + centre_at) / 3;
  int right = (centre_at + end + end) / 3;
  const auto left_x = static_cast<float>((x(first) * 2 + x(centre_at)) / 3.0);
  const auto right_x = static_cast<float>((x(centre_at) + clamped(end) * 2) / 3.0);
  while (static_cast<float>(x(left)) > left_x && left - first > kWindow) --left;
  while (static_cast<float>(x(left)) < left_x && centre_at - left > kWindow / 2) ++left;
  if (static_cast<float>(x(left)) - left_x > left_x - static_cast<float>(x(left - 1))) --left;
  while (static_cast<float>(clamped(right)) > right_x && right - centre_at > kWindow / 2) --right;
  while (static_cast<float>(clamped(right)) < right_x && end - right > kWindow) ++right;
  if (static_cast<float>(clamped(right)) - right_x > right_x - static_cast<float>(clamped(right - 1)))
    --right;
  const int one = (x(left - 1) + x(left)) / 2;
  const int two = (clamped(right - 1) + clamped(right)) / 2;
  starts[piece] = one;
  starts.insert(starts.begin() + static_cast<std::ptrdiff_t>(piece) + 1, two);
  return true;
}

/// Boundaries are added where the baseline steps by more than `jump`.
bool split_steps(const Baseline& baseline, const std::vector<Point>& points, float jump,
                 std::vector<int>& starts) {
  bool any = false;
  int first = 0;
  for (std::size_t piece = 1; piece + 2 < starts.size(); ++piece) {
    auto step = static_cast<float>(
        step_between(baseline, (starts[piece - 1] + starts[piece]) / 2.0,
                     (starts[piece] + starts[piece + 1]) / 2.0));
    if (std::abs(step) > jump && split_at(points, starts, piece, first)) any = true;
  }
  return any;
}

/// A straight line of the given slope through the blob with as many above as below.
Baseline holed(const std::vector<Box>& blobs, double slope) {
  const auto m = static_cast<float>(slope);
  const double run = 1.0 / std::sqrt(1.0 + static_cast<double>(m) * m);
  const auto dx = static_cast<float>(run);
  const auto dy = static_cast<float>(m * run);
  std::vector<std::pair<double, Point>> distances;
  for (const Box& blob : blobs) {
    const Point point{(blob.left + blob.right) / 2, blob.bottom};
    const float distance = dx * static_cast<float>(point.y) - dy * static_cast<float>(point.x);
    distances.emplace_back(distance, point);
  }
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
  std::nth_element(distances.begin(), middle, distances.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  const Point through = middle->second;
  return Baseline::straight({.slope = m, .offset = through.y - through.x * static_cast<double>(m)});
}

Baseline extended(const Baseline& baseline, int end, double slope) {
  std::vector<Baseline::Piece> pieces;
  const auto reach = [&](int x) {
    const auto m = static_cast<float>(slope);
    pieces.push_back({.start = x,
                      .slope = m,
                      .offset = baseline.at(static_cast<float>(x)) - m * static_cast<float>(x)});
  };
  reach(baseline.pieces().front().start);
  pieces.front().start = std::numeric_limits<int>::min();
  pieces.insert(pieces.end(), baseline.pieces().begin(), baseline.pieces().end());
  reach(end);
  return Baseline(std::move(pieces));
}

}  // namespace

float Baseline::at(float x) const {
  std::size_t i = 0;
  while (i + 1 < pieces_.size() && x >= static_cast<float>(pieces_[i + 1].start)) ++i;
  return static_cast<float>(static_cast<double>(pieces_[i].slope) * static_cast<double>(x) +
                            static_cast<double>(pieces_[i].offset));
}

int misses(const Baseline& baseline, std::span<const BaselineSample> samples) {
  return static_cast<int>(std::count_if(samples.begin(), samples.end(), [&](const BaselineSample& s) {
    return static_cast<int>(baseline.at(static_cast<float>(s.x)) + 0.5) != s.y;
  }));
}

Baseline fit_baseline(const BaselineRow& row) {
  int lost = 0;
  const std::vector<Box> blobs = telling_blobs(row.blobs, row.line_size, lost);
  const float jump = std::max(
      static_cast<float>(guessed_height(row.blobs, row.line_size) * 0.15), kLeastJump);
  if (blobs.size() < 2) {
    return Baseline::straight(row.straight);
  }
  if (lost > kMostLost) return holed(blobs, row.straight.slope);
  const Grouping grouping(blobs, row.straight, jump);
  const std::vector<Point> points = grouping.largest();
  std::vector<int> starts = piece_starts(points);
  Baseline baseline;
  do {
    baseline = fit_pieces(points, starts);
  } while (split_steps(baseline, points, jump / 2, starts));
  return extended(baseline, starts.back(), row.straight.slope);
}

}  // namespace ocrtune::lstm
