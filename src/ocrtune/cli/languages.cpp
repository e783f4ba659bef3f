#include "ocrtune/ocr/languages.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/ocr/model_folders.h"
#include "ocrtune/ocr/model_names.h"

namespace ocrtune::cli {
namespace {
namespace fs = std::filesystem;

/// A model of Tesseract; `folder` is empty if it is not installed.
struct Model {
  std::string name;
  fs::path folder;

  [[nodiscard]] bool is_installed() const { return !folder.empty(); }
  /// "German", or nothing where the name says it all.
  [[nodiscard]] std::string language() const {
    if (name == "osd") return tr("orientation and script of a page");
    std::string called = language_name(name);
    return called == name ? "" : called;
  }
};

/// Those of the folders, and of Debian's packages; by name, those of scripts last.
std::vector<Model> all_models(const std::vector<fs::path>& folders) {
  std::vector<Model> models;
  const auto has = [&](const std::string& name) {
    return std::ranges::find(models, name, &Model::name) != models.end();
  };
  for (const fs::path& folder : folders) {
    for (const std::string& name : installed_languages(folder))
      if (!has(name)) models.push_back({name, folder});
    for (const std::string& script : installed_languages(folder / "script"))
      if (!has("script/" + script)) models.push_back({"script/" + script, folder});
  }
  for (const std::string& name : packaged_models())
    if (!has(name)) models.push_back({name, {}});
  std::ranges::sort(models, {}, [](const Model& model) {
    return std::pair(model.name.starts_with("script/"), model.name);
  });
  return models;
}

nlohmann::json model_json(const Model& model) {
  nlohmann::json json{{"name", model.name}, {"language", model.language()}};
  if (model.is_installed()) {
    json["folder"] = model.folder;
  } else {
    json["how_to_get"] = how_to_get_model(model.name);
  }
  return json;
}

std::string in_words(const std::vector<Model>& models, const std::vector<fs::path>& folders,
                     bool all) {
  std::string text;
  for (const fs::path& folder : folders) {
    text += tr("models in {}:\n", shown(folder));
    for (const Model& model : models)
      if (model.folder == folder)
        text += fmt::format("  {:<26} {}\n", model.name, model.language());
  }
  if (folders.empty()) text += tr("no models are installed\n");
  if (all) {
    text += tr("not installed:\n");
    for (const Model& model : models)
      if (!model.is_installed())
        text += fmt::format("  {:<26} {:<22} {}\n", model.name, model.language(),
                            how_to_get_model(model.name));
  }
  const fs::path own = own_model_folder();
  if (!own.empty())
    text += tr("a model is installed by putting its file, NAME.traineddata, into {}\n", shown(own));
  if (!all) text += tr("next: `ocrtune languages --all` names those that are not installed\n");
  return text;
}

std::string in_words(const Model& model) {
  const std::string title = fmt::format("{:<26} {:<22} ", model.name, model.language());
  return title +
         (model.is_installed() ? tr("installed in {}", shown(model.folder))
                               : how_to_get_model(model.name)) +
         "\n";
}

ExitStatus languages(const std::string& name, bool all, const std::string& tessdata,
                     const Context& context) {
  const std::vector<fs::path> folders =
      tessdata.empty() ? model_folders() : std::vector<fs::path>{tessdata};
  std::vector<Model> models = all_models(folders);
  std::string text;
  if (name.empty()) {
    text = in_words(models, folders, all);
    if (!all) std::erase_if(models, [](const Model& model) { return !model.is_installed(); });
  } else {
    const std::string meant = model_name_of(name);
    std::erase_if(models, [&](const Model& model) {
      return model.name != name && (meant.empty() || model.name != meant);
    });
    if (models.empty())
      throw Error(Errc::invalid_argument,
                  tr("language `{}`: {}", quotable(name, 80), how_to_get_model(name)));
    for (const Model& model : models) text += in_words(model);
  }
  nlohmann::json list = nlohmann::json::array();
  for (const Model& model : models) list.push_back(model_json(model));
  context.print(context.json ? json_text(list) : text);
  return ExitStatus::success;
}

}  // namespace

void add_languages(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "languages",
      tr("List the models of languages and scripts, and how to get those that are not installed"),
      "  ocrtune languages\n  ocrtune languages French\n  ocrtune languages --all");
  struct Options {
    std::string name;
    std::string tessdata;
    bool all = false;
  };
  const auto options = std::make_shared<Options>();
  completed(context,
            command->add_option("NAME", options->name,
                                tr("Language or script: a model, a code such as fr, or a name")),
            workflow::Completion::language);
  command->add_flag("--all", options->all, tr("Also those that are not installed"));
  completed(context,
            command->add_option("--tessdata", options->tessdata,
                                tr("Folder with the .traineddata files")),
            workflow::Completion::folder);
  command->callback([options, &context] {
    context.command = [options, &context] {
      return languages(options->name, options->all, options->tessdata, context);
    };
  });
}

}  // namespace ocrtune::cli
