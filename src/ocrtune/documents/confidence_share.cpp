#include "ocrtune/documents/confidence_share.h"

#include <fmt/format.h>

namespace ocrtune {

std::string confidence_share(int confidence) {
  return fmt::format("{}.{:02}", confidence / 100, confidence % 100);
}

}  // namespace ocrtune
