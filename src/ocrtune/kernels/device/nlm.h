// Non-local means in whole numbers, with OpenCV's weights: see kernels/nlm.h.
#include "ocrtune/kernels/device/language.h"

#define NLM_HALF 3    // of the patches
#define NLM_REACH 10  // the most that is looked at on either side
#define NLM_SHIFT 6   // patches' sums of squares are divided by 2^6 to index the weights
#define NLM_ITEMS 64  // of a group, side by side
#define NLM_ROWS 8    // that each of them works on
#define NLM_COLUMNS (NLM_ITEMS - 2 * NLM_HALF)
#define NLM_PITCH (NLM_ITEMS + 2 * NLM_REACH)
#define NLM_DOWN (NLM_ROWS + 2 * (NLM_HALF + NLM_REACH))

/// Groups of NLM_ITEMS work-items give NLM_COLUMNS x NLM_ROWS pixels each. columns[i] and rows[i]
/// are what is seen at i - reach - NLM_HALF, borders reflected; weights[i] is that of a sum of squares >> NLM_SHIFT, 0 from
/// `cutoff` on.
KERNEL(denoise_nlm)
(GLOBAL const u8* gray, i32 width, i32 height, i32 reach, GLOBAL const i32* columns,
 GLOBAL const i32* rows, GLOBAL const u32* weights, i32 cutoff, GLOBAL u8* out) {
  GROUP(u8, tile, NLM_PITCH * NLM_DOWN);
  GROUP(u32, column_sums, NLM_ROWS * NLM_ITEMS);
  const i32 item = local_id(0);
  const i32 left = group_id(0) * NLM_COLUMNS;
  const i32 top = group_id(1) * NLM_ROWS;
  const i32 border = reach + NLM_HALF;
  // Beyond the borders any pixel will do: nothing is made of it that is kept.
  const i32 last_x = width + 2 * border - 1;
  const i32 last_y = height + 2 * border - 1;
  for (i32 y = 0; y < NLM_ROWS + 2 * border; ++y) {
    GLOBAL const u8* row = gray + (u64)rows[within(top + y, 0, last_y)] * width;
    for (i32 x = item; x < NLM_ITEMS + 2 * reach; x += NLM_ITEMS) {
      tile[y * NLM_PITCH + x] = row[columns[within(left + x, 0, last_x)]];
    }
  }
  u32 estimate[NLM_ROWS];
  u32 weight[NLM_ROWS];
  for (i32 y = 0; y < NLM_ROWS; ++y) estimate[y] = weight[y] = 0;
  BARRIER();
  // Work-item i sums up the squares of column i; it gives the pixel NLM_HALF right of that.
  SHARED const u8* own = tile + reach * NLM_PITCH + reach + item;
  const i32 gives = item + 2 * NLM_HALF < NLM_ITEMS;
  for (i32 dy = -reach; dy <= reach; ++dy) {
    for (i32 dx = -reach; dx <= reach; ++dx) {
      SHARED const u8* other = own + dy * NLM_PITCH + dx;
      u32 squares[NLM_ROWS + 2 * NLM_HALF];
      for (i32 y = 0; y < NLM_ROWS + 2 * NLM_HALF; ++y) {
        const i32 difference = own[y * NLM_PITCH] - other[y * NLM_PITCH];
        squares[y] = (u32)(difference * difference);
      }
      u32 sum = 0;
      for (i32 y = 0; y < 2 * NLM_HALF; ++y) sum += squares[y];
      for (i32 y = 0; y < NLM_ROWS; ++y) {
        sum += squares[y + 2 * NLM_HALF];
        column_sums[y * NLM_ITEMS + item] = sum;
        sum -= squares[y];
      }
      BARRIER();
      if (gives) {
        for (i32 y = 0; y < NLM_ROWS; ++y) {
          SHARED const u32* sums = column_sums + y * NLM_ITEMS + item;
          u32 distance = 0;
          for (i32 i = 0; i <= 2 * NLM_HALF; ++i) distance += sums[i];
          const i32 index = (i32)(distance >> NLM_SHIFT);
          if (index < cutoff) {
            const u32 by = weights[index];
            weight[y] += by;
            estimate[y] += by * other[(y + NLM_HALF) * NLM_PITCH + NLM_HALF];
          }
        }
      }
      BARRIER();
    }
  }
  const i32 x = left + item;
  for (i32 y = 0; gives && x < width && y < NLM_ROWS && top + y < height; ++y) {
    out[(u64)(top + y) * width + x] = (u8)((estimate[y] + weight[y] / 2) / weight[y]);
  }
}
