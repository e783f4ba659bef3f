// Gaussian-weighted sums along columns and rows, in integers.
//
// A work-item computes a run of BLUR_RUN consecutive pixels: each value that it reads contributes
// to all of them, with consecutive weights. So that all runs have the same number of taps, weights
// end with at least BLUR_RUN - 1 zeros, and their number is a multiple of BLUR_RUN; the source
// indices, source[i + tap] for position i of the line, extend as far, and BLUR_STRETCH positions
// further.
#include "ocrtune/devices/kernels/language.h"

#define BLUR_RUN 8                            // pixels for a work-item
#define BLUR_ITEMS 64                         // of a group along a row
#define BLUR_STRETCH (BLUR_ITEMS * BLUR_RUN)  // pixels for such a group
#define BLUR_TAPS 2008                        // at most, with those that are 0
#define BLUR_ROOM ((BLUR_STRETCH + BLUR_TAPS) / BLUR_RUN * (BLUR_RUN + 1))

/// Adds the value that is read for tap `step` of a run's first pixel to the whole run; by[i] is the
/// last weight whose tap was i in its turn of BLUR_RUN, 0 before the first.
FUNCTION void add_to_run(u32* run, u32* by, i32 step, u32 weight, u32 value) {
  by[step] = weight;
  UNROLLED for (i32 i = 0; i < BLUR_RUN; ++i) run[i] += by[(step - i) & (BLUR_RUN - 1)] * value;
}

/// The same for sums that need 64 bits.
FUNCTION void add_to_wide_run(u64* run, u32* by, i32 step, u32 weight, u32 value) {
  by[step] = weight;
  UNROLLED for (i32 i = 0; i < BLUR_RUN; ++i) {
    run[i] += (u64)by[(step - i) & (BLUR_RUN - 1)] * value;
  }
}

/// A column's run for each work-item: sums[y][x] is the sum of weights[i] times the pixel of row
/// source[y + i]. For weights whose sum is at most 2^24.
KERNEL(weigh_columns)
(GLOBAL const u8* gray, i32 width, i32 height, GLOBAL const i32* weights, i32 taps,
 GLOBAL const i32* source, GLOBAL u32* sums) {
  const i32 x = global_id(0);
  const i32 top = global_id(1) * BLUR_RUN;
  if (x >= width || top >= height) return;
  u32 run[BLUR_RUN];
  u32 by[BLUR_RUN];
  UNROLLED for (i32 i = 0; i < BLUR_RUN; ++i) run[i] = by[i] = 0;
  for (i32 tap = 0; tap < taps; tap += BLUR_RUN) {
    UNROLLED for (i32 i = 0; i < BLUR_RUN; ++i) {
      const u32 level = gray[(u64)source[top + tap + i] * width + x];
      add_to_run(run, by, i, (u32)weights[tap + i], level);
    }
  }
  UNROLLED for (i32 i = 0; i < BLUR_RUN; ++i) {
    if (top + i < height) sums[(u64)(top + i) * width + x] = run[i];
  }
}

/// Fills the part of a row of sums that a group reads, with a gap after each BLUR_RUN, so that
/// work-items at the same position of their runs read different banks.
FUNCTION void fill_blur_row(SHARED u32* row, GLOBAL const u32* sums, GLOBAL const i32* source,
                            i32 taps) {
  const i32 left = group_id(0) * BLUR_STRETCH;
  for (i32 i = local_id(0); i < BLUR_STRETCH + taps; i += BLUR_ITEMS) {
    row[i + i / BLUR_RUN] = sums[source[left + i]];
  }
}

/// Rounded to the nearest, a half to even, at most 255; 0 if `by` is 0.
FUNCTION u8 divided(i32 level, i32 by) {
  if (by == 0) return 0;
  const i32 whole = 255 * level / by;
  const i32 rest = 2 * (255 * level % by);
  const i32 rounded = whole + (rest > by || (rest == by && whole % 2 == 1));
  return (u8)(rounded > 255 ? 255 : rounded);
}

