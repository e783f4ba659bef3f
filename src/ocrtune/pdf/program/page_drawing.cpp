#include "ocrtune/pdf/program/page_drawing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>

#include "ocrtune/pdf/program/content_tokens.h"
#include "ocrtune/pdf/program/graphics_state.h"
#include "ocrtune/pdf/program/stream_resources.h"
#include "ocrtune/pdf/program/text_position.h"

namespace ocrtune {
namespace {

using Object = QpdfFile::Object;
using Operands = std::vector<std::string_view>;

/// Forms that are nested deeper are not followed, and nothing if there is more.
constexpr int kDeepestForm = 8;
constexpr std::size_t kMaxStates = 10'000;
constexpr std::size_t kMaxDrawn = 20'000;
constexpr std::size_t kMaxRuns = 100'000;
constexpr std::size_t kMaxFollowed = 100'000'000;

/// Operators that end a path.
constexpr std::array<std::string_view, 10> kEnds{"n",  "f", "F",  "f*", "B",
                                                 "B*", "b", "b*", "S",  "s"};

/// The largest of them are looked at.
constexpr std::size_t kMaxAreas = 200;

/// A stream that is followed.
struct FollowedStream {
  int id = 0;
  int owner = 0;  // the stream whose resources it uses
  StreamResources resources;
  std::size_t operations = 0;
};

/// A path, as far as it matters for what it fills and clips.
struct Path {
  std::vector<PdfBox> boxes;  // in the space of the content
  bool is_boxes = true;
  std::vector<PdfPoint> corners;  // the first of lines
  bool is_lines = true;
  bool clips = false;
  std::optional<PdfBox> around;  // on the page
};

/// The rectangle that four lines are, from corner to corner; nothing if they are something else.
std::optional<PdfBox> rectangle_of(const std::vector<PdfPoint>& corners) {
  if (corners.size() < 4 || corners.size() > 5) return std::nullopt;
  const auto same = [](double one, double other) { return std::abs(one - other) < 1e-3; };
  const auto at_corner = [&](const PdfPoint& one, const PdfPoint& x, const PdfPoint& y) {
    return same(one.x, x.x) && same(one.y, y.y);
  };
  if (corners.size() == 5 && !at_corner(corners[4], corners[0], corners[0])) return std::nullopt;
  const PdfPoint& from = corners[0];
  const PdfPoint& to = corners[2];
  const bool is_box = (at_corner(corners[1], to, from) && at_corner(corners[3], from, to)) ||
                      (at_corner(corners[1], from, to) && at_corner(corners[3], to, from));
  return is_box ? std::optional(PdfBox{from.x, from.y, to.x, to.y}) : std::nullopt;
}

class Follower {
 public:
  Follower(QpdfFile& pdf, OptionalContent& layers, const PdfBox& page)
      : pdf_(pdf), layers_(layers), page_(page) {}

  PageDrawing of(std::string_view content, Object resources) {
    FollowedStream stream{.resources = StreamResources(pdf_, layers_, fonts_, resources)};
    GraphicsState state;
    state.clip = page_;
    follow(content, stream, state, 0);
    keep_largest();
    return std::move(drawing_);
  }

