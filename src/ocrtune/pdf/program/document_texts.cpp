#include "ocrtune/pdf/program/document_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pdf/metadata.h"

namespace ocrtune {
namespace {

using Object = QpdfFile::Object;

std::optional<PdfBox> box_of(QpdfFile& pdf, Object page, const char* name) {
  const std::vector<double> sides = pdf.numbers(pdf.key(page, name));
  if (sides.size() != 4) return std::nullopt;
  const auto [left, right] = std::minmax(sides[0], sides[2]);
  const auto [bottom, top] = std::minmax(sides[1], sides[3]);
  // Also false for what is no number.
  const bool is_box =
      right - left > 0 && top - bottom > 0 && right - left < 1e6 && top - bottom < 1e6;
  return is_box ? std::optional(PdfBox{left, bottom, right, top}) : std::nullopt;
}

/// The part of the page that viewers show.
PdfBox shown_box(QpdfFile& pdf, Object page) {
  const PdfBox media = box_of(pdf, page, "/MediaBox").value_or(PdfBox{0, 0, 612, 792});
  const std::optional<PdfBox> crop = box_of(pdf, page, "/CropBox");
  if (!crop) return media;
  const PdfBox shown{std::max(media.left, crop->left), std::max(media.bottom, crop->bottom),
                     std::min(media.right, crop->right), std::min(media.top, crop->top)};
  return shown.right > shown.left && shown.top > shown.bottom ? shown : media;
}

int quarters_of(long long degrees) { return static_cast<int>((degrees / 90 % 4 + 4) % 4); }

}  // namespace

DocumentTexts::DocumentTexts(std::span<const std::byte> original)
    : pdf_(original), texts_(pdf_), lightness_(original) {
  pdf_.push_inherited_attributes();
}

bool DocumentTexts::is_signed() {
  return (pdf_.integer(pdf_.key(pdf_.key(pdf_.root(), "/AcroForm"), "/SigFlags")) & 1) != 0;
}

std::string DocumentTexts::unused_names() {
  std::set<std::string> taken;
  for (int i = 0; i < pdf_.page_count(); ++i) {
    const Object fonts = pdf_.key(pdf_.key(pdf_.page(i), "/Resources"), "/Font");
    for (const std::string& name : pdf_.keys(fonts)) {
      const std::size_t end = name.find('F');
      if (name.starts_with("/Ocr") && end != std::string::npos) taken.insert(name.substr(1, end));
    }
    pdf_.release();
  }
  for (int i = 0;; ++i) {
    std::string names = fmt::format("Ocr{}F", i);
    if (!taken.contains(names)) return names;
  }
}

Object DocumentTexts::page_at(int index) {
  if (index < 0 || index >= pdf_.page_count())
    throw Error(Errc::input_unreadable, tr("there is no page {}", index + 1));
  return pdf_.page(index);
}

PdfPagePlace DocumentTexts::place_of(Object page) {
  return {.box = shown_box(pdf_, page),
          .quarters = quarters_of(pdf_.integer(pdf_.key(page, "/Rotate")))};
}

const PdfPageText& DocumentTexts::text_of(int index, Object page, const PdfPagePlace& place) {
  if (looked_at_ != index) {
    text_ = texts_.text_of(page, place.box,
                           [&](const PdfBox& part) { return lightness_.of(index, place, part); });
    looked_at_ = index;
  }
  return text_;
}

PdfPageLook DocumentTexts::look(int index) {
  const Object page = page_at(index);
  PdfPageLook look{.place = place_of(page)};
  const PdfPageText& text = text_of(index, page, look.place);
  look.shown = text.shown.boxes;
  look.has_hidden = std::ranges::any_of(text.shown.hidden, [](const auto& stream) {
    return std::ranges::find(stream.second, true) != stream.second.end();
  });
  pdf_.release();
  return look;
}

PdfPagePlace DocumentTexts::prepare(int index, PdfPageChange change, int turns) {
  const Object page = page_at(index);
  const PdfPagePlace place = place_of(page);
  std::set<std::string> gone;
  if (change == PdfPageChange::strip) {
    gone = texts_.strip(page, text_of(index, page, place));
  } else if (change == PdfPageChange::keep_invisible) {
    texts_.keep_invisible(page);
  } else {
    texts_.remove_all(page);
  }
  if (turns != 0)
    pdf_.set(page, "/Rotate", pdf_.parsed(std::to_string(90 * ((place.quarters + turns) % 4))));
  looked_at_ = -1;
  text_ = {};
  gone_.emplace(index, std::move(gone));
  pdf_.release();
  return place;
}

void DocumentTexts::remove_claims() {
  const Object metadata = pdf_.key(pdf_.root(), "/Metadata");
  const std::optional<std::string> xmp = pdf_.decoded(metadata);
  if (!xmp) return;
  const std::string rest = xmp_without_claims(*xmp);
  if (rest != *xmp) pdf_.replace(metadata, rest, false);
}

/// libqpdf takes the first of two strings into the new identifier, and fails if they are none.
void DocumentTexts::remove_wrong_identifier() {
  const std::vector<Object> parts = pdf_.items(pdf_.key(pdf_.trailer(), "/ID"));
  const bool is_right = parts.size() == 2 && pdf_.is_string(parts[0]) && pdf_.is_string(parts[1]);
  if (!is_right) pdf_.remove(pdf_.trailer(), "/ID");
}

void DocumentTexts::write(std::optional<std::span<const std::byte>> layers) {
  std::optional<QpdfFile> added;
  if (layers) added.emplace(*layers);
  int layer = 0;
  for (const auto& [index, gone] : gone_) {
    texts_.lay_under(pdf_.page(index), added.value(), added->page(layer++), gone);
    pdf_.release();
    added->release();
  }
  remove_claims();
  remove_wrong_identifier();
  pdf_.write();
}

}  // namespace ocrtune
