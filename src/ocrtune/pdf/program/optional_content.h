#pragma once

#include <set>

#include "ocrtune/pdf/program/qpdf_file.h"

namespace ocrtune {

/// The layers of a PDF ("optional content"), and which of them viewers hide at first. Not
/// thread-safe.
class OptionalContent {
 public:
  /// The file must outlive it.
  explicit OptionalContent(QpdfFile& pdf);

  /// Whether what belongs to this layer, or to layers in a membership dictionary, is hidden. False
  /// for anything else.
  [[nodiscard]] bool is_hidden(QpdfFile::Object layer);

 private:
  bool is_off(QpdfFile::Object group);
  bool is_membership_hidden(QpdfFile::Object membership);

  QpdfFile& pdf_;
  bool usually_off_ = false;
  std::set<int> others_;  // object numbers of layers that are not as they usually are
};

}  // namespace ocrtune
