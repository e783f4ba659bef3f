// Writes the output of a pipeline for a page: clean_page PAGE.png CLEANED.png [PIPELINE]

#include <ocrtune/ocrtune.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <span>
#include <vector>

int main(int argc, char** argv) {
  if (argc < 3) return 1;
  try {
    std::ifstream file(argv[1], std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    const ocrtune::Image page = ocrtune::open_pages(std::as_bytes(std::span(bytes)), {})->decode(0);
    // Free parameters get their initial values.
    const ocrtune::Pipeline pipeline =
        ocrtune::load_pipeline(argc > 3 ? argv[3] : "standard").at({});
    const auto cleaned = ocrtune::encode(pipeline.run(page), ocrtune::OutputFormat::png);
    std::ofstream(argv[2], std::ios::binary)
        .write(reinterpret_cast<const char*>(cleaned.data()), std::ssize(cleaned));
    std::printf("%d x %d px, %zu stages\n", page.gray.cols, page.gray.rows,
                pipeline.stages().size());
  } catch (const ocrtune::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
