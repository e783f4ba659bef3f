#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/apply/page_reasons.h"
#include "ocrtune/apply/results_json.h"

namespace ocrtune {
namespace {

using nlohmann::json;

json measured_json(const PageReason& reason) {
  json entry{{"reason", page_reason_names()[static_cast<std::size_t>(reason.kind)]}};
  if (reason.value != 0) entry["value"] = reason.value;
  if (!reason.model.empty()) entry["lang"] = reason.model;
  return entry;
}

}  // namespace

json measured_reasons_json(const std::vector<PageReason>& reasons) {
  json array = json::array();
  for (const PageReason& reason : reasons) array.push_back(measured_json(reason));
  return array;
}

json reasons_json(const std::vector<PageReason>& reasons) {
  json array = json::array();
  for (const PageReason& reason : reasons) {
    json& entry = array.emplace_back(measured_json(reason));
    entry["text"] = reason_text(reason);
    entry["advice"] = reason_advice(reason);
  }
  return array;
}

std::vector<PageReason> reasons_of_json(const json& array) {
  std::vector<PageReason> reasons;
  for (const json& entry : array) {
    const std::optional<PageReasonKind> kind = page_reason_named(entry.at("reason"));
    if (!kind) continue;
    reasons.push_back(
        {.kind = *kind, .value = entry.value("value", 0.0), .model = entry.value("lang", "")});
  }
  return reasons;
}

}  // namespace ocrtune
