#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "ocrtune/base/files.h"

namespace ocrtune::server {

/// Writes a ZIP archive of texts to a sink while it is made. The same texts with the same times
/// give the same bytes. Not thread-safe.
class ZipWriter {
 public:
  /// `sink` must outlive this.
  explicit ZipWriter(const TextSink& sink);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  /// Adds a file; `path` is UTF-8, with '/' between folders. `changed`: its time, which is kept in
  /// UTC and, for programs that know no other, in local time. Throws what the sink throws.
  void add(const std::string& path, const std::string& text,
           std::chrono::system_clock::time_point changed);

  /// Writes the directory of the archive, without which it is damaged. Throws as add().
  void finish();

 private:
  struct Archive;
  std::unique_ptr<Archive> archive_;
};

}  // namespace ocrtune::server
