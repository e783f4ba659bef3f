#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// Greatest depth of arrays and objects in a text from outside.
inline constexpr int kMaxJsonDepth = 16;

/// Parses the JSON of a request. Throws Error(invalid_argument) if it is malformed or deeper than
/// kMaxJsonDepth.
nlohmann::json parse_json(std::string_view text);

/// The object that a file of ocrtune's own has, which may have been changed; nothing if
/// parse_json() would refuse it or it is something else.
std::optional<nlohmann::json> find_json_object(std::string_view text);

/// True if arrays and objects are deeper than kMaxJsonDepth. nlohmann's parser takes any depth, but
/// copies and writes a value by calling itself.
bool is_json_too_deep(std::string_view text);

/// Reads the fields of a JSON object from outside. Each function throws Error(invalid_argument)
/// with one line that names the field if it is missing or has a value that is not allowed. The
/// object must outlive this.
class JsonFields {
 public:
  /// `place` is the path of the object, for messages: "", or "pipeline.uses[2]".
  JsonFields(const nlohmann::json& object, std::string place);

  /// One line or more of UTF-8 text of at most `limit` bytes, without a NUL.
  std::string text(const std::string& name, std::size_t limit = 1000);
  /// One printable line of at most `limit` bytes.
  std::string line(const std::string& name, std::size_t limit);
  double number(const std::string& name, double low, double high);
  long long whole(const std::string& name, long long low, long long high);
  bool boolean(const std::string& name);
  /// An array of at most `limit` entries.
  const nlohmann::json& array(const std::string& name, std::size_t limit);
  std::vector<std::string> texts(const std::string& name, std::size_t limit);
  /// An object, or nullptr if the field is null.
  const nlohmann::json* object_or_null(const std::string& name);
  const nlohmann::json& object(const std::string& name);

  /// True if the field is missing or null; then it counts as read.
  bool absent(const std::string& name);

  /// Throws Error(invalid_argument) for a field that was not read.
  void finish() const;

  /// Throws Error(invalid_argument): "`pipeline.uses[2].on`: LINE".
  [[noreturn]] void refuse(const std::string& name, const std::string& line) const;

  /// "pipeline.uses[2].on".
  [[nodiscard]] std::string place_of(const std::string& name) const;

 private:
  const nlohmann::json& field(const std::string& name);

  const nlohmann::json& object_;
  std::string place_;
  std::set<std::string> read_;
};

}  // namespace ocrtune
