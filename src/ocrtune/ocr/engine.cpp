#include "ocrtune/ocr/engine.h"

#include "ocrtune/base/translation.h"

namespace ocrtune {

bool can_name_engine(std::string_view name) {
  return !name.empty() && name != kAutomaticEngine &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string_view::npos;
}

std::string refusal_of_engine_name() {
  return tr("the folder's name must have the characters a to z, 0 to 9, - and _, and not be auto");
}

}  // namespace ocrtune
