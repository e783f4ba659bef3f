# OCRTUNE_TEST_OBJECTS: the tests are linked from the objects of another build instead of compiled. A sanitized build then
# compiles the library alone, which takes half the time; inline functions that only a test calls are not sanitized. With
# OCRTUNE_SANITIZED, the rooms that it doesn't name are linked from there too.
#
#   ocrtune_compiled(TARGET SOURCES)   replaces the list named SOURCES by what the other build has compiled for TARGET
set(OCRTUNE_TEST_OBJECTS "" CACHE PATH "A build folder (Ninja) whose compiled tests are linked instead of compiling them")
set(OCRTUNE_SANITIZED "" CACHE STRING "The rooms that are compiled nevertheless; empty: all")

function(ocrtune_compiled target sources)
  if(NOT OCRTUNE_TEST_OBJECTS)
    return()
  endif()
  set(object "[^ ]*/${target}\\.dir/[^ ]*\\.o")
  file(STRINGS ${OCRTUNE_TEST_OBJECTS}/compile_commands.json commands REGEX " -o ${object} ")
  if(NOT commands)
    message(FATAL_ERROR "${OCRTUNE_TEST_OBJECTS} has not compiled ${target}")
  endif()
  list(TRANSFORM commands REPLACE ".* -o (${object}) .*" "${OCRTUNE_TEST_OBJECTS}/\\1")
  set_source_files_properties(${commands} PROPERTIES EXTERNAL_OBJECT ON)
  set(${sources} ${commands} PARENT_SCOPE)
endfunction()
