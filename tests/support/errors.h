#pragma once

#include <gtest/gtest.h>

#include <string>

#include "ocrtune/base/error.h"

namespace ocrtune::test {

/// The message of the Error that `action` throws. The test fails unless it throws one of that
/// status with a message of one line.
template <typename Action>
std::string error_of(Errc status, Action action) {
  try {
    action();
  } catch (const Error& error) {
    const std::string message = error.what();
    EXPECT_EQ(error.code(), status) << message;
    EXPECT_FALSE(message.empty());
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    return message;
  }
  ADD_FAILURE() << "no Error was thrown";
  return "";
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace ocrtune::test
