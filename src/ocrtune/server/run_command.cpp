#include "ocrtune/server/run_command.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/text.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace {

void add_search(std::vector<std::string>& words, const RunRequest& request,
                const RunPlaces& places) {
  const RunOptions& options = request.options;
  const auto add = [&](std::string_view name, const auto& value) {
    words.push_back(fmt::format("--{}={}", name, value));
  };
  add("study", (places.folder / request.study).string());
  if (request.pipeline) add("pipeline", places.pipeline().string());
  if (options.sampler) add("sampler", *options.sampler);
  if (!options.objectives.empty()) add("objective", joined(options.objectives, ","));
  for (const std::string& text : options.constraints) add("constraint", text);
  if (options.trials) add("trials", *options.trials);
  if (options.exponent) add("exponent", *options.exponent);
  if (options.budget) {
    // Seconds without an exponent, which the command doesn't read.
    add(request.method == RunMethod::tune ? "budget" : "timeout",
        fmt::format("{:.3f}s", *options.budget));
  }
  if (options.seed) add("seed", *options.seed);
  if (options.hold_out) add("hold-out", *options.hold_out);
  if (request.method == RunMethod::tune) {
    add("output", (places.own / "best.toml").string());
    words.emplace_back("--no-report");  // the server gives one whenever it is asked for
  }
}

void add_apply(std::vector<std::string>& words, const RunRequest& request,
               const RunPlaces& places) {
  const RunOptions& options = request.options;
  const bool one = request.study.empty() || options.single;
  words.push_back(one ? "--pipeline=" + places.pipeline().string()
                      : "--portfolio=" + places.portfolio().string());
  if (options.vote) words.emplace_back("--vote");
  if (!options.formats.empty()) words.push_back("--format=" + joined(options.formats, ","));
  words.push_back("--output=" + (places.folder / options.output).string());
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_./=,:+@%").find(c) != std::string_view::npos;
}

}  // namespace

std::vector<std::string> command_of(const RunRequest& request, const RunCorpus& corpus,
                                    const RunPlaces& places) {
  const RunOptions& options = request.options;
  std::vector<std::string> words{"ocrtune", std::string(method_name(request.method))};
  if (request.method == RunMethod::apply) {
    add_apply(words, request, places);
  } else {
    add_search(words, request, places);
    if (options.single) words.emplace_back("--single");
  }
  if (!corpus.lang.empty()) words.push_back("--lang=" + corpus.lang);
  if (options.psm) words.push_back(fmt::format("--psm={}", *options.psm));
  if (options.reader) words.push_back("--reader=" + *options.reader);
  if (options.device) words.push_back("--device=" + *options.device);
  if (options.reading_device) words.push_back("--reading-device=" + *options.reading_device);
  if (options.jobs) words.push_back(fmt::format("--jobs={}", *options.jobs));
  if (corpus.inputs.empty()) throw HttpError(400, "`corpus`: has no pages");
  words.emplace_back("--");
  for (const std::string& input : corpus.inputs) {
    if (!input.starts_with('/')) {
      throw HttpError(400,
                      fmt::format("`corpus`: {} is not an absolute path", quotable(input, 200)));
    }
    words.push_back(input);
  }
  return words;
}

std::string shell_text(const std::vector<std::string>& arguments) {
  std::vector<std::string> shown;
  for (const std::string& word : arguments) {
    if (!word.empty() && std::ranges::all_of(word, is_plain)) {
      shown.push_back(word);
      continue;
    }
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    shown.push_back(quoted + "'");
  }
  return joined(shown, " ");
}

}  // namespace ocrtune::server
