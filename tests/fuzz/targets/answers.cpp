// What external engines say: engine.json, hellos, answers.

#include "fuzz/common/answers.h"

#include "fuzz/common/require.h"
#include "fuzz/targets/target.h"
#include "ocrtune/ocr/external/engine_manifest.h"

namespace ocrtune::fuzz {
namespace {

bool run_answers(std::string_view input) {
  const EngineRequest request{.id = 1, .size = {100, 60}, .dpi = 0, .lang = "eng"};
  bool taken = is_taken({Errc::invalid_argument}, [&] { check_hello(parse_hello(input)); });
  taken |= is_taken({Errc::invalid_argument},
                    [&] { check_words(parse_answer(input, request).result, request); });
  taken |= is_taken({Errc::invalid_argument}, [&] {
    const EngineManifest manifest = parse_manifest(input, "/engines/fake");
    require(!manifest.command.empty(), "an engine without a command");
  });
  return taken;
}

std::vector<std::string> answers_seeds() {
  return {std::string(kSeedHello), std::string(kSeedLines), std::string(kSeedText),
          std::string(kSeedError),
          R"({"title": "Fake", "summary": "reads", "command": ["python3", "fake.py"],
"requires": ["model.bin"], "install": "./install.sh", "startup_seconds": 60, "page_seconds": 120,
"memory_mb": 500})"};
}

const Registered kAnswers{{"answers", run_answers, answers_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
