#include "ocrtune/training/trainable_model.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/training/float_network.h"

namespace ocrtune::training {
namespace {

using tessdata::ByteReader;
using tessdata::Component;
using tessdata::Unicharset;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kMaxLineBytes = 255;
constexpr std::size_t kMaxTextBytes = 24;
constexpr std::int64_t kMaxCodes = 32768;
constexpr int kMaxCodeLength = 9;
constexpr int kMaxClasses = 65'536;

// Flags of a model.
constexpr std::int32_t kIntegerWeights = 1;
constexpr std::int32_t kHasCodes = 64;

template <typename T>
void append(Bytes& bytes, T value) {
  const std::size_t end = bytes.size();
  bytes.resize(end + sizeof value);
  std::memcpy(bytes.data() + end, &value, sizeof value);
}

/// The classes of a character, and a flag that only training uses.
struct Code {
  std::int8_t self_normalized = 1;
  std::vector<int> classes;
};

/// The bytes of the characters of a file, and they themselves.
struct Characters {
  std::string lines;  ///< without the first one, their number
  Unicharset set;
};

Characters read_characters(std::span<const std::uint8_t> component, ByteReader& bytes) {
  const std::size_t start = bytes.position();
  Unicharset set = Unicharset::parse(bytes);
  ByteReader again(component.first(bytes.position()), bytes.name());
  again.take(start);
  again.line(kMaxLineBytes);
  const auto rest = again.take(again.left());
  std::string lines(rest.begin(), rest.end());
  if (!lines.ends_with('\n')) lines += '\n';
  return {.lines = std::move(lines), .set = std::move(set)};
}

std::vector<Code> read_codes(ByteReader& bytes) {
  const auto count =
      bytes.in_range(bytes.number<std::uint32_t>(), 1, kMaxCodes, tr_noop("the number of codes"));
  std::vector<Code> codes;
  for (std::int64_t i = 0; i < count; ++i) {
    Code code{.self_normalized = bytes.number<std::int8_t>(), .classes = {}};
    const auto length =
        bytes.in_range(bytes.number<std::int32_t>(), 0, kMaxCodeLength, tr_noop("a code's length"));
    for (std::int64_t k = 0; k < length; ++k) {
      code.classes.push_back(static_cast<int>(bytes.in_range(
          bytes.number<std::int32_t>(), 0, kMaxClasses - 1, tr_noop("a class of a code"))));
    }
    codes.push_back(std::move(code));
  }
  return codes;
}

Bytes bytes_of(const std::vector<Code>& codes) {
  Bytes bytes;
  append(bytes, static_cast<std::uint32_t>(codes.size()));
  for (const Code& code : codes) {
    append(bytes, code.self_normalized);
    append(bytes, static_cast<std::int32_t>(code.classes.size()));
    for (const int number : code.classes) append(bytes, static_cast<std::int32_t>(number));
  }
  return bytes;
}

/// Behind the network in its component, as a training from the beginning has it.
Bytes read_tail(ByteReader& bytes, float learning_rate) {
  Bytes tail;
  const std::string text = bytes.text();
  append(tail, static_cast<std::uint32_t>(text.size()));
  tail.insert(tail.end(), text.begin(), text.end());
  const auto flags = bytes.number<std::int32_t>();
  if ((flags & kHasCodes) == 0) bytes.fail(tr("models without codes can't be trained"));
  append(tail, flags & ~kIntegerWeights);
  bytes.numbers<std::int32_t>(2);  // iterations
  append(tail, std::int32_t{0});
  append(tail, std::int32_t{0});
  append(tail, bytes.number<std::int32_t>());  // null
  append(tail, bytes.number<float>());         // Adam's beta
  bytes.number<float>();
  append(tail, learning_rate);
  append(tail, bytes.number<float>());  // momentum
  return tail;
}

/// Bits of a character in a unicharset: alpha 1, lower 2, upper 4, digit 8, punctuation 16.
unsigned properties_of(UChar32 c) {
  return (u_isalpha(c) ? 1U : 0U) | (u_islower(c) ? 2U : 0U) | (u_isupper(c) ? 4U : 0U) |
         (u_isdigit(c) ? 8U : 0U) | (u_ispunct(c) ? 16U : 0U);
}

std::string script_of(UChar32 c) {
  UErrorCode failure = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &failure);
  return U_FAILURE(failure) ? "Common" : uscript_getName(script);
}

int id_or(const Unicharset& set, UChar32 c, int own) {
  return set.id_of(utf8(std::u32string(1, static_cast<char32_t>(c)))).value_or(own);
}

/// The line of a character in a unicharset.
std::string line_of(const std::string& text, int id, const Unicharset& set) {
  const std::u32string points = code_points(text);
  const auto first = static_cast<UChar32>(points.front());
  const bool single = points.size() == 1;
  const UChar32 other = u_isupper(first) ? u_tolower(first) : u_toupper(first);
  return fmt::format("{} {:x} 0,255,0,255,0,0,0,0,0,0 {} {} {} {} {}\n", text, properties_of(first),
                     script_of(first), single ? id_or(set, other, id) : id,
                     static_cast<int>(u_charDirection(first)),
                     single ? id_or(set, u_charMirror(first), id) : id, text);
}

/// Throws if the character cannot be one of a model.
void check(const std::string& text, const std::string& name) {
  const std::u32string points = code_points(text);
  const bool strange = std::ranges::any_of(
      points, [](char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) || is_unusual(c); });
  if (points.empty() || strange || text.size() > kMaxTextBytes || !is_utf8(text)) {
    throw Error(Errc::dependency_missing,
                tr("{}: `{}` can't be added to its characters", name, quotable(text, 40)));
  }
}

