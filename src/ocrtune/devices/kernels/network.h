// Networks with int8 weights that recognize text lines. Cells are 127ths, four to a word; those of
// a position are contiguous, and positions follow each other. Sums are exact, and floats are
// rounded as in the CPU's code.
#include "ocrtune/devices/kernels/language.h"

#define NETWORK_EACH 8   // positions for a work-item of a product
#define CONVOLVED 16     // features for a work-item of a convolution, contiguous
#define LSTM_EACH 4      // rows for a work-item of an LSTM
#define LSTM_CELLS 2048  // of the rows of a group

// As in ocrtune::lstm::Activation.
#define ACTIVATION_TANH 0
#define ACTIVATION_LOGISTIC 1
#define ACTIVATION_RELU 2

// As in ocrtune::lstm::ActivationTable; the table of the logistic function follows that of tanh.
#define TABLE_SIZE 4096
#define TABLE_VALUES (TABLE_SIZE + 2)

/// The value of a table's function for an argument without its sign, scaled as the table is.
FUNCTION float table_value(GLOBAL const float* table, float scaled) {
  const float size = scaled < 0.0f ? -scaled : scaled;
  if (!(size < (float)(TABLE_SIZE - 1))) return 1.0f;
  const i32 index = (i32)size;
  const float value = table[index];
  return plus(value, times(plus(table[index + 1], -value), plus(size, -(float)index)));
}

FUNCTION float scaled_tanh(GLOBAL const float* tables, float scaled) {
  const float value = table_value(tables, scaled);
  return scaled < 0.0f ? -value : value;
}

FUNCTION float scaled_logistic(GLOBAL const float* tables, float scaled) {
  const float value = table_value(tables + TABLE_VALUES, scaled);
  return scaled < 0.0f ? plus(1.0f, -value) : value;
}

/// 127ths of a value from -1 to 1, rounded half away from zero.
FUNCTION u8 cell_of(float value) {
  const float scaled = times(value, 127.0f);
  return (u8)(i32)plus(scaled, scaled < 0.0f ? -0.5f : 0.5f);
}

/// The cell of an activation's argument; arguments of functions with a table are scaled as the
/// table.
FUNCTION u8 activated_cell(i32 activation, GLOBAL const float* tables, float argument) {
  if (activation == ACTIVATION_TANH) return cell_of(scaled_tanh(tables, argument));
  if (activation == ACTIVATION_LOGISTIC) return cell_of(scaled_logistic(tables, argument));
  const float least = activation == ACTIVATION_RELU ? 0.0f : -1.0f;
  return cell_of(argument < least ? least : argument > 1.0f ? 1.0f : argument);
}

/// Three neighbours at a distance of `apart`, as a word.
FUNCTION u32 column_word(GLOBAL const u8* upper, i32 apart) {
  return (u32)upper[0] | (u32)upper[apart] << 8 | (u32)upper[2 * apart] << 16;
}

/// The input of a convolution of 3 x 3 px at a position of a line, column by column; its input at
/// the border is three words each: the top's, the bottom's, the left's and the right's.
FUNCTION void look_around(GLOBAL const u8* pixels, GLOBAL const u32* border, i32 width, i32 height,
                          i32 y, i32 x, u32* words) {
  const i32 inside = y > 0 && y + 1 < height && x > 0 && x + 1 < width;
  const i32 at = y == 0 ? x : y + 1 == height ? width + x : 2 * width + (x == 0 ? 0 : height) + y;
  for (i32 i = 0; i < 3; ++i) {
    words[i] =
        inside ? column_word(pixels + (y - 1) * width + x - 1 + i, width) : border[3 * at + i];
  }
}

/// A convolution of 3 x 3 px, its activation and the maximum of each x_scale x y_scale block. A
/// line for each group_id(1), an output position for each of its work-items. A line is given by its
/// width and the offsets of its pixels, its border and its positions. An output has three words of
/// weights.
KERNEL(convolve_and_pool)
(GLOBAL const i32* lines, GLOBAL const u8* pixels, GLOBAL const u32* borders, i32 height,
 i32 x_scale, i32 y_scale, GLOBAL const u32* weights, GLOBAL const i32* biases,
 GLOBAL const float* scales, i32 outputs, i32 activation, GLOBAL const float* tables,
 GLOBAL u8* out, i32 out_stride) {
  GLOBAL const i32* line = lines + 4 * group_id(1);
  const i32 width = line[0];
  const i32 out_width = width / x_scale;
  const i32 position = global_id(0);
  if (position >= out_width * (height / y_scale)) return;
  const i32 top = position / out_width * y_scale;
  const i32 left = position % out_width * x_scale;
  GLOBAL u8* to = out + (u64)(line[3] + position) * out_stride;
  for (i32 first = 0; first < outputs; first += CONVOLVED) {
    i32 greatest[CONVOLVED];
    for (i32 part = 0; part < x_scale * y_scale; ++part) {
      u32 words[3];
      look_around(pixels + line[1], borders + line[2], width, height, top + part / x_scale,
                  left + part % x_scale, words);
      for (i32 i = 0; i < CONVOLVED; ++i) {
        GLOBAL const u32* by = weights + 3 * within(first + i, 0, outputs - 1);
        const i32 sum = dot4(words[0], by[0], dot4(words[1], by[1], dot4(words[2], by[2], 0)));
        greatest[i] = part == 0 || sum > greatest[i] ? sum : greatest[i];
      }
    }
    for (i32 i = 0; i < CONVOLVED; ++i) {
      const i32 output = first + i;
      if (output >= outputs) break;
      to[output] = activated_cell(activation, tables,
                                  times((float)(greatest[i] + biases[output]), scales[output]));
    }
  }
}

