#include "fuzz/common/mutation.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <iterator>

namespace ocrtune::fuzz {
namespace {

using tessdata::Component;
using test::Components;

constexpr std::size_t kLongestBlock = 64;

std::ptrdiff_t place_in(const ModelBytes& bytes, Random& random) {
  return static_cast<std::ptrdiff_t>(below(random, bytes.size()));
}

/// A block of at most kLongestBlock bytes.
ModelBytes block_of(const ModelBytes& bytes, Random& random) {
  const std::ptrdiff_t begin = place_in(bytes, random);
  const auto most = std::min(kLongestBlock, bytes.size() - static_cast<std::size_t>(begin));
  const auto size = static_cast<std::ptrdiff_t>(1 + below(random, most));
  return {bytes.begin() + begin, bytes.begin() + begin + size};
}

void flip_bits(ModelBytes& bytes, Random& random) {
  for (std::size_t i = 1 + below(random, 8); i > 0; --i) {
    bytes[below(random, bytes.size())] ^= static_cast<std::uint8_t>(1U << below(random, 8));
  }
}

void set_byte(ModelBytes& bytes, Random& random) {
  bytes[below(random, bytes.size())] = static_cast<std::uint8_t>(random.bits());
}

void overwrite_number(ModelBytes& bytes, Random& random) {
  const std::array<std::int64_t, 16> extremes = {
      0,     1,         -1,        2,          127,       255,       32767,     65535,
      65536, INT32_MAX, INT32_MIN, UINT32_MAX, INT64_MAX, INT64_MIN, 1'000'000, 42};
  const bool extreme = below(random, 4) != 0;
  const std::int64_t number = extreme ? extremes[below(random, extremes.size())]
                                      : static_cast<std::int64_t>(below(random, bytes.size() + 4));
  const std::size_t size = std::array<std::size_t, 3>{2, 4, 8}[below(random, 3)];
  if (bytes.size() < size) return;
  std::memcpy(bytes.data() + below(random, bytes.size() - size + 1), &number, size);
}

void cut_off(ModelBytes& bytes, Random& random) { bytes.resize(below(random, bytes.size())); }

void remove_block(ModelBytes& bytes, Random& random) {
  const auto size = static_cast<std::ptrdiff_t>(block_of(bytes, random).size());
  const auto begin =
      static_cast<std::ptrdiff_t>(below(random, bytes.size() - static_cast<std::size_t>(size) + 1));
  bytes.erase(bytes.begin() + begin, bytes.begin() + begin + size);
}

void double_block(ModelBytes& bytes, Random& random) {
  const ModelBytes block = block_of(bytes, random);
  bytes.insert(bytes.begin() + place_in(bytes, random), block.begin(), block.end());
}

void copy_block(ModelBytes& bytes, Random& random) {
  const ModelBytes block = block_of(bytes, random);
  const std::size_t begin = below(random, bytes.size() - block.size() + 1);
  std::ranges::copy(block, bytes.begin() + static_cast<std::ptrdiff_t>(begin));
}

using Damage = void (*)(ModelBytes&, Random&);
constexpr std::array<Damage, 10> kDamages = {
    flip_bits,        flip_bits, set_byte,     overwrite_number, overwrite_number,
    overwrite_number, cut_off,   remove_block, double_block,     copy_block};

std::vector<std::string> split_at(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string join(const std::vector<std::string>& parts, char separator) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += separator;
    text += parts[i];
  }
  return text;
}

/// A field as no unicharset should have it.
std::string odd_field(Random& random) {
  const std::array<std::string, 14> odd = {"",
                                           "-1",
                                           "99999999999999999999",
                                           "2147483647",
                                           "NULL",
                                           "0,255,0,255",
                                           "0,255,0,255,nan,inf,1e999,0,0,0",
                                           ",,,,",
                                           "\xff\xfe",
                                           "\xe4\xb8",
                                           "|Broken|0|1",
                                           std::string(200, 'x'),
                                           std::string(1, '\0'),
                                           "\u0640\ufb01"};
  return odd[below(random, odd.size())];
}

void edit_line(std::string& line, Random& random) {
  std::vector<std::string> fields = split_at(line, ' ');
  const std::size_t chosen = below(random, fields.size());
  const auto place = fields.begin() + static_cast<std::ptrdiff_t>(chosen);
  switch (below(random, 4)) {
    case 0:
      fields.erase(place);
      break;
    case 1:
      fields.insert(place, fields[below(random, fields.size())]);
      break;
    case 2:
      *place = std::to_string(below(random, 40));
      break;
    default:
      *place = odd_field(random);
  }
  line = join(fields, ' ');
}

/// One component replaced, removed or exchanged.
void swap_components(Components& components, const Components& other, Random& random) {
  auto one =
      std::next(components.begin(), static_cast<std::ptrdiff_t>(below(random, components.size())));
  const auto two =
      std::next(components.begin(), static_cast<std::ptrdiff_t>(below(random, components.size())));
  const auto foreign = other.find(one->first);
  switch (below(random, 3)) {
    case 0:
      components.erase(one);
      break;
    case 1:
      std::swap(one->second, two->second);
      break;
    default:
      if (foreign != other.end()) one->second = foreign->second;
  }
}

void damage_component(Components& components, Random& random) {
  // The network's component is the one with the most structure; it gets half of the damage.
  auto chosen = components.find(Component::network);
  if (chosen == components.end() || below(random, 2) == 0) {
    chosen = std::next(components.begin(),
                       static_cast<std::ptrdiff_t>(below(random, components.size())));
  }
  if (chosen->first == Component::unicharset && below(random, 3) != 0) {
    edit_unicharset(chosen->second, random);
  } else {
    damage(chosen->second, random);
  }
}

}  // namespace

