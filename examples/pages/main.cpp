#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <span>
#include <string>
#include <system_error>

#include "pages/errors.h"
#include "pages/page_set.h"

namespace {

using namespace ocrtune::examples;

enum ExitCode { success = 0, bad_input = 1, missing_font = 3 };

struct Options {
  std::string folder;
  std::uint64_t seed = 1;
  int pages = 0;
  double scale = 1.0;
  int jpeg = 0;
  bool list = false;
  bool quiet = false;
};

constexpr const char* examples_of_use =
    "Writes NAME.png or NAME.jpg, the text on it as NAME.gt.txt, and manifest.csv.\n\n"
    "Examples:\n"
    "  make_pages pages                      the default set, into the folder pages\n"
    "  make_pages --list                     what the default set consists of\n"
    "  make_pages pages --seed 7 --pages 56  four times as many, with other text\n"
    "  make_pages pages --scale 2            twice the resolution\n\n"
    "Exit: 0 done, 1 bad input or unwritable folder, 3 a font is not installed.";

/// CLI11 would accept -1 as 2^64 - 1. Empty if the text is a seed, else an error message.
std::string check_seed(const std::string& text) {
  std::uint64_t seed = 0;
  const char* end = text.data() + text.size();
  const auto [rest, problem] = std::from_chars(text.data(), end, seed);
  return problem == std::errc() && rest == end
             ? ""
             : fmt::format("{} is not a whole number from 0 to 2^64 - 1", text);
}

void declare(CLI::App& app, Options& options) {
  app.footer(examples_of_use);
  app.add_option("OUT_DIR", options.folder, "Folder to write to; made if it is not there");
  app.add_option("--seed", options.seed, "Which set: same seed, same bytes")
      ->check(check_seed)
      ->capture_default_str();
  app.add_option("--pages", options.pages, "How many pages; more than the default set repeats it")
      ->check(CLI::Range(1, 999))
      ->capture_default_str();
  app.add_option("--scale", options.scale, "Factor on pixels and dpi")
      ->check(CLI::Range(0.25, 4.0))
      ->capture_default_str();
  app.add_option("--jpeg", options.jpeg,
                 "Quality of JPEG for the pages that would be PNG, which are larger; 0: PNG")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  app.add_flag("--list", options.list, "List the pages and write nothing");
  app.add_flag("--quiet", options.quiet, "Do not print the names of written files");
}

/// The page's row in the manifest.
std::string row(const Page& page) {
  return fmt::format("{};{};{}.gt.txt;{};{};{:.0f}\n", page.file, tesseract_code(page.language),
                     page.stem, page.layout, page.degradation, page.dpi);
}

std::span<const unsigned char> bytes_of(const std::string& text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

void list_pages(const Options& options) {
  for (int i = 0; i < options.pages; ++i) {
    fmt::print("{}", row(describe_page({options.seed, i, options.scale, options.jpeg})));
  }
}

void write_pages(const Options& options) {
  const std::filesystem::path folder(options.folder);
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) {
    throw PagesError(fmt::format("cannot make folder {}: {}", options.folder, problem.message()));
  }
  std::string manifest = "file;lang;truth;layout;degradation;dpi\n";
  for (int i = 0; i < options.pages; ++i) {
    const Page page = make_page({options.seed, i, options.scale, options.jpeg});
    write_file(folder / page.file, page.image);
    write_file(folder / (page.stem + ".gt.txt"), bytes_of(page.truth));
    manifest += row(page);
    if (!options.quiet) {
      fmt::print("{}\n", (folder / page.file).string());
    }
  }
  write_file(folder / "manifest.csv", bytes_of(manifest));
}

int complain(const std::string& message, ExitCode code) {
  fmt::print(stderr, "make_pages: {}\n", message);
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Makes sample scans with exact ground truth: typeset text, degraded on purpose.",
               "make_pages");
  Options options;
  options.pages = static_cast<int>(recipes().size());
  declare(app, options);
  try {
    app.parse(argc, argv);
    if (options.list) {
      list_pages(options);
    } else if (options.folder.empty()) {
      return complain("no OUT_DIR given; see --help", bad_input);
    } else {
      write_pages(options);
    }
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    return complain(error.what(), bad_input);
  } catch (const MissingFont& error) {
    return complain(error.what(), missing_font);
  } catch (const PagesError& error) {
    return complain(error.what(), bad_input);
  } catch (const std::exception&) {
    return complain("out of memory, or a fault of this program; please report it", bad_input);
  }
  return success;
}