/// A row's run for each of BLUR_ITEMS work-items: pixels divided by their blur, the sum of
/// weights[i] times the sum at column source[x + i]. Weights are in units of 1/256 and sum to 1.
KERNEL(divide_by_blur)
(GLOBAL const u8* gray, i32 width, GLOBAL const i32* weights, i32 taps, GLOBAL const i32* source,
 GLOBAL const u32* sums, GLOBAL u8* out) {
  GROUP(u32, row, BLUR_ROOM);
  const u64 at = (u64)group_id(1) * width;
  fill_blur_row(row, sums + at, source, taps);
  BARRIER();
  SHARED const u32* seen = row + (BLUR_RUN + 1) * local_id(0);
  u32 run[BLUR_RUN];
  u32 by[BLUR_RUN];
  UNROLLED for (i32 i = 0; i < BLUR_RUN; ++i) run[i] = by[i] = 0;
  for (i32 tap = 0; tap < taps; tap += BLUR_RUN, seen += BLUR_RUN + 1) {
    UNROLLED for (i32 i = 0; i < BLUR_RUN; ++i) {
      add_to_run(run, by, i, (u32)weights[tap + i], seen[i]);
    }
  }
  const i32 left = global_id(0) * BLUR_RUN;
  UNROLLED for (i32 i = 0; i < BLUR_RUN; ++i) {
    if (left + i < width) {
      out[at + left + i] = divided(gray[at + left + i], (i32)((run[i] + (1 << 15)) >> 16));
    }
  }
}

/// Of a pixel at y * width + x; see threshold_by_mean.
FUNCTION void threshold_pixel(u64 mean, u8 level, u64 limit, u64 error, u32 at, GLOBAL u32* near,
                              u32 room, GLOBAL u8* out) {
  const u64 raised = mean + ((u64)1 << 60);
  const u64 lightest = limit + ((u64)level << 48);
  out[at] = raised < lightest ? (u8)255 : (u8)0;
  const u64 apart = raised < lightest ? lightest - raised : raised - lightest;
  if (apart > error) return;
  const u32 place = add_in_global(near, 1u);
  if (place < room) near[1 + place] = at;
}

/// A row's run for each of BLUR_ITEMS work-items: 255 where a pixel is lighter than the mean around
/// it minus an offset, else 0. The mean's weights are in units of 2^-24, its sum therefore of
/// 2^-48; `limit` is added to a pixel, in the same units plus 2^60, so that it is positive. Pixels
/// whose sum is within `error` of their limit are counted in near[0] and listed after it, as y *
/// width + x, up to `room` of them.
KERNEL(threshold_by_mean)
(GLOBAL const u8* gray, i32 width, GLOBAL const i32* weights, i32 taps, GLOBAL const i32* source,
 GLOBAL const u32* sums, u64 limit, u64 error, GLOBAL u32* near, u32 room, GLOBAL u8* out) {
  GROUP(u32, row, BLUR_ROOM);
  const u32 at = (u32)group_id(1) * (u32)width;
  fill_blur_row(row, sums + at, source, taps);
  BARRIER();
  SHARED const u32* seen = row + (BLUR_RUN + 1) * local_id(0);
  u64 run[BLUR_RUN];
  u32 by[BLUR_RUN];
  UNROLLED for (i32 i = 0; i < BLUR_RUN; ++i) run[i] = by[i] = 0;
  for (i32 tap = 0; tap < taps; tap += BLUR_RUN, seen += BLUR_RUN + 1) {
    UNROLLED for (i32 i = 0; i < BLUR_RUN; ++i) {
      add_to_wide_run(run, by, i, (u32)weights[tap + i], seen[i]);
    }
  }
  const u32 left = (u32)global_id(0) * BLUR_RUN;
  UNROLLED for (i32 i = 0; i < BLUR_RUN; ++i) {
    const u32 pixel = at + left + i;
    if (left + i < (u32)width) {
      threshold_pixel(run[i], gray[pixel], limit, error, pixel, near, room, out);
    }
  }
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
