# Writes OUT, a C++ file with the text of every TOML file in DIR; `raw` first, the rest by name.
file(GLOB files ${DIR}/*.toml)
list(SORT files)
list(REMOVE_ITEM files ${DIR}/raw.toml)
set(entries "")
foreach(file ${DIR}/raw.toml ${files})
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND entries "      {\"${name}\", R\"toml(${text})toml\"},\n")
endforeach()
file(WRITE ${OUT} "#include \"ocrtune/pipeline/presets.h\"

namespace ocrtune {

const std::vector<Preset>& all_presets() {
  static const std::vector<Preset> kPresets{
${entries}  };
  return kPresets;
}

}  // namespace ocrtune
")
