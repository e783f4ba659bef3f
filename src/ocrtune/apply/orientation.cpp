#include "ocrtune/apply/orientation.h"

#include <utility>
#include <vector>

#include "ocrtune/image/turned_page.h"

namespace ocrtune {
namespace {

// Of 53 pages, rotated text has 5 to 46, upright text 53 and more unless it is hardly legible
// (docs/explanation/best_of_every_page.md).
constexpr double kMinUpright = 50;
constexpr double kMinGain = 15;
/// A few characters may be chance.
constexpr double kMinLegible = 20;

constexpr std::size_t kDeciding = 2;

/// The pipelines by which the orientation is found.
std::vector<std::size_t> deciding_pipelines(const Portfolio& portfolio) {
  std::vector<std::size_t> deciding;
  for (std::size_t i = 0; i < portfolio.pipelines.size() && deciding.size() < kDeciding; ++i) {
    if (portfolio.use_of(portfolio.pipelines[i]) == PipelineUse{}) deciding.push_back(i);
  }
  return deciding;
}

/// The most legible of the three other orientations that are upright with this pipeline, which has
/// an OCR result of quality `before` as it is. Nothing if none is, or the work was stopped.
std::optional<OrientedPage> rotated(const Page& page, const Image& image, std::size_t pipeline,
                                    const OcrQuality& before, const OcrMeans& means) {
  std::optional<OrientedPage> best;
  double most = before.net_legible;
  for (const int turns : {2, 1, 3}) {
    const Image turned = turned_clockwise(image, turns);
    if (means.reservation != nullptr)
      means.reservation->grow_to(task_bytes(page, !image.colour.empty()) + 2 * pixel_bytes(turned));
    OrientedPage other{
        .turns = turns,
        .reader = std::make_unique<PageReader>(turned, page_content(turned), page.lang, means),
        .results = {}};
    auto result = other.reader->read(pipeline);
    if (!result) return std::nullopt;
    const OcrQuality& quality = result->candidate.quality;
    if (!is_upright(quality, before) || quality.net_legible <= most) continue;
    most = quality.net_legible;
    other.results.emplace(pipeline, std::move(*result));
    best = std::move(other);
  }
  return best;
}

}  // namespace

bool may_be_rotated(const OcrQuality& quality) {
  return quality.coverage.has_value() && quality.char_confidence < kMinUpright;
}

bool is_upright(const OcrQuality& rotated, const OcrQuality& before) {
  return rotated.legible >= kMinLegible && rotated.char_confidence >= kMinUpright &&
         rotated.char_confidence >= before.char_confidence + kMinGain &&
         rotated.net_legible > before.net_legible;
}

std::optional<PipelineResult> OrientedPage::read(std::size_t pipeline) {
  auto known = results.extract(pipeline);
  if (known) return std::move(known.mapped());
  return reader->read(pipeline);
}

std::optional<OrientedPage> oriented(const Page& page, const Image& image, const OcrMeans& means) {
  OrientedPage as_it_came{
      .reader = std::make_unique<PageReader>(image, page_content(page), page.lang, means),
      .results = {}};
  for (const std::size_t pipeline : deciding_pipelines(means.portfolio)) {
    auto result = as_it_came.reader->read(pipeline);
    if (!result) return std::nullopt;
    const OcrQuality quality = result->candidate.quality;
    as_it_came.results.emplace(pipeline, std::move(*result));
    if (!may_be_rotated(quality)) break;
    if (auto other = rotated(page, image, pipeline, quality, means)) return other;
    if (means.stop) return std::nullopt;
  }
  return as_it_came;
}

}  // namespace ocrtune
