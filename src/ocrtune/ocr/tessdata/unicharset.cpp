#include "ocrtune/ocr/tessdata/unicharset.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/tessdata/unicharset_line.h"

namespace ocrtune::tessdata {
namespace {

constexpr std::size_t kMaxLineBytes = 255;
constexpr std::size_t kMaxTextBytes = 30;
constexpr std::size_t kMaxScripts = 300;
/// The longest text that is encoded; normed texts are shorter.
constexpr std::size_t kMaxEncodedBytes = 256;

using Replacement = std::pair<std::string_view, std::string_view>;

/// Characters of text from outside that unicharsets do not contain: tatweel and two ligatures.
constexpr std::array<Replacement, 3> kCleaned = {
    {{"\u0640", ""}, {"\ufb01", "fi"}, {"\ufb02", "fl"}}};

/// Ligatures without a code of their own in Unicode, in the private-use area.
constexpr std::array<Replacement, 5> kLigatures = {{{"\ue003", "ct"},
                                                    {"\ue006", "\u017fh"},
                                                    {"\ue007", "\u017fi"},
                                                    {"\ue008", "\u017fl"},
                                                    {"\ue009", "\u017f\u017f"}}};

std::string written(const std::string& text) {
  const auto* found = std::ranges::find(kLigatures, std::string_view(text), &Replacement::first);
  return found == kLigatures.end() ? text : std::string(found->second);
}

/// Bytes of the UTF-8 sequence that begins with `lead`; 1 if none does.
std::size_t sequence_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0xc0 || byte >= 0xf8) return 1;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

int character_count(ByteReader& bytes) {
  std::string_view line = bytes.line(kMaxLineBytes);
  line.remove_prefix(std::min(line.find_first_not_of(" \t\r\n"), line.size()));
  int count = 0;
  if (std::from_chars(line.data(), line.data() + line.size(), count).ec != std::errc()) {
    bytes.fail(tr("the number of characters is missing"));
  }
  bytes.in_range(count, 1, Unicharset::kMaxUnichars, tr_noop("the number of characters"));
  return count;
}

/// Depth-first search for the first sequence of the shortest unichars; positions that were already
/// reached cannot succeed and are not tried again.
template <typename Lookup>
class Encoder {
 public:
  Encoder(std::string_view text, const Lookup& lookup) : text_(text), lookup_(lookup) {}

  bool encode_from(std::size_t place) {
    if (place == text_.size()) return true;
    if (tried_[place]) return false;
    tried_[place] = true;
    std::size_t length = shortest_match(place);
    while (length > 0 && length <= kMaxTextBytes && place + length <= text_.size()) {
      if (const auto id = lookup_(text_.substr(place, length))) {
        ids_.push_back(*id);
        if (encode_from(place + length)) return true;
        ids_.pop_back();
      }
      if (place + length == text_.size()) break;
      length += sequence_length(text_[place + length]);
    }
    return false;
  }

  [[nodiscard]] std::vector<int> take() { return std::move(ids_); }

 private:
  [[nodiscard]] std::size_t shortest_match(std::size_t place) const {
    const std::size_t most = std::min(kMaxTextBytes, text_.size() - place);
    for (std::size_t length = 1; length <= most; ++length) {
      if (lookup_(text_.substr(place, length))) return length;
    }
    return 0;
  }

  std::string_view text_;
  const Lookup& lookup_;
  std::vector<int> ids_;
  std::bitset<kMaxEncodedBytes> tried_;
};

}  // namespace

std::string cleaned_up(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto* found = std::ranges::find_if(
        kCleaned, [&](const Replacement& entry) { return text.starts_with(entry.first); });
    const bool kept = found == kCleaned.end();
    result += kept ? text.substr(0, 1) : found->second;
    text.remove_prefix(kept ? 1 : found->first.size());
  }
  return result;
}

Unicharset Unicharset::parse(std::span<const std::uint8_t> file, const std::string& name) {
  ByteReader bytes(file, name);
  return parse(bytes);
}

Unicharset Unicharset::parse(ByteReader& bytes) {
  const int size = character_count(bytes);
  // A line has at least three bytes.
  if (static_cast<std::size_t>(size) > bytes.left() / 3) bytes.fail(tr("unexpected end of data"));
  Unicharset set;
  set.scripts_.emplace_back("NULL");
  set.unichars_.reserve(static_cast<std::size_t>(size));
  set.ids_.reserve(static_cast<std::size_t>(size));
  for (int id = 0; id < size; ++id) set.add(bytes.line(kMaxLineBytes), id, size, bytes);
  set.set_up();
  return set;
}

