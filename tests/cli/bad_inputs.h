#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "support/temp_folder.h"

namespace ocrtune::cli::test {

using Arguments = std::vector<std::string>;
/// A folder to write files into; `out` in it is for what the command writes.
using Folder = ocrtune::test::TempFolder;
/// Prepares the folder and returns the command line.
using Prepare = std::function<Arguments(const Folder&)>;

/// A case of docs/reference/bad_inputs.md.
struct BadInput {
  std::string name;
  int status = 0;
  std::string message;  ///< standard error contains it
  Prepare arguments;
  std::vector<std::string> files_left = {};  ///< in `out`, when the command has ended
};

/// For GoogleTest.
inline void PrintTo(const BadInput& one, std::ostream* out) { *out << one.name; }

/// All cases, in the order of the table.
const std::vector<BadInput>& all_bad_inputs();

std::vector<BadInput> bad_pages();
std::vector<BadInput> bad_manifests();
std::vector<BadInput> bad_transcripts();
std::vector<BadInput> bad_languages();
std::vector<BadInput> bad_pipelines();
std::vector<BadInput> bad_options();
std::vector<BadInput> bad_audit_files();
std::vector<BadInput> bad_studies();
std::vector<BadInput> bad_outputs();

/// A command line that needs no files.
Prepare words(Arguments arguments);

/// The path of a file in the folder, which need not exist.
std::string at(const Folder& folder, const std::string& name);

/// Writes a file and returns its path.
std::string written(const Folder& folder, const std::string& name, std::string_view content);

/// The bytes of the page that most cases are given.
std::string page_bytes();

/// Copies that page into the folder, without its ground truth, and returns its path.
std::string copied_page(const Folder& folder, const std::string& name = "page.png");

/// The command lines of searches with one point, whose study is in `out`, with more options.
Arguments screening(const Folder& folder, const Arguments& options = {});
Arguments optimization(const Folder& folder, const Arguments& options = {});

/// Runs a screening with one point into this study, with more options; fails the test if that
/// fails.
void make_study(const std::string& study, const Arguments& options = {});

}  // namespace ocrtune::cli::test