 private:
  void follow(std::string_view content, FollowedStream& stream, const GraphicsState& begin,
              int depth) {
    bytes_ += content.size();
    if (bytes_ > kMaxFollowed) drawing_.is_incomplete = true;
    std::vector<GraphicsState> states{begin};
    std::vector<bool> marks;  // whether what is marked is hidden
    TextPosition text;
    Path path;
    Operands operands;
    ContentTokens tokens(content);
    const std::size_t hidden_before = hidden_;
    for (std::string_view token = tokens.next(); !token.empty() && !drawing_.is_incomplete;
         token = tokens.next()) {
      if (!is_operator(token)) {
        operands.push_back(token);
        continue;
      }
      GraphicsState& state = states.back();
      if (token == "q") {
        drawing_.is_incomplete = states.size() > kMaxStates;
        states.push_back(GraphicsState(state));
      } else if (token == "Q") {
        if (states.size() > 1) states.pop_back();
      } else if (token == "ID") {
        draw_inline(operands, state);
        tokens.skip_image();
      } else if (token == "Do" && !operands.empty()) {
        draw(std::string(operands.back()), stream, state, depth);
      } else if (!mark(token, operands, stream, marks) &&
                 !set(token, operands, stream, state, text) && !state.set(token, operands) &&
                 !show(token, operands, stream, state, text)) {
        follow_path(token, operands, state, path);
      }
      operands.clear();
    }
    hidden_ = hidden_before;
  }

  bool mark(std::string_view name, const Operands& operands, FollowedStream& stream,
            std::vector<bool>& marks) {
    if (name == "BMC" || name == "BDC") {
      const bool hides = name == "BDC" && operands.size() >= 2 && operands[0] == "/OC" &&
                         stream.resources.hides(std::string(operands[1]));
      if (marks.size() >= kMaxStates) drawing_.is_incomplete = true;
      marks.push_back(hides);
      hidden_ += hides ? 1 : 0;
    } else if (name == "EMC") {
      if (marks.empty()) return true;
      hidden_ -= marks.back() ? 1 : 0;
      marks.pop_back();
    } else {
      return false;
    }
    return true;
  }

  /// What resources name, and where text is.
  bool set(std::string_view name, const Operands& operands, FollowedStream& stream,
           GraphicsState& state, TextPosition& text) {
    if (name == "Tf") {
      if (operands.size() < 2) return true;
      state.font = stream.resources.font(std::string(operands[operands.size() - 2]));
      state.size = number_of(operands.back());
    } else if (name == "gs") {
      if (!operands.empty()) stream.resources.set_parameters(std::string(operands.back()), state);
    } else if (name == "cs" || name == "CS") {
      Paint& paint = name == "cs" ? state.fill : state.stroke;
      paint = {.is_counted =
                   !operands.empty() && stream.resources.is_counted(std::string(operands.back()))};
      if (!paint.is_counted) paint.light.reset();
    } else {
      return text.move(name, operands, state);
    }
    return true;
  }

  bool show(std::string_view name, const Operands& operands, FollowedStream& stream,
            GraphicsState& state, TextPosition& text) {
    if (!shows_strings(name)) return false;
    TextRun run{.stream = stream.id, .operation = stream.operations++, .order = ++order_};
    TextPosition::Shown shown = text.show(name, operands, state);
    if (drawing_.runs.size() == kMaxRuns) {
      drawing_.is_incomplete = true;
      return true;
    }
    run.is_blank = shown.is_blank;
    double visible = 0;
    double all = 0;
    bool is_tiny = !shown.boxes.empty();
    for (PdfBox& box : shown.boxes) {
      constexpr double kTiny = 0.5;
      is_tiny = is_tiny && box.right - box.left < kTiny && box.top - box.bottom < kTiny;
      all += area_of(box);
      box = common_box(box, state.clip);
      visible += area_of(box);
    }
    constexpr double kSliver = 0.1;
    run.is_drawn =
        hidden_ == 0 && state.shows_text() && !is_tiny && (all <= 0 || visible > kSliver * all);
    run.light = state.light_of_text();
    run.on_paper = std::ranges::all_of(
        shown.boxes, [&](const PdfBox& box) { return area_of(common_box(box, painted_)) <= 0; });
    run.boxes = std::move(shown.boxes);
    drawing_.runs.push_back(std::move(run));
    return true;
  }