void Unicharset::add(std::string_view line, int id, int size, const ByteReader& bytes) {
  const auto parsed = parse_unichar_line(line);
  if (!parsed) bytes.fail(tr("character {} has no text or no properties", id));
  Unichar unichar;
  unichar.text = parsed->text == "NULL" ? std::string_view(" ") : parsed->text;
  if (unichar.text.size() > kMaxTextBytes || !is_utf8(unichar.text)) {
    bytes.fail(tr("character {} is not UTF-8 of at most {} bytes", id, kMaxTextBytes));
  }
  if (!old_style_)
    old_style_ = cleaned_up(unichar.text) != unichar.text || !encode(unichar.text).empty();
  if (!ids_.emplace(unichar.text, id).second) {
    bytes.fail(tr("`{}` is given twice", quotable(unichar.text)));
  }
  unichar.cleaned = written(unichar.text);
  unichar.normed = parsed->normed.empty() ? parsed->text : parsed->normed;
  unichar.alpha = (parsed->properties & 0x1) != 0;
  unichar.lower = (parsed->properties & 0x2) != 0;
  unichar.upper = (parsed->properties & 0x4) != 0;
  unichar.digit = (parsed->properties & 0x8) != 0;
  unichar.punctuation = (parsed->properties & 0x10) != 0;
  unichar.script = add_script(parsed->script, bytes);
  unichar.direction = parsed->direction;
  const auto id_or_own = [&](std::optional<int> other) {
    return other && *other >= 0 && *other < size ? *other : id;
  };
  unichar.other_case = id_or_own(parsed->other_case);
  unichar.mirror = id_or_own(parsed->mirror);
  unichars_.push_back(std::move(unichar));
}

int Unicharset::add_script(std::string_view name, const ByteReader& bytes) {
  const auto found = std::ranges::find(scripts_, name);
  if (found != scripts_.end()) return static_cast<int>(found - scripts_.begin());
  if (scripts_.size() == kMaxScripts) bytes.fail(tr("too many scripts"));
  scripts_.emplace_back(name);
  return static_cast<int>(scripts_.size()) - 1;
}

void Unicharset::set_up() {
  for (int id = 0; id < size(); ++id) {
    Unichar& unichar = unichars_[static_cast<std::size_t>(id)];
    const bool space = id == kSpaceUnichar && unichar.text == " ";
    if (!space) unichar.normed_ids = encode(unichar.normed);
    if (unichar.normed_ids.empty()) unichar.normed_ids = {id};
    if (id == kSpaceUnichar) unichar.normed = " ";
  }
  std::vector<char> without_spaces(scripts_.size(), 0);
  for (const char* script : {"Han", "Thai", "Hangul", "Hiragana", "Katakana"}) {
    without_spaces[static_cast<std::size_t>(script_id(script))] = 1;
  }
  for (const Unichar& unichar : unichars_) {
    space_delimited_.push_back(without_spaces[static_cast<std::size_t>(unichar.script)] == 0);
  }
}

std::optional<int> Unicharset::exact_id(std::string_view text) const {
  const auto found = ids_.find(text);
  return found == ids_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<int> Unicharset::id_of(std::string_view text) const {
  return old_style_ ? exact_id(text) : exact_id(cleaned_up(text));
}

std::vector<int> Unicharset::encode(std::string_view text) const {
  if (text.size() > kMaxEncodedBytes) return {};
  const auto lookup = [this](std::string_view part) { return exact_id(part); };
  Encoder encoder(text, lookup);
  return encoder.encode_from(0) ? encoder.take() : std::vector<int>();
}

int Unicharset::script_id(std::string_view name) const {
  const auto found = std::ranges::find(scripts_, name);
  return found == scripts_.end() ? 0 : static_cast<int>(found - scripts_.begin());
}

bool Unicharset::has_special_codes() const {
  return size() > kBrokenUnichar && (*this)[kBrokenUnichar].text == "|Broken|0|1";
}

bool Unicharset::right_to_left() const {
  constexpr int kRightToLeft = 1;
  constexpr int kArabicNumber = 5;
  constexpr int kRightToLeftArabic = 13;
  int balance = 0;
  for (const Unichar& unichar : unichars_) {
    const int direction = unichar.direction;
    if (direction == 0) --balance;
    if (direction == kRightToLeft || direction == kArabicNumber ||
        direction == kRightToLeftArabic) {
      ++balance;
    }
  }
  return balance > 0;
}

}  // namespace ocrtune::tessdata
