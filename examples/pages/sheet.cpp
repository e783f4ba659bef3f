#include "pages/sheet.h"

#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <cmath>

#include "pages/errors.h"

namespace ocrtune::examples {
namespace pango {

template <auto release>
struct Releaser {
  template <typename T>
  void operator()(T* handle) const {
    release(handle);
  }
};

using Surface = std::unique_ptr<cairo_surface_t, Releaser<cairo_surface_destroy>>;
using Cairo = std::unique_ptr<cairo_t, Releaser<cairo_destroy>>;
using FontOptions = std::unique_ptr<cairo_font_options_t, Releaser<cairo_font_options_destroy>>;
using FontMap = std::unique_ptr<PangoFontMap, Releaser<g_object_unref>>;
using Context = std::unique_ptr<PangoContext, Releaser<g_object_unref>>;
using Layout = std::unique_ptr<PangoLayout, Releaser<g_object_unref>>;
using Font = std::unique_ptr<PangoFont, Releaser<g_object_unref>>;
using Iterator = std::unique_ptr<PangoLayoutIter, Releaser<pango_layout_iter_free>>;
using Attributes = std::unique_ptr<PangoAttrList, Releaser<pango_attr_list_unref>>;
using Description = std::unique_ptr<PangoFontDescription, Releaser<pango_font_description_free>>;
using GString8 = std::unique_ptr<char, Releaser<g_free>>;

}  // namespace pango

namespace {

constexpr std::string_view no_break_space = "\u00a0";

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  for (auto at = text.find(from); at != std::string_view::npos; at = text.find(from)) {
    result.append(text.substr(0, at)).append(to);
    text.remove_prefix(at + from.size());
  }
  return result.append(text);
}

/// A line as typed in a ground truth: NFC, runs of spaces as one, none at the ends.
std::string as_typed(std::string_view line) {
  std::string typed;
  for (const char c : replaced(line, no_break_space, " ")) {
    if (c != ' ' || (!typed.empty() && typed.back() != ' ')) {
      typed += c;
    }
  }
  if (!typed.empty() && typed.back() == ' ') {
    typed.pop_back();
  }
  const pango::GString8 composed(g_utf8_normalize(typed.c_str(), -1, G_NORMALIZE_DEFAULT_COMPOSE));
  return composed ? composed.get() : typed;
}

PangoAlignment alignment(Align align) {
  switch (align) {
    case Align::center:
      return PANGO_ALIGN_CENTER;
    case Align::right:
      return PANGO_ALIGN_RIGHT;
    case Align::left:
      break;
  }
  return PANGO_ALIGN_LEFT;
}

pango::Description describe(const Style& style, double pixels_per_pt) {
  pango::Description description(pango_font_description_new());
  pango_font_description_set_family(description.get(), style.family.c_str());
  pango_font_description_set_absolute_size(description.get(),
                                           style.size_pt * pixels_per_pt * PANGO_SCALE);
  pango_font_description_set_weight(description.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  return description;
}

/// Fontconfig always returns some font: checks which one.
void require_family(PangoContext* context, const PangoFontDescription* asked,
                    const std::string& family) {
  const pango::Font font(pango_context_load_font(context, asked));
  if (!font) {
    throw MissingFont(family);
  }
  const pango::Description got(pango_font_describe(font.get()));
  const char* name = pango_font_description_get_family(got.get());
  if (name == nullptr || !std::string_view(name).starts_with(family)) {
    throw MissingFont(family);
  }
}

pango::Context make_context(PangoFontMap* fonts, cairo_t* cairo, Language language) {
  pango::Context context(pango_font_map_create_context(fonts));
  const pango::FontOptions options(cairo_font_options_create());
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_set_antialias(cairo, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context.get(), options.get());
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  pango_context_set_language(
      context.get(), pango_language_from_string(language == Language::english ? "en" : "fr"));
  pango_cairo_update_context(cairo, context.get());
  return context;
}

}  // namespace

std::string typesetter_version() { return pango_version_string(); }

struct Sheet::Tools {
  double pixels_per_pt = 1;
  pango::Surface surface;
  pango::Cairo cairo;
  pango::FontMap fonts;
  pango::Context context;

  /// Ink is drawn as coverage (alpha): the page is its negative.
  void set_ink(double darkness) const { cairo_set_source_rgba(cairo.get(), 0, 0, 0, darkness); }

  [[nodiscard]] pango::Layout lay_out(const std::string& utf8, const Style& style,
                                      double width_pt) const {
    const pango::Description description = describe(style, pixels_per_pt);
    require_family(context.get(), description.get(), style.family);
    pango::Layout layout(pango_layout_new(context.get()));
    pango_layout_set_font_description(layout.get(), description.get());
    pango_layout_set_text(layout.get(), utf8.data(), static_cast<int>(utf8.size()));
    pango_layout_set_width(layout.get(), pango_units_from_double(width_pt * pixels_per_pt));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD);
    pango_layout_set_alignment(layout.get(), alignment(style.align));
    pango_layout_set_line_spacing(layout.get(), static_cast<float>(style.leading));
    const pango::Attributes attributes(pango_attr_list_new());
    pango_attr_list_insert(attributes.get(), pango_attr_fallback_new(FALSE));
    pango_attr_list_insert(attributes.get(),
                           pango_attr_font_features_new("liga=0, clig=0, dlig=0, calt=0, lnum=1"));
    pango_layout_set_attributes(layout.get(), attributes.get());
    if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) {
      throw MissingFont(style.family);
    }
    return layout;
  }
};

