#include "ocrtune/server/input_states.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "ocrtune/corpus/page_edits.h"
#include "ocrtune/corpus/truth_files.h"

namespace ocrtune::server {
namespace fs = std::filesystem;
namespace {

FileState state_of(const fs::path& file) { return file_state(file).value_or(FileState{}); }

/// Every field of an entry. What the manifest says of a file is no state of the file.
auto fields_of(const InputFile& input) {
  const auto& [path, name, lang, truth, labels, pages, image] = input;
  return std::tie(path, name, lang, truth, labels, pages, image);
}

}  // namespace

bool InputStates::operator==(const InputStates& other) const {
  return files == other.files && std::ranges::equal(inputs, other.inputs, {}, fields_of, fields_of);
}

InputStates input_states(const std::vector<InputFile>& inputs) {
  InputStates states{.inputs = inputs, .files = {}};
  TruthFiles truth_files;
  for (const InputFile& input : inputs) {
    const auto [at, is_new] = states.files.try_emplace(input.path);
    InputState& state = at->second;
    if (is_new) {
      state.pages = state_of(input.path);
      state.edits = state_of(edits_file(input.path));
    }
    const auto truths = input.truth ? std::vector{*input.truth} : truth_files.beside(input.path);
    for (const fs::path& truth : truths) state.truths[truth] = state_of(truth);
  }
  return states;
}

bool any_changed_within(const InputStates& states, std::chrono::milliseconds time) {
  using std::chrono::duration_cast;
  using std::chrono::nanoseconds;
  const auto now =
      duration_cast<nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  const auto within = duration_cast<nanoseconds>(time).count();
  const auto is_recent = [&](const FileState& file) { return std::abs(now - file.time) < within; };
  return std::ranges::any_of(states.files, [&](const auto& file) {
    const InputState& state = file.second;
    return is_recent(state.pages) || is_recent(state.edits) ||
           std::ranges::any_of(state.truths,
                               [&](const auto& truth) { return is_recent(truth.second); });
  });
}

}  // namespace ocrtune::server