  void follow_path(std::string_view name, const Operands& operands, GraphicsState& state,
                   Path& path) {
    if (name == "re" && operands.size() == 4) {
      const double x = number_of(operands[0]);
      const double y = number_of(operands[1]);
      const PdfBox box{x, y, x + number_of(operands[2]), y + number_of(operands[3])};
      if (path.boxes.size() < kMaxAreas) path.boxes.push_back(box);
      extend(path, box_around(box, state.matrix));
    } else if (name == "m" || name == "l" || name == "c" || name == "v" || name == "y") {
      path.is_boxes = false;
      add_corner(name, operands, path);
      for (std::size_t i = 0; i + 1 < operands.size(); i += 2) {
        const PdfPoint at = state.matrix.at(number_of(operands[i]), number_of(operands[i + 1]));
        extend(path, {at.x, at.y, at.x, at.y});
      }
    } else if (name == "W" || name == "W*") {
      path.clips = true;
    } else if (name == "sh") {
      paint(state.clip);
    } else if (std::ranges::find(kEnds, name) != kEnds.end()) {
      end_path(name, state, path);
      path = {};
    }
  }

  static void add_corner(std::string_view name, const Operands& operands, Path& path) {
    constexpr std::size_t kMost = 6;
    const bool goes_on = name == "l" && !path.corners.empty();
    path.is_lines = path.is_lines && path.boxes.empty() && operands.size() == 2 &&
                    (goes_on || (name == "m" && path.corners.empty()));
    if (path.is_lines && path.corners.size() < kMost)
      path.corners.push_back({number_of(operands[0]), number_of(operands[1])});
  }

  static void extend(Path& path, const PdfBox& by) {
    path.around = path.around ? box_around(*path.around, by) : by;
  }

  void end_path(std::string_view name, GraphicsState& state, Path& path) {
    if (!path.around) return;
    const std::optional<PdfBox> lines = path.is_lines ? rectangle_of(path.corners) : std::nullopt;
    if (!path.is_boxes && path.boxes.empty() && lines) {
      path.boxes = {*lines};
      path.is_boxes = true;
    }
    const bool paints = name != "n";
    const bool fills = paints && name != "S" && name != "s";
    if (paints && hidden_ == 0) paint(common_box(*path.around, state.clip));
    if (fills && path.is_boxes && state.fill.is_plain && state.covers()) {
      for (const PdfBox& box : path.boxes)
        cover(
            Transform{box.right - box.left, 0, 0, box.top - box.bottom, box.left, box.bottom}.then(
                state.matrix),
            state);
    }
    if (!path.clips) return;
    state.clip = common_box(state.clip, *path.around);
    state.clip_is_box =
        state.clip_is_box && path.is_boxes && path.boxes.size() == 1 && state.matrix.keeps_boxes();
  }

  /// Notes that something was painted here.
  void paint(const PdfBox& box) {
    if (!(area_of(box) > 0)) return;
    painted_ = area_of(painted_) > 0 ? box_around(painted_, box) : box;
  }

  void cover(const Transform& place, const GraphicsState& state) {
    if (hidden_ != 0 || !state.clip_is_box || place.determinant() == 0) return;
    drawing_.areas.push_back({.place = place, .clip = state.clip, .order = ++order_});
    if (drawing_.areas.size() > 10 * kMaxAreas) keep_largest();
  }

  void keep_largest() {
    std::vector<PaintedArea>& areas = drawing_.areas;
    if (areas.size() <= kMaxAreas) return;
    std::ranges::nth_element(
        areas, areas.begin() + kMaxAreas, std::greater(),
        [](const PaintedArea& area) { return std::abs(area.place.determinant()); });
    areas.resize(kMaxAreas);
  }

  void draw_inline(const Operands& operands, const GraphicsState& state) {
    if (++drawn_ > kMaxDrawn) drawing_.is_incomplete = true;
    bool is_mask = false;
    for (std::size_t i = 0; i + 1 < operands.size(); ++i) {
      if (operands[i] == "/IM" || operands[i] == "/ImageMask") is_mask = operands[i + 1] == "true";
    }
    draw_image(is_mask, state);
  }

