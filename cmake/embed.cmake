# Puts files into the program.
#
#   ocrtune_embed(TARGET FUNCTION FOLDER PATTERN… [DEPENDS FILE…])
#
# TARGET gets the function `const std::vector<EmbeddedFile>& ocrtune::FUNCTION()` (ocrtune/base/embedded_file.h) of the files
# below FOLDER that match one of the patterns, in the order of the patterns and, within one, by name. They are looked for
# when they are embedded; DEPENDS names what has to be made before, by default the files that are there now.
#
# The assembler takes the bytes in as they are: as C++ they would take minutes to compile.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(OCRTUNE_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

  function(ocrtune_embed target function folder)
    cmake_parse_arguments(PARSE_ARGV 3 arg "" "" DEPENDS)
    cmake_path(ABSOLUTE_PATH folder BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    set(files ${arg_DEPENDS})
    if(NOT DEFINED arg_DEPENDS)
      list(TRANSFORM arg_UNPARSED_ARGUMENTS PREPEND ${folder}/ OUTPUT_VARIABLE globs)
      file(GLOB_RECURSE files CONFIGURE_DEPENDS ${globs})
    endif()
    list(JOIN arg_UNPARSED_ARGUMENTS "|" patterns)
    set(out ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
    add_custom_command(OUTPUT ${out}
      COMMAND ${CMAKE_COMMAND} -DFUNCTION=${function} -DFOLDER=${folder} -DPATTERNS=${patterns} -DOUT=${out}
              -P ${OCRTUNE_EMBED_SCRIPT}
      DEPENDS ${files} ${OCRTUNE_EMBED_SCRIPT}
      VERBATIM)
    set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS "${files}" SKIP_PRECOMPILE_HEADERS ON)
    target_sources(${target} PRIVATE ${out})
  endfunction()
  return()
endif()

set(files "")
string(REPLACE "|" ";" PATTERNS "${PATTERNS}")
foreach(pattern ${PATTERNS})
  file(GLOB_RECURSE matching LIST_DIRECTORIES false ${FOLDER}/${pattern})
  list(SORT matching)
  list(APPEND files ${matching})
endforeach()
list(REMOVE_DUPLICATES files)

set(places "")
set(entries "")
set(index 0)
foreach(file ${files})
  file(RELATIVE_PATH path ${FOLDER} ${file})
  set(symbol ocrtune_${FUNCTION}_${index})
  string(APPEND places "__asm__(R\"(
  .pushsection .rodata
  .global ${symbol}_begin
  .global ${symbol}_end
  .hidden ${symbol}_begin
  .hidden ${symbol}_end
${symbol}_begin:
  .incbin \"${file}\"
${symbol}_end:
  .byte 0
  .popsection
)\");
extern \"C\" const char ${symbol}_begin[];
extern \"C\" const char ${symbol}_end[];
")
  string(APPEND entries "      {\"${path}\", {${symbol}_begin, ${symbol}_end}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUT} "#include \"ocrtune/base/embedded_file.h\"

${places}
namespace ocrtune {

const std::vector<EmbeddedFile>& ${FUNCTION}();

const std::vector<EmbeddedFile>& ${FUNCTION}() {
  static const std::vector<EmbeddedFile> kFiles{
${entries}  };
  return kFiles;
}

}  // namespace ocrtune
")
