// Prints the words of pages with their boxes and confidences: read_page PAGES…

#include <ocrtune/ocrtune.h>

#include <cstdio>

int main(int argc, char** argv) {
  using namespace ocrtune;
  workflow::ReadOptions options;
  options.pages.inputs.assign(argv + 1, argv + argc);
  options.pipeline.pipeline = "standard";
  workflow::PagesRead taken;
  taken.page = [](const workflow::PageRead& read) {
    std::printf("%s\n", read.page->name.c_str());
    for (const Word& word : read.ocr_result.words) {
      std::printf("%d %d %d %d  %3.0f  %s\n", word.left, word.top, word.right, word.bottom,
                  static_cast<double>(word.confidence), word.text.c_str());
    }
  };
  try {
    const workflow::ReadResult result = workflow::read(options, taken, {});
    return result.left_out > 0 ? 2 : 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
