// Non-local means in integers, with OpenCV's weights: see kernels/nlm/nlm.h.
//
// A work-item has two adjacent pixels in each of NLM_ROWS rows. The patches of both use 8 pixels of
// a line, in two words; differences and products are computed for four pixels at once. The sum over
// a patch is the sum over all lines down to its last minus that over the lines above it.
#include "ocrtune/devices/kernels/language.h"

#define NLM_HALF 3    // of the patches
#define NLM_REACH 10  // greatest reach of the search
#define NLM_SHIFT 6   // patches' sums of squares are divided by 2^6 to index the weights
#define NLM_ITEMS 64  // of a group, side by side
#define NLM_ROWS 12   // that each of them works on
#define NLM_COLUMNS (2 * NLM_ITEMS)
#define NLM_SIDE (2 * NLM_HALF + 1)
#define NLM_LINES (NLM_ROWS + 2 * NLM_HALF)    // that the patches of NLM_ROWS rows lie in
#define NLM_PLANE (NLM_ITEMS + NLM_REACH + 2)  // words that begin at even, or odd, columns
#define NLM_PITCH (2 * NLM_PLANE)              // words of a row of a tile
#define NLM_DOWN (NLM_LINES + 2 * NLM_REACH)   // rows of a tile
#define NLM_NEAR 2176                          // capacity of a group for weights

/// Fills a group's tile: for each column of each row a word of four pixels, that of the column
/// lowest. Column 0 and row 0 are those at columns[left], rows[top]; neighbours in a plane are two
/// columns apart, so that neighbouring work-items read neighbouring words.
FUNCTION void fill_nlm_tile(SHARED u32* tile, GLOBAL const u8* gray, i32 width, i32 height,
                            i32 reach, GLOBAL const i32* columns, GLOBAL const i32* rows) {
  const i32 left = group_id(0) * NLM_COLUMNS;
  const i32 top = group_id(1) * NLM_ROWS;
  const i32 border = reach + NLM_HALF;
  // Beyond the borders any pixel is valid: results there are discarded.
  const i32 last_x = width + 2 * border - 1;
  const i32 last_y = height + 2 * border - 1;
  for (i32 i = local_id(0); i < NLM_PITCH; i += NLM_ITEMS) {
    const i32 x = left + (i < NLM_PLANE ? 2 * i : 2 * (i - NLM_PLANE) + 1);
    const i32 first = columns[within(x, 0, last_x)];
    const i32 second = columns[within(x + 1, 0, last_x)];
    const i32 third = columns[within(x + 2, 0, last_x)];
    const i32 fourth = columns[within(x + 3, 0, last_x)];
    for (i32 y = 0; y < NLM_LINES + 2 * reach; ++y) {
      GLOBAL const u8* row = gray + (u64)rows[within(top + y, 0, last_y)] * width;
      tile[y * NLM_PITCH + i] =
          (u32)row[first] | (u32)row[second] << 8 | (u32)row[third] << 16 | (u32)row[fourth] << 24;
    }
  }
}

/// Index in a tile's row of the word with which a work-item's left patch begins, `right` columns to
/// the right of the leftmost that it uses.
FUNCTION i32 nlm_column(i32 right) { return (right & 1) * NLM_PLANE + (right >> 1) + local_id(0); }

