#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/error.h"

namespace ocrtune {

/// What a parser may use for the answer to one request.
struct ParserLimits {
  std::uint64_t memory = 0;  ///< bytes that it allocates; not files that it is given
  std::chrono::seconds processor_time{0};
};

/// What a kind of files costs a parser, besides what all of them do.
struct FileCosts {
  std::uint64_t memory = 0;      ///< bytes, for any file
  double memory_per_pixel = 0;   ///< bytes
  double pixels_per_second = 1;  ///< of processor time
};

/// What a parser may use for a file of this many bytes, and for this many pixels of a page: two
/// bytes of memory for each byte of the file; 8 s, and one for each MB of it, but at most 300 s.
/// Pure.
ParserLimits limits_of_file(const FileCosts& costs, std::size_t file_bytes, double pixels);

/// How a parser failed.
enum class ParserEnd {
  crash,   ///< a signal ended it, or it broke the protocol
  memory,  ///< it asked for more than its limit
  time,    ///< it took more than its limit
  killed,  ///< something else ended it, as the system does when it has no memory
};

/// A parser ended instead of answering. what() says why, without the file's name.
class ParserFailure : public Error {
 public:
  /// `limits` are those that held.
  ParserFailure(ParserEnd end, const ParserLimits& limits);
  /// How it ended.
  [[nodiscard]] ParserEnd end() const { return end_; }
  /// The limits that held.
  [[nodiscard]] const ParserLimits& limits() const { return limits_; }

 private:
  ParserEnd end_;
  ParserLimits limits_;
};

/// A running program of ocrtune's own that parses files from outside: a process with limits of
/// memory and processor time that cannot write files, start programs or reach the network
/// (parsers/program/confinement.h). It is killed with its Parser and when this process ends. Not
/// thread-safe.
class Parser {
 public:
  /// Gets the data that a parser sends besides its answer, in pieces.
  using Sink = std::function<void(std::span<const std::byte>)>;

  /// Starts the program `name` ("ocrtune-pdf"), which may read files in `folders` too. Throws
  /// Error(dependency_missing) if it is not installed, Error(study_error) if it cannot be started.
  explicit Parser(const std::string& name, const std::vector<std::string>& folders = {});
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  /// Sends a request, with open files that the parser may read, and waits for the answer; `sink`
  /// gets the data that come with it. Throws ParserFailure, after which the parser
  /// has ended, the Error that the parser throws, Error(interrupted) by end_parsers_when(), and
  /// what `sink` throws, after which it has ended too.
  nlohmann::json ask(const nlohmann::json& request, std::span<const int> files,
                     const ParserLimits& limits, const Sink& sink = {});

  /// False once it has ended.
  bool is_running();

  /// Memory that it occupies, bytes.
  [[nodiscard]] std::uint64_t resident() const;

 private:
  struct Exchange;

  // False if it does not take the request.
  bool send(const nlohmann::json& request, std::span<const int> files);
  // False if the parser has ended or broken the protocol.
  bool advance(Exchange& exchange, const Sink& sink);
  bool read_answer(Exchange& exchange);
  enum class Data { more, none, failed };
  Data read_data(const Sink& sink);
  [[noreturn]] void fail(const ParserLimits& limits);
  void finish();
  [[nodiscard]] std::string error_output() const;

  pid_t pid_ = 0;
  Descriptor socket_{-1};
  Descriptor data_{-1};
  Descriptor errors_{-1};
  std::unique_ptr<std::byte[]> piece_;  // of data
};

/// From now on ends the parsers that are at work, for good, once `stop` is true: for a process that
/// then ends at once, whatever it parses. `stop` must live as long as the process. Thread-safe.
void end_parsers_when(const std::atomic<bool>& stop);

/// A file without a name that has these bytes, to give to a parser. Throws Error(limit_reached)
/// without memory for it.
Descriptor nameless_file(std::span<const std::byte> bytes);

}  // namespace ocrtune
