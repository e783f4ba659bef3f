#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/ocr/tessdata/byte_reader.h"

namespace ocrtune::tessdata {

/// The components of a .traineddata file that are used here, by their index in its table.
enum class Component : std::uint8_t {
  config = 0,
  network = 17,
  punctuation_dawg = 18,
  word_dawg = 19,
  number_dawg = 20,
  unicharset = 21,
  recoder = 22,
  version = 23,
};

/// A .traineddata file: a table of offsets and the components after it (Tesseract's
/// TessdataManager). Immutable; thread-safe.
class TrainedData {
 public:
  static constexpr std::uint64_t kMaxBytes = 256'000'000;
  /// Number of components; further entries of the table are ignored.
  static constexpr std::size_t kComponents = 24;

  /// Takes the whole file; `name` is its name in messages. Throws Error(dependency_missing) if the
  /// table or an offset is invalid: the components have to follow the table and each other without
  /// gaps. Big-endian files and archives are refused with a message of their own.
  static TrainedData parse(std::vector<std::byte> file, std::string name);
  /// Reads a file of at most kMaxBytes.
  static TrainedData open(const std::filesystem::path& path);

  [[nodiscard]] const std::string& name() const { return name_; }
  /// The bytes of a component; empty: there is none.
  [[nodiscard]] std::span<const std::uint8_t> bytes(Component component) const;
  [[nodiscard]] bool has(Component component) const { return !bytes(component).empty(); }
  /// A reader of a component; messages call it "NAME, WHAT".
  [[nodiscard]] ByteReader reader(Component component, const std::string& what) const;

 private:
  struct Range {
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  std::vector<std::byte> file_;
  std::string name_;
  std::array<Range, kComponents> ranges_{};
};

}  // namespace ocrtune::tessdata