/// The characters to add that the model doesn't have, each once.
std::vector<AddedCharacter> new_ones(const std::vector<AddedCharacter>& added,
                                     const Unicharset& set, const std::string& name) {
  std::vector<AddedCharacter> result;
  for (const AddedCharacter& character : added) {
    check(character.text, name);
    const bool known = set.id_of(character.text).has_value() ||
                       tessdata::cleaned_up(character.text) != character.text ||
                       std::ranges::any_of(result, [&](const AddedCharacter& other) {
                         return other.text == character.text;
                       });
    if (!known) result.push_back(character);
  }
  return result;
}

int class_count(const std::vector<Code>& codes) {
  int classes = 0;
  for (const Code& code : codes) {
    for (const int number : code.classes) classes = std::max(classes, number + 1);
  }
  return classes;
}

/// What a model consists of.
class Parts {
 public:
  Parts(const tessdata::TrainedData& base, float learning_rate)
      : base_(base),
        component_(base.bytes(Component::network)),
        rate_(learning_rate),
        apart_(base.has(Component::unicharset) && base.has(Component::recoder)),
        bytes_(base.reader(Component::network, "network")) {
    if (!base.has(Component::network))
      throw Error(Errc::dependency_missing, tr("{}: it has no LSTM network", base.name()));
    network_ = float_network(component_, bytes_, {}, rate_);
    read_behind();
    check_codes();
  }

  void add(const std::vector<AddedCharacter>& added) {
    const std::vector<AddedCharacter> characters = new_ones(added, characters_.set, base_.name());
    if (characters.empty()) return;
    LikeClasses like;
    const int old = characters_.set.size();
    for (const AddedCharacter& character : characters) {
      const int id = old + static_cast<int>(like.size());
      characters_.lines += line_of(character.text, id, characters_.set);
      const auto known = characters_.set.id_of(character.like);
      const auto known_classes =
          known ? codes_[static_cast<std::size_t>(*known)].classes : std::vector<int>();
      // At the place of its id: the code behind the characters' codes is that of null.
      codes_.insert(codes_.begin() + id,
                    Code{.classes = {network_.classes + static_cast<int>(like.size())}});
      like.push_back(known_classes.empty() ? kUnlike : known_classes.front());
    }
    ByteReader again = base_.reader(Component::network, "network");
    network_ = float_network(component_, again, like, rate_);
    const std::string file = unicharset_text(old + static_cast<int>(characters.size()));
    characters_.set = Unicharset::parse(
        {reinterpret_cast<const std::uint8_t*>(file.data()), file.size()}, base_.name());
  }

  TrainableModel take() {
    TrainableModel model{.components = tessdata::components_of(base_),
                         .characters = characters_.set,
                         .codes = {},
                         .height = network_.height,
                         .x_scale = network_.x_scale};
    Bytes& network = model.components[Component::network];
    network = std::move(network_.bytes);
    network.insert(network.end(), tail_.begin(), tail_.end());
    const std::string file = unicharset_text(characters_.set.size());
    model.components[Component::unicharset].assign(file.begin(), file.end());
    model.components[Component::recoder] = bytes_of(codes_);
    for (Code& code : codes_) model.codes.push_back(std::move(code.classes));
    return model;
  }

 private:
  void read_behind() {
    ByteReader characters = base_.reader(Component::unicharset, "characters");
    ByteReader codes = base_.reader(Component::recoder, "codes");
    characters_ = apart_ ? read_characters(base_.bytes(Component::unicharset), characters)
                         : read_characters(component_, bytes_);
    tail_ = read_tail(bytes_, rate_);
    codes_ = read_codes(apart_ ? codes : bytes_);
  }

  void check_codes() const {
    if (class_count(codes_) != network_.classes) {
      bytes_.fail(tr("the network has {} classes, but the characters' codes {}", network_.classes,
                     class_count(codes_)));
    }
    if (codes_.size() < static_cast<std::size_t>(characters_.set.size()))
      bytes_.fail(tr("some characters have no code"));
  }

  [[nodiscard]] std::string unicharset_text(int size) const {
    return fmt::format("{}\n{}", size, characters_.lines);
  }

  const tessdata::TrainedData& base_;
  std::span<const std::uint8_t> component_;
  float rate_;
  bool apart_;  ///< characters and codes are components of their own
  ByteReader bytes_;
  FloatNetwork network_;
  Characters characters_;
  std::vector<Code> codes_;
  Bytes tail_;
};

}  // namespace

TrainableModel trainable_model(const tessdata::TrainedData& base,
                               const std::vector<AddedCharacter>& added, float learning_rate) {
  Parts parts(base, learning_rate);
  parts.add(added);
  return parts.take();
}

}  // namespace ocrtune::training
