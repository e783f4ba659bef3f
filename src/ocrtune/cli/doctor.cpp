#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <opencv2/core/version.hpp>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/parallel.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/version.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/device_times.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/known_faults.h"
#include "ocrtune/cli/version.h"
#include "ocrtune/devices/cuda/compute_capabilities.h"
#include "ocrtune/devices/cuda/cuda_device.h"
#include "ocrtune/devices/devices.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/engines/trained_models.h"
#include "ocrtune/ocr/external/conformance.h"
#include "ocrtune/ocr/external/engine_manifest.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/model_folders.h"
#include "ocrtune/ocr/model_names.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/ocr/tesseract_recognizer.h"

namespace ocrtune::cli {
namespace {

/// What is missing or slow, with advice.
std::vector<std::string> advice(const Resources& machine, const std::vector<std::string>& languages,
                                const std::vector<std::string>& wanted) {
  std::vector<std::string> lines;
  if (languages.empty())
    lines.push_back(tr("no language data found: apt install tesseract-ocr-eng"));
  for (const std::string& language : wanted) {
    if (std::ranges::find(languages, language) != languages.end()) continue;
    lines.push_back(tr("language {} is missing: {}", quotable(language, 60),
                       how_to_get_model(quotable(language, 60))));
  }
  if (machine.available_bytes < 500'000'000)
    lines.push_back(tr("less than 500 MB of memory is free: use fewer --jobs"));
  return lines;
}

/// A language and the engine that `auto` chooses for it.
struct LanguageEngine {
  std::string language;
  EngineChoice choice;
};

LanguageEngine engine_for(const std::string& language, const std::string& tessdata) {
  try {
    return {language, choose_engine(language, {.tessdata = tessdata}, SelfChecks::every_process)};
  } catch (const Error& error) {
    return {language, {.engine = reference_engine().name, .reason = error.what()}};
  }
}

/// Each compares engines on a page, as many at once as there are cores.
std::vector<LanguageEngine> engines_for(std::vector<std::string> languages,
                                        const std::string& tessdata, Context& context) {
  std::erase(languages, "osd");  // detects orientation and script only
  std::vector<LanguageEngine> engines(languages.size());
  const int cores = machine_resources().logical_cores;
  for (std::size_t begin = 0; begin < languages.size(); begin += static_cast<std::size_t>(cores)) {
    context.talk.progress(tr("engines of {} languages: {} tested", languages.size(), begin));
    const std::size_t count = std::min(languages.size() - begin, static_cast<std::size_t>(cores));
    parallel_for(cores, count, [&](std::size_t i) {
      engines[begin + i] = engine_for(languages[begin + i], tessdata);
    });
  }
  return engines;
}

std::string engines_lines(const std::vector<LanguageEngine>& engines,
                          const std::vector<std::string>& simd) {
  std::string text;
  for (const auto& [language, choice] : engines) {
    const bool first = choice.reason.empty();
    text += tr("engine     {}: {} ({})\n", language, choice.engine,
               first ? (simd.empty() ? tr("no SIMD") : simd.front()) : choice.reason);
  }
  return text;
}

/// An engine that only its name selects, and why it cannot be used; empty if it can.
struct ListedEngine {
  std::string name;
  std::string title;
  std::string missing;
};

std::vector<ListedEngine> external_engines_here() {
  std::vector<ListedEngine> engines;
  for (const std::filesystem::path& folder : engine_folders()) {
    ListedEngine& engine = engines.emplace_back();
    engine.name = shown(folder.filename());
    try {
      const EngineManifest manifest = load_manifest(folder);
      engine.title = manifest.title;
      engine.missing = refusal_of_folder_name(manifest.name);
      if (engine.missing.empty()) engine.missing = missing_for(manifest);
    } catch (const Error& error) {
      engine.title = engine.name;
      engine.missing = error.what();
    }
  }
  return engines;
}

/// Of ocrtune's own, those whose runtime or models are installed separately.
std::vector<ListedEngine> optional_engines_here() {
  std::vector<ListedEngine> engines;
  for (const OcrEngine& engine : all_engines()) {
    if (engine.automatic || !is_own_engine(engine.name)) continue;
    const std::optional<Refusal> refusal = engine.refuses("eng", {});
    engines.push_back(
        {.name = engine.name, .title = engine.title, .missing = refusal ? refusal->reason : ""});
  }
  return engines;
}

std::string listed_lines(const std::vector<ListedEngine>& engines) {
  std::string text;
  for (const auto& [name, title, missing] : engines)
    text +=
        tr("engine     {}: {} ({})\n", name, title, missing.empty() ? tr("installed") : missing);
  return text;
}

nlohmann::json listed_json(const std::vector<ListedEngine>& engines) {
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [name, title, missing] : engines)
    json[name] = {{"title", title}, {"missing", missing}};
  return json;
}

/// The conformance test of an external engine.
ExitStatus check_engine(const std::string& engine, const std::string& lang,
                        const Context& context) {
  if (is_own_engine(engine))
    throw Error(Errc::invalid_argument,
                tr("`{}` is one of ocrtune's own engines and needs no test; without --engine, "
                   "`ocrtune doctor` says whether it can be used",
                   engine));
  const Conformance tested = test_engine(engine_to_test(engine), lang.empty() ? "eng" : lang);
  if (context.json) {
    nlohmann::json checks = nlohmann::json::array();
    for (const ConformanceCheck& check : tested.checks)
      checks.push_back(
          {{"check", check.what}, {"failure", check.failure}, {"detail", check.detail}});
    context.print(json_text({{"engine", engine}, {"passed", tested.passed()}, {"checks", checks}}));
  } else {
    std::string text;
    for (const ConformanceCheck& check : tested.checks) {
      const std::string& remark = check.failure.empty() ? check.detail : check.failure;
      text += fmt::format("{} {}{}\n", check.failure.empty() ? " " : "!", check.what,
                          remark.empty() ? "" : ": " + remark);
    }
    context.print(text + (tested.passed() ? tr("the engine conforms to the protocol\n")
                                          : tr("the engine does not conform to the protocol\n")));
  }
  return tested.passed() ? ExitStatus::success : ExitStatus::dependency_missing;
}

nlohmann::json engines_json(const std::vector<LanguageEngine>& engines) {
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [language, choice] : engines)
    json[language] = {{"engine", choice.engine}, {"reason", choice.reason}};
  return json;
}

