#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ocrtune::lstm {

/// Unichar ids every unicharset begins with.
constexpr int kSpaceUnichar = 0;
constexpr int kJoinedUnichar = 1;
constexpr int kBrokenUnichar = 2;

/// Unicode's bidirectional classes as Tesseract numbers them (ICU's UCharDirection).
enum class Direction : std::uint8_t { left_to_right = 0, right_to_left = 1, other_neutral = 10 };

/// One entry of a unicharset: a character, or a sequence that is read as one.
struct Unichar {
  std::string text;     ///< UTF-8 as the file names it
  std::string cleaned;  ///< UTF-8 as it is written out, private-use marks taken off
  std::string normed;   ///< UTF-8, canonical form
  bool alpha = false;
  bool lower = false;
  bool upper = false;
  bool digit = false;
  bool punctuation = false;
  bool ngram = false;
  int script = 0;      ///< index into Unicharset::scripts()
  int direction = 0;   ///< ICU's UCharDirection
  int other_case = 0;  ///< unichar id
  int mirror = 0;      ///< unichar id
};

/// The characters of a model (Tesseract's unicharset, text format). Immutable; thread-safe.
class Unicharset {
 public:
  /// Throws Error(dependency_missing) where `file` is none, or has more than 100,000 entries.
  static Unicharset parse(std::span<const std::uint8_t> file, const std::string& name);

  [[nodiscard]] int size() const { return static_cast<int>(unichars_.size()); }
  [[nodiscard]] const Unichar& operator[](int id) const {
    return unichars_[static_cast<std::size_t>(id)];
  }
  /// The id of a text, where it is one.
  [[nodiscard]] std::optional<int> id_of(std::string_view text) const;
  [[nodiscard]] const std::vector<std::string>& scripts() const { return scripts_; }
  /// True where words of the script are separated by spaces (false for Han, Thai, …).
  [[nodiscard]] bool space_delimited(int id) const;

 private:
  std::vector<Unichar> unichars_;
  std::vector<std::string> scripts_;
  std::unordered_map<std::string, int> ids_;
};

}  // namespace ocrtune::lstm
