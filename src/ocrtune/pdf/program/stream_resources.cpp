#include "ocrtune/pdf/program/stream_resources.h"

#include <optional>
#include <utility>
#include <vector>

namespace ocrtune {

using Object = QpdfFile::Object;

Object StreamResources::looked_up(const char* kind, const std::string& name) {
  const auto [found, added] = objects_.emplace(kind + name, 0);
  if (added) found->second = pdf_.key(pdf_.key(resources_, kind), name.c_str());
  return found->second;
}

Object StreamResources::drawn(const std::string& name) { return looked_up("/XObject", name); }

std::shared_ptr<const FontMetrics> StreamResources::font(const std::string& name) {
  const auto [found, added] = fonts_.emplace(name, nullptr);
  if (added) found->second = metrics(looked_up("/Font", name));
  return found->second;
}

std::shared_ptr<const FontMetrics> StreamResources::metrics(Object font) {
  const int id = pdf_.id(font);
  const auto known = id != 0 ? known_.find(id) : known_.end();
  if (known != known_.end()) return known->second;
  auto made = std::make_shared<const FontMetrics>(font_metrics(pdf_, font));
  if (id != 0) known_[id] = made;
  return made;
}

void StreamResources::set_parameters(const std::string& name, GraphicsState& state) {
  const auto [found, added] = parameters_.emplace(name, nullptr);
  if (added) {
    const Object all = looked_up("/ExtGState", name);
    const auto number = [&](const char* entry) {
      const std::vector<double> stated = pdf_.numbers(pdf_.key(all, entry));
      return stated.size() == 1 ? std::optional(stated[0]) : std::nullopt;
    };
    const Object mode = pdf_.key(all, "/BM");
    const Object mask = pdf_.key(all, "/SMask");
    const std::string blending = pdf_.name(pdf_.items(mode).empty() ? mode : pdf_.items(mode)[0]);
    std::optional<bool> blends;
    if (!blending.empty()) blends = blending != "/Normal" && blending != "/Compatible";
    std::optional<bool> masked;
    if (pdf_.is_dictionary(mask) || !pdf_.name(mask).empty()) masked = pdf_.is_dictionary(mask);
    std::shared_ptr<const FontMetrics> font;
    double size = 0;
    const std::vector<Object> stated = pdf_.items(pdf_.key(all, "/Font"));
    if (stated.size() == 2 && pdf_.numbers(stated[1]).size() == 1) {
      font = metrics(stated[0]);
      size = pdf_.numbers(stated[1])[0];
    }
    found->second = [=, fill = number("/ca"), stroke = number("/CA")](GraphicsState& changed) {
      changed.fill_alpha = fill.value_or(changed.fill_alpha);
      changed.stroke_alpha = stroke.value_or(changed.stroke_alpha);
      changed.blends = blends.value_or(changed.blends);
      changed.is_masked = masked.value_or(changed.is_masked);
      if (!font) return;
      changed.font = font;
      changed.size = size;
    };
  }
  found->second(state);
}

bool StreamResources::is_counted(const std::string& space) {
  if (space == "/DeviceGray" || space == "/DeviceRGB" || space == "/DeviceCMYK") return true;
  const auto [found, added] = counted_.emplace(space, false);
  if (added) {
    const std::vector<Object> parts = pdf_.items(looked_up("/ColorSpace", space));
    const std::string kind = parts.empty() ? "" : pdf_.name(parts.front());
    found->second = kind == "/ICCBased" || kind == "/CalGray" || kind == "/CalRGB" ||
                    kind == "/DeviceGray" || kind == "/DeviceRGB" || kind == "/DeviceCMYK";
  }
  return found->second;
}

bool StreamResources::hides(const std::string& properties) {
  const auto [found, added] = hidden_.emplace(properties, false);
  if (added) found->second = layers_.is_hidden(looked_up("/Properties", properties));
  return found->second;
}

}  // namespace ocrtune