std::size_t below(Random& random, std::size_t below) { return random.bits() % below; }

void damage(ModelBytes& bytes, Random& random) {
  if (bytes.empty()) bytes.push_back(0);
  kDamages[below(random, kDamages.size())](bytes, random);
}

void edit_unicharset(ModelBytes& text, Random& random) {
  std::vector<std::string> lines = split_at(std::string(text.begin(), text.end()), '\n');
  const std::size_t chosen = below(random, lines.size());
  const auto place = lines.begin() + static_cast<std::ptrdiff_t>(chosen);
  switch (below(random, 8)) {
    case 0:
      lines.erase(place);
      break;
    case 1:
      lines.insert(place, lines[below(random, lines.size())]);
      break;
    case 2:
      lines.front() = std::to_string(below(random, 2 * lines.size()));
      break;
    case 3:
      *place = odd_field(random);
      break;
    default:
      edit_line(*place, random);
  }
  text = test::model_bytes_of(join(lines, '\n'));
}

std::vector<std::byte> mutated_file(const Components& components, const Components& other,
                                    Random& random) {
  Components changed = components;
  for (std::size_t i = below(random, 3) + 1; i > 0 && !changed.empty(); --i) {
    if (below(random, 10) == 0) {
      swap_components(changed, other, random);
    } else {
      damage_component(changed, random);
    }
  }
  std::vector<std::byte> file = test::traineddata_file(changed);
  if (below(random, 10) != 0) return file;
  // Behind the table's bytes nothing changes in half of the cases.
  constexpr std::size_t kTable = 196;
  const std::size_t size = below(random, 2) == 0 ? std::min(kTable, file.size()) : file.size();
  const auto table_end = file.begin() + static_cast<std::ptrdiff_t>(size);
  ModelBytes bytes;
  std::transform(file.begin(), table_end, std::back_inserter(bytes),
                 [](std::byte byte) { return std::to_integer<std::uint8_t>(byte); });
  damage(bytes, random);
  std::vector<std::byte> damaged;
  std::ranges::transform(bytes, std::back_inserter(damaged),
                         [](std::uint8_t byte) { return std::byte{byte}; });
  damaged.insert(damaged.end(), table_end, file.end());
  return damaged;
}

}  // namespace ocrtune::fuzz
