#include "ocrtune/pdf/pdf_edit.h"

#include <fcntl.h>

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

std::optional<PdfPagePlace> PdfEdit::prepare(int page, bool has_image, std::size_t visible_bytes) {
  pdf_->mark_changed();
  const nlohmann::json place = pdf_->ask(
      {{"do", "prepare"}, {"page", page}, {"image", has_image}, {"visible", visible_bytes}});
  JsonFields answer(place, "answer");
  if (answer.boolean("own_text")) return std::nullopt;
  const auto side = [&](const char* name) { return answer.number(name, -1e7, 1e7); };
  return PdfPagePlace{.box = {side("left"), side("bottom"), side("right"), side("top")},
                      .quarters = static_cast<int>(answer.whole("quarters", 0, 3))};
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
