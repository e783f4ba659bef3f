#include "ocrtune/server/reading_store.h"

#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"

namespace ocrtune::server {
namespace {

/// A page of 100 000 words takes less.
constexpr std::uint64_t kMostBytes = 16U << 20U;

}  // namespace

std::optional<nlohmann::json> ReadingStore::find(const ContentHash& key) const {
  std::error_code ignored;
  if (!std::filesystem::exists(place(key), ignored)) return std::nullopt;
  try {
    nlohmann::json reading =
        nlohmann::json::parse(read_text(place(key), kMostBytes), nullptr, false);
    const bool whole = reading.is_object() && reading.contains("scores") &&
                       reading["scores"].is_object() && reading.contains("words");
    if (whole) return reading;
  } catch (const Error&) {
    // It is read again.
  }
  return std::nullopt;
}

void ReadingStore::keep(const ContentHash& key, const nlohmann::json& reading) const {
  make_folder(place(key).parent_path());
  write_atomically(place(key),
                   reading.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::filesystem::path ReadingStore::place(const ContentHash& key) const {
  const std::string name = key.text();
  return folder_ / name.substr(0, 2) / (name + ".json");
}

}  // namespace ocrtune::server
