#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "ocrtune/base/descriptor.h"

namespace ocrtune {

/// A request of the process that started this one (parsers/parser.h).
struct ParserRequest {  // NOLINT(bugprone-exception-escape): json's destructor allocates
  nlohmann::json fields;
  std::vector<Descriptor> files;
};

/// The answer to a request; an Error becomes the answer too.
using ParserAnswer = std::function<nlohmann::json(ParserRequest&)>;

/// The main function of a parser: confines the process, then answers requests until the other side
/// closes the connection or is gone. The arguments are folders that it may read besides what
/// programs need. Returns the exit status.
int answer_requests(int argc, char** argv, const ParserAnswer& answer);

/// Sends data to the other side, before the answer.
void send_data(std::span<const std::byte> bytes);

/// A file from a request in memory: it is mapped, so that it does not count as allocated. Not
/// copied.
class MappedFile {
 public:
  /// Throws Error(input_unreadable) if it is empty, Error(limit_reached) if it cannot be mapped.
  explicit MappedFile(const Descriptor& file);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace ocrtune