/// An output's sums at NETWORK_EACH positions from `first` on; beyond the last, those of the last.
FUNCTION void sum_positions(GLOBAL const u32* cells, i32 cell_words, i32 first, i32 positions,
                            GLOBAL const u32* weights, i32 outputs, i32 words, i32 bias,
                            i32* sums) {
  GLOBAL const u32* from[NETWORK_EACH];
  for (i32 i = 0; i < NETWORK_EACH; ++i) {
    from[i] = cells + (u64)within(first + i, 0, positions - 1) * cell_words;
    sums[i] = bias;
  }
  for (i32 word = 0; word < words; ++word) {
    const u32 by = weights[(u64)word * outputs];
    for (i32 i = 0; i < NETWORK_EACH; ++i) sums[i] = dot4(from[i][word], by, sums[i]);
  }
}

/// Sums of weights and cells, `outputs` to a position. An output for each work-item of a group and
/// further ones beside it; NETWORK_EACH positions for each group_id(0). Weights are stored word by
/// word, all outputs to a word.
KERNEL(sum_products)
(GLOBAL const u32* cells, i32 cell_words, i32 positions, GLOBAL const u32* weights,
 GLOBAL const i32* biases, i32 words, i32 outputs, GLOBAL i32* out) {
  const i32 first = group_id(0) * NETWORK_EACH;
  const i32 output = group_id(1) * local_size(0) + local_id(0);
  if (output >= outputs) return;
  i32 sums[NETWORK_EACH];
  sum_positions(cells, cell_words, first, positions, weights + output, outputs, words,
                biases[output], sums);
  for (i32 i = 0; i < NETWORK_EACH; ++i) {
    if (first + i < positions) out[(u64)(first + i) * outputs + output] = sums[i];
  }
}

/// As sum_products, with the activation: cells, features from `feature` on of positions that lie
/// out_stride apart.
KERNEL(connect_fully)
(GLOBAL const u32* cells, i32 cell_words, i32 positions, GLOBAL const u32* weights,
 GLOBAL const i32* biases, i32 words, i32 outputs, GLOBAL const float* scales, i32 activation,
 GLOBAL const float* tables, GLOBAL u8* out, i32 out_stride, i32 feature) {
  const i32 first = group_id(0) * NETWORK_EACH;
  const i32 output = group_id(1) * local_size(0) + local_id(0);
  if (output >= outputs) return;
  i32 sums[NETWORK_EACH];
  sum_positions(cells, cell_words, first, positions, weights + output, outputs, words,
                biases[output], sums);
  for (i32 i = 0; i < NETWORK_EACH; ++i) {
    if (first + i >= positions) break;
    out[(u64)(first + i) * out_stride + feature + output] =
        activated_cell(activation, tables, times((float)sums[i], scales[output]));
  }
}

/// Stacks or pools blocks: work-item (i, j) makes cell j of position i, whose block begins at
/// blocks[3 * i], followed by the distances between its rows and between its columns. Of `parts`
/// cells, y_scale to a column, it takes the maximum, or, when stacking, the one at cell j's
/// position.
KERNEL(join_blocks)
(GLOBAL const u8* cells, i32 stride, i32 features, GLOBAL const i32* blocks, i32 positions,
 i32 y_scale, i32 parts, i32 stacked, GLOBAL u8* out, i32 out_stride) {
  const i32 position = global_id(0);
  const i32 cell = global_id(1);
  if (position >= positions || cell >= (stacked ? features * parts : features)) return;
  GLOBAL const i32* block = blocks + 3 * position;
  const i32 begin = stacked ? cell / features : 0;
  const i32 end = stacked ? begin + 1 : parts;
  i32 greatest = -128;
  for (i32 part = begin; part < end; ++part) {
    const i32 from = block[0] + part % y_scale * block[1] + part / y_scale * block[2];
    const u32 byte = cells[(u64)from * stride + cell % features];
    const i32 level = byte < 128 ? (i32)byte : (i32)byte - 256;
    greatest = level > greatest ? level : greatest;
  }
  out[(u64)position * out_stride + cell] = (u8)greatest;
}

/// Adds the products of the four gates' weights with a word of each of LSTM_EACH rows.
FUNCTION void add_gates(uint4 by, const u32* words, i32* sums) {
  for (i32 i = 0; i < LSTM_EACH; ++i) {
    sums[4 * i] = dot4(words[i], by.x, sums[4 * i]);
    sums[4 * i + 1] = dot4(words[i], by.y, sums[4 * i + 1]);
    sums[4 * i + 2] = dot4(words[i], by.z, sums[4 * i + 2]);
    sums[4 * i + 3] = dot4(words[i], by.w, sums[4 * i + 3]);
  }
}

