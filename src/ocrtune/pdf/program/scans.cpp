#include "ocrtune/pdf/program/scans.h"

#include <poppler.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/image/limits.h"
#include "ocrtune/pdf/program/content.h"
#include "ocrtune/pdf/program/qpdf_file.h"
#include "ocrtune/pdf/render.h"

namespace ocrtune {
namespace {

constexpr double kPointsPerInch = 72;

/// Least fraction of the page that images of a scan cover; margins may be cut off.
constexpr double kMinCovered = 0.5;

/// Greatest aspect ratio of pixels: a fax's pixels are not square, but not more stretched.
constexpr double kMaxStretched = 2.5;

/// Cairo decodes no longer image.
constexpr double kLongestSurface = 32767;
/// No larger image is a page.
constexpr auto kMostPixels = static_cast<double>(DecodeLimits{}.max_pixels);

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

/// Recognizes an invisible font by the names that OCR programs give their fonts without glyphs.
bool is_invisible(std::string_view font) {
  std::string name;
  for (const char c : font) name += static_cast<char>(g_ascii_tolower(c));
  constexpr std::array<std::string_view, 3> kNames{"glyphless", "invisible", "hiddenhorz"};
  return std::ranges::any_of(
      kNames, [&](std::string_view one) { return name.find(one) != std::string::npos; });
}

bool shows_text(PopplerPage* page) {
  const std::unique_ptr<GList, FreeAttributes> runs(poppler_page_get_text_attributes(page));
  for (const GList* run = runs.get(); run != nullptr; run = run->next) {
    const char* font = static_cast<const PopplerTextAttributes*>(run->data)->font_name;
    if (font == nullptr || !is_invisible(font)) return true;
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

/// Of an image, px.
std::optional<Size> decoded_size(PopplerPage* page, int id) {
  const std::unique_ptr<cairo_surface_t, DestroySurface> pixels(poppler_page_get_image(page, id));
  if (!pixels) return std::nullopt;
  return Size{static_cast<double>(cairo_image_surface_get_width(pixels.get())),
              static_cast<double>(cairo_image_surface_get_height(pixels.get()))};
}

/// The size, px, that its dictionary states of the image that a page draws; nothing if its content
/// draws none by name, or several.
std::optional<Size> size_of_only_image(QpdfFile& pdf, int index) {
  const QpdfFile::Object page = pdf.page(index);
  std::string content;
  for (const QpdfFile::Object stream : pdf.items(pdf.key(page, "/Contents"))) {
    const std::optional<std::string> bytes = pdf.decoded(stream);
    if (!bytes) return std::nullopt;
    content += *bytes + "\n";
  }
  const QpdfFile::Object objects = pdf.key(pdf.key(page, "/Resources"), "/XObject");
  std::optional<Size> size;
  for (const std::string& name : visible_content(content).drawn) {
    const QpdfFile::Object object = pdf.key(objects, ("/" + name).c_str());
    if (!pdf.is_stream(object)) continue;
    const QpdfFile::Object entries = pdf.entries_of(object);
    if (!pdf.is_name(pdf.key(entries, "/Subtype"), "/Image")) continue;
    if (size) return std::nullopt;
    const auto width = static_cast<double>(pdf.integer(pdf.key(entries, "/Width")));
    const auto height = static_cast<double>(pdf.integer(pdf.key(entries, "/Height")));
    if (width < 1 || height < 1) return std::nullopt;
    size = Size{width, height};
  }
  return size;
}

}  // namespace

struct PdfScans::Document {
  /// size_of_only_image(); nothing if libqpdf can't read the file.
  std::optional<Size> stated_size(int index) {
    if (!opened) open();
    if (!objects || index >= objects->page_count()) return std::nullopt;
    const std::optional<Size> size = size_of_only_image(*objects, index);
    objects->release();
    return size;
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
  const std::optional<Size> stated =
      images.size() == 1 ? document_->stated_size(index) : std::nullopt;
  if (stated && (std::max(stated->width, stated->height) > kLongestSurface ||
                 stated->width * stated->height > kMostPixels))
    return std::nullopt;
  const std::optional<Size> size = stated ? stated : decoded_size(page.get(), largest->id);
  if (!size) return std::nullopt;
  const Resolution dpi = resolution_of(size->width, size->height, *largest);
  const bool usable = std::min(dpi.x, dpi.y) >= kMinPdfDpi &&
                      std::max(dpi.x, dpi.y) <= kMaxPdfDpi &&
                      std::max(dpi.x, dpi.y) <= kMaxStretched * std::min(dpi.x, dpi.y);
  return usable ? std::optional(dpi) : std::nullopt;
}

}  // namespace ocrtune
