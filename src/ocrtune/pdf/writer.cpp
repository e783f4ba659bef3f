#include "ocrtune/pdf/writer.h"

#include <fmt/format.h>
#include <zlib.h>

#include <new>

#include "ocrtune/base/hash.h"
#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

/// Objects in one object stream: readers decode the whole stream for any of them.
constexpr std::size_t kObjectsOfStream = 100;

/// Big-endian, as in cross-reference streams.
std::string number_bytes(std::size_t number, int bytes) {
  std::string text;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    text += static_cast<char>(static_cast<unsigned char>(number >> static_cast<unsigned>(shift)));
  return text;
}

}  // namespace

std::string deflated(std::string_view bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  const int status =
      compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), Z_DEFAULT_COMPRESSION);
  if (status != Z_OK) throw std::bad_alloc();
  out.resize(size);
  return out;
}

std::string pdf_string(std::string_view text) {
  std::string digits = "<feff";
  for (const char32_t point : code_points(std::string(text))) {
    if (point < 0x10000) {
      digits += fmt::format("{:04x}", static_cast<unsigned>(point));
    } else {
      const auto rest = static_cast<unsigned>(point) - 0x10000;
      digits += fmt::format("{:04x}{:04x}", 0xD800 + (rest >> 10U), 0xDC00 + (rest & 0x3FFU));
    }
  }
  return digits + ">";
}

PdfWriter::PdfWriter(const TextSink& sink) : sink_(sink), places_(1) {
  // The second line tells programs that transfer files that this one is binary.
  put("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
}

void PdfWriter::put(std::string_view bytes) {
  sink_(bytes);
  offset_ += bytes.size();
  hash_ = content_hash(hash_ + content_hash(bytes).text()).text();
}

int PdfWriter::reserve() {
  places_.emplace_back();
  return static_cast<int>(places_.size()) - 1;
}

void PdfWriter::object(int number, std::string text) {
  objects_.emplace_back(number, std::move(text));
  if (objects_.size() == kObjectsOfStream) flush_objects();
}

int PdfWriter::object(std::string text) {
  const int number = reserve();
  object(number, std::move(text));
  return number;
}

void PdfWriter::stream(int number, const std::string& entries, std::string_view bytes) {
  places_.at(static_cast<std::size_t>(number)) = {.at = offset_};
  put(fmt::format("{} 0 obj\n<< {} /Length {} >>\nstream\n", number, entries, bytes.size()));
  put(bytes);
  put("\nendstream\nendobj\n");
}

int PdfWriter::stream(const std::string& entries, std::string_view bytes) {
  const int number = reserve();
  stream(number, entries, bytes);
  return number;
}

void PdfWriter::deflated_stream(int number, const std::string& entries, std::string_view bytes) {
  stream(number, entries + " /Filter /FlateDecode", deflated(bytes));
}

int PdfWriter::deflated_stream(const std::string& entries, std::string_view bytes) {
  const int number = reserve();
  deflated_stream(number, entries, bytes);
  return number;
}

void PdfWriter::flush_objects() {
  if (objects_.empty()) return;
  const int number = reserve();
  std::string head;
  std::string body;
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    const auto& [object, text] = objects_[i];
    places_.at(static_cast<std::size_t>(object)) = {
        .in_stream = true, .at = static_cast<std::size_t>(number), .index = i};
    head += fmt::format("{} {} ", object, body.size());
    body += text + "\n";
  }
  deflated_stream(number,
                  fmt::format("/Type /ObjStm /N {} /First {}", objects_.size(), head.size()),
                  head + body);
  objects_.clear();
}

void PdfWriter::finish(int catalog, int info) {
  flush_objects();
  const int number = reserve();
  places_.at(static_cast<std::size_t>(number)) = {.at = offset_};
  std::string table;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const Place& place = places_[i];
    const std::size_t kind = i == 0 ? 0 : place.in_stream ? 2 : 1;
    table += number_bytes(kind, 1) + number_bytes(place.at, 8) +
             number_bytes(i == 0 ? 0xFFFF : place.index, 2);
  }
  std::string entries = fmt::format("/Type /XRef /W [1 8 2] /Size {} /Root {} 0 R /ID [<{}> <{}>]",
                                    places_.size(), catalog, hash_, hash_);
  if (info != 0) entries += fmt::format(" /Info {} 0 R", info);
  const std::size_t at = offset_;
  deflated_stream(number, entries, table);
  put(fmt::format("startxref\n{}\n%%EOF\n", at));
}

}  // namespace ocrtune
