#pragma once

namespace ocrtune {

/// Where the system has no configuration of fontconfig, takes that which is installed with ocrtune:
/// text of fonts that a PDF does not contain is drawn with its fonts. Sets an environment variable;
/// call it before threads are started.
void use_installed_fonts();

}  // namespace ocrtune
