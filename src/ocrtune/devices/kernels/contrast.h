// Gray levels spread out, over the page or tile by tile.
#include "ocrtune/devices/kernels/language.h"

#define CONTRAST_GROUP 256

/// A pixel for each work-item: the entry of its level.
KERNEL(look_up)
(GLOBAL const u8* gray, i32 width, i32 height, GLOBAL const u8* table, GLOBAL u8* out) {
  const i32 x = global_id(0);
  const i32 y = global_id(1);
  if (x < width && y < height) out[(u64)y * width + x] = table[gray[(u64)y * width + x]];
}

/// Counts the pixels of each gray level of tile_width x tile_height pixels, a group of
/// CONTRAST_GROUP for each tile, in the order of rows of tiles; columns[x] and rows[y] are the
/// source positions of the tiles' x, y.
KERNEL(count_levels_of_tiles)
(GLOBAL const u8* gray, i32 width, GLOBAL const i32* columns, GLOBAL const i32* rows,
 i32 tile_width, i32 tile_height, i32 tiles, GLOBAL u32* counts) {
  GROUP(u32, levels, 256);
  const i32 item = local_id(0);
  const i32 tile = group_id(0);
  levels[item] = 0;
  BARRIER();
  const i32 left = tile % tiles * tile_width;
  const i32 top = tile / tiles * tile_height;
  for (i32 y = 0; y < tile_height; ++y) {
    GLOBAL const u8* row = gray + (u64)rows[top + y] * width;
    for (i32 x = item; x < tile_width; x += CONTRAST_GROUP) {
      add_in_group(&levels[row[columns[left + x]]], 1u);
    }
  }
  BARRIER();
  counts[256 * tile + item] = levels[item];
}

/// A pixel for each work-item: the values of the tables of the four tiles around it, weighted by
/// their distance. near[4 * x], near[4 * x + 1] are the tiles left and right of column x, and the
/// two floats after them their weights; rows likewise.
KERNEL(blend_tables)
(GLOBAL const u8* gray, i32 width, i32 height, GLOBAL const u8* tables, i32 tiles,
 GLOBAL const i32* columns, GLOBAL const float* column_weights, GLOBAL const i32* rows,
 GLOBAL const float* row_weights, GLOBAL u8* out) {
  const i32 x = global_id(0);
  const i32 y = global_id(1);
  if (x >= width || y >= height) return;
  const i32 level = gray[(u64)y * width + x];
  GLOBAL const u8* upper = tables + 256 * tiles * rows[2 * y] + level;
  GLOBAL const u8* lower = tables + 256 * tiles * rows[2 * y + 1] + level;
  const i32 left = 256 * columns[2 * x];
  const i32 right = 256 * columns[2 * x + 1];
  const float by_left = column_weights[2 * x];
  const float by_right = column_weights[2 * x + 1];
  // One rounding after the other, as OpenCV's scalar code does.
  const float above =
      plus(times((float)upper[left], by_left), times((float)upper[right], by_right));
  const float below =
      plus(times((float)lower[left], by_left), times((float)lower[right], by_right));
  const float level_out =
      plus(times(above, row_weights[2 * y]), times(below, row_weights[2 * y + 1]));
  out[(u64)y * width + x] = (u8)within((i32)rint(level_out), 0, 255);
}
