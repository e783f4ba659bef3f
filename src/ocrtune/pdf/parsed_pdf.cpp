#include "ocrtune/pdf/parsed_pdf.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <list>
#include <mutex>
#include <new>
#include <thread>
#include <unordered_map>
#include <utility>

#include "ocrtune/base/hash.h"

namespace ocrtune {
namespace {

/// Poppler has the page in colour; OpenJPEG has four bytes for each sample of what it decodes.
constexpr FileCosts kPdfCosts{
    .memory = 600'000'000, .memory_per_pixel = 24, .pixels_per_second = 20e6};

/// A parser that grew larger is not used again.
constexpr std::uint64_t kMostResident = 400'000'000;

using SharedFile = std::shared_ptr<const Descriptor>;

/// The same bytes in one file for all parsers that have them open. Thread-safe.
SharedFile shared_file(std::span<const std::byte> bytes, const ContentHash& hash) {
  static std::mutex mutex;
  static auto& files = *new std::unordered_map<ContentHash, std::weak_ptr<const Descriptor>>;
  const std::scoped_lock lock(mutex);
  std::erase_if(files, [](const auto& known) { return known.second.expired(); });
  SharedFile file = files[hash].lock();
  if (!file) {
    file = std::make_shared<const Descriptor>(nameless_file(bytes));
    files[hash] = file;
  }
  return file;
}

struct WaitingParser {  // NOLINT(bugprone-exception-escape): json's destructor allocates
  std::string name;     // of what it has open
  SharedFile file;
  nlohmann::json opened;
  std::unique_ptr<Parser> parser;
};

/// Parsers that wait for PDFs, the last used first. Thread-safe.
class WaitingParsers {
 public:
  static WaitingParsers& all() {
    // Never destroyed: a thread that was left behind may still use it when the process ends.
    static WaitingParsers& parsers = *new WaitingParsers;
    return parsers;
  }

  /// The one that has this open; else any, or an empty one if there is none.
  WaitingParser take(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    if (parsers_.empty()) return {};
    auto found = parsers_.begin();
    while (found != parsers_.end() && found->name != name) ++found;
    if (found == parsers_.end()) --found;
    WaitingParser taken = std::move(*found);
    parsers_.erase(found);
    return taken;
  }

  void put(WaitingParser parser) {
    std::list<WaitingParser> ended;  // without the lock held
    const std::scoped_lock lock(mutex_);
    parsers_.push_front(std::move(parser));
    if (parsers_.size() > std::max(1U, std::thread::hardware_concurrency()))
      ended.splice(ended.end(), parsers_, std::prev(parsers_.end()));
  }

 private:
  std::mutex mutex_;
  std::list<WaitingParser> parsers_;
};

}  // namespace

ParserLimits pdf_limits(std::size_t file_bytes, double pixels) {
  return limits_of_file(kPdfCosts, file_bytes, pixels);
}

ParsedPdf::ParsedPdf(std::span<const std::byte> bytes, const nlohmann::json& request,
                     const Use& use)
    : size_(bytes.size()), memory_(use.memory) {
  const ContentHash hash = content_hash(bytes);
  name_ = hash.text() + request.dump();
  WaitingParser waiting;
  if (use.from == Use::From::waiting) waiting = WaitingParsers::all().take(name_);
  parser_ = std::move(waiting.parser);
  if (parser_ && !parser_->is_running()) parser_.reset();
  if (parser_ && waiting.name == name_) {
    opened_ = std::move(waiting.opened);
    file_ = std::move(waiting.file);
    return;
  }
  file_ = shared_file(bytes, hash);
  try {
    open(request);
  } catch (const ParserFailure& failure) {
    // What other files have left in the parser may be why.
    if (fresh_ || failure.end() == ParserEnd::time) throw;
    parser_.reset();
    open(request);
  }
}

void ParsedPdf::open(const nlohmann::json& request) {
  fresh_ = parser_ == nullptr;
  if (fresh_) parser_ = std::make_unique<Parser>(kPdfParser);
  const std::array<int, 1> files{file_->get()};
  try {
    opened_ = parser_->ask(request, files, limits(0));
  } catch (const Error&) {
    // What refuses a PDF goes on.
    if (parser_->is_running()) WaitingParsers::all().put({"", nullptr, {}, std::move(parser_)});
    throw;
  }
}

ParserLimits ParsedPdf::limits(double pixels) const {
  ParserLimits limits = pdf_limits(size_, pixels);
  limits.memory = std::min(limits.memory, memory_);
  return limits;
}

ParsedPdf::~ParsedPdf() {
  try {
    if (parser_ && parser_->is_running() && parser_->resident() < kMostResident)
      WaitingParsers::all().put(
          {std::move(name_), std::move(file_), std::move(opened_), std::move(parser_)});
  } catch (const std::bad_alloc&) {
    // It ends, and the next file gets another.
  }
}

nlohmann::json ParsedPdf::ask(const nlohmann::json& request, double pixels,
                              const Parser::Sink& sink, std::span<const int> files) {
  nlohmann::json answer = parser_->ask(request, files, limits(pixels), sink);
  fresh_ = false;
  return answer;
}

}  // namespace ocrtune
