// ocrtune_targets: libFuzzer on the target that the environment variable OCRTUNE_FUZZ_TARGET names;
// lists the targets if it names none. With OCRTUNE_FUZZ_SEEDS it only writes the target's seeds
// into that folder (scripts/fuzz.sh).

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "fuzz/coverage/seeds.h"
#include "fuzz/targets/target.h"

namespace {

using ocrtune::fuzz::Target;

const Target* target = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** /*arguments*/) {
  const char* name = std::getenv("OCRTUNE_FUZZ_TARGET");
  if (name == nullptr) {
    for (const Target& one : ocrtune::fuzz::targets()) fmt::print("{}\n", one.name);
    std::exit(0);
  }
  target = &ocrtune::fuzz::target_named(name);
  if (const char* folder = std::getenv("OCRTUNE_FUZZ_SEEDS")) {
    ocrtune::fuzz::write_seeds(*target, folder);
    std::exit(0);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)target->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
