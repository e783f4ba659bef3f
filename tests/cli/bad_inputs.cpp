#include "bad_inputs.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "command_run.h"
#include "ocrtune/base/files.h"

namespace ocrtune::cli::test {
namespace {

/// No non-local means, which take longest.
const Arguments kFast{"--set", "denoise_h=0"};

Arguments with_more(Arguments first, const Arguments& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace

const std::vector<BadInput>& all_bad_inputs() {
  static const std::vector<BadInput> kCases = [] {
    std::vector<BadInput> cases;
    for (const auto& group :
         {bad_pages, bad_manifests, bad_transcripts, bad_languages, bad_pipelines, bad_options,
          bad_audit_files, bad_studies, bad_outputs})
      std::ranges::move(group(), std::back_inserter(cases));
    return cases;
  }();
  return kCases;
}

Prepare words(Arguments arguments) {
  return [arguments = std::move(arguments)](const Folder& /*folder*/) { return arguments; };
}

std::string at(const Folder& folder, const std::string& name) {
  return (folder.path() / name).string();
}

std::string written(const Folder& folder, const std::string& name, std::string_view content) {
  return folder.write(name, content).string();
}

std::string page_bytes() { return read_text(receipt(), 1 << 20); }

std::string copied_page(const Folder& folder, const std::string& name) {
  return written(folder, name, page_bytes());
}

Arguments screening(const Folder& folder, const Arguments& options) {
  return with_more(
      with_more({"screen", receipt(), "--exponent", "0", "--study", at(folder, "out/s.db")}, kFast),
      options);
}

Arguments optimization(const Folder& folder, const Arguments& options) {
  return with_more(
      with_more({"optimize", receipt(), "--trials", "1", "--study", at(folder, "out/s.db")}, kFast),
      options);
}

void make_study(const std::string& study, const Arguments& options) {
  const CommandRun done = run(with_more(
      with_more({"screen", receipt(), "--exponent", "0", "--study", study, "--quiet"}, kFast),
      options));
  ASSERT_EQ(done.status, 0) << done.err;
}

}  // namespace ocrtune::cli::test
