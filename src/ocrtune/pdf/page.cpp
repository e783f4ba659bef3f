#include "ocrtune/pdf/page.h"

#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

using Json = nlohmann::json;

constexpr int kMaxPageDepth = 8;

/// Accepts CBOR as deep as a page's: the library parses it by calling itself.
class OfPageDepth final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(std::int64_t /*value*/) override { return true; }
  bool number_unsigned(std::uint64_t /*value*/) override { return true; }
  bool number_float(double /*value*/, const std::string& /*text*/) override { return true; }
  bool string(std::string& /*value*/) override { return true; }
  bool binary(Json::binary_t& /*value*/) override { return true; }
  bool start_object(std::size_t /*count*/) override { return ++depth_ <= kMaxPageDepth; }
  bool key(std::string& /*name*/) override { return true; }
  bool end_object() override { return depth_-- > 0; }
  bool start_array(std::size_t /*count*/) override { return ++depth_ <= kMaxPageDepth; }
  bool end_array() override { return depth_-- > 0; }
  bool parse_error(std::size_t /*place*/, const std::string& /*token*/,
                   const Json::exception& /*error*/) override {
    return false;
  }

 private:
  int depth_ = 0;
};

Json binary_json(const std::vector<std::byte>& bytes) {
  const auto* first = reinterpret_cast<const std::uint8_t*>(bytes.data());
  return Json::binary({first, first + bytes.size()});
}

std::vector<std::byte> bytes_of_json(const Json& json) {
  const auto& bytes = json.get_binary();
  const auto* first = reinterpret_cast<const std::byte*>(bytes.data());
  return {first, first + bytes.size()};
}

Json word_json(const Word& word) {
  return Json::array({utf8(code_points(word.text)), word.left, word.top, word.right, word.bottom,
                      word.block, word.paragraph, word.line, word.index, word.space_before});
}

Word word_of_json(const Json& json) {
  return {.text = json.at(0),
          .left = json.at(1),
          .top = json.at(2),
          .right = json.at(3),
          .bottom = json.at(4),
          .block = json.at(5),
          .paragraph = json.at(6),
          .line = json.at(7),
          .index = json.at(8),
          .space_before = json.at(9)};
}

Json image_json(const Facsimile& image) {
  return {{"coding", static_cast<int>(image.coding)},
          {"width", image.width},
          {"height", image.height},
          {"channels", image.channels},
          {"bits", image.bits},
          {"palette", binary_json(image.palette)},
          {"data", binary_json(image.data)},
          {"dpi", Json::array({image.dpi.x, image.dpi.y})},
          {"orientation", image.orientation}};
}

Facsimile image_of_json(const Json& json) {
  return {.coding = static_cast<Facsimile::Coding>(json.at("coding").get<int>()),
          .width = json.at("width"),
          .height = json.at("height"),
          .channels = json.at("channels"),
          .bits = json.at("bits"),
          .palette = bytes_of_json(json.at("palette")),
          .data = bytes_of_json(json.at("data")),
          .dpi = {json.at("dpi").at(0), json.at("dpi").at(1)},
          .orientation = json.value("orientation", 1)};
}

Json background_json(const PageBackground& background) {
  return {{"image", image_json(background.image)}, {"ink", background.ink}};
}

PageBackground background_of_json(const Json& json) {
  return {.image = image_of_json(json.at("image")), .ink = json.at("ink")};
}

[[noreturn]] void refuse_page_file() {
  throw Error(Errc::input_unreadable, tr("a page's file is damaged"));
}

}  // namespace

std::string pdf_page_bytes(const PdfPage& page) {
  Json words = Json::array();
  for (const Word& word : page.ocr_result.words) words.push_back(word_json(word));
  Json json{{"width", page.ocr_result.width},
            {"height", page.ocr_result.height},
            {"words", std::move(words)}};
  if (page.image) json["image"] = image_json(*page.image);
  if (page.background) json["background"] = background_json(*page.background);
  if (page.turns != 0) json["turns"] = page.turns;
  std::string bytes;
  Json::to_cbor(json, bytes);
  return bytes;
}

PdfPage pdf_page_of(std::string_view bytes) {
  try {
    OfPageDepth accepted;
    if (!Json::sax_parse(bytes, &accepted, Json::input_format_t::cbor)) refuse_page_file();
    const Json json = Json::from_cbor(bytes);
    PdfPage page;
    page.ocr_result.width = json.at("width");
    page.ocr_result.height = json.at("height");
    for (const Json& word : json.at("words")) page.ocr_result.words.push_back(word_of_json(word));
    if (json.contains("image")) page.image = image_of_json(json.at("image"));
    if (json.contains("background")) page.background = background_of_json(json.at("background"));
    page.turns = json.value("turns", 0);
    if (page.turns < 0 || page.turns > 3) refuse_page_file();
    return page;
  } catch (const Json::exception&) {
    refuse_page_file();
  }
}

}  // namespace ocrtune