/// Advances a state by one step; returns its output. Gates: candidate, input, forget, output.
FUNCTION u8 next_output(GLOBAL const float* tables, GLOBAL const float* scales, const i32* sums,
                        SHARED float* state) {
  float gates[4];
  for (i32 gate = 0; gate < 4; ++gate) gates[gate] = times((float)sums[gate], scales[gate]);
  const float kept = times(*state, scaled_logistic(tables, gates[2]));
  const float added = times(scaled_tanh(tables, gates[0]), scaled_logistic(tables, gates[1]));
  const float sum = plus(kept, added);
  const float next = sum < -100.0f ? -100.0f : sum > 100.0f ? 100.0f : sum;
  *state = next;
  return cell_of(
      times(scaled_tanh(tables, times(next, 256.0f)), scaled_logistic(tables, gates[3])));
}

/// A long short-term memory along rows, from the first step to the last. A group computes
/// `together` rows, at most LSTM_CELLS / `states` and a multiple of LSTM_EACH, through all their
/// steps. A row is given by the index of its first position, the distance between its positions,
/// their number, and the first two of its output; with a summary that is one position. The four
/// gates of a state are contiguous: in the initial sums of a position, which are initial_stride
/// apart; in weights, all states to a word; and in scales, which are the tables' too. input_words
/// of the position's cells are added; there are none if the initial sums include them. Outputs are
/// features from `feature` on.
KERNEL(lstm_step)
(GLOBAL const i32* rows, i32 row_count, i32 together, GLOBAL const i32* initial, i32 initial_stride,
 GLOBAL const u32* cells, i32 cell_words, GLOBAL const uint4* input_weights, i32 input_words,
 GLOBAL const uint4* weights, GLOBAL const float* scales, i32 states, GLOBAL const float* tables,
 i32 summary, GLOBAL u8* out, i32 out_stride, i32 feature) {
  GROUP(float, memory, LSTM_CELLS);
  GROUP(u32, outputs, LSTM_CELLS / 2);  // the last ones, and the next
  const i32 words = (states + 3) / 4;
  const i32 first = group_id(0) * together;
  const i32 count = within(row_count - first, 0, together);
  i32 longest = 0;
  for (i32 row = first; row < first + count; ++row) {
    longest = rows[5 * row + 2] > longest ? rows[5 * row + 2] : longest;
  }
  for (i32 i = local_id(0); i < together * words * 4; i += local_size(0)) memory[i] = 0.0f;
  for (i32 i = local_id(0); i < together * words; i += local_size(0)) outputs[i] = 0;
  BARRIER();
  for (i32 step = 0; step < longest; ++step) {
    SHARED const u32* last = outputs + step % 2 * (LSTM_CELLS / 4);
    SHARED u8* next = (SHARED u8*)(outputs + (step + 1) % 2 * (LSTM_CELLS / 4));
    for (i32 item = local_id(0); item < states * (together / LSTM_EACH); item += local_size(0)) {
      const i32 state = item % states;
      const i32 row = item / states * LSTM_EACH;
      GLOBAL const u32* inputs[LSTM_EACH];
      i32 sums[4 * LSTM_EACH];
      for (i32 i = 0; i < LSTM_EACH; ++i) {
        // Rows beyond the last one, and rows that have ended, repeat a valid row; the results are
        // unused.
        GLOBAL const i32* way = rows + 5 * within(first + row + i, 0, row_count - 1);
        const i32 position = way[0] + within(step, 0, way[2] - 1) * way[1];
        inputs[i] = cells + (u64)position * cell_words;
        GLOBAL const i32* from = initial + (u64)position * initial_stride + 4 * state;
        for (i32 gate = 0; gate < 4; ++gate) sums[4 * i + gate] = from[gate];
      }
      u32 of_rows[LSTM_EACH];
      for (i32 word = 0; word < input_words; ++word) {
        for (i32 i = 0; i < LSTM_EACH; ++i) of_rows[i] = inputs[i][word];
        add_gates(input_weights[word * states + state], of_rows, sums);
      }
      for (i32 word = 0; word < words; ++word) {
        for (i32 i = 0; i < LSTM_EACH; ++i) of_rows[i] = last[(row + i) * words + word];
        add_gates(weights[word * states + state], of_rows, sums);
      }
      for (i32 i = 0; i < LSTM_EACH && row + i < count; ++i) {
        GLOBAL const i32* way = rows + 5 * (first + row + i);
        if (step >= way[2]) continue;
        const u8 cell = next_output(tables, scales + 4 * state, sums + 4 * i,
                                    memory + (row + i) * states + state);
        next[(row + i) * words * 4 + state] = cell;
        if (summary && step + 1 < way[2]) continue;
        const i32 to = way[3] + (summary ? 0 : step * way[4]);
        out[(u64)to * out_stride + feature + state] = cell;
      }
    }
    BARRIER();
  }
}
