#pragma once

#include <stdexcept>
#include <string>

namespace ocrtune::examples {

/// An error that the user can correct: a folder that cannot be written, a number out of range. The
/// message is one line for the user.
class PagesError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A font family that this machine does not have. The message names the Debian package.
class MissingFont : public PagesError {
 public:
  explicit MissingFont(const std::string& family);
};

}  // namespace ocrtune::examples
