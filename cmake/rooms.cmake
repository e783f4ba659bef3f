# A room of src/ocrtune: the folder NAME, compiled as a target of its own.
#
#   ocrtune_room(NAME [USES ROOM…] [LIBRARIES LIBRARY…] [SOURCES FILE…] [EXCLUDE FILE…] [PRECOMPILED HEADER…])
#
# USES names the rooms that stand directly below it; what these use, it may use too. LIBRARIES are what its sources call and
# its headers don't show. The sources are the .cpp files of the folder without EXCLUDE, and SOURCES. PRECOMPILED is what most of
# them read besides OCRTUNE_PRECOMPILED.
#
# The sources are compiled once, into ocrtune_NAME_objects ("/" in NAME becomes "_"), which the library `ocrtune` and the
# programs consist of. ocrtune_NAME links these objects with what stands below and nothing else: what a room calls above
# itself is undefined there. Tests of a room link ocrtune_NAME, or a room above it that they need, and so what is below it
# (tests/CMakeLists.txt).
set(OCRTUNE_LIBRARIES_OF_ALL_ROOMS opencv_core fmt::fmt Threads::Threads $<BUILD_INTERFACE:nlohmann_json::nlohmann_json>)

# What most sources read is compiled once, for all rooms.
file(CONFIGURE OUTPUT precompiled.cpp CONTENT "")
add_library(ocrtune_precompiled OBJECT ${CMAKE_CURRENT_BINARY_DIR}/precompiled.cpp)
target_precompile_headers(ocrtune_precompiled PRIVATE ${OCRTUNE_PRECOMPILED})
target_compile_features(ocrtune_precompiled PUBLIC cxx_std_20)
target_link_libraries(ocrtune_precompiled PRIVATE ${OCRTUNE_LIBRARIES_OF_ALL_ROOMS})
# A static library may be linked into a shared one, such as Python's extension.
set(OCRTUNE_POSITION_INDEPENDENT OFF)
if(BUILD_SHARED_LIBS OR CMAKE_POSITION_INDEPENDENT_CODE)
  set(OCRTUNE_POSITION_INDEPENDENT ON)
endif()
set_target_properties(ocrtune_precompiled PROPERTIES POSITION_INDEPENDENT_CODE ${OCRTUNE_POSITION_INDEPENDENT})

function(ocrtune_room name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;LIBRARIES;SOURCES;EXCLUDE;PRECOMPILED")
  string(REPLACE "/" "_" room ocrtune_${name})
  file(GLOB sources CONFIGURE_DEPENDS ${name}/*.cpp)
  foreach(excluded ${arg_EXCLUDE})
    list(REMOVE_ITEM sources ${CMAKE_CURRENT_SOURCE_DIR}/${excluded})
  endforeach()

  add_library(${room}_objects OBJECT ${sources} ${arg_SOURCES})
  ocrtune_batches(${room}_objects)
  target_compile_features(${room}_objects PUBLIC cxx_std_20)
  target_include_directories(${room}_objects PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${room}_objects PUBLIC ${OCRTUNE_LIBRARIES_OF_ALL_ROOMS} PRIVATE ${arg_LIBRARIES})
  set_target_properties(${room}_objects PROPERTIES POSITION_INDEPENDENT_CODE ${OCRTUNE_POSITION_INDEPENDENT})

  if(arg_PRECOMPILED)
    target_precompile_headers(${room}_objects PRIVATE ${OCRTUNE_PRECOMPILED} ${arg_PRECOMPILED})
  else()
    target_precompile_headers(${room}_objects REUSE_FROM ocrtune_precompiled)
  endif()

  # Static, it has no linker of its own to object: then the tests' linker does.
  list(TRANSFORM arg_USES REPLACE "/" "_")
  list(TRANSFORM arg_USES PREPEND ocrtune_)
  set(objects $<TARGET_OBJECTS:${room}_objects>)
  if(OCRTUNE_SANITIZED AND NOT name IN_LIST OCRTUNE_SANITIZED)
    ocrtune_compiled(${room}_objects objects)
  endif()
  add_library(${room} EXCLUDE_FROM_ALL ${objects})
  set_target_properties(${room} PROPERTIES LINKER_LANGUAGE CXX)
  target_compile_features(${room} PUBLIC cxx_std_20)
  target_include_directories(${room} INTERFACE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${room} PUBLIC ${arg_USES} ${OCRTUNE_LIBRARIES_OF_ALL_ROOMS} PRIVATE ${arg_LIBRARIES})
  if(BUILD_SHARED_LIBS)
    target_link_options(${room} PRIVATE -Wl,-z,defs)
    # A test's copies of inline functions are not sanitized then: the room binds to its own.
    if(OCRTUNE_TEST_OBJECTS)
      target_link_options(${room} PRIVATE -Wl,-Bsymbolic-functions)
    endif()
  endif()
  set_property(GLOBAL APPEND PROPERTY OCRTUNE_ROOMS ${room})
  set_property(GLOBAL APPEND PROPERTY OCRTUNE_LIBRARIES ${arg_LIBRARIES})
endfunction()
