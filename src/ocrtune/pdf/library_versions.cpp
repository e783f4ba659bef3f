#include "ocrtune/pdf/library_versions.h"

#include <poppler-version.h>
#include <qpdf/qpdf-c.h>

namespace ocrtune {

std::string poppler_version() { return poppler::version_string(); }

std::string qpdf_version() { return ::qpdf_get_qpdf_version(); }

}  // namespace ocrtune
