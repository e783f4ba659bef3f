#include "ocrtune/training/training_lines.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/corpus/open_page_file.h"
#include "ocrtune/corpus/url.h"
#include "ocrtune/documents/scale_boxes.h"
#include "ocrtune/documents/transcript.h"
#include "ocrtune/training/line_alignment.h"

namespace ocrtune::training {
namespace {

constexpr std::size_t kFewestCharacters = 2;
constexpr std::int64_t kLeastSide = 8;
constexpr std::int64_t kMostUpright = 3;
/// Share of a line's box that may be beyond the page: outlines are drawn with room.
constexpr double kMostBeyond = 0.1;
/// Greatest difference between the scales of width and height, as a share.
constexpr double kMostDistorted = 0.02;
/// Boxes of words touch the ink: share of the height around them.
constexpr std::int64_t kRoomShare = 12;
constexpr std::int64_t kLeastRoom = 2;

/// The text to train with; empty if there is none.
std::string training_text(std::string_view text) {
  const std::u32string characters = normalized_code_points(text);
  const bool says_something = std::ranges::any_of(characters, [](char32_t c) {
    return is_letter(c) || u_isdigit(static_cast<UChar32>(c)) != 0;
  });
  return says_something && characters.size() >= kFewestCharacters ? utf8(characters) : "";
}

double area(const Box& box) {
  return static_cast<double>(box.width()) * static_cast<double>(box.height());
}

/// Adds a line unless it is one to leave out.
void add_line(const Page& page, TrainingLine line, PageLines& found) {
  line.text = training_text(line.text);
  if (line.text.empty()) return;
  const double whole = area(box_around(line.outline));
  for (Corner& corner : line.outline) {
    corner.x = std::clamp<std::int64_t>(corner.x, 0, page.width);
    corner.y = std::clamp<std::int64_t>(corner.y, 0, page.height);
  }
  const Box box = box_around(line.outline);
  if (area(box) < (1 - kMostBeyond) * whole) return;
  if (std::min(box.width(), box.height()) < kLeastSide) return;
  if (box.height() > kMostUpright * box.width()) return;
  found.lines.push_back(std::move(line));
}

/// The lines of the file of the ground truth; nothing if it has no places, or they are not those of
/// this text.
std::optional<OutlinedLines> lines_of_file(const Page& page) {
  const std::filesystem::path& file = page.truth_file;
  if (file.empty() || is_url(file.native()) || !is_document_name(file)) return std::nullopt;
  if (!page.file.empty() && is_edited(page.file)) return std::nullopt;
  const std::string document = read_input_text(file, transcript_limit(file));
  try {
    if (parse_document(document).text != page.truth) return std::nullopt;
    return outlined_lines(document);
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("{}: {}", shown(file), error.what()));
  }
}

/// The lines with their places on the page; none if these do not fit.
PageLines placed_lines(const Page& page, std::size_t index, OutlinedLines of_file) {
  PageLines found{.lines = {}, .truth_lines = of_file.lines.size() + of_file.without_place};
  double x_scale = 1;
  double y_scale = 1;
  if (of_file.width > 0) {
    x_scale = page.width / static_cast<double>(of_file.width);
    y_scale = page.height / static_cast<double>(of_file.height);
    if (std::abs(x_scale / y_scale - 1) > kMostDistorted) return found;
  }
  const auto scaled = [](std::int64_t at, double scale) {
    const auto most = static_cast<double>(kFarthestCorner);
    return std::llround(std::clamp(static_cast<double>(at) * scale, -most, most));
  };
  for (OutlinedLine& line : of_file.lines) {
    for (Corner& corner : line.outline)
      corner = {.x = scaled(corner.x, x_scale), .y = scaled(corner.y, y_scale)};
    add_line(page,
             {.page = index, .outline = std::move(line.outline), .text = std::move(line.text)},
             found);
  }
  return found;
}

/// The texts of the lines of an OCR result, and the boxes around their words.
void split_lines(const OcrResult& ocr_result, std::vector<std::string>& texts,
                 std::vector<Box>& boxes) {
  const Word* before = nullptr;
  const auto line_of = [](const Word& word) {
    return std::tuple(word.block, word.paragraph, word.line);
  };
  for (const Word& word : ocr_result.words) {
    if (before == nullptr || line_of(*before) != line_of(word)) {
      texts.emplace_back();
      boxes.emplace_back();
    } else if (word.space_before) {
      texts.back() += ' ';
    }
    texts.back() += word.text;
    if (has_box(word)) boxes.back() = around(boxes.back(), box_of(word));
    before = &word;
  }
}

PageLines aligned_lines(const Page& page, std::size_t index, OcrResult ocr_result) {
  PageLines found;
  for (const std::string& line : split(*page.truth, '\n'))
    found.truth_lines += trimmed(line).empty() ? 0 : 1;
  if (ocr_result.width > 0 && ocr_result.height > 0 &&
      (ocr_result.width != page.width || ocr_result.height != page.height))
    scale_boxes(ocr_result, {page.width, page.height});
  std::vector<std::string> texts;
  std::vector<Box> boxes;
  split_lines(ocr_result, texts, boxes);
  for (AlignedLine& line : align_lines(texts, *page.truth)) {
    const Box& box = boxes[line.ocr_line];
    if (box.width() <= 0) continue;
    const std::int64_t room = std::max(kLeastRoom, box.height() / kRoomShare);
    const std::int64_t left = std::max<std::int64_t>(0, box.left - room);
    const std::int64_t top = std::max<std::int64_t>(0, box.top - room);
    const std::int64_t right = std::min<std::int64_t>(page.width, box.right + room);
    const std::int64_t bottom = std::min<std::int64_t>(page.height, box.bottom + room);
    add_line(page,
             {.page = index,
              .outline = {{left, top}, {right, top}, {right, bottom}, {left, bottom}},
              .text = std::move(line.text)},
             found);
  }
  return found;
}

}  // namespace

PageLines training_lines(const Page& page, std::size_t index,
                         const std::function<OcrResult()>& recognize) {
  if (!page.truth) return {};
  if (auto of_file = lines_of_file(page)) {
    PageLines found = placed_lines(page, index, *std::move(of_file));
    if (!found.lines.empty()) return found;
  }
  return aligned_lines(page, index, recognize());
}

}  // namespace ocrtune::training
