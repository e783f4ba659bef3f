#include "ocrtune/base/kept_values.h"

#include "ocrtune/base/cache_folder.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/json_fields.h"

namespace ocrtune {
namespace {

using Json = nlohmann::ordered_json;  // in the order in which keys were stored

constexpr std::uint64_t kMaxBytes = 1'000'000;

/// The JSON object in a file; empty if there is none.
Json content_of(const std::filesystem::path& file) {
  std::error_code unknown;
  if (file.empty() || !std::filesystem::is_regular_file(file, unknown)) return Json::object();
  try {
    const std::string text = read_text(file, kMaxBytes);
    if (is_json_too_deep(text)) return Json::object();
    Json all = Json::parse(text, nullptr, false);
    if (all.is_object()) return all;
  } catch (const Error&) {
    // Continues as without a file.
  }
  return Json::object();
}

}  // namespace

KeptValues KeptValues::in_cache(const std::string& name, std::size_t most) {
  const std::filesystem::path folder = cache_folder();
  return {folder.empty() ? folder : folder / name, most};
}

std::optional<nlohmann::json> KeptValues::find(const std::string& key) const {
  const Json all = content_of(file_);
  const auto found = all.find(key);
  return found == all.end() ? std::nullopt : std::optional(nlohmann::json(*found));
}

void KeptValues::store(const std::string& key, const nlohmann::json& value) const {
  if (file_.empty()) return;
  Json all = content_of(file_);
  all.erase(key);
  while (all.size() >= most_) all.erase(all.begin());
  all[key] = value;
  try {
    make_folder(file_.parent_path());
    write_atomically(file_, all.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
  } catch (const Error&) {
    // It is found out again.
  }
}

}  // namespace ocrtune
