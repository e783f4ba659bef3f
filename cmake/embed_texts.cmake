# Writes OUT, a C++ file with the text of every TOML file in DIR as the list that FUNCTION of HEADER
# returns, its elements of TYPE; FIRST, where given, comes first, the rest by name.
file(GLOB files ${DIR}/*.toml)
list(SORT files)
if(FIRST)
  list(REMOVE_ITEM files ${DIR}/${FIRST}.toml)
  list(PREPEND files ${DIR}/${FIRST}.toml)
endif()
set(entries "")
foreach(file ${files})
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND entries "      {\"${name}\", R\"toml(${text})toml\"},\n")
endforeach()
file(WRITE ${OUT} "#include \"${HEADER}\"

namespace ocrtune {

const std::vector<${TYPE}>& ${FUNCTION}() {
  static const std::vector<${TYPE}> kTexts{
${entries}  };
  return kTexts;
}

}  // namespace ocrtune
")
