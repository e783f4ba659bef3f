// The paper under the strokes: dilated, then the median around each pixel.
#include "ocrtune/devices/kernels/language.h"

#define MEDIAN_ITEMS 64    // of a group, each with a histogram of its own
#define MEDIAN_STRETCH 64  // pixels of a row for a work-item

/// A pixel for each work-item: the lightest of those up to `reach` pixels left or right of it.
KERNEL(lightest_in_row)
(GLOBAL const u8* gray, i32 width, i32 height, i32 reach, GLOBAL u8* out) {
  const i32 x = global_id(0);
  const i32 y = global_id(1);
  if (x >= width || y >= height) return;
  GLOBAL const u8* row = gray + (u64)y * width;
  const i32 last = within(x + reach, 0, width - 1);
  u8 lightest = 0;
  for (i32 i = within(x - reach, 0, width - 1); i <= last; ++i) {
    if (row[i] > lightest) lightest = row[i];
  }
  out[(u64)y * width + x] = lightest;
}

/// The same above or below it.
KERNEL(lightest_in_column)
(GLOBAL const u8* gray, i32 width, i32 height, i32 reach, GLOBAL u8* out) {
  const i32 x = global_id(0);
  const i32 y = global_id(1);
  if (x >= width || y >= height) return;
  const i32 last = within(y + reach, 0, height - 1);
  u8 lightest = 0;
  for (i32 i = within(y - reach, 0, height - 1); i <= last; ++i) {
    const u8 level = gray[(u64)i * width + x];
    if (level > lightest) lightest = level;
  }
  out[(u64)y * width + x] = lightest;
}

/// White minus the distance of a pixel from the median of the 2 * reach + 1 pixels wide square of
/// `paper` around it, the border replicated. MEDIAN_STRETCH pixels of a row for each work-item, by
/// Huang's sliding histogram (Huang, Yang and Tang 1979); groups of MEDIAN_ITEMS along a column.
/// reach is at most 127.
KERNEL(distance_from_median)
(GLOBAL const u8* gray, GLOBAL const u8* paper, i32 width, i32 height, i32 reach, GLOBAL u8* out) {
  GROUP(u16, levels, 256 * MEDIAN_ITEMS);
  const i32 item = local_id(1);
  const i32 first = group_id(0) * MEDIAN_STRETCH;
  const i32 y = global_id(1);
  SHARED u16* own = levels + item;
  for (i32 level = 0; level < 256; ++level) own[level * MEDIAN_ITEMS] = 0;
  if (y >= height) return;
  const i32 side = 2 * reach + 1;
  const i32 half_of_all = side * side / 2;
  for (i32 dy = -reach; dy <= reach; ++dy) {
    GLOBAL const u8* row = paper + (u64)within(y + dy, 0, height - 1) * width;
    for (i32 dx = -reach; dx <= reach; ++dx) {
      ++own[row[within(first + dx, 0, width - 1)] * MEDIAN_ITEMS];
    }
  }
  i32 median = 0;
  i32 darker = 0;  // pixels darker than the median
  for (i32 x = first; x < first + MEDIAN_STRETCH && x < width; ++x) {
    if (x > first) {
      const i32 leaves = within(x - 1 - reach, 0, width - 1);
      const i32 enters = within(x + reach, 0, width - 1);
      for (i32 dy = -reach; dy <= reach; ++dy) {
        GLOBAL const u8* row = paper + (u64)within(y + dy, 0, height - 1) * width;
        --own[row[leaves] * MEDIAN_ITEMS];
        ++own[row[enters] * MEDIAN_ITEMS];
        darker += (row[enters] < median) - (row[leaves] < median);
      }
    }
    while (darker > half_of_all) darker -= own[--median * MEDIAN_ITEMS];
    while (darker + own[median * MEDIAN_ITEMS] <= half_of_all)
      darker += own[median++ * MEDIAN_ITEMS];
    const i32 level = gray[(u64)y * width + x];
    out[(u64)y * width + x] = (u8)(255 - (level > median ? level - median : median - level));
  }
}