std::string cuda_text(bool has_card) {
  if (cuda_architectures().empty()) return tr("not supported by this build");
  return tr("supported, for compute capability {}{}", compute_capabilities(cuda_architectures()),
            has_card ? "" : tr("; no driver or card"));
}

std::string devices_lines(const std::vector<DeviceListing>& others) {
  std::string text;
  for (const auto& [info, is_processor, has_code] : others) {
    text +=
        tr("device     {}: {}, {}{}{}\n", info.name, quotable(info.description, 200),
           human_size(info.memory_bytes), is_processor ? tr(" (the CPU under another name)") : "",
           has_code ? "" : tr(" (not supported by this build)"));
  }
  const auto is_cuda = [](const DeviceListing& one) { return one.info.name.starts_with("cuda"); };
  const bool there = std::ranges::any_of(others, is_cuda);
  return text + fmt::format("CUDA       {}\n", cuda_text(there));
}

std::string trained_lines(const std::vector<TrainedModelFile>& models) {
  std::string text;
  for (const TrainedModelFile& model : models)
    text += tr("model      {}, {}: {}\n", model.lang, translated(model.engine), model.made_of);
  return text;
}

std::string libraries_text(const std::vector<ParserLibrary>& libraries) {
  std::vector<std::string> texts;
  for (const auto& [name, version] : libraries) {
    if (name == "Tesseract") continue;  // has its own line
    texts.push_back(fmt::format("{} {}", name, version.empty() ? "?" : version));
  }
  return joined(texts, ", ");
}

nlohmann::json trained_json(const std::vector<TrainedModelFile>& models) {
  nlohmann::json json = nlohmann::json::array();
  for (const TrainedModelFile& model : models)
    json.push_back({{"lang", model.lang}, {"engine", model.engine}, {"training", model.made_of}});
  return json;
}

