#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/base/files.h"

namespace ocrtune {

/// Bytes deflated in zlib's format, as by PDF's FlateDecode.
std::string deflated(std::string_view bytes);

/// A text string of PDF, for any UTF-8.
std::string pdf_string(std::string_view text);

/// Writes a PDF 1.7 object by object. Streams go to the sink at once; other objects are collected
/// in compressed object streams, so that the memory does not depend on the size of the images.
/// Objects refer to each other as in any PDF, "12 0 R". The same objects give the same bytes. Not
/// thread-safe.
class PdfWriter {
 public:
  /// The sink must outlive it.
  explicit PdfWriter(const TextSink& sink);

  /// The number of an object that is written later.
  int reserve();

  /// Writes an object that is no stream.
  void object(int number, std::string text);
  /// The same with a number of its own, which it returns.
  int object(std::string text);

  /// Writes a stream; `entries`: those of its dictionary besides /Length, among them the filter
  /// with which `bytes` are encoded. Returns its number.
  int stream(const std::string& entries, std::string_view bytes);
  void stream(int number, const std::string& entries, std::string_view bytes);

  /// The same for bytes that are not encoded yet: they are deflated.
  int deflated_stream(const std::string& entries, std::string_view bytes);
  void deflated_stream(int number, const std::string& entries, std::string_view bytes);

  /// Writes what is left; `info`: number of the document information, 0 if there is none. Call it
  /// once, at the end.
  void finish(int catalog, int info);

 private:
  /// Where an object is: at an offset, or in an object stream.
  struct Place {
    bool in_stream = false;
    std::size_t at = 0;  ///< offset, or the number of the object stream
    std::size_t index = 0;
  };

  void put(std::string_view bytes);
  void flush_objects();

  const TextSink& sink_;
  std::size_t offset_ = 0;
  std::string hash_;  ///< of all bytes so far
  std::vector<Place> places_;
  std::vector<std::pair<int, std::string>> objects_;  ///< not written yet
};

}  // namespace ocrtune
