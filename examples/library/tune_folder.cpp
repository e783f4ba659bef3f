// Tunes a pipeline on a folder of pages and prints progress: tune_folder FOLDER TRIALS

#include <ocrtune/ocrtune.h>

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
  using namespace ocrtune;
  if (argc < 3) return 1;
  workflow::TuneOptions options;
  options.study.pages.inputs = {argv[1]};
  options.trials = std::strtoul(argv[2], nullptr, 10);
  options.no_report = true;
  Events events;
  events.say = [](const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); };
  events.progress = [](const Progress& progress) {
    std::fprintf(stderr, "\r%s", progress.line.c_str());
  };
  try {
    const workflow::TuneResult result = workflow::tune(options, events);
    if (!result.found) return 130;
    const Summary& found = result.found->summary;
    std::printf("best trial %zu of %zu, gain %+.2f\n", found.best_number, found.points,
                found.gain.mean);
    return 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