  void draw_image(bool shines_through, const GraphicsState& state) {
    if (hidden_ == 0) paint(common_box(box_around({0, 0, 1, 1}, state.matrix), state.clip));
    if (!shines_through && state.covers()) cover(state.matrix, state);
  }

  void draw(const std::string& name, FollowedStream& stream, const GraphicsState& state,
            int depth) {
    if (++drawn_ > kMaxDrawn) drawing_.is_incomplete = true;
    const Object object = stream.resources.drawn(name);
    if (!pdf_.is_stream(object)) return;
    const Object entries = pdf_.entries_of(object);
    const bool hides = layers_.is_hidden(pdf_.key(entries, "/OC"));
    hidden_ += hides ? 1 : 0;
    if (pdf_.is_name(pdf_.key(entries, "/Subtype"), "/Image")) {
      draw_image(shines_through(entries), state);
    } else if (pdf_.is_name(pdf_.key(entries, "/Subtype"), "/Form")) {
      drawing_.forms[stream.owner][name] = pdf_.id(object);
      draw_form(object, entries, stream, state, depth);
    }
    hidden_ -= hides ? 1 : 0;
  }

  bool shines_through(Object image) {
    return pdf_.is_true(pdf_.key(image, "/ImageMask")) ||
           pdf_.is_stream(pdf_.key(image, "/SMask")) || pdf_.is_stream(pdf_.key(image, "/Mask")) ||
           pdf_.is_array(pdf_.key(image, "/Mask")) ||
           pdf_.integer(pdf_.key(image, "/SMaskInData")) != 0;
  }

  void draw_form(Object form, Object entries, const FollowedStream& outer,
                 const GraphicsState& state, int depth) {
    if (depth >= kDeepestForm) return;
    const std::optional<std::string> content = pdf_.decoded(form);
    if (!content) {
      // That may have taken as long as what is large.
      bytes_ += kMaxFollowed / 100;
      return;
    }
    const Object own = pdf_.key(entries, "/Resources");
    const bool has_own = pdf_.is_dictionary(own);
    FollowedStream stream{.id = pdf_.id(form),
                          .owner = has_own ? pdf_.id(form) : outer.owner,
                          .resources = StreamResources(
                              pdf_, layers_, fonts_, has_own ? own : outer.resources.dictionary())};
    if (stream.owner == 0) drawing_.forms_share_resources = true;
    GraphicsState inner = state;
    if (const auto own_space = transform_of(pdf_.numbers(pdf_.key(entries, "/Matrix"))))
      inner.matrix = own_space->then(state.matrix);
    const std::vector<double> box = pdf_.numbers(pdf_.key(entries, "/BBox"));
    if (box.size() == 4) {
      inner.clip =
          common_box(inner.clip, box_around({box[0], box[1], box[2], box[3]}, inner.matrix));
      inner.clip_is_box = inner.clip_is_box && inner.matrix.keeps_boxes();
    }
    if (pdf_.is_dictionary(pdf_.key(entries, "/Group"))) {
      inner.group_alpha *= inner.fill_alpha;
      inner.fill_alpha = inner.stroke_alpha = 1;
    }
    follow(*content, stream, inner, depth + 1);
  }

  QpdfFile& pdf_;
  OptionalContent& layers_;
  PdfBox page_;
  PdfBox painted_;  // around all that was painted
  std::size_t order_ = 0;
  std::size_t drawn_ = 0;
  std::size_t bytes_ = 0;
  std::size_t hidden_ = 0;  // layers around that are hidden
  KnownFonts fonts_;
  PageDrawing drawing_;
};

}  // namespace

PageDrawing page_drawing(QpdfFile& pdf, OptionalContent& layers, Object resources,
                         std::string_view content, const PdfBox& page) {
  return Follower(pdf, layers, page).of(content, resources);
}

}  // namespace ocrtune
