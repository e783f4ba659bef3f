#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ocrtune/ocr/tessdata/byte_reader.h"

namespace ocrtune::tessdata {

/// Unichar ids with which every unicharset begins; that of joined characters, 1, is between them.
constexpr int kSpaceUnichar = 0;
constexpr int kBrokenUnichar = 2;

/// UTF-8 text without what unicharsets do not contain, as Tesseract cleans what it is trained with:
/// no tatweel, the ligatures ﬁ and ﬂ as letters. Thread-safe.
std::string cleaned_up(std::string_view text);

/// One entry of a unicharset: a character, or a sequence that is recognized as one.
struct Unichar {
  std::string text;             ///< UTF-8 as in the file; the space is " "
  std::string cleaned;          ///< UTF-8 for output: private-use ligatures as their letters
  std::string normed;           ///< UTF-8, canonical form
  std::vector<int> normed_ids;  ///< the unichars of `normed`, or the unichar's own id
  bool alpha = false;
  bool lower = false;
  bool upper = false;
  bool digit = false;
  bool punctuation = false;
  int script = 0;      ///< index into Unicharset::scripts()
  int direction = 0;   ///< ICU's UCharDirection
  int other_case = 0;  ///< unichar id
  int mirror = 0;      ///< unichar id
};

/// The characters of a model (Tesseract's unicharset, text format). Immutable; thread-safe.
class Unicharset {
 public:
  /// Tesseract's limit.
  static constexpr int kMaxUnichars = 32767;

  /// Throws Error(dependency_missing) if `file` is malformed, or has more than kMaxUnichars
  /// entries, two entries of the same text, or one of more than 30 bytes or that is not UTF-8.
  static Unicharset parse(std::span<const std::uint8_t> file, const std::string& name);
  /// Reads the lines of a unicharset and leaves `bytes` after them.
  static Unicharset parse(ByteReader& bytes);

  [[nodiscard]] int size() const { return static_cast<int>(unichars_.size()); }
  [[nodiscard]] const Unichar& operator[](int id) const {
    return unichars_[static_cast<std::size_t>(id)];
  }
  /// The id of a text, if it has one. Text from outside is cleaned first (no tatweel, ligatures ﬁ
  /// and ﬂ as letters), unless the unicharset has such entries itself.
  [[nodiscard]] std::optional<int> id_of(std::string_view text) const;
  /// The shortest unichars that make up `text`; empty: it cannot be encoded with them. Text is not
  /// cleaned.
  [[nodiscard]] std::vector<int> encode(std::string_view text) const;

  /// The names of the scripts; "NULL" is the first.
  [[nodiscard]] const std::vector<std::string>& scripts() const { return scripts_; }
  /// Index of a script; 0: no unichar has it.
  [[nodiscard]] int script_id(std::string_view name) const;
  /// True if words of the script are separated by spaces (false for Han, Thai, …). As in Tesseract
  /// also false for unichars without a script, if not all scripts without spaces occur.
  [[nodiscard]] bool space_delimited(int id) const {
    return space_delimited_[static_cast<std::size_t>(id)] != 0;
  }
  /// True if the unichars 1 and kBrokenUnichar are not characters of the language.
  [[nodiscard]] bool has_special_codes() const;
  /// True if more unichars are written right to left than left to right.
  [[nodiscard]] bool right_to_left() const;

 private:
  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  void add(std::string_view line, int id, int size, const ByteReader& bytes);
  int add_script(std::string_view name, const ByteReader& bytes);
  void set_up();
  [[nodiscard]] std::optional<int> exact_id(std::string_view text) const;

  std::vector<Unichar> unichars_;
  std::vector<std::string> scripts_;
  std::unordered_map<std::string, int, TextHash, std::equal_to<>> ids_;
  std::vector<char> space_delimited_;
  /// Whether there are entries that cleaning would change, or that are sequences of other entries.
  bool old_style_ = false;
};

}  // namespace ocrtune::tessdata
