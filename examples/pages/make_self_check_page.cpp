#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "pages/image_file.h"
#include "pages/self_check_page.h"

/// Writes the page of self_check_page.h to the given PNG file.
int main(int argc, char** argv) {
  using namespace ocrtune::examples;
  if (argc != 2) {
    fmt::print(stderr, "usage: make_self_check_page FILE.png\n");
    return 1;
  }
  try {
    write_file(argv[1], encode_png(self_check_page(), kSelfCheckDpi));
  } catch (const std::exception& error) {
    fmt::print(stderr, "make_self_check_page: {}\n", error.what());
    return 1;
  }
  return 0;
}
