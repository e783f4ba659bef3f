# How the project itself is compiled and linked: warnings, ccache and a quick linker where they are there.
find_program(CCACHE ccache)
if(CCACHE)
  # Whatever folder the sources are in, what was compiled once is found again; with precompiled headers only if their times
  # and macros don't count.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
  add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>)
endif()

# GCC collects garbage from 128 MB on by default, which takes a seventh of the time that templates take; a compiler process
# has up to 1.2 GB so, where it had 1.0.
add_compile_options("$<$<COMPILE_LANG_AND_ID:CXX,GNU>:SHELL:--param ggc-min-heapsize=600000>")

find_program(OCRTUNE_LINKER NAMES mold ld.lld)
if(OCRTUNE_LINKER)
  cmake_path(GET OCRTUNE_LINKER FILENAME linker)
  string(REPLACE "ld.lld" "lld" linker ${linker})
  add_link_options(-fuse-ld=${linker})
endif()

# Designated initialisers leave out fields on purpose.
add_compile_options(
  "$<$<COMPILE_LANGUAGE:C,CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Wno-missing-field-initializers>")
if(OCRTUNE_WERROR)
  add_compile_options($<$<COMPILE_LANGUAGE:C,CXX>:-Werror>)
endif()
