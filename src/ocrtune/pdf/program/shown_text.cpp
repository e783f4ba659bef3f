#include "ocrtune/pdf/program/shown_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace ocrtune {
namespace {

/// With more, all of the page counts as shown text.
constexpr std::size_t kMaxBoxes = 20'000;

/// An area that covers what was drawn before, and the way from the page to its unit square.
class Cover {
 public:
  explicit Cover(const PaintedArea& area) : area_(area) {
    const Transform& at = area.place;
    const double size = at.determinant();
    back_ = {at.d / size,
             -at.b / size,
             -at.c / size,
             at.a / size,
             (at.c * at.f - at.d * at.e) / size,
             (at.b * at.e - at.a * at.f) / size};
  }

  [[nodiscard]] std::size_t order() const { return area_.order; }

  [[nodiscard]] bool has(const PdfPoint& point) const {
    const PdfBox& clip = area_.clip;
    if (point.x < clip.left || point.x > clip.right || point.y < clip.bottom || point.y > clip.top)
      return false;
    const PdfPoint at = back_.at(point.x, point.y);
    return at.x >= 0 && at.x <= 1 && at.y >= 0 && at.y <= 1;
  }

 private:
  PaintedArea area_;
  Transform back_;
};

/// Whether most of the text, whose width may be a guess, lies under covers.
bool is_covered(const TextRun& run, const std::vector<Cover>& covers) {
  std::size_t all = 0;
  std::size_t covered = 0;
  for (const PdfBox& box : run.boxes) {
    for (const double across : {0.1, 0.3, 0.5, 0.7, 0.9}) {
      for (const double up : {0.3, 0.5, 0.7}) {
        const PdfPoint point{box.left + across * (box.right - box.left),
                             box.bottom + up * (box.top - box.bottom)};
        ++all;
        covered += std::ranges::any_of(covers, [&](const Cover& cover) {
          return cover.order() > run.order && cover.has(point);
        });
      }
    }
  }
  constexpr double kMost = 0.8;
  return all > 0 && static_cast<double>(covered) >= kMost * static_cast<double>(all);
}

/// Whether light text is on what is as light.
bool is_lost(const TextRun& run, const Lightness& lightness) {
  constexpr double kLight = 0.85;
  constexpr double kContrast = 0.15;
  if (run.light.value_or(0) < kLight || run.boxes.empty()) return false;
  return run.on_paper || std::ranges::all_of(run.boxes, [&](const PdfBox& box) {
           const std::optional<double> around = lightness(box);
           return around && *around > *run.light - kContrast;
         });
}

bool is_finite(const PdfBox& box) {
  return std::isfinite(box.left) && std::isfinite(box.bottom) && std::isfinite(box.right) &&
         std::isfinite(box.top);
}

}  // namespace

ShownText shown_text(const PageDrawing& drawing, const PdfBox& page, const Lightness& lightness) {
  ShownText shown;
  if (drawing.is_incomplete) {
    shown.boxes.push_back(page);
    return shown;
  }
  std::vector<Cover> covers;
  covers.reserve(drawing.areas.size());
  for (const PaintedArea& area : drawing.areas) covers.emplace_back(area);
  for (const TextRun& run : drawing.runs) {
    const bool hidden = !run.is_drawn || is_covered(run, covers) || is_lost(run, lightness);
    std::vector<bool>& stream = shown.hidden[run.stream];
    // A form that is drawn several times shows what it shows once.
    const bool is_new = stream.size() <= run.operation;
    if (is_new) stream.resize(run.operation + 1, false);
    stream[run.operation] = hidden && (is_new || stream[run.operation]);
    if (hidden || run.is_blank) continue;
    std::ranges::copy_if(run.boxes, std::back_inserter(shown.boxes), is_finite);
  }
  if (shown.boxes.size() > kMaxBoxes) shown.boxes = {page};
  return shown;
}

}  // namespace ocrtune
