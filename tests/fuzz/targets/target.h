#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/base/error.h"

namespace ocrtune::fuzz {

/// A way by which bytes from outside come in.
struct Target {
  std::string_view name;
  /// Gives `input` to the functions that get such bytes; whether one of them takes it. Throws, or
  /// crashes, only if there is a fault: a refusal is none.
  bool (*run)(std::string_view input);
  /// Valid inputs, made by what writes them.
  std::vector<std::string> (*seeds)();
};

/// All targets that are linked, by name.
const std::vector<Target>& targets();

/// The target of this name. Throws std::runtime_error if there is none.
const Target& target_named(std::string_view name);

/// Adds a target to targets(): for an object of a file of its own.
struct Registered {
  explicit Registered(const Target& target);
};

/// Throws std::runtime_error unless the error is one of these codes and has a message of one
/// printable line.
void check_refusal(const Error& error, std::initializer_list<Errc> codes);

/// Whether `read` takes the input: false if it throws an Error that check_refusal() allows.
template <class Read>
bool is_taken(std::initializer_list<Errc> codes, const Read& read) {
  try {
    read();
    return true;
  } catch (const Error& error) {
    check_refusal(error, codes);
    return false;
  }
}

inline std::span<const std::byte> bytes_in(std::string_view text) {
  return std::as_bytes(std::span(text));
}

inline std::string text_in(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace ocrtune::fuzz
