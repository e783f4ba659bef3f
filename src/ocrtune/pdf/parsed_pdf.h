#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "ocrtune/image/limits.h"
#include "ocrtune/parsers/parser.h"

namespace ocrtune {

/// The program that parses PDF files.
inline constexpr const char* kPdfParser = "ocrtune-pdf";

/// What a parser may use for a PDF of this size, and for a page of this many pixels.
ParserLimits pdf_limits(std::size_t file_bytes, double pixels = 0);

/// A PDF in a parser of its own. Parsers that are no longer used wait for the next PDF, and keep
/// the one that they have open for who opens it again. Not thread-safe; one per thread.
class ParsedPdf {
 public:
  /// Whose parser it gets, and the most memory that it may use, bytes.
  struct Use {
    enum class From { waiting, fresh };
    From from = From::waiting;
    std::uint64_t memory = DecodeLimits{}.parser_memory;
  };

  /// Opens the PDF as `request` says, in a parser that waits or in a new one. Throws as
  /// Parser::ask().
  ParsedPdf(std::span<const std::byte> bytes, const nlohmann::json& request, const Use& use);
  ~ParsedPdf();
  ParsedPdf(const ParsedPdf&) = delete;
  ParsedPdf& operator=(const ParsedPdf&) = delete;

  /// The answer to the request that opened it.
  [[nodiscard]] const nlohmann::json& opened() const { return opened_; }

  /// As Parser::ask(), of a page of this many pixels.
  nlohmann::json ask(const nlohmann::json& request, double pixels = 0,
                     const Parser::Sink& sink = {}, std::span<const int> files = {});

  /// False once its parser has ended.
  [[nodiscard]] bool is_running() { return parser_->is_running(); }

  /// True while its parser has had nothing else to do than to open it.
  [[nodiscard]] bool is_fresh() const { return fresh_; }

  /// The PDF is not as it was any longer: nobody else gets it.
  void mark_changed() { name_.clear(); }

 private:
  void open(const nlohmann::json& request);
  [[nodiscard]] ParserLimits limits(double pixels) const;

  std::size_t size_;
  std::uint64_t memory_;
  std::string name_;  // of the bytes and how they are opened; empty if they were changed
  std::shared_ptr<const Descriptor> file_;
  nlohmann::json opened_;
  std::unique_ptr<Parser> parser_;
  bool fresh_ = false;
};

}  // namespace ocrtune
