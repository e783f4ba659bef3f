# Writes OUT, a C++ file with the kernels of DIR as one text, the language that they are written in first: what
# device_source() of ocrtune/kernels/opencl/opencl_device.h returns.
set(text "")
foreach(name language lines statistics blur nlm paper contrast network)
  file(READ ${DIR}/${name}.h part)
  # They are one text now, and a device has no files.
  string(REGEX REPLACE "#include [^\n]*" "" part "${part}")
  string(APPEND text "${part}")
endforeach()
file(WRITE ${OUT} "#include \"ocrtune/kernels/opencl/opencl_device.h\"

namespace ocrtune {

std::string_view device_source() {
  return R\"kernels(${text})kernels\";
}

}  // namespace ocrtune
")
