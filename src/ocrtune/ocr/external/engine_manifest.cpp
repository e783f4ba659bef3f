#include "ocrtune/ocr/external/engine_manifest.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <system_error>

#include "ocrtune/base/data_folders.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/folder_entries.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/spawn.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr const char* kManifest = "engine.json";
constexpr std::uint64_t kMaxBytes = 65'536;
constexpr std::size_t kMaxArguments = 100;
constexpr double kLongest = 3600;
constexpr int kMaxMemory = 1'000'000;

std::string phrase_of(JsonFields& fields, const std::string& name, std::size_t limit) {
  std::string line = fields.line(name, limit);
  if (line.empty()) fields.refuse(name, tr("must be one line of text"));
  return line;
}

std::vector<fs::path> searched_folders() {
  std::vector<fs::path> folders;
  if (const char* stated = std::getenv("OCRTUNE_ENGINES")) {
    for (const std::string& folder : split(stated, ':')) {
      if (!folder.empty()) folders.push_back(fs::absolute(folder));
    }
    return folders;
  }
  return data_folders("engines");
}

}  // namespace

EngineManifest parse_manifest(std::string_view text, const fs::path& folder) {
  const nlohmann::json object = parse_json(text);
  JsonFields fields(object, "");
  EngineManifest manifest{.name = folder.filename().string(), .folder = folder};
  manifest.title = phrase_of(fields, "title", 60);
  manifest.summary = phrase_of(fields, "summary", 200);
  manifest.command = fields.texts("command", kMaxArguments);
  if (manifest.command.empty() || manifest.command.front().empty())
    fields.refuse("command", tr("must name a program"));
  if (!fields.absent("requires")) manifest.required = fields.texts("requires", kMaxArguments);
  if (!fields.absent("install")) manifest.install = phrase_of(fields, "install", 200);
  if (!fields.absent("startup_seconds"))
    manifest.startup_seconds = fields.number("startup_seconds", 1, kLongest);
  if (!fields.absent("page_seconds"))
    manifest.page_seconds = fields.number("page_seconds", 1, kLongest);
  if (!fields.absent("memory_mb"))
    manifest.memory_mb = static_cast<int>(fields.whole("memory_mb", 1, kMaxMemory));
  fields.finish();
  return manifest;
}

EngineManifest load_manifest(const fs::path& folder) {
  const fs::path file = folder / kManifest;
  const std::string text = read_text(file, kMaxBytes);
  try {
    return parse_manifest(text, folder);
  } catch (const Error& error) {
    throw Error(error.code(), shown(file) + ": " + error.what());
  }
}

std::string missing_for(const EngineManifest& manifest) {
  const std::string install =
      manifest.install.empty() ? "" : tr("; install it with `{}`", manifest.install);
  if (find_program(manifest.command.front(), manifest.folder).empty())
    return tr("the program `{}` is missing{}", quotable(manifest.command.front(), 60), install);
  std::error_code ignored;
  for (const std::string& file : manifest.required) {
    if (!fs::exists(manifest.folder / file, ignored)) return tr("is not installed{}", install);
  }
  return "";
}

std::vector<fs::path> engine_folders() {
  std::map<std::string, fs::path> found;
  std::error_code ignored;
  for (const fs::path& place : searched_folders()) {
    for (const fs::directory_entry& entry : entries_of(place, ignored)) {
      if (fs::is_regular_file(entry.path() / kManifest, ignored))
        found.emplace(entry.path().filename().string(), entry.path());
    }
  }
  std::vector<fs::path> folders;
  folders.reserve(found.size());
  for (const auto& [name, folder] : found) folders.push_back(folder);
  return folders;
}

}  // namespace ocrtune
