#include "ocrtune/ocr/lstm/reading_order.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

namespace ocrtune::lstm {
namespace {

constexpr const char* kLeftToRightMark = "\u200E";
constexpr const char* kRightToLeftMark = "\u200F";

enum class Direction { neutral, left_to_right, right_to_left, mixed };

bool is_left_to_right(const DirectedCharacter& character) {
  return character.direction == U_LEFT_TO_RIGHT || character.direction == U_ARABIC_NUMBER;
}

Direction direction_of(const DirectedWord& word) {
  const bool right_to_left =
      std::ranges::any_of(word, is_right_to_left, &DirectedCharacter::direction);
  const bool left_to_right = std::ranges::any_of(word, is_left_to_right);
  if (right_to_left && left_to_right) return Direction::mixed;
  if (right_to_left) return Direction::right_to_left;
  return left_to_right ? Direction::left_to_right : Direction::neutral;
}

std::vector<Direction> directions_of(const std::vector<DirectedWord>& line) {
  std::vector<Direction> directions;
  directions.reserve(line.size());
  for (const DirectedWord& word : line) directions.push_back(direction_of(word));
  return directions;
}

/// What is between two words of a line in reading order.
enum Mark : int { kRunStart = -1, kRunEnd = -2, kMixedWord = -3 };

/// A line in reading order: indices of words, and marks (Tesseract's CalculateTextlineOrder).
class LineOrder {
 public:
  LineOrder(std::span<const Direction> words, bool left_to_right)
      : words_(words), left_to_right_(left_to_right) {}

  std::vector<int> order() && {
    const int count = static_cast<int>(words_.size());
    int at = left_to_right_ ? 0 : count - 1;
    if (!left_to_right_) at = take_end_of_line(at);
    while (at >= 0 && at < count) at = is_minor(at) ? take_run(at) : take(at) + step();
    return std::move(order_);
  }

 private:
  [[nodiscard]] Direction at(int word) const { return words_[static_cast<std::size_t>(word)]; }
  [[nodiscard]] int step() const { return left_to_right_ ? 1 : -1; }
  [[nodiscard]] bool is_minor(int word) const {
    return at(word) == (left_to_right_ ? Direction::right_to_left : Direction::left_to_right);
  }
  [[nodiscard]] bool is_major(int word) const {
    return at(word) == (left_to_right_ ? Direction::left_to_right : Direction::right_to_left);
  }
  [[nodiscard]] bool is_inside(int word) const {
    return word >= 0 && word < static_cast<int>(words_.size());
  }

  int take(int word) {
    order_.push_back(word);
    if (at(word) == Direction::mixed) order_.push_back(kMixedWord);
    return word;
  }

  /// A run of the other direction; returns where the line goes on.
  int take_run(int first) {
    int last = first;
    while (is_inside(last) && !is_major(last)) last += step();
    if (!is_inside(last)) last -= step();
    while (last != first && !is_minor(last)) last -= step();
    order_.push_back(kRunStart);
    for (int word = last; word != first; word -= step()) order_.push_back(word);
    order_.push_back(first);
    order_.push_back(kRunEnd);
    return last + step();
  }

  /// At the right end of a line from right to left, neutral words after one from left to right
  /// belong to its run. Returns where the line goes on.
  int take_end_of_line(int end) {
    if (at(end) != Direction::neutral) return end;
    int strong = end;
    while (strong > 0 && at(strong) == Direction::neutral) --strong;
    if (at(strong) != Direction::left_to_right) return end;
    int left = strong;
    for (int word = left; word >= 0 && at(word) != Direction::right_to_left; --word)
      if (at(word) == Direction::left_to_right) left = word;
    order_.push_back(kRunStart);
    for (int word = left; word <= end; ++word) take(word);
    order_.push_back(kRunEnd);
    return left - 1;
  }

  std::span<const Direction> words_;
  bool left_to_right_;
  std::vector<int> order_;
};

/// The directions of a word's characters, in which European numbers take in the separators and
/// terminators beside them, as in the Unicode bidirectional algorithm (UAX 9, W4 and W5).
std::vector<int> with_whole_numbers(const DirectedWord& word) {
  std::vector<int> types;
  types.reserve(word.size());
  for (const DirectedCharacter& c : word) types.push_back(c.direction);
  const auto is_number = [&](std::size_t i) { return types[i] == U_EUROPEAN_NUMBER; };
  for (std::size_t i = 0; i + 2 < types.size(); ++i) {
    const bool separates =
        types[i + 1] == U_EUROPEAN_NUMBER_SEPARATOR || types[i + 1] == U_COMMON_NUMBER_SEPARATOR;
    if (is_number(i) && is_number(i + 2) && separates) types[i + 1] = U_EUROPEAN_NUMBER;
  }
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i] != U_EUROPEAN_NUMBER_TERMINATOR) continue;
    std::size_t end = i + 1;
    while (end < types.size() && types[end] == U_EUROPEAN_NUMBER_TERMINATOR) ++end;
    if (end < types.size() && is_number(end))
      std::fill(types.begin() + static_cast<std::ptrdiff_t>(i),
                types.begin() + static_cast<std::ptrdiff_t>(end), U_EUROPEAN_NUMBER);
    // An earlier terminator would have been taken already, so the one before is a number or not.
    if (i > 0 && is_number(i - 1)) types[i] = U_EUROPEAN_NUMBER;
  }
  return types;
}

