#include "ocrtune/base/json_fields.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/json_depth.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

using nlohmann::json;

bool is_json_too_deep(std::string_view text) { return is_json_deeper(text, kMaxJsonDepth); }

json parse_json(std::string_view text) {
  if (is_json_too_deep(text))
    throw Error(Errc::invalid_argument, tr("the JSON is nested too deeply"));
  json parsed = json::parse(text, nullptr, false);
  if (parsed.is_discarded()) throw Error(Errc::invalid_argument, tr("not well-formed JSON"));
  return parsed;
}

std::optional<json> find_json_object(std::string_view text) {
  if (is_json_too_deep(text)) return std::nullopt;
  json parsed = json::parse(text, nullptr, false);
  return parsed.is_object() ? std::optional(std::move(parsed)) : std::nullopt;
}

JsonFields::JsonFields(const json& object, std::string place)
    : object_(object), place_(std::move(place)) {
  if (object.is_object()) return;
  throw Error(Errc::invalid_argument,
              place_.empty() ? tr("must be a JSON object") : tr("{}: must be an object", place_));
}

std::string JsonFields::text(const std::string& name, std::size_t limit) {
  const json& value = field(name);
  if (!value.is_string()) refuse(name, tr("must be a string"));
  const auto& text = value.get_ref<const std::string&>();
  if (text.size() > limit || text.find('\0') != std::string::npos) {
    refuse(name, tr("must be a string of at most {} bytes without NUL", limit));
  }
  return text;
}

std::string JsonFields::line(const std::string& name, std::size_t limit) {
  std::string line = text(name, limit);
  if (quotable(line, limit) != line) refuse(name, tr("must be one line of text"));
  return line;
}

double JsonFields::number(const std::string& name, double low, double high) {
  const json& value = field(name);
  const double number = value.is_number() ? value.get<double>() : 0;
  // Written so that NaN fails too.
  if (!value.is_number() || !(number >= low && number <= high)) {
    refuse(name, tr("must be a number from {} to {}", low, high));
  }
  return number;
}

long long JsonFields::whole(const std::string& name, long long low, long long high) {
  const json& value = field(name);
  const bool fits = value.is_number_integer() &&
                    (!value.is_number_unsigned() ||
                     value.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
  const auto number = fits ? value.get<std::int64_t>() : 0;
  if (!fits || number < low || number > high) {
    refuse(name, tr("must be a whole number from {} to {}", low, high));
  }
  return number;
}

bool JsonFields::boolean(const std::string& name) {
  const json& value = field(name);
  if (!value.is_boolean()) refuse(name, tr("must be true or false"));
  return value.get<bool>();
}

const json& JsonFields::array(const std::string& name, std::size_t limit) {
  const json& value = field(name);
  if (!value.is_array() || value.size() > limit) {
    refuse(name, tr("must be a list of at most {} elements", limit));
  }
  return value;
}

std::vector<std::string> JsonFields::texts(const std::string& name, std::size_t limit) {
  std::vector<std::string> texts;
  for (const json& entry : array(name, limit)) {
    if (!entry.is_string()) refuse(name, tr("must be a list of strings"));
    texts.push_back(entry.get<std::string>());
    if (texts.back().size() > 4096 || texts.back().find('\0') != std::string::npos) {
      refuse(name, tr("must be a list of strings of at most 4096 bytes without NUL"));
    }
  }
  return texts;
}

const json* JsonFields::object_or_null(const std::string& name) {
  const json& value = field(name);
  if (value.is_null()) return nullptr;
  if (!value.is_object()) refuse(name, tr("must be an object or null"));
  return &value;
}

const json& JsonFields::object(const std::string& name) {
  const json& value = field(name);
  if (!value.is_object()) refuse(name, tr("must be an object"));
  return value;
}

bool JsonFields::absent(const std::string& name) {
  const auto found = object_.find(name);
  if (found != object_.end() && !found->is_null()) return false;
  read_.insert(name);
  return true;
}

void JsonFields::finish() const {
  for (const auto& [name, value] : object_.items()) {
    if (read_.contains(name)) continue;
    const std::vector<std::string> known(read_.begin(), read_.end());
    const std::string shown = quotable(name, 60);
    refuse(shown, tr("is not known") + did_you_mean(shown, known));
  }
}

std::string JsonFields::place_of(const std::string& name) const {
  return place_.empty() ? name : place_ + "." + name;
}

const json& JsonFields::field(const std::string& name) {
  read_.insert(name);
  const auto found = object_.find(name);
  if (found == object_.end()) refuse(name, tr("is missing"));
  return *found;
}

void JsonFields::refuse(const std::string& name, const std::string& line) const {
  throw Error(Errc::invalid_argument, fmt::format("`{}`: {}", place_of(name), line));
}

}  // namespace ocrtune
