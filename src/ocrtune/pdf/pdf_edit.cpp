#include "ocrtune/pdf/pdf_edit.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <system_error>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pdf/failed_parts.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMaxName = 100;
constexpr std::size_t kMostBoxes = 100'000;

/// A page may have to be rendered to be looked at: not large itself, but of large images.
constexpr double kMostPixelsOfLook = 100e6;

PdfPagePlace place_in(JsonFields& answer) {
  const auto side = [&](const char* name) { return answer.number(name, -1e7, 1e7); };
  return {.box = {side("left"), side("bottom"), side("right"), side("top")},
          .quarters = static_cast<int>(answer.whole("quarters", 0, 3))};
}

}  // namespace

PdfEdit::PdfEdit(std::span<const std::byte> original) {
  FailedParts(original).unless_failed("edited", [&] {
    pdf_.emplace(original, nlohmann::json{{"do", "edit"}}, ParsedPdf::Use{});
  });
  JsonFields answer(pdf_->opened(), "answer");
  pages_ = static_cast<int>(answer.whole("pages", 1, std::numeric_limits<int>::max()));
  encrypted_ = answer.boolean("encrypted");
  signed_ = answer.boolean("signed");
  names_ = answer.line("names", kMaxName);
}

PdfPageLook PdfEdit::look(int page) {
  const nlohmann::json seen = pdf_->ask({{"do", "look"}, {"page", page}}, kMostPixelsOfLook);
  JsonFields answer(seen, "answer");
  PdfPageLook look{.place = place_in(answer), .has_hidden = answer.boolean("hidden")};
  for (const nlohmann::json& box : answer.array("shown", kMostBoxes)) {
    const bool is_box = box.is_array() && box.size() == 4 &&
                        std::ranges::all_of(box, [](const auto& side) { return side.is_number(); });
    if (!is_box) answer.refuse("shown", tr("must be a list of at most {} elements", kMostBoxes));
    look.shown.push_back({box[0], box[1], box[2], box[3]});
  }
  return look;
}

PdfPagePlace PdfEdit::prepare(int page, PdfPageChange change, int turns) {
  pdf_->mark_changed();
  const nlohmann::json place = pdf_->ask(
      {{"do", "prepare"}, {"page", page}, {"change", static_cast<int>(change)}, {"turns", turns}},
      kMostPixelsOfLook);
  JsonFields answer(place, "answer");
  return place_in(answer);
}

void PdfEdit::write(const std::filesystem::path& layers, const Parser::Sink& sink) {
  std::vector<int> files;
  const Descriptor file(layers.empty() ? -1 : ::open(layers.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.valid()) files.push_back(file.get());
  if (!layers.empty() && !file.valid()) {
    throw Error(Errc::output_unwritable,
                tr("{}: can't be written: {}", shown(layers),
                   system_message(std::error_code(errno, std::generic_category()))));
  }
  pdf_->mark_changed();
  pdf_->ask({{"do", "write"}}, 0, sink, files);
}

}  // namespace ocrtune
