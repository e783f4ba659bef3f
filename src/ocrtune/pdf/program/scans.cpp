#include "ocrtune/pdf/program/scans.h"

#include <poppler.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/pdf/program/font_metrics.h"
#include "ocrtune/pdf/program/page_images.h"
#include "ocrtune/pdf/program/qpdf_file.h"
#include "ocrtune/pdf/render.h"
#include "ocrtune/pdf/transform.h"

namespace ocrtune {
namespace {

constexpr double kPointsPerInch = 72;

/// Least fraction of the page that images of a scan cover; margins may be cut off.
constexpr double kMinCovered = 0.5;

/// Greatest aspect ratio of pixels: a fax's pixels are not square, but not more stretched.
constexpr double kMaxStretched = 2.5;

/// Least fraction of the page that the finest images cover, and over which they are spread: a stamp
/// or a logo may be finer than a scan, while the stencils of its text cover much.
constexpr double kMinLayer = 0.02;
constexpr double kMinSpread = 0.25;

/// With fewer pixels, an image of low resolution is the background of a page that is drawn.
constexpr double kFewestPixels = 500'000;

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};

template <typename Object>
using Owned = std::unique_ptr<Object, Unref>;

struct FreeAttributes {
  void operator()(GList* list) const { poppler_page_free_text_attributes(list); }
};

struct FreeMapping {
  void operator()(GList* list) const { poppler_page_free_image_mapping(list); }
};

struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

bool shows_text(PopplerPage* page) {
  const std::unique_ptr<GList, FreeAttributes> runs(poppler_page_get_text_attributes(page));
  for (const GList* run = runs.get(); run != nullptr; run = run->next) {
    const char* font = static_cast<const PopplerTextAttributes*>(run->data)->font_name;
    if (font == nullptr || !is_invisible_font(font)) return true;
  }
  return false;
}

struct Placed {
  int id = 0;
  double width = 0;  // pt
  double height = 0;
  [[nodiscard]] double area() const { return width * height; }
};

struct Size {
  double width = 0;
  double height = 0;
};

/// pt.
Size size_of(PopplerPage* page) {
  Size size;
  poppler_page_get_size(page, &size.width, &size.height);
  return size;
}

/// Poppler gives positions in whole points: what ends near the page's end is extended to it.
double side_of(double from, double to, double whole) {
  constexpr double kRounded = 1.5;
  const double side = std::abs(to - from);
  return std::abs(side - whole) < kRounded ? whole : side;
}

std::vector<Placed> images_of(PopplerPage* page, const Size& whole) {
  std::vector<Placed> images;
  const std::unique_ptr<GList, FreeMapping> mappings(poppler_page_get_image_mapping(page));
  for (const GList* one = mappings.get(); one != nullptr; one = one->next) {
    const auto* mapping = static_cast<const PopplerImageMapping*>(one->data);
    const PopplerRectangle& area = mapping->area;
    images.push_back({.id = mapping->image_id,
                      .width = side_of(area.x1, area.x2, whole.width),
                      .height = side_of(area.y1, area.y2, whole.height)});
  }
  return images;
}

/// If pixels are nearer to squares when the image lies on its side, it does.
Resolution resolution_of(double pixels_across, double pixels_down, const Placed& image) {
  const auto dpi = [](double pixels, double points) { return pixels * kPointsPerInch / points; };
  const auto stretched = [](const Resolution& r) { return std::abs(std::log(r.x / r.y)); };
  const Resolution upright{dpi(pixels_across, image.width), dpi(pixels_down, image.height)};
  const Resolution turned{dpi(pixels_down, image.width), dpi(pixels_across, image.height)};
  constexpr double kClearly = 0.8;
  return stretched(turned) < kClearly * stretched(upright) ? turned : upright;
}

/// Whether a scan may have this resolution on a page of this size, pt. Its pixels count: what a
/// film or a photograph states of its size may be anything.
bool is_of_scan(const Resolution& dpi, const Size& whole) {
  const double pixels =
      dpi.x * whole.width / kPointsPerInch * dpi.y * whole.height / kPointsPerInch;
  return std::max(dpi.x, dpi.y) <= kMaxStretched * std::min(dpi.x, dpi.y) &&
         (std::min(dpi.x, dpi.y) >= kMinPdfDpi || pixels >= kFewestPixels);
}

/// Of an image, px.
std::optional<Size> decoded_size(PopplerPage* page, int id) {
  const std::unique_ptr<cairo_surface_t, DestroySurface> pixels(poppler_page_get_image(page, id));
  if (!pixels) return std::nullopt;
  return Size{static_cast<double>(cairo_image_surface_get_width(pixels.get())),
              static_cast<double>(cairo_image_surface_get_height(pixels.get()))};
}

/// A layer of a scan; its resolution is that across and down the page as displayed.
struct Layer {
  Resolution dpi;
  double area = 0;    // square points
  PdfBox place = {};  // around it, before /Rotate, pt
  [[nodiscard]] double fineness() const { return dpi.x * dpi.y; }
};

Layer layer_of(const PageImage& image, bool page_on_its_side) {
  const double across = std::hypot(image.across_x, image.across_y);
  const double down = std::hypot(image.down_x, image.down_y);
  const Resolution own{image.pixels_across * kPointsPerInch / across,
                       image.pixels_down * kPointsPerInch / down};
  const bool on_its_side = std::abs(image.across_y) > std::abs(image.across_x);
  return {.dpi = on_its_side != page_on_its_side ? Resolution{own.y, own.x} : own,
          .area = image.area(),
          .place = box_around({0, 0, 1, 1}, Transform{image.across_x, image.across_y, image.down_x,
                                                      image.down_y, image.x, image.y})};
}

/// The resolution of the finest layer that is more than a mark on the page; nothing without
/// layers.
std::optional<Resolution> finest_resolution(std::vector<Layer> layers, double page_area) {
  std::ranges::sort(layers, std::greater(), &Layer::fineness);
  double covered = 0;
  PdfBox spread = layers.empty() ? PdfBox{} : layers.front().place;
  for (const Layer& layer : layers) {
    covered += layer.area;
    spread = box_around(spread, layer.place);
    if (covered >= kMinLayer * page_area && area_of(spread) >= kMinSpread * page_area)
      return layer.dpi;
  }
  return std::nullopt;
}

}  // namespace

