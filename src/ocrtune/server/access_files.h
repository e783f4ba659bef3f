#pragma once

#include <filesystem>
#include <string>

namespace ocrtune::server {

/// The token of the server of a folder. It is kept in a file below state_folder() that only this
/// user can read, so that a browser stays admitted when the server is started again. A new one is
/// made if there is none, if `renew`, or if others could have read or written the file. If it
/// cannot be kept, it is for this server only. `folder` is absolute, without symbolic links. Throws
/// as random_digits().
std::string kept_token(const std::filesystem::path& folder, bool renew);

/// A local page that leads a browser to an address: unlike a command line, other users of the
/// machine cannot read it. Removed when it is destroyed.
class OpeningPage {
 public:
  /// `folder` as for kept_token().
  OpeningPage(const std::filesystem::path& folder, const std::string& address);
  ~OpeningPage();
  OpeningPage(const OpeningPage&) = delete;
  OpeningPage& operator=(const OpeningPage&) = delete;

  /// Empty if it could not be written.
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path file_;
};

}  // namespace ocrtune::server
