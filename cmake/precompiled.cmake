# OCRTUNE_PRECOMPILED: what most sources read, for target_precompile_headers. Every file includes what it needs all the same;
# the presets `debug` and `tidy` compile without.
set(OCRTUNE_PRECOMPILED <algorithm> <array> <atomic> <chrono> <cmath> <cstdint> <filesystem> <functional> <map> <memory> <mutex>
  <optional> <span> <string> <string_view> <variant> <vector> <fmt/format.h> <opencv2/core.hpp>)

# OCRTUNE_QUICKLY_COMPILED: options for targets whose own code takes next to no time when it runs. The compiler takes a quarter
# less for them.
set(OCRTUNE_QUICKLY_COMPILED $<$<CONFIG:Release,RelWithDebInfo>:-O1>)
