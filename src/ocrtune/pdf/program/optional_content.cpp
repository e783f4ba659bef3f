#include "ocrtune/pdf/program/optional_content.h"

#include <algorithm>
#include <string>
#include <vector>

namespace ocrtune {

using Object = QpdfFile::Object;

OptionalContent::OptionalContent(QpdfFile& pdf) : pdf_(pdf) {
  const Object usual = pdf_.key(pdf_.key(pdf_.root(), "/OCProperties"), "/D");
  usually_off_ = pdf_.is_name(pdf_.key(usual, "/BaseState"), "/OFF");
  const Object listed = pdf_.key(usual, usually_off_ ? "/ON" : "/OFF");
  if (!pdf_.is_array(listed)) return;
  for (const Object group : pdf_.items(listed)) others_.insert(pdf_.id(group));
}

bool OptionalContent::is_off(Object group) {
  return others_.contains(pdf_.id(group)) != usually_off_;
}

bool OptionalContent::is_membership_hidden(Object membership) {
  const Object groups = pdf_.key(membership, "/OCGs");
  std::vector<bool> off;
  for (const Object group : pdf_.items(groups)) {
    if (pdf_.is_dictionary(group)) off.push_back(is_off(group));
  }
  if (off.empty()) return false;
  const std::string policy = pdf_.name(pdf_.key(membership, "/P"));
  const auto all = [&](bool wanted) {
    return std::ranges::all_of(off, [&](bool one) { return one == wanted; });
  };
  if (policy == "/AllOn") return !all(false);
  if (policy == "/AnyOff") return all(false);
  if (policy == "/AllOff") return !all(true);
  return all(true);
}

bool OptionalContent::is_hidden(Object layer) {
  if (!pdf_.is_dictionary(layer)) return false;
  if (pdf_.is_name(pdf_.key(layer, "/Type"), "/OCMD")) return is_membership_hidden(layer);
  return pdf_.is_name(pdf_.key(layer, "/Type"), "/OCG") && is_off(layer);
}

}  // namespace ocrtune
