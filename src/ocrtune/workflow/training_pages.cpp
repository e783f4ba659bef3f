#include "ocrtune/workflow/training_pages.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/random.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/training/line_pictures.h"
#include "ocrtune/training/training_lines.h"

namespace ocrtune::workflow {
namespace {

constexpr std::size_t kMaxLines = 20'000;
/// Pictures in memory; with more lines there are fewer of each.
constexpr std::size_t kPictures = 4'000;
constexpr std::size_t kMostVariants = 4;
/// Networks take 36 and 48 px.
constexpr int kGreatestHeight = 80;

struct LinesOfPage {
  training::PageLines lines;
  std::vector<cv::Mat> pictures;  ///< kMostVariants of each line
};

LinesOfPage lines_of_page(PageAtWork& at, const Corpus& pages, std::uint64_t seed,
                          const std::atomic<bool>& stop) {
  const Image image = pages.image(at.index);
  LinesOfPage result;
  result.lines = training::training_lines(at.page, at.index, [&] {
    at.reservation.grow_to(ocr_bytes(image.gray.size()));
    auto words = at.recognizers.get(at.page.lang, {}).read(image, {}, stop);
    return words ? *std::move(words) : OcrResult();
  });
  for (std::size_t line = 0; line < result.lines.lines.size(); ++line) {
    const std::uint64_t of_line = mix64(mix64(seed + at.index) + line);
    for (std::size_t variant = 0; variant < kMostVariants; ++variant) {
      const auto how = training::distortion(of_line, static_cast<int>(variant));
      result.pictures.push_back(training::reduced_to_height(
          training::line_picture(image.gray, result.lines.lines[line], how), kGreatestHeight));
    }
  }
  return result;
}

std::string text_of(const training::PageLines& lines) {
  std::string text;
  for (const training::TrainingLine& line : lines.lines) text += line.text + "\n";
  return text;
}

/// Leaves fewer pictures of each line where there are many lines.
void drop_variants(std::size_t& variants, std::vector<std::vector<training::LinePicture>>& lines) {
  const std::size_t most = variants;
  while (variants > 1 && lines.size() * variants > kPictures) --variants;
  if (variants == most) return;
  for (std::vector<training::LinePicture>& line : lines) line.resize(variants);
}

}  // namespace

TrainingPages training_pages(const Corpus& pages, const MemoryPlan& plan,
                             const RecognitionOptions& recognition, std::uint64_t seed,
                             const Events& events) {
  std::vector<std::size_t> with_truth;
  for (std::size_t i = 0; i < pages.pages().size(); ++i) {
    if (pages.pages()[i].truth) with_truth.push_back(i);
  }
  TrainingPages result;
  result.set.variants = kMostVariants;
  std::vector<std::vector<training::LinePicture>> lines;
  std::map<std::string, std::size_t> numbers;
  const WorkedPages worked = work_on_pages<LinesOfPage>(
      {.corpus = pages,
       .which = with_truth,
       .plan = plan,
       .recognition = recognition,
       .events = events,
       .line = PagesProgress()},
      [&](PageAtWork& at) -> std::optional<LinesOfPage> {
        LinesOfPage found = lines_of_page(at, pages, seed, *events.stop);
        if (events.stopped()) return std::nullopt;
        return found;
      },
      [&](std::size_t /*index*/, LinesOfPage found) {
        result.truth_lines += found.lines.truth_lines;
        if (found.lines.lines.empty()) return;
        if (lines.size() + found.lines.lines.size() > kMaxLines)
          throw Error(Errc::limit_reached,
                      tr("there are more than {} lines to train with", kMaxLines));
        // Another scan of a page is the same page: a model that has seen one knows the other.
        const std::size_t page =
            numbers.try_emplace(text_of(found.lines), numbers.size()).first->second;
        for (std::size_t line = 0; line < found.lines.lines.size(); ++line) {
          result.set.page_of.push_back(page);
          std::vector<training::LinePicture>& variants = lines.emplace_back();
          for (std::size_t variant = 0; variant < result.set.variants; ++variant)
            variants.push_back({.gray = found.pictures[line * kMostVariants + variant],
                                .text = found.lines.lines[line].text});
        }
        drop_variants(result.set.variants, lines);
      });
  result.set.pages = numbers.size();
  result.left_out = worked.left_out;
  auto pictures = std::make_shared<std::vector<training::LinePicture>>();
  for (std::vector<training::LinePicture>& variants : lines) {
    std::ranges::move(variants, std::back_inserter(*pictures));
  }
  result.set.pictures = std::move(pictures);
  return result;
}

}  // namespace ocrtune::workflow
