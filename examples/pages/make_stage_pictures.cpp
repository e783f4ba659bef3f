#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>

#include "ocrtune/stages/registry.h"
#include "pages/image_file.h"
#include "pages/stage_pictures.h"

/// Writes the picture of each stage, NAME.png, into the given folder.
int main(int argc, char** argv) {
  using namespace ocrtune;
  using namespace ocrtune::examples;
  if (argc != 2) {
    fmt::print(stderr, "usage: make_stage_pictures FOLDER\n");
    return 1;
  }
  try {
    std::filesystem::create_directories(argv[1]);
    for (const Stage& stage : all_stages()) {
      write_file(std::filesystem::path(argv[1]) / (stage.name + ".png"),
                 encode_png(stage_picture(stage), kStagePictureDpi));
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "make_stage_pictures: {}\n", error.what());
    return 1;
  }
  return 0;
}
