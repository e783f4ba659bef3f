#include <algorithm>
#include <opencv2/core.hpp>

#include "ocrtune/devices/device_backend.h"
#include "ocrtune/kernels/filter/contrast.h"

namespace ocrtune {
namespace {

// As in devices/kernels/contrast.h and paper.h.
constexpr std::size_t kTileGroup = 256;
constexpr std::size_t kMedianItems = 64;
constexpr std::size_t kMedianStretch = 64;

}  // namespace

Pixels DeviceBackend::stretched(const Pixels& pixels_in) {
  const Plane in(pixels_in);
  const Device::BufferPtr table = with(stretch_table(histogram(in)));
  const Device::BufferPtr out = device_->room(in.total());
  device_->run("look_up", in.extent(), kBeside,
               {in.buffer, in.width, in.height, table.get(), out.get()});
  return pixels(out, in.size());
}

Pixels DeviceBackend::equalised(const Pixels& pixels_in, double clip, int tiles) {
  CV_Assert(clip >= 0 && tiles >= 1);
  const Plane in(pixels_in);
  const TileGrid grid(in.size(), tiles);
  const auto count = static_cast<std::size_t>(tiles) * static_cast<std::size_t>(tiles);
  std::vector<Histogram> levels(count);
  const Device::BufferPtr counts = device_->room(count * sizeof(Histogram));
  const Device::BufferPtr source_columns = with(grid.columns.source);
  const Device::BufferPtr source_rows = with(grid.rows.source);
  device_->run(
      "count_levels_of_tiles", {count * kTileGroup, 1}, {kTileGroup, 1},
      {in.buffer, in.width, source_columns.get(), source_rows.get(), std::int32_t{grid.tile.width},
       std::int32_t{grid.tile.height}, std::int32_t{tiles}, counts.get()});
  fetch(*counts, levels);
  std::vector<LevelTable> tables;
  tables.reserve(levels.size());
  for (const Histogram& of_tile : levels) tables.push_back(equalising_table(of_tile, clip));
  const Device::BufferPtr all = with(tables);
  const Device::BufferPtr columns = with(grid.columns.tiles);
  const Device::BufferPtr column_weights = with(grid.columns.weights);
  const Device::BufferPtr rows = with(grid.rows.tiles);
  const Device::BufferPtr row_weights = with(grid.rows.weights);
  const Device::BufferPtr out = device_->room(in.total());
  device_->run("blend_tables", in.extent(), kBeside,
               {in.buffer, in.width, in.height, all.get(), std::int32_t{tiles}, columns.get(),
                column_weights.get(), rows.get(), row_weights.get(), out.get()});
  return pixels(out, in.size());
}

/// The maximum of the square around each pixel.
Device::BufferPtr DeviceBackend::lightest(const Plane& in, int reach) {
  const Device::BufferPtr in_row = device_->room(in.total());
  device_->run("lightest_in_row", in.extent(), kBeside,
               {in.buffer, in.width, in.height, std::int32_t{reach}, in_row.get()});
  Device::BufferPtr around = device_->room(in.total());
  device_->run("lightest_in_column", in.extent(), kBeside,
               {in_row.get(), in.width, in.height, std::int32_t{reach}, around.get()});
  return around;
}

Pixels DeviceBackend::distance_from_paper(const Pixels& pixels_in, int dilate, int blur) {
  CV_Assert(dilate >= 1 && dilate % 2 == 1 && blur >= 1 && blur <= 255 && blur % 2 == 1);
  const Plane in(pixels_in);
  const Device::BufferPtr paper = lightest(in, dilate / 2);
  const Device::BufferPtr out = device_->room(in.total());
  const std::size_t stretches = (in.extent()[0] + kMedianStretch - 1) / kMedianStretch;
  device_->run("distance_from_median", {stretches, in.extent()[1]}, {1, kMedianItems},
               {in.buffer, paper.get(), in.width, in.height, std::int32_t{blur / 2}, out.get()});
  return pixels(out, in.size());
}

}  // namespace ocrtune