/// Which characters run from left to right.
std::vector<bool> left_to_right_runs(const DirectedWord& word) {
  const std::vector<int> types = with_whole_numbers(word);
  const auto runs = [&](std::size_t i) {
    return types[i] == U_LEFT_TO_RIGHT || types[i] == U_EUROPEAN_NUMBER;
  };
  const auto joins = [&](std::size_t i) {
    return types[i] == U_COMMON_NUMBER_SEPARATOR || types[i] == U_OTHER_NEUTRAL;
  };
  std::vector<bool> result(types.size(), false);
  for (std::size_t i = 0; i < types.size();) {
    if (!runs(i)) {
      ++i;
      continue;
    }
    std::size_t last = i;
    for (std::size_t j = i + 1; j < types.size() && (runs(j) || joins(j)); ++j)
      if (runs(j)) last = j;
    for (; i <= last; ++i) result[i] = true;
  }
  return result;
}

/// Indices of a word's characters in reading order (Tesseract's CalculateBlobOrder).
std::vector<int> character_order(const DirectedWord& word, bool left_to_right) {
  std::vector<int> order;
  order.reserve(word.size());
  const int count = static_cast<int>(word.size());
  if (left_to_right) {
    for (int i = 0; i < count; ++i) order.push_back(i);
    return order;
  }
  const std::vector<bool> runs = left_to_right_runs(word);
  const auto is_run = [&](int i) { return runs[static_cast<std::size_t>(i)]; };
  for (int i = count - 1; i >= 0;) {
    int first = i;
    while (is_run(i) && first > 0 && is_run(first - 1)) --first;
    for (int k = first; k <= i; ++k) order.push_back(k);
    i = first - 1;
  }
  return order;
}

const char* mark_of(bool left_to_right) {
  return left_to_right ? kLeftToRightMark : kRightToLeftMark;
}

/// Goes through lines of one direction as Tesseract's iterator does, which remembers from the end
/// of a line whether a run began there.
class Reader {
 public:
  explicit Reader(bool left_to_right) : left_to_right_(left_to_right) {}

  std::vector<OrderedWord> read(const std::vector<DirectedWord>& line) {
    const std::vector<int> order = LineOrder(directions_of(line), left_to_right_).order();
    in_run_ = false;
    bool is_first = true;
    std::vector<OrderedWord> words;
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (order[i] < 0) {
        if (order[i] == kRunStart) in_run_ = true;
        if (order[i] == kRunEnd) in_run_ = false;
        continue;
      }
      if (!is_first) run_begins_ = i > 0 && order[i - 1] == kRunStart;
      if (is_first && in_run_) run_begins_ = true;
      is_first = false;
      words.push_back(word_at(line, order, i));
    }
    return words;
  }

 private:
  [[nodiscard]] OrderedWord word_at(const std::vector<DirectedWord>& line,
                                    const std::vector<int>& order, std::size_t place) const {
    const bool forward = left_to_right_ != in_run_;
    const auto index = static_cast<std::size_t>(order[place]);
    OrderedWord word{.index = index, .text = run_begins_ ? mark_of(forward) : ""};
    word.characters = character_order(line[index], forward);
    for (const int character : word.characters)
      word.text += line[index][static_cast<std::size_t>(character)].text;
    int last_mark = 0;
    for (std::size_t i = place + 1; i < order.size() && order[i] < 0; ++i) last_mark = order[i];
    if (last_mark == kMixedWord) word.text += mark_of(forward);
    if (last_mark == kRunEnd) word.text += mark_of(left_to_right_);
    return word;
  }

  bool left_to_right_;
  bool in_run_ = false;
  bool run_begins_ = false;
};

/// The direction of a paragraph that begins with a line; nothing if it depends on the other lines.
std::optional<bool> is_left_to_right(const std::vector<DirectedWord>& line) {
  if (direction_of(line.front()) == Direction::right_to_left) return false;
  if (direction_of(line.back()) == Direction::left_to_right) return true;
  return std::nullopt;
}

}  // namespace

bool is_right_to_left(int direction) {
  return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

bool has_right_to_left(std::span<const DirectedWord> words) {
  return std::ranges::any_of(words, [](const DirectedWord& word) {
    return std::ranges::any_of(word, is_right_to_left, &DirectedCharacter::direction);
  });
}

std::optional<std::vector<std::vector<OrderedWord>>> reading_order(
    std::span<const std::vector<DirectedWord>> lines) {
  std::optional<bool> direction;
  for (const std::vector<DirectedWord>& line : lines) {
    const std::optional<bool> of_line = is_left_to_right(line);
    if (of_line && direction && *of_line != *direction) return std::nullopt;
    if (of_line) direction = of_line;
  }
  Reader reader(direction.value_or(false));
  std::vector<std::vector<OrderedWord>> ordered;
  ordered.reserve(lines.size());
  for (const std::vector<DirectedWord>& line : lines) {
    // A paragraph that begins with such a line goes by the number of its words in each direction.
    const bool may_be_other = !direction || !is_left_to_right(line);
    if (may_be_other && Reader(true).read(line) != Reader(false).read(line)) return std::nullopt;
    ordered.push_back(reader.read(line));
  }
  return ordered;
}

}  // namespace ocrtune::lstm
