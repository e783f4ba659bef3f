#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "ocrtune/pdf/program/graphics_state.h"
#include "ocrtune/pdf/program/optional_content.h"
#include "ocrtune/pdf/program/qpdf_file.h"

namespace ocrtune {

/// What fonts of a page take, by object number.
using KnownFonts = std::map<int, std::shared_ptr<const FontMetrics>>;

/// What the names in a content stream stand for. Looks each of them up once. Not thread-safe.
class StreamResources {
 public:
  using Object = QpdfFile::Object;

  /// Everything must outlive it.
  StreamResources(QpdfFile& pdf, OptionalContent& layers, KnownFonts& fonts, Object resources)
      : pdf_(pdf), layers_(layers), known_(fonts), resources_(resources) {}

  [[nodiscard]] Object dictionary() const { return resources_; }

  std::shared_ptr<const FontMetrics> font(const std::string& name);

  /// Applies `gs`.
  void set_parameters(const std::string& name, GraphicsState& state);

  /// Whether the number of components of a colour space says which one it is.
  bool is_counted(const std::string& space);

  /// Whether marked content of this property list is in a hidden layer.
  bool hides(const std::string& properties);

  Object drawn(const std::string& name);

 private:
  Object looked_up(const char* kind, const std::string& name);
  std::shared_ptr<const FontMetrics> metrics(Object font);

  QpdfFile& pdf_;
  OptionalContent& layers_;
  KnownFonts& known_;
  Object resources_;
  std::map<std::string, Object> objects_;  // by kind and name
  std::map<std::string, std::shared_ptr<const FontMetrics>> fonts_;
  std::map<std::string, std::function<void(GraphicsState&)>> parameters_;
  std::map<std::string, bool> counted_;
  std::map<std::string, bool> hidden_;
};

}  // namespace ocrtune
