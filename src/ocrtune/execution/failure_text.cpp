#include "ocrtune/execution/failure_text.h"

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"

namespace ocrtune {

std::string reason_alone(const Page& page, const std::string& reason) {
  for (const std::string& place : {quotable(page.name, 300), shown(page.file)}) {
    if (!place.empty() && reason.starts_with(place + ": ")) return reason.substr(place.size() + 2);
  }
  return reason;
}

}  // namespace ocrtune
