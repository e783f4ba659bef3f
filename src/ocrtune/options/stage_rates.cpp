#include "ocrtune/options/known_rates.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "ocrtune/base/files.h"

namespace ocrtune::workflow {
namespace {

constexpr std::uint64_t kMaxBytes = 1'000'000;
constexpr std::size_t kMaxKeys = 64;

/// The JSON object in a file; empty if there is none.
nlohmann::json content_of(const std::filesystem::path& file) {
  std::error_code unknown;
  if (file.empty() || !std::filesystem::is_regular_file(file, unknown))
    return nlohmann::json::object();
  try {
    nlohmann::json all = nlohmann::json::parse(read_text(file, kMaxBytes), nullptr, false);
    if (all.is_object()) return all;
  } catch (const Error&) {
    // Continues as without a file.
  }
  return nlohmann::json::object();
}

}  // namespace

std::optional<StageRates> KnownRates::find(const std::string& key) const {
  const nlohmann::json all = content_of(file_);
  const auto entry = all.find(key);
  if (entry == all.end() || !entry->is_object()) return std::nullopt;
  StageRates rates;
  for (const auto& [name, rate] : entry->items()) {
    if (!rate.is_number() || !(rate.get<double>() >= 0)) return std::nullopt;
    rates[name] = rate.get<double>();
  }
  return rates;
}

void KnownRates::store(const std::string& key, const StageRates& rates) const {
  if (file_.empty()) return;
  nlohmann::json all = content_of(file_);
  if (all.size() >= kMaxKeys) all = nlohmann::json::object();
  all[key] = rates;
  try {
    make_folder(file_.parent_path());
    write_atomically(file_,
                     all.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  } catch (const Error&) {
    // The rates are measured again next time.
  }
}

}  // namespace ocrtune::workflow