/// Sets a work-item's pixels. The weights are in `near` if `is_near`, else in `far`; the weight at
/// `cutoff` is 0, as are all after it.
FUNCTION void denoise_nlm_tile(SHARED const u32* tile, i32 width, i32 height, i32 reach,
                               SHARED const u32* near, GLOBAL const u32* far, i32 is_near,
                               i32 cutoff, GLOBAL u8* out) {
  SHARED const u32* center = tile + reach * NLM_PITCH + nlm_column(reach);
  u32 own[2 * NLM_LINES];
  UNROLLED for (i32 y = 0; y < NLM_LINES; ++y) {
    own[2 * y] = center[y * NLM_PITCH];
    own[2 * y + 1] = center[y * NLM_PITCH + 2];
  }
  u32 estimate[2 * NLM_ROWS];
  u32 weight[2 * NLM_ROWS];
  UNROLLED for (i32 i = 0; i < 2 * NLM_ROWS; ++i) estimate[i] = weight[i] = 0;
  const u32 most = (u32)cutoff << NLM_SHIFT;
  for (i32 dx = 0; dx <= 2 * reach; ++dx) {
    for (i32 dy = 0; dy <= 2 * reach; ++dy) {
      SHARED const u32* other = tile + dy * NLM_PITCH + nlm_column(dx);
      u32 words[2 * NLM_LINES];
      u32 left_sums[NLM_LINES + 1];
      u32 right_sums[NLM_LINES + 1];
      left_sums[0] = right_sums[0] = 0;
      UNROLLED for (i32 y = 0; y < NLM_LINES; ++y) {
        words[2 * y] = other[y * NLM_PITCH];
        words[2 * y + 1] = other[y * NLM_PITCH + 2];
        const u32 first = distances_of_bytes(own[2 * y], words[2 * y]);
        const u32 second = distances_of_bytes(own[2 * y + 1], words[2 * y + 1]);
        left_sums[y + 1] = dot4_of_bytes(first, first, left_sums[y]);
        left_sums[y + 1] = dot4_of_bytes(second << 8, second << 8, left_sums[y + 1]);
        right_sums[y + 1] = dot4_of_bytes(second, second, right_sums[y]);
        right_sums[y + 1] = dot4_of_bytes(first >> 8, first >> 8, right_sums[y + 1]);
      }
      UNROLLED for (i32 y = 0; y < NLM_ROWS; ++y) {
        const u32 left = lesser(left_sums[y + NLM_SIDE] - left_sums[y], most) >> NLM_SHIFT;
        const u32 right = lesser(right_sums[y + NLM_SIDE] - right_sums[y], most) >> NLM_SHIFT;
        const u32 by_left = is_near ? near[left] : far[left];
        const u32 by_right = is_near ? near[right] : far[right];
        weight[2 * y] += by_left;
        weight[2 * y + 1] += by_right;
        estimate[2 * y] += by_left * (words[2 * (y + NLM_HALF)] >> 24);
        estimate[2 * y + 1] += by_right * (words[2 * (y + NLM_HALF) + 1] & 255);
      }
    }
  }
  const i32 x = group_id(0) * NLM_COLUMNS + 2 * local_id(0);
  const i32 top = group_id(1) * NLM_ROWS;
  UNROLLED for (i32 i = 0; i < 2 * NLM_ROWS; ++i) {
    if (x + i % 2 < width && top + i / 2 < height) {
      out[(u64)(top + i / 2) * width + x + i % 2] = (u8)((estimate[i] + weight[i] / 2) / weight[i]);
    }
  }
}

/// Groups of NLM_ITEMS work-items compute NLM_COLUMNS x NLM_ROWS pixels each. columns[i] and
/// rows[i] are the source positions for i - reach - NLM_HALF, borders reflected; weights[i] is the
/// weight of a sum of squares >> NLM_SHIFT, 0 from `cutoff` on, where they end. For cutoff <
/// NLM_NEAR.
KERNEL(denoise_nlm)
(GLOBAL const u8* gray, i32 width, i32 height, i32 reach, GLOBAL const i32* columns,
 GLOBAL const i32* rows, GLOBAL const u32* weights, i32 cutoff, GLOBAL u8* out) {
  GROUP(u32, tile, NLM_PITCH * NLM_DOWN);
  GROUP(u32, near, NLM_NEAR);
  for (i32 i = local_id(0); i <= cutoff; i += NLM_ITEMS) near[i] = weights[i];
  fill_nlm_tile(tile, gray, width, height, reach, columns, rows);
  BARRIER();
  denoise_nlm_tile(tile, width, height, reach, near, weights, 1, cutoff, out);
}

/// The same for any cutoff; slower.
KERNEL(denoise_nlm_strongly)
(GLOBAL const u8* gray, i32 width, i32 height, i32 reach, GLOBAL const i32* columns,
 GLOBAL const i32* rows, GLOBAL const u32* weights, i32 cutoff, GLOBAL u8* out) {
  GROUP(u32, tile, NLM_PITCH * NLM_DOWN);
  fill_nlm_tile(tile, gray, width, height, reach, columns, rows);
  BARRIER();
  denoise_nlm_tile(tile, width, height, reach, tile, weights, 0, cutoff, out);
}