ExitStatus doctor(const std::string& tessdata, const std::vector<std::string>& wanted,
                  Context& context) {
  const Resources machine = machine_resources();
  const std::string folder = tessdata_folder(tessdata);
  const std::vector<std::string> languages = installed_languages(folder);
  std::vector<std::string> lines = advice(machine, languages, wanted);
  const std::vector<std::string> simd = simd_targets();
  const std::vector<LanguageEngine> engines = engines_for(languages, tessdata, context);
  const std::vector<ListedEngine> external = external_engines_here();
  const std::vector<ListedEngine> optional = optional_engines_here();
  const std::vector<TrainedModelFile> trained = trained_models(folder);
  const std::vector<DeviceListing> others = devices();
  const std::vector<ParserLibrary> libraries = parser_libraries(lines);
  const std::vector<std::string> faults = known_faults(libraries);
  if (context.json) {
    context.print(json_text({{"version", program_version()},
                             {"cores", machine.logical_cores},
                             {"memory_bytes", machine.memory_bytes},
                             {"available_bytes", machine.available_bytes},
                             {"simd", simd},
                             {"tesseract", tesseract_version()},
                             {"tessdata", folder},
                             {"languages", languages},
                             {"trained_models", trained_json(trained)},
                             {"engines", engines_json(engines)},
                             {"optional_engines", listed_json(optional)},
                             {"external_engines", listed_json(external)},
                             {"devices", devices_json(others)},
                             {"cuda", !cuda_architectures().empty()},
                             {"compute_capabilities", compute_capabilities(cuda_architectures())},
                             {"opencv", CV_VERSION},
                             {"sqlite", sqlite3_libversion()},
                             {"libraries", libraries_json(libraries)},
                             {"known_faults", faults},
                             {"missing", lines}}));
  } else {
    std::string text =
        tr("ocrtune    {}\ncores      {}\nmemory     {}, {} free\nSIMD       {}\nTesseract  "
           "{}\nlanguages  {} (in {})\n{}{}"
           "OpenCV     {}\nSQLite     {}\nfiles      {}\n",
           program_version(), machine.logical_cores, human_size(machine.memory_bytes),
           human_size(machine.available_bytes), joined(simd), tesseract_version(),
           languages.empty() ? tr("none") : joined(languages),
           folder.empty() ? tr("no tessdata folder") : shown_model_folder(folder),
           trained_lines(trained) + engines_lines(engines, simd) + listed_lines(optional) +
               listed_lines(external),
           devices_lines(others), CV_VERSION, sqlite3_libversion(), libraries_text(libraries));
    for (const std::string& line : faults) text += "! " + line + "\n";
    for (const std::string& line : lines) text += "! " + line + "\n";
    if (lines.empty()) text += tr("nothing is missing\n");
    context.print(text);
  }
  return lines.empty() ? ExitStatus::success : ExitStatus::dependency_missing;
}

}  // namespace

void add_doctor(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "doctor",
                  tr("Check this machine: what is installed, what is missing and how to get it"),
                  "  ocrtune doctor\n  ocrtune doctor --lang deu+fra\n"
                  "  ocrtune doctor --engine ocrad\n"
                  "  ocrtune doctor --bench --page scan.png");
  struct Doctor {
    std::string tessdata;
    std::string lang;
    std::string engine;
    bool bench = false;
    std::string page;
  };
  auto options = std::make_shared<Doctor>();
  completed(context,
            command->add_option("--tessdata", options->tessdata,
                                tr("Folder with the .traineddata files")),
            workflow::Completion::folder);
  completed(context,
            command->add_option("--lang", options->lang, tr("Required languages, joined by +")),
            workflow::Completion::language);
  completed(
      context,
      command->add_option("--engine", options->engine,
                          tr("Test whether an external OCR engine conforms to the protocol: its "
                             "name, its folder, or a command")),
      workflow::Completion::external_engine);
  auto* bench_flag = command->add_flag(
      "--bench", options->bench,
      tr("Measure the time of each operation on the CPU and on each device, including transfers"));
  completed(context,
            command->add_option("--page", options->page,
                                tr("Image for the measurement [a synthetic one of 8.7 Mpx]")),
            workflow::Completion::file)
      ->needs(bench_flag);
  command->callback([options, &context] {
    context.command = [options, &context] {
      if (options->bench) return show_operation_times(options->page, context);
      if (!options->engine.empty()) return check_engine(options->engine, options->lang, context);
      const auto wanted =
          options->lang.empty() ? std::vector<std::string>{} : split(options->lang, '+');
      return doctor(options->tessdata, wanted, context);
    };
  });
}

}  // namespace ocrtune::cli
