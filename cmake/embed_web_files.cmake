# Writes OUT, a C++ file with every file below DIR whose name matches PATTERN, as the list that
# FUNCTION of ocrtune/server/embedded_files.h returns. The assembler takes the bytes in: as C++ they
# would take minutes to compile.
file(GLOB_RECURSE files LIST_DIRECTORIES false ${DIR}/${PATTERN})
list(SORT files)
set(places "")
set(entries "")
set(index 0)
foreach(file ${files})
  file(RELATIVE_PATH path ${DIR} ${file})
  set(symbol ${FUNCTION}_${index})
  string(APPEND places "asm(R\"(
  .section .rodata
  .global ${symbol}_begin
  .global ${symbol}_end
${symbol}_begin:
  .incbin \"${file}\"
${symbol}_end:
  .byte 0
  .previous
)\");
extern \"C\" const char ${symbol}_begin[];
extern \"C\" const char ${symbol}_end[];
")
  string(APPEND entries "      {\"${path}\", bytes_between(${symbol}_begin, ${symbol}_end)},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUT} "#include \"ocrtune/server/embedded_files.h\"

${places}
namespace ocrtune::server {
namespace {

[[maybe_unused]] std::string_view bytes_between(const char* begin, const char* end) {
  return {begin, static_cast<std::string_view::size_type>(end - begin)};
}

}  // namespace

const std::vector<EmbeddedFile>& ${FUNCTION}() {
  static const std::vector<EmbeddedFile> kFiles{
${entries}  };
  return kFiles;
}

}  // namespace ocrtune::server
")
