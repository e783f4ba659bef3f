// Finds ruled lines in bits as kernels/lines/line_mask.cpp does: bit x % 64 of word [y][x / 64] is
// pixel (x, y).
#include "ocrtune/devices/kernels/language.h"

/// The bits of a row's word that are pixels.
FUNCTION u64 pixels_of(i32 column, i32 width) {
  const i32 left = width - 64 * column;
  return left >= 64 ? ~(u64)0 : ((u64)1 << left) - 1;
}

/// A word for each work-item (column, row): the pixels above the threshold.
KERNEL(pack_paper)
(GLOBAL const u8* gray, i32 width, i32 height, i32 threshold, GLOBAL u64* paper, i32 columns) {
  const i32 column = global_id(0);
  const i32 row = global_id(1);
  if (column >= columns || row >= height) return;
  GLOBAL const u8* pixels = gray + (u64)row * width + 64 * column;
  const i32 count = width - 64 * column < 64 ? width - 64 * column : 64;
  u64 word = 0;
  for (i32 i = 0; i < count; ++i) word |= (u64)(pixels[i] > threshold) << i;
  paper[(u64)row * columns + column] = word;
}

/// What the bits up to `reach` pixels left of a word's own, and in it, set in it when each spreads
/// as far to the right.
FUNCTION u64 spread_right(GLOBAL const u64* row, i32 column, i32 reach) {
  u64 found = row[column];
  for (i32 by = 1, left = reach; left > 0 && by < 64; by *= 2) {
    const i32 step = by < left ? by : left;
    found |= found << step;
    left -= step;
  }
  for (i32 j = 1; j <= column && 64 * j <= reach + 63; ++j) {
    const u64 word = row[column - j];
    if (word == 0) continue;
    // The nearest word with a bit reaches farthest.
    const i32 to = highest_bit(word) + reach - 64 * j;
    if (to >= 63) return ~(u64)0;
    return to < 0 ? found : found | (((u64)2 << to) - 1);
  }
  return found;
}

FUNCTION u64 spread_left(GLOBAL const u64* row, i32 column, i32 columns, i32 reach) {
  u64 found = row[column];
  for (i32 by = 1, left = reach; left > 0 && by < 64; by *= 2) {
    const i32 step = by < left ? by : left;
    found |= found >> step;
    left -= step;
  }
  for (i32 j = 1; column + j < columns && 64 * j <= reach + 63; ++j) {
    const u64 word = row[column + j];
    if (word == 0) continue;
    const i32 from = 64 * j + lowest_bit(word) - reach;
    if (from <= 0) return ~(u64)0;
    return from > 63 ? found : found | (~(u64)0 << from);
  }
  return found;
}

/// A word for each work-item: every set bit also sets `before` bits to the right and `after` bits
/// to the left of it; only bits that are pixels are kept; the other way round if `inverted`.
KERNEL(spread_rows)
(GLOBAL const u64* in, i32 columns, i32 width, i32 height, i32 before, i32 after, i32 inverted,
 GLOBAL u64* out) {
  const i32 column = global_id(0);
  const i32 row = global_id(1);
  if (column >= columns || row >= height) return;
  GLOBAL const u64* words = in + (u64)row * columns;
  const u64 found =
      spread_right(words, column, before) | spread_left(words, column, columns, after);
  out[(u64)row * columns + column] = (inverted ? ~found : found) & pixels_of(column, width);
}

/// The same downwards and upwards.
KERNEL(spread_columns)
(GLOBAL const u64* in, i32 columns, i32 width, i32 height, i32 before, i32 after, i32 inverted,
 GLOBAL u64* out) {
  const i32 column = global_id(0);
  const i32 row = global_id(1);
  if (column >= columns || row >= height) return;
  const i32 first = row - before > 0 ? row - before : 0;
  const i32 last = row + after < height - 1 ? row + after : height - 1;
  u64 found = 0;
  for (i32 y = first; y <= last && found != ~(u64)0; ++y) found |= in[(u64)y * columns + column];
  out[(u64)row * columns + column] = (inverted ? ~found : found) & pixels_of(column, width);
}

/// The bits of both, into the second.
KERNEL(join_bits)
(GLOBAL const u64* in, i32 count, GLOBAL u64* both) {
  const i32 i = global_id(0);
  if (i < count) both[i] |= in[i];
}

/// A pixel for each work-item: 255 if its bit is set, else that of `gray`, or 0 if `only_bits`.
KERNEL(paint_bits)
(GLOBAL const u8* gray, i32 width, i32 height, GLOBAL const u64* bits, i32 columns, i32 only_bits,
 GLOBAL u8* out) {
  const i32 x = global_id(0);
  const i32 y = global_id(1);
  if (x >= width || y >= height) return;
  const u64 word = bits[(u64)y * columns + x / 64];
  const u8 other = only_bits ? (u8)0 : gray[(u64)y * width + x];
  out[(u64)y * width + x] = (word >> (x % 64)) & 1 ? (u8)255 : other;
}