Sheet::Sheet(double width_pt, double height_pt, double dpi, Language language)
    : tools_(std::make_unique<Tools>()) {
  constexpr double max_pixels = 20000;
  const double width = std::round(width_pt * dpi / 72.0);
  const double height = std::round(height_pt * dpi / 72.0);
  if (!(width >= 1 && height >= 1 && width <= max_pixels && height <= max_pixels)) {
    throw PagesError(fmt::format("a page of {} x {} pixels is out of range", width, height));
  }
  tools_->pixels_per_pt = dpi / 72.0;
  tools_->surface.reset(cairo_image_surface_create(CAIRO_FORMAT_A8, static_cast<int>(width),
                                                   static_cast<int>(height)));
  tools_->cairo.reset(cairo_create(tools_->surface.get()));
  tools_->fonts.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  if (!tools_->fonts || cairo_status(tools_->cairo.get()) != CAIRO_STATUS_SUCCESS) {
    throw PagesError("Cairo cannot draw here: no memory, or built without FreeType");
  }
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(tools_->fonts.get()), 96.0);
  tools_->context = make_context(tools_->fonts.get(), tools_->cairo.get(), language);
}

Sheet::~Sheet() = default;

Block Sheet::text(std::string_view utf8, const Style& style, const Area& area) {
  const std::string source = replaced(utf8, "~", no_break_space);
  const pango::Layout layout = tools_->lay_out(source, style, area.width);
  const double scale = tools_->pixels_per_pt;
  const double unit = PANGO_SCALE * scale;
  cairo_t* cairo = tools_->cairo.get();
  tools_->set_ink(style.darkness);

  Block block{.rows = {}, .bottom = area.y};
  const pango::Iterator line_at(pango_layout_get_iter(layout.get()));
  do {
    PangoRectangle extents;
    pango_layout_iter_get_line_extents(line_at.get(), nullptr, &extents);
    const double bottom = area.y + (extents.y + extents.height) / unit;
    if (bottom > area.bottom) {
      break;
    }
    PangoLayoutLine* line = pango_layout_iter_get_line_readonly(line_at.get());
    cairo_move_to(
        cairo, area.x * scale + static_cast<double>(extents.x) / PANGO_SCALE,
        area.y * scale +
            static_cast<double>(pango_layout_iter_get_baseline(line_at.get())) / PANGO_SCALE);
    pango_cairo_show_layout_line(cairo, line);
    block.rows.push_back(as_typed(std::string_view(source).substr(
        static_cast<std::size_t>(line->start_index), static_cast<std::size_t>(line->length))));
    block.bottom = bottom;
  } while (pango_layout_iter_next_line(line_at.get()) != FALSE);
  return block;
}

std::string Sheet::line(std::string_view utf8, const Style& style, const Area& area) {
  Style fitting = style;
  const std::string source = replaced(replaced(utf8, " ", "~"), "~", no_break_space);
  const pango::Layout layout = tools_->lay_out(source, style, area.width);
  pango_layout_set_width(layout.get(), -1);
  PangoRectangle extents;
  pango_layout_get_extents(layout.get(), nullptr, &extents);
  const double natural_pt = extents.width / (PANGO_SCALE * tools_->pixels_per_pt);
  if (natural_pt > area.width) {
    fitting.size_pt *= 0.99 * area.width / natural_pt;
  }
  return text(source, fitting, area).rows.front();
}

void Sheet::rule(double x0, double y0, double x1, double y1, double thickness, double darkness) {
  const double scale = tools_->pixels_per_pt;
  cairo_t* cairo = tools_->cairo.get();
  tools_->set_ink(darkness);
  cairo_set_line_width(cairo, thickness * scale);
  cairo_move_to(cairo, x0 * scale, y0 * scale);
  cairo_line_to(cairo, x1 * scale, y1 * scale);
  cairo_stroke(cairo);
}

void Sheet::box(double x, double y, double width, double height, double thickness,
                double darkness) {
  const double scale = tools_->pixels_per_pt;
  cairo_t* cairo = tools_->cairo.get();
  tools_->set_ink(darkness);
  cairo_set_line_width(cairo, thickness * scale);
  cairo_rectangle(cairo, x * scale, y * scale, width * scale, height * scale);
  cairo_stroke(cairo);
}

cv::Mat Sheet::gray() const {
  cairo_surface_t* surface = tools_->surface.get();
  cairo_surface_flush(surface);
  const cv::Mat coverage(cairo_image_surface_get_height(surface),
                         cairo_image_surface_get_width(surface), CV_8UC1,
                         cairo_image_surface_get_data(surface),
                         static_cast<std::size_t>(cairo_image_surface_get_stride(surface)));
  cv::Mat gray;
  cv::bitwise_not(coverage, gray);
  return gray;
}

}  // namespace ocrtune::examples
