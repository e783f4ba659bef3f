#include "ocrtune/pdf/program/page_images.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "ocrtune/pdf/program/content_tokens.h"
#include "ocrtune/pdf/program/graphics_state.h"

namespace ocrtune {
namespace {

/// What is nested deeper, or drawn more often, is no scan.
constexpr int kMaxImageDepth = 8;
constexpr int kMaxForms = 500;
constexpr std::size_t kMaxImages = 20'000;
constexpr std::size_t kMaxOperands = 32;

/// Follows the content of a page.
class ImageFinder {
 public:
  explicit ImageFinder(QpdfFile& pdf) : pdf_(pdf) {}

  std::vector<PageImage> of_page(QpdfFile::Object page) {
    std::string content;
    for (const QpdfFile::Object stream : pdf_.items(pdf_.key(page, "/Contents"))) {
      const std::optional<std::string> bytes = pdf_.decoded(stream);
      if (!bytes) return {};
      content += *bytes + "\n";
    }
    follow(content, pdf_.key(page, "/Resources"), {}, 0);
    return too_much_ ? std::vector<PageImage>() : std::move(images_);
  }

 private:
  using Operands = std::vector<std::string_view>;

  void follow(std::string_view content, QpdfFile::Object resources, const Transform& at,
              int depth) {
    const QpdfFile::Object objects = pdf_.key(resources, "/XObject");
    ContentTokens tokens(content);
    Operands operands;
    std::vector<Transform> states{at};
    for (std::string_view token = tokens.next(); !token.empty() && !too_much_;
         token = tokens.next()) {
      if (!is_operator(token)) {
        if (operands.size() < kMaxOperands) operands.push_back(token);
        continue;
      }
      if (token == "q") {
        too_much_ = states.size() > kMaxImages;
        states.push_back(states.back());
      } else if (token == "Q" && states.size() > 1) {
        states.pop_back();
      } else if (token == "cm") {
        if (const auto moved = matrix_in(operands)) states.back() = moved->then(states.back());
      } else if (token == "Do" && !operands.empty()) {
        draw(pdf_.key(objects, std::string(operands.back()).c_str()), resources, states.back(),
             depth);
      } else if (token == "ID") {
        add(inline_size(operands), states.back());
        tokens.skip_image();
      }
      operands.clear();
    }
  }

  void draw(QpdfFile::Object object, QpdfFile::Object outer, const Transform& at, int depth) {
    if (!pdf_.is_stream(object)) return;
    const QpdfFile::Object entries = pdf_.entries_of(object);
    if (pdf_.is_name(pdf_.key(entries, "/Subtype"), "/Image")) return add(finest(entries), at);
    if (!pdf_.is_name(pdf_.key(entries, "/Subtype"), "/Form")) return;
    if (depth >= kMaxImageDepth || ++forms_ > kMaxForms) {
      too_much_ = true;
      return;
    }
    const std::optional<std::string> content = pdf_.decoded(object);
    if (!content) return;
    const Transform matrix =
        transform_of(pdf_.numbers(pdf_.key(entries, "/Matrix"))).value_or(Transform{});
    const QpdfFile::Object resources = pdf_.key(entries, "/Resources");
    follow(*content, pdf_.is_dictionary(resources) ? resources : outer, matrix.then(at), depth + 1);
  }

  struct Size {
    double width = 0;
    double height = 0;
  };

  Size stated(QpdfFile::Object entries) {
    return {static_cast<double>(pdf_.integer(pdf_.key(entries, "/Width"))),
            static_cast<double>(pdf_.integer(pdf_.key(entries, "/Height")))};
  }

  /// Of an image and its masks.
  Size finest(QpdfFile::Object entries) {
    Size finest = stated(entries);
    for (const char* name : {"/Mask", "/SMask"}) {
      const QpdfFile::Object mask = pdf_.key(entries, name);
      if (!pdf_.is_stream(mask)) continue;
      const Size size = stated(pdf_.entries_of(mask));
      if (size.width * size.height > finest.width * finest.height) finest = size;
    }
    return finest;
  }

  static Size inline_size(const Operands& operands) {
    Size size;
    for (std::size_t i = 0; i + 1 < operands.size(); i += 2) {
      if (operands[i] == "/W" || operands[i] == "/Width") size.width = number_of(operands[i + 1]);
      if (operands[i] == "/H" || operands[i] == "/Height") size.height = number_of(operands[i + 1]);
    }
    return size;
  }

  void add(const Size& size, const Transform& at) {
    if (size.width < 1 || size.height < 1) return;
    images_.push_back({.pixels_across = size.width,
                       .pixels_down = size.height,
                       .across_x = at.a,
                       .across_y = at.b,
                       .down_x = at.c,
                       .down_y = at.d,
                       .x = at.e,
                       .y = at.f});
    too_much_ = too_much_ || images_.size() > kMaxImages;
  }

  QpdfFile& pdf_;
  int forms_ = 0;
  bool too_much_ = false;
  std::vector<PageImage> images_;
};

}  // namespace

double PageImage::area() const { return std::abs(across_x * down_y - across_y * down_x); }

std::vector<PageImage> page_images(QpdfFile& pdf, int index) {
  return ImageFinder(pdf).of_page(pdf.page(index));
}

}  // namespace ocrtune
