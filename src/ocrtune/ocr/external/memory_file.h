#pragma once

#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <string_view>

namespace ocrtune {

/// A file in memory without a name, which another process may inherit. Not thread-safe.
class MemoryFile {
 public:
  /// Throws Error(limit_reached) if there is no memory for it.
  MemoryFile();
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  /// Replaces its content by an 8-bit image of one channel as binary PNM (P5). Throws
  /// Error(limit_reached) if there is no memory for it.
  void write_pgm(const cv::Mat& gray);

  /// Replaces its content. Throws as write_pgm().
  void write_bytes(std::string_view bytes);

  [[nodiscard]] int descriptor() const { return file_; }

 private:
  void clear();
  void write(const void* bytes, std::size_t count);

  int file_;
};

}  // namespace ocrtune
