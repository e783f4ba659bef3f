// Sums over an image; exact.
#include "ocrtune/devices/kernels/language.h"

#define STATISTICS_GROUP 256

/// Pixels of each gray level, added to 256 counts. Groups of STATISTICS_GROUP work-items, a row at
/// a time.
KERNEL(count_levels)
(GLOBAL const u8* gray, i32 width, i32 height, i32 groups, GLOBAL u32* counts) {
  GROUP(u32, levels, 256);
  const i32 item = local_id(0);
  levels[item] = 0;
  BARRIER();
  for (i32 y = group_id(0); y < height; y += groups) {
    GLOBAL const u8* row = gray + (u64)y * width;
    for (i32 x = item; x < width; x += STATISTICS_GROUP) add_in_group(&levels[row[x]], 1u);
  }
  BARRIER();
  if (levels[item] > 0) add_in_global(&counts[item], levels[item]);
}

/// The neighbours of a position in a line, reflected at its ends without the outermost; for a line
/// of one pixel, the pixel itself.
FUNCTION i32 place_before(i32 i, i32 size) { return i > 0 ? i - 1 : size > 1 ? 1 : 0; }
FUNCTION i32 place_after(i32 i, i32 size) { return i + 1 < size ? i + 1 : size > 1 ? size - 2 : 0; }

/// Adds up the two numbers of each work-item of a group into sums[2 * group] and the element after
/// it.
FUNCTION void add_up_group(SHARED u64* of_items, u64 first, u64 second, GLOBAL u64* sums) {
  const i32 item = local_id(0);
  of_items[2 * item] = first;
  of_items[2 * item + 1] = second;
  for (i32 apart = STATISTICS_GROUP / 2; apart > 0; apart /= 2) {
    BARRIER();
    if (item < apart) {
      of_items[2 * item] += of_items[2 * (item + apart)];
      of_items[2 * item + 1] += of_items[2 * (item + apart) + 1];
    }
  }
  if (item == 0) {
    sums[2 * group_id(0)] = of_items[0];
    sums[2 * group_id(0) + 1] = of_items[1];
  }
}

/// Sum and sum of squares of the Laplacian of each group's rows, in sums[2 * group] and the element
/// after it; the sum may be negative, in two's complement of 64 bits.
KERNEL(sum_laplacian)
(GLOBAL const u8* gray, i32 width, i32 height, i32 groups, GLOBAL u64* sums) {
  GROUP(u64, of_items, 2 * STATISTICS_GROUP);
  const i32 item = local_id(0);
  i64 sum = 0;
  i64 squares = 0;
  for (i32 y = group_id(0); y < height; y += groups) {
    GLOBAL const u8* here = gray + (u64)y * width;
    GLOBAL const u8* above = gray + (u64)place_before(y, height) * width;
    GLOBAL const u8* below = gray + (u64)place_after(y, height) * width;
    for (i32 x = item; x < width; x += STATISTICS_GROUP) {
      const i32 value = above[x] + below[x] + here[place_before(x, width)] +
                        here[place_after(x, width)] - 4 * here[x];
      sum += value;
      squares += (i64)value * value;
    }
  }
  add_up_group(of_items, (u64)sum, (u64)squares, sums);
}

/// Mixes a word so that every bit of the result depends on every bit of it: the finalizer of
/// SplitMix64 (Steele et al. 2014).
FUNCTION u64 mixed(u64 word) {
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
  word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
  return word ^ (word >> 31);
}

/// Two sums over each group's rows of mixed values of eight pixels and their position, in sums[2 *
/// group] and the element after it: the totals are a hash of the image.
KERNEL(hash_pixels)
(GLOBAL const u8* gray, i32 width, i32 height, i32 groups, GLOBAL u64* sums) {
  GROUP(u64, of_items, 2 * STATISTICS_GROUP);
  const i32 item = local_id(0);
  const i32 words = (width + 7) / 8;
  u64 first = 0;
  u64 second = 0;
  for (i32 y = group_id(0); y < height; y += groups) {
    GLOBAL const u8* row = gray + (u64)y * width;
    for (i32 x = item; x < words; x += STATISTICS_GROUP) {
      u64 word = 0;
      for (i32 i = 8 * x; i < 8 * x + 8 && i < width; ++i) word = (word << 8) | row[i];
      const u64 place = mixed((u64)y * words + x + 1);
      first += mixed(word ^ place);
      second += mixed(word + ~place);
    }
  }
  add_up_group(of_items, first, second, sums);
}
