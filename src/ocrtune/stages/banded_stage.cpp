#include "ocrtune/stages/banded_stage.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "ocrtune/base/parallel.h"
#include "ocrtune/stages/run_stage.h"

namespace ocrtune {
namespace {

/// With fewer rows, a band's margins cost more than another thread saves.
constexpr int kMinRows = 64;

/// Bands for each thread, so that a newer request need not wait for a whole image.
constexpr int kBandsPerWorker = 2;

cv::Rect widened(const cv::Rect& region, int by, const cv::Size& within) {
  return cv::Rect(region.x - by, region.y - by, region.width + 2 * by, region.height + 2 * by) &
         cv::Rect({0, 0}, within);
}

/// The rows of all bands, joined.
Image stacked(std::vector<Image> bands, const cv::Size& size) {
  Image out = std::move(bands.front());
  cv::Mat whole(size, out.gray.type());
  for (int y = 0; Image & band : bands) {
    const cv::Mat& rows = y == 0 ? out.gray : band.gray;
    rows.copyTo(whole.rowRange(y, y + rows.rows));
    y += rows.rows;
  }
  out.gray = whole;
  return out;
}

/// The output of the stages for a region, computed from the region and their region of support.
Image run_all(const std::vector<SettledStage>& stages, const std::vector<int>& reaches,
              const Image& in, const cv::Rect& region, const std::function<void()>& check) {
  int margin = std::accumulate(reaches.begin(), reaches.end(), 0);
  cv::Rect seen = widened(region, margin, in.gray.size());
  Image part = in;
  part.gray = in.gray(seen);
  for (std::size_t i = 0; i < stages.size(); ++i) {
    check();
    margin -= reaches[i];
    const cv::Rect wanted = widened(region, margin, in.gray.size());
    const auto& [stage, resolved] = stages[i];
    part = run_on_region(*stage, part, resolved, wanted - seen.tl());
    seen = wanted;
  }
  return part;
}

}  // namespace

Image run_in_bands(const Stage& stage, const Image& in, const Values& resolved, int bands,
                   const ParallelLoop& loop) {
  const int height = in.gray.rows;
  const int least = std::max(kMinRows, stage.reach ? stage.reach(resolved) : 0);
  const int count = std::min(bands, height / least);
  if (!stage.reach || count < 2) return run_stage(stage, in, resolved);
  std::vector<Image> outputs(static_cast<std::size_t>(count));
  loop(outputs.size(), [&](std::size_t i) {
    const auto band = static_cast<int>(i);
    const int top = height * band / count;
    const int bottom = height * (band + 1) / count;
    outputs[i] = run_on_region(stage, in, resolved, {0, top, in.gray.cols, bottom - top});
  });
  return stacked(std::move(outputs), in.gray.size());
}

Image run_in_bands(const Stage& stage, const Image& in, const Values& resolved, int workers,
                   const std::function<void()>& check) {
  check();
  return run_in_bands(stage, in, resolved, workers * kBandsPerWorker,
                      [&](std::size_t count, const std::function<void(std::size_t)>& body) {
                        parallel_for(workers, count, [&](std::size_t i) {
                          check();
                          body(i);
                        });
                      });
}

Image run_on_region(const Stage& stage, const Image& in, const Values& resolved,
                    const cv::Rect& region) {
  const cv::Rect seen = widened(region, stage.reach(resolved), in.gray.size());
  Image part = in;
  part.gray = in.gray(seen).clone();
  part.colour.release();
  Image out = run_stage(stage, part, resolved);
  out.gray = out.gray(region - seen.tl()).clone();
  return out;
}

Image run_on_region(const std::vector<SettledStage>& stages, const Image& in,
                    const cv::Rect& region, int workers, const std::function<void()>& check) {
  std::vector<int> reaches;
  reaches.reserve(stages.size());
  for (const auto& [stage, resolved] : stages) reaches.push_back(stage->reach(resolved));
  const int least = std::max(kMinRows, std::accumulate(reaches.begin(), reaches.end(), 0));
  const int count = std::clamp(region.height / least, 1, workers);
  std::vector<Image> bands(static_cast<std::size_t>(count));
  parallel_for(workers, bands.size(), [&](std::size_t i) {
    const auto band = static_cast<int>(i);
    const int top = region.height * band / count;
    const int bottom = region.height * (band + 1) / count;
    bands[i] =
        run_all(stages, reaches, in, {region.x, region.y + top, region.width, bottom - top}, check);
  });
  return stacked(std::move(bands), region.size());
}

}  // namespace ocrtune
