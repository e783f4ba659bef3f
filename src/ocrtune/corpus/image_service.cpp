#include "ocrtune/corpus/image_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/text.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune {
namespace {

using nlohmann::json;

constexpr std::string_view kInfo = "/info.json";
constexpr double kNoLimit = std::numeric_limits<double>::infinity();
/// A longer side is no size of an image.
constexpr double kLongestSide = 1e7;

struct Size {
  double width = 0;
  double height = 0;
};

struct ImageInformation {
  int version = 0;  ///< 0: unknown
  bool has_own_sizes_only = false;
  Size size;  ///< without a width: unknown
  double max_width = kNoLimit;
  double max_height = kNoLimit;
  double max_area = kNoLimit;
  std::vector<Size> sizes;
};

/// A number of pixels; 0 if there is none.
double pixels_at(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number()) return 0;
  const auto value = found->get<double>();
  return value >= 1 && value <= kLongestSide * kLongestSide ? std::floor(value) : 0;
}

Size size_of(const json& object) {
  const Size size{pixels_at(object, "width"), pixels_at(object, "height")};
  return size.width > kLongestSide || size.height > kLongestSide || size.height == 0 ? Size{}
                                                                                     : size;
}

void take_limits(const json& object, ImageInformation& info) {
  if (const double width = pixels_at(object, "maxWidth"); width > 0) {
    info.max_width = width;
    // Without one of its own, the height has this limit too.
    if (info.max_height == kNoLimit) info.max_height = width;
  }
  if (const double height = pixels_at(object, "maxHeight"); height > 0) info.max_height = height;
  if (const double area = pixels_at(object, "maxArea"); area > 0) info.max_area = area;
}

/// Calls `use` for a value, or for each one of an array.
template <typename Use>
void for_each_value(const json& object, const char* name, Use use) {
  const auto found = object.find(name);
  if (found == object.end()) return;
  if (!found->is_array()) return use(*found);
  for (const json& value : *found) use(value);
}

/// The version that a context, a type or a profile names; 0 if none.
int version_named(const std::string& text) {
  if (text == "ImageService3" || text.find("/image/3/") != std::string::npos) return 3;
  if (text == "ImageService2" || text.find("/image/2/") != std::string::npos) return 2;
  if (text.find("/image-api/1") != std::string::npos || text == "ImageService1") return 1;
  return text.find("/image-api/compliance") != std::string::npos ? 1 : 0;
}

ImageInformation information_of(std::string_view text) {
  ImageInformation info;
  const auto parsed = find_json_object(text);
  if (!parsed) return info;
  const auto note = [&](const json& value) {
    if (value.is_object()) return take_limits(value, info);
    if (!value.is_string()) return;
    const auto& name = value.get_ref<const std::string&>();
    if (info.version == 0) info.version = version_named(name);
    info.has_own_sizes_only |= name.find("level0") != std::string::npos;
  };
  for (const char* name : {"@context", "type", "@type", "profile"})
    for_each_value(*parsed, name, note);
  take_limits(*parsed, info);
  info.size = size_of(*parsed);
  for_each_value(*parsed, "sizes", [&](const json& value) {
    const Size size = value.is_object() ? size_of(value) : Size{};
    if (size.width > 0) info.sizes.push_back(size);
  });
  std::ranges::sort(info.sizes, std::greater(), &Size::width);
  return info;
}

/// The largest width with which an image of this shape is within limits, whichever way its height
/// is rounded; at least 1.
double widest(const Size& image, double max_width, double max_height, double max_area) {
  const double slope = image.height / image.width;
  double width = std::min({image.width, max_width, max_height / slope});
  if (width * width * slope > max_area)
    width = (std::sqrt(1 + 4 * slope * max_area) - 1) / (2 * slope);
  return std::max(1.0, std::floor(width));
}

/// What of the whole image is within limits.
struct Reduction {
  std::optional<double> width;  ///< to ask for; nothing: the whole image is within the limits
  bool is_for_service = false;  ///< within those of the service
  bool is_for_pages = false;    ///< within those of pages
};

Reduction reduction_of(const ImageInformation& info, const DecodeLimits& limits) {
  if (info.size.width == 0) return {};
  const double service = widest(info.size, info.max_width, info.max_height, info.max_area);
  const double both = std::min(service, widest(info.size, limits.max_side, limits.max_side,
                                               static_cast<double>(limits.max_pixels)));
  if (both >= info.size.width) return {};
  return {
      .width = both, .is_for_service = service < info.size.width, .is_for_pages = both < service};
}

/// The largest size that a service lists, within this width.
std::optional<Size> listed_size(const ImageInformation& info, double width) {
  const auto found =
      std::ranges::find_if(info.sizes, [&](const Size& size) { return size.width <= width; });
  return found == info.sizes.end() ? std::nullopt : std::optional(*found);
}

std::string size_text(const Size& size, int version) {
  return version == 3 ? fmt::format("{:.0f},{:.0f}", size.width, size.height)
                      : fmt::format("{:.0f},", size.width);
}

/// The names of the whole image.
std::vector<std::string> whole_sizes(int version, bool is_limited) {
  if (version == 3) return {"max"};
  if (version == 1) return {"full"};
  return version == 2 && !is_limited ? std::vector<std::string>{"full", "max"}
                                     : std::vector<std::string>{"max", "full"};
}

/// The sizes to ask for, the best first.
std::vector<std::string> sizes_to_ask(const ImageInformation& info, const DecodeLimits& limits) {
  const Reduction reduction = reduction_of(info, limits);
  std::vector<std::string> sizes;
  const auto add = [&](std::string size) {
    if (std::ranges::find(sizes, size) == sizes.end()) sizes.push_back(std::move(size));
  };
  const auto listed = listed_size(info, reduction.width.value_or(kNoLimit));
  // What `max` of version 3 is, the service knows best.
  if (reduction.width && (reduction.is_for_pages || info.version != 3)) {
    const double height = std::round(*reduction.width * info.size.height / info.size.width);
    const Size computed{*reduction.width, std::max(1.0, height)};
    add(size_text(info.has_own_sizes_only ? listed.value_or(computed) : computed, info.version));
  }
  for (std::string& size : whole_sizes(info.version, reduction.is_for_service))
    add(std::move(size));
  if (listed) add(size_text(*listed, info.version));
  return sizes;
}

}  // namespace

bool is_image_info(std::string_view url) { return is_url(url) && url.ends_with(kInfo); }

std::string image_info_url(std::string service) {
  if (is_image_info(service)) return service;
  while (service.ends_with('/')) service.pop_back();
  return service + std::string(kInfo);
}

std::string page_url_name(const std::string& url) {
  return url_name(is_image_info(url) ? url.substr(0, url.size() - kInfo.size()) : url);
}

std::vector<std::string> image_urls(const std::string& info_url, std::string_view text,
                                    const DecodeLimits& limits) {
  const std::string service = info_url.substr(0, info_url.size() - kInfo.size());
  const ImageInformation info = information_of(text);
  std::vector<std::string> urls;
  for (const std::string& size : sizes_to_ask(info, limits))
    urls.push_back(fmt::format("{}/full/{}/0/{}.jpg", service, size,
                               info.version == 1 ? "native" : "default"));
  return urls;
}

}  // namespace ocrtune
