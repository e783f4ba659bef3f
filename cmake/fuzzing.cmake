# OCRTUNE_FUZZ: the library is compiled for coverage-guided fuzzing, and tests/fuzz/targets become executables of libFuzzer. What
# else is linked lacks the counters of blocks (tests/fuzz/block_counters.cpp): only these executables can be built.
option(OCRTUNE_FUZZ "Compile for coverage-guided fuzzing" OFF)
if(NOT OCRTUNE_FUZZ)
  return()
endif()
file(GLOB libfuzzers /usr/lib/llvm-*/lib/libFuzzer.a)
if(NOT libfuzzers)
  message(FATAL_ERROR "libFuzzer isn't found: install the package libfuzzer-14-dev, or that of another version (scripts/fuzz.sh does)")
endif()
list(SORT libfuzzers COMPARE NATURAL ORDER DESCENDING)
list(GET libfuzzers 0 OCRTUNE_LIBFUZZER)
set(OCRTUNE_COVERAGE trace-pc,trace-cmp)
add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fsanitize-coverage=${OCRTUNE_COVERAGE}>)