struct PdfScans::Document {
  /// The layers of a page; none if libqpdf can't read the file.
  std::vector<Layer> layers(int index) {
    if (!opened) open();
    std::vector<Layer> layers;
    if (!objects || index >= objects->page_count()) return layers;
    const long long turned = objects->integer(objects->key(objects->page(index), "/Rotate"));
    for (const PageImage& image : page_images(*objects, index)) {
      if (image.area() > 0) layers.push_back(layer_of(image, turned / 90 % 2 != 0));
    }
    objects->release();
    return layers;
  }

  void open() {
    opened = true;
    try {
      objects.emplace(bytes);
      objects->push_inherited_attributes();
    } catch (const Error&) {
      objects.reset();
    }
  }

  std::span<const std::byte> bytes;
  Owned<PopplerDocument> poppler;
  bool opened = false;
  std::optional<QpdfFile> objects;  ///< of the same bytes, once a page is a scan
};

PdfScans::PdfScans(std::span<const std::byte> bytes) : document_(std::make_unique<Document>()) {
  document_->bytes = bytes;
  GBytes* shared = g_bytes_new_static(bytes.data(), bytes.size());
  document_->poppler.reset(poppler_document_new_from_bytes(shared, nullptr, nullptr));
  g_bytes_unref(shared);
}

PdfScans::~PdfScans() = default;
PdfScans::PdfScans(PdfScans&&) noexcept = default;
PdfScans& PdfScans::operator=(PdfScans&&) noexcept = default;

std::optional<Resolution> PdfScans::resolution(int index) const {
  if (!document_->poppler) return std::nullopt;
  const Owned<PopplerPage> page(poppler_document_get_page(document_->poppler.get(), index));
  if (!page) return std::nullopt;
  const Size whole = size_of(page.get());
  const std::vector<Placed> images = images_of(page.get(), whole);
  const auto largest = std::ranges::max_element(images, {}, &Placed::area);
  if (largest == images.end() || !(largest->area() > 0)) return std::nullopt;
  double covered = 0;
  for (const Placed& image : images) covered += image.area();
  if (covered < kMinCovered * whole.width * whole.height || shows_text(page.get()))
    return std::nullopt;
  std::optional<Resolution> dpi =
      finest_resolution(document_->layers(index), whole.width * whole.height);
  if (!dpi) {
    const std::optional<Size> size = decoded_size(page.get(), largest->id);
    if (size) dpi = resolution_of(size->width, size->height, *largest);
  }
  return dpi && is_of_scan(*dpi, whole) ? dpi : std::nullopt;
}

}  // namespace ocrtune
