#include "ocrtune/training/kept_curves.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/files.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/json_fields.h"

namespace ocrtune::training {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxFile = 64'000'000;

}  // namespace

KeptCurves::KeptCurves(fs::path folder, const std::string& key)
    : folder_(std::move(folder)), key_(content_hash(key).text()) {}

fs::path KeptCurves::file_of(std::size_t fold) const {
  return folder_ / fmt::format("{}.{}.json", key_, fold + 1);
}

std::optional<FoldCurve> KeptCurves::find(std::size_t fold, std::size_t lines) const try {
  const auto json = parse_json(read_text(file_of(fold), kMaxFile));
  FoldCurve curve;
  for (const auto& epoch : json) {
    std::vector<LineErrors>& errors = curve.emplace_back();
    for (const auto& line : epoch) {
      if (!line.at(0).is_number_unsigned() || !line.at(1).is_number_unsigned()) return std::nullopt;
      errors.push_back({.characters = line.at(0), .words = line.at(1)});
    }
    if (errors.size() != lines) return std::nullopt;
  }
  if (curve.empty()) return std::nullopt;
  return curve;
} catch (const Error&) {
  return std::nullopt;
} catch (const nlohmann::json::exception&) {
  return std::nullopt;
}

void KeptCurves::keep(std::size_t fold, const FoldCurve& curve) const {
  auto json = nlohmann::json::array();
  for (const std::vector<LineErrors>& epoch : curve) {
    auto lines = nlohmann::json::array();
    for (const LineErrors& line : epoch)
      lines.push_back(nlohmann::json::array({line.characters, line.words}));
    json.push_back(std::move(lines));
  }
  make_folder(folder_);
  write_atomically(file_of(fold), json.dump());
}

}  // namespace ocrtune::training
