#include "ocrtune/corpus/iiif_manifest.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/json_depth.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/image_service.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestLabel = 100;
/// Choices of choices, and images of parts of images.
constexpr int kMaxNesting = 4;

[[noreturn]] void no_manifest(const std::string& why) { throw Error(Errc::input_unreadable, why); }

json parsed(std::string_view text) {
  if (is_json_deeper(text, kMaxManifestDepth))
    no_manifest(tr("is nested too deeply: the limit is {}", kMaxManifestDepth));
  const auto separates = [](char c) { return c == ',' || c == '[' || c == '{'; };
  if (std::ranges::count_if(text, separates) > kMaxManifestValues)
    no_manifest(tr("has more values than the limit of {}", kMaxManifestValues));
  json manifest = json::parse(text, nullptr, false);
  if (manifest.is_discarded()) no_manifest(tr("is not well-formed JSON"));
  return manifest;
}

/// Null if there is none.
const json* field(const json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

/// The first of these fields that there is; null if there is none.
const json* field(const json& object, const char* name, const char* other_name) {
  const json* value = field(object, name);
  return value != nullptr ? value : field(object, other_name);
}

/// A text, or the first one of an array; empty if there is none.
std::string string_in(const json* value) {
  if (value != nullptr && value->is_array() && !value->empty()) value = &value->front();
  return value != nullptr && value->is_string() ? value->get<std::string>() : "";
}

std::string type_of(const json& object) { return string_in(field(object, "type", "@type")); }

std::string id_of(const json& value) {
  return value.is_string() ? value.get<std::string>() : string_in(field(value, "id", "@id"));
}

/// The elements of an array, or the value itself if it is none.
std::vector<const json*> values_of(const json* value) {
  std::vector<const json*> values;
  if (value == nullptr) return values;
  if (!value->is_array()) return {value};
  for (const json& element : *value) values.push_back(&element);
  return values;
}

/// Text of version 2, `"p. 1"` or `{"@value": "p. 1"}`, or of version 3, `{"en": ["p. 1"]}`.
std::string label_of(const json* label, int nesting = 0) {
  if (label == nullptr || nesting > kMaxNesting) return "";
  if (label->is_string()) return quotable(trimmed(label->get<std::string>()), kLongestLabel);
  if (label->is_array()) return label->empty() ? "" : label_of(&label->front(), nesting + 1);
  if (!label->is_object() || label->empty()) return "";
  const json* value = field(*label, "@value", "none");
  return label_of(value != nullptr ? value : &*label->begin(), nesting + 1);
}

/// Whether a service is one of the Image API: authentication and others are services too.
bool is_image_service(const json& service) {
  const auto names_it = [](const json* value) {
    return std::ranges::any_of(values_of(value), [](const json* one) {
      if (!one->is_string()) return false;
      const auto& name = one->get_ref<const std::string&>();
      return name.starts_with("ImageService") || name.find("/api/image/") != std::string::npos ||
             name.find("/image-api/") != std::string::npos;
    });
  };
  return names_it(field(service, "type")) || names_it(field(service, "@type")) ||
         names_it(field(service, "profile")) || names_it(field(service, "@context"));
}

/// Where the image of a resource is; empty if it is none.
std::string image_url(const json* resource, int nesting = 0) {
  if (resource == nullptr || nesting > kMaxNesting) return "";
  if (resource->is_array()) {
    for (const json& one : *resource)
      if (std::string url = image_url(&one, nesting + 1); !url.empty()) return url;
    return "";
  }
  const std::string type = type_of(*resource);
  // Of several images, the first one is what shows first; of a part of an image, the whole.
  for (const char* name : {"default", "source", "full", "items", "item"}) {
    const json* inner = field(*resource, name);
    if (inner == nullptr || inner->is_string()) continue;
    if (std::string url = image_url(inner, nesting + 1); !url.empty()) return url;
  }
  if (!type.empty() && !type.ends_with("Image")) return "";
  for (const json* service : values_of(field(*resource, "service", "services"))) {
    if (!is_image_service(*service)) continue;
    if (std::string id = id_of(*service); !id.empty()) return image_info_url(std::move(id));
  }
  return id_of(*resource);
}

/// What a canvas of version 2 or 3 shows.
std::vector<const json*> resources_of(const json& canvas) {
  std::vector<const json*> resources;
  for (const json* image : values_of(field(canvas, "images"))) {
    if (const json* resource = field(*image, "resource")) resources.push_back(resource);
  }
  for (const json* page : values_of(field(canvas, "items"))) {
    for (const json* annotation : values_of(field(*page, "items"))) {
      const std::string motivation = string_in(field(*annotation, "motivation"));
      const json* body = field(*annotation, "body");
      if (body != nullptr && (motivation.empty() || motivation == "painting"))
        resources.push_back(body);
    }
  }
  return resources;
}

/// The canvases: of version 2 those of the first sequence that has some.
std::vector<const json*> canvases_of(const json& manifest) {
  const std::string type = type_of(manifest);
  if (type.ends_with("Collection"))
    no_manifest(tr("is a IIIF collection; give one of its manifests"));
  if (const json* items = field(manifest, "items"); items != nullptr && type.ends_with("Manifest"))
    return values_of(items);
  for (const json* sequence : values_of(field(manifest, "sequences"))) {
    if (const json* canvases = field(*sequence, "canvases")) return values_of(canvases);
  }
  if (!type.ends_with("Manifest"))
    no_manifest(tr("is not a IIIF manifest of version 2 or 3 of the Presentation API"));
  return {};
}

void check_image_url(const CanvasImage& image) {
  const std::string canvas = image.label.empty() ? tr("canvas {}", image.number)
                                                 : tr("canvas {} ({})", image.number, image.label);
  if (!is_url(image.url))
    no_manifest(tr("{}: its image is not behind an http or https URL", canvas));
  try {
    check_url(image.url);
  } catch (const Error& error) {
    no_manifest(tr("{}: {}", canvas, error.what()));
  }
}

}  // namespace

IiifManifest parse_iiif_manifest(std::string_view text) {
  const json whole = parsed(text);
  const std::vector<const json*> canvases = canvases_of(whole);
  if (canvases.size() > kMaxCanvases)
    no_manifest(tr("has {} canvases, the limit is {}", canvases.size(), kMaxCanvases));
  IiifManifest manifest;
  for (std::size_t i = 0; i < canvases.size(); ++i) {
    CanvasImage image{.number = i + 1, .label = label_of(field(*canvases[i], "label")), .url = ""};
    std::size_t images = 0;
    for (const json* resource : resources_of(*canvases[i])) {
      std::string url = image_url(resource);
      if (url.empty()) continue;
      if (++images == 1) image.url = std::move(url);
    }
    if (images > 1) manifest.with_more_images.push_back(image.number);
    if (images == 0) {
      manifest.without_image.push_back(image.number);
      continue;
    }
    check_image_url(image);
    manifest.images.push_back(std::move(image));
  }
  if (manifest.images.empty()) no_manifest(tr("no canvas has an image"));
  return manifest;
}

}  // namespace ocrtune
