#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <span>

#include "ocrtune/pdf/program/qpdf_file.h"
#include "ocrtune/pdf/program/recoded_image.h"

namespace ocrtune {

/// A PDF whose images are coded anew, without loss, where that makes them shorter. Not thread-safe.
class SmallerImages {
 public:
  /// The bytes must outlive it. Throws Error(input_unreadable).
  explicit SmallerImages(std::span<const std::byte> bytes);

  /// An image that could become shorter.
  struct Candidate {
    int object = 0;           ///< its number; 0: there is none
    std::size_t samples = 0;  ///< bytes
  };

  /// The first one from this object number on, among some thousands; `continues`: the number from
  /// which to go on, 0 if there are no more objects.
  Candidate next(int from, int& continues);

  /// Codes an image anew. Returns by how many bytes it is shorter: 0 if it stays as it is.
  std::size_t shorten(int object);

  /// Bytes of the new codings, which are in memory.
  [[nodiscard]] std::size_t held() const { return held_; }

  /// Writes to standard output. Throws Error(input_unreadable).
  void write() { pdf_.write(); }

 private:
  using Object = QpdfFile::Object;

  void find_soft_masks();
  Object image(int object);
  std::optional<SampleForm> form_of(Object entries, int object);
  std::size_t components_of(Object space);
  std::optional<RecodedImage> recoded(Object image, int object);
  void replace(Object image, const RecodedImage& recoded);

  QpdfFile pdf_;
  int last_ = 0;  // object number
  std::set<int> soft_masks_;
  std::size_t held_ = 0;
};

}  // namespace ocrtune
