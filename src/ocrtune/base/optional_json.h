#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace ocrtune {

/// The value, or JSON's null.
template <typename Value>
nlohmann::json or_null(const std::optional<Value>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

/// The inverse of or_null for the field `name`. Throws nlohmann::json::exception if the field is
/// missing.
template <typename Value>
std::optional<Value> optional_at(const nlohmann::json& object, const std::string& name) {
  const nlohmann::json& value = object.at(name);
  return value.is_null() ? std::nullopt : std::optional(value.get<Value>());
}

}  // namespace ocrtune
