# Writes OUT, a C++ file with the bytes of FILE, the report's page; with none where FILE is empty.
# The assembler takes the file in as it is, which is quicker than an array of its bytes.
if(FILE)
  set(content "
__asm__(
    \".pushsection .rodata\\n\"
    \".global ocrtune_report_html_begin\\n\"
    \".global ocrtune_report_html_end\\n\"
    \"ocrtune_report_html_begin:\\n\"
    \".incbin \\\"${FILE}\\\"\\n\"
    \"ocrtune_report_html_end:\\n\"
    \".byte 0\\n\"
    \".popsection\\n\");

extern \"C\" {
extern const char ocrtune_report_html_begin[];
extern const char ocrtune_report_html_end[];
}

namespace ocrtune {

std::string_view report_html() { return {ocrtune_report_html_begin, ocrtune_report_html_end}; }

}  // namespace ocrtune
")
else()
  set(content "
namespace ocrtune {

std::string_view report_html() { return {}; }

}  // namespace ocrtune
")
endif()
file(WRITE ${OUT} "#include \"ocrtune/report/report_page.h\"\n${content}")
