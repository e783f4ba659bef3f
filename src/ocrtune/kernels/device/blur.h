// Sums weighted by a Gaussian, down columns and along rows, in whole numbers.
#include "ocrtune/kernels/device/language.h"

#define BLUR_GROUP 128

/// A pixel for each work-item: the sum of weights[i] times the pixel of row source[y + i]. For
/// weights whose sum is at most 2^24.
KERNEL(weigh_columns)
(GLOBAL const u8* gray, i32 width, i32 height, GLOBAL const i32* weights, i32 taps,
 GLOBAL const i32* source, GLOBAL u32* sums) {
  const i32 x = global_id(0);
  const i32 y = global_id(1);
  if (x >= width || y >= height) return;
  u32 sum = 0;
  for (i32 i = 0; i < taps; ++i) sum += (u32)weights[i] * gray[(u64)source[y + i] * width + x];
  sums[(u64)y * width + x] = sum;
}

/// The same along a row of sums: the sum of weights[i] times the sum at column source[x + i].
FUNCTION u64 weighed_row(GLOBAL const u32* row, i32 x, GLOBAL const i32* weights, i32 taps,
                         GLOBAL const i32* source) {
  u64 sum = 0;
  for (i32 i = 0; i < taps; ++i) sum += (u64)weights[i] * row[source[x + i]];
  return sum;
}

/// Rounded to the nearest, a half to even, at most 255; 0 where `by` is 0.
FUNCTION u8 divided(i32 level, i32 by) {
  if (by == 0) return 0;
  const i32 whole = 255 * level / by;
  const i32 rest = 2 * (255 * level % by);
  const i32 rounded = whole + (rest > by || (rest == by && whole % 2 == 1));
  return (u8)(rounded > 255 ? 255 : rounded);
}

/// A pixel for each work-item: divided by its blur, whose weights are in units of 1/256.
KERNEL(divide_by_blur)
(GLOBAL const u8* gray, i32 width, i32 height, GLOBAL const i32* weights, i32 taps,
 GLOBAL const i32* source, GLOBAL const u32* sums, GLOBAL u8* out) {
  const i32 x = global_id(0);
  const i32 y = global_id(1);
  if (x >= width || y >= height) return;
  const u64 sum = weighed_row(sums + (u64)y * width, x, weights, taps, source);
  out[(u64)y * width + x] = divided(gray[(u64)y * width + x], (i32)((sum + (1 << 15)) >> 16));
}

/// A pixel for each work-item: 255 where it is lighter than the mean around it less an offset, else
/// 0. The mean's weights are in units of 2^-24, its sum therefore of 2^-48; `limit` is what is added
/// to a pixel, in such units and 2^60 more, so that it is positive. Pixels whose sum is within
/// `error` of their limit are counted in near[0] and listed behind it, as y * width + x, as many as
/// `room`.
KERNEL(threshold_by_mean)
(GLOBAL const u8* gray, i32 width, i32 height, GLOBAL const i32* weights, i32 taps,
 GLOBAL const i32* source, GLOBAL const u32* sums, u64 limit, u64 error, GLOBAL u32* near, u32 room,
 GLOBAL u8* out) {
  const i32 x = global_id(0);
  const i32 y = global_id(1);
  if (x >= width || y >= height) return;
  const u64 raised = (u64)1 << 60;
  const u64 mean = weighed_row(sums + (u64)y * width, x, weights, taps, source) + raised;
  const u64 least = limit + ((u64)gray[(u64)y * width + x] << 48);
  out[(u64)y * width + x] = mean < least ? (u8)255 : (u8)0;
  const u64 apart = mean < least ? least - mean : mean - least;
  if (apart > error) return;
  const u32 at = add_in_global(near, 1u);
  if (at < room) near[1 + at] = (u32)y * (u32)width + (u32)x;
}

/// Copies the block x block pixels around each listed one, the border's repeated; a row of a window
/// for each work-item (row, window).
KERNEL(copy_windows)
(GLOBAL const u8* gray, i32 width, i32 height, GLOBAL const u32* listed, i32 count, i32 block,
 GLOBAL u8* windows) {
  const i32 row = global_id(0);
  const i32 window = global_id(1);
  if (row >= block || window >= count) return;
  const i32 x = (i32)(listed[window] % (u32)width) - block / 2;
  const i32 y = within((i32)(listed[window] / (u32)width) - block / 2 + row, 0, height - 1);
  GLOBAL const u8* from = gray + (u64)y * width;
  GLOBAL u8* to = windows + ((u64)window * block + row) * block;
  for (i32 i = 0; i < block; ++i) to[i] = from[within(x + i, 0, width - 1)];
}

/// Sets each listed pixel to its value.
KERNEL(set_listed)
(GLOBAL const u32* listed, GLOBAL const u8* values, i32 count, i32 width, GLOBAL u8* out) {
  const i32 i = global_id(0);
  if (i >= count) return;
  out[(u64)(listed[i] / (u32)width) * width + listed[i] % (u32)width] = values[i];
}
