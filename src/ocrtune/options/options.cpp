#include "ocrtune/options/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <sstream>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/inputs.h"
#include "ocrtune/corpus/page_ranges.h"
#include "ocrtune/corpus/remote_files.h"
#include "ocrtune/devices/devices.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/options/languages_found.h"
#include "ocrtune/pdf/render.h"
#include "ocrtune/pipeline/ocr_parameters.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune::workflow {
namespace {

constexpr std::uint64_t kMinMemory = 100'000'000;

[[noreturn]] void invalid_text(const char* option, const std::string& text,
                               const std::string& why) {
  throw OptionError(Errc::invalid_argument, option, quotable(text, 100), why);
}

/// Runs a change of the pipeline; an error names the option and its value.
template <typename Change>
void change_as(const char* option, const std::string& text, Change change) {
  try {
    change();
  } catch (const Error& error) {
    if (error.code() == Errc::invalid_argument) throw;
    invalid_text(option, text, error.what());
  }
}

void apply_set(Pipeline& pipeline, const std::string& text) {
  change_as("set", text, [&] {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) invalid_text("set", text, tr("expected NAME=VALUE"));
    const std::string name = text.substr(0, equals);
    const std::string value = text.substr(equals + 1);
    const Parameter parameter = pipeline.parameter_of(name);
    double number = 0;
    // Which choices an engine's option has, only the engine knows.
    if (!engine_option_of(parameter.name).empty() && !parse_number(value, number) &&
        parameter.type != ParameterType::category)
      pipeline.fix_engine_choice(name, value);
    else
      pipeline.fix(name, parse_value(parameter, value, name));
  });
}

/// The range in `text`, a part of `option`: LOW:HIGH, LOW:HIGH:STEP or LOW:HIGH:log.
Range parse_range(const Parameter& parameter, const std::string& option, std::string_view text,
                  const std::string& name) {
  const std::vector<std::string> parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3)
    invalid_text("free", option,
                 tr("expected NAME, NAME=LOW:HIGH, NAME=LOW:HIGH:STEP or NAME=LOW:HIGH:log"));
  Range range{.low = parse_value(parameter, parts[0], name),
              .high = parse_value(parameter, parts[1], name)};
  if (parts.size() == 2) return range;
  range.log = parts[2] == "log";
  if (!range.log && (!parse_number(parts[2], range.step) || range.step <= 0))
    invalid_text("free", option,
                 tr("`{}` is neither a step above 0 nor log", quotable(parts[2], 60)));
  return range;
}

void apply_free(Pipeline& pipeline, const std::string& text) {
  change_as("free", text, [&] {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    std::optional<Range> range;
    if (equals != std::string::npos) {
      range = parse_range(pipeline.parameter_of(name), text,
                          std::string_view(text).substr(equals + 1), name);
    }
    pipeline.free(name, range);
  });
}

std::vector<std::string> engine_choices() {
  std::vector<std::string> choices = engine_names();
  choices.insert(choices.begin(), std::string(kAutomaticEngine));
  return choices;
}

std::string engine_help() {
  std::vector<std::string> engines;
  std::vector<std::string> automatic;
  for (const OcrEngine& engine : all_engines()) {
    engines.push_back(tr("{} is {}", engine.name, translated(engine.summary)));
    if (engine.automatic) automatic.push_back(engine.name);
  }
  return tr(
      "OCR engine: {}; auto uses the first of {} that supports the language and passes its "
      "self-check",
      joined(engines, ", "), joined(automatic, ", "));
}

/// The engines that support --ocr-device.
std::string titles_with_device() {
  std::vector<std::string> titles;
  for (const OcrEngine& engine : all_engines()) {
    if (engine.uses_ocr_device) titles.push_back(translated(engine.title));
  }
  return joined(titles, ", ");
}

/// The inputs in their order, files and pages in memory.
std::vector<InputFile> files_and_images(const PagesOptions& options,
                                        std::vector<Problem>& problems) {
  std::istringstream none;
  std::istream& list = options.list != nullptr ? *options.list : none;
  if (options.images.empty()) return expand_inputs(options.inputs, list, problems, options.without);
  std::vector<InputFile> files;
  for (const std::string& input : options.inputs) {
    if (const auto image = options.images.find(input); image != options.images.end()) {
      files.push_back({.path = {},
                       .name = input,
                       .lang = {},
                       .truth = std::nullopt,
                       .labels = {},
                       .image = std::make_shared<const Image>(image->second)});
    } else {
      std::ranges::move(expand_inputs({input}, list, problems, options.without),
                        std::back_inserter(files));
    }
  }
  return files;
}

/// The pages with these numbers.
std::vector<InputFile> numbered(std::vector<InputFile> files, const std::string& numbers,
                                const DecodeLimits& limits) {
  const std::optional<PageRanges> ranges = PageRanges::parse(numbers);
  if (!ranges) {
    throw OptionError(Errc::invalid_argument, "pages", numbers,
                      tr("must be numbers from 1 and ranges of them, such as 3-12,20 or 30-"));
  }
  if (files.empty()) return files;
  std::uint64_t count = 0;
  std::vector<InputFile> selected = selected_pages(std::move(files), *ranges, limits, count);
  if (selected.empty()) {
    throw OptionError(Errc::invalid_argument, "pages", numbers,
                      tr("the inputs have {}", counted(count, "page")));
  }
  return selected;
}

}  // namespace

Option lang_option(std::optional<std::string>& lang) {
  return {.name = "lang",
          .field = &lang,
          .group = "Pages",
          .help =
              "Language of the text, such as eng; several joined by +; auto finds the language "
              "of each page among those that are installed",
          .usual = kUsualLanguage,
          .completion = Completion::language,
          .command_only = true};
}

Options options_of(PagesOptions& options) {
  return {{.name = "CORPUS",
           .field = &options.inputs,
           .group = "",
           .help = "Pages: files, folders (recursive), glob patterns, http(s) URLs, a CSV manifest "
                   "(columns file, lang, truth; others are labels), a IIIF manifest or METS file, "
                   "or - for a list on standard input",
           .positional = true,
           .required = true,
           .completion = Completion::file,
           .command_only = true},
          {.name = "pages",
           .field = &options.numbers,
           .group = "Pages",
           .help = "Only the pages with these numbers, such as 3-12,20 or 30-; the pages of all "
                   "inputs are numbered one after the other, from 1",
           .usual = tr("all pages"),
           .value_name = "RANGES",
           .command_only = true},
          lang_option(options.lang),
          {.name = "pdf-dpi",
           .field = &options.pdf_dpi,
           .group = "Pages",
           .help = "Resolution for rendering PDF pages (dpi)",
           .usual = tr("that of the scan; else {}", kPdfDpi),
           .range = NumberRange{kMinPdfDpi, kMaxPdfDpi},
           .command_only = true}};
}

Option dpi_option(PagesOptions& options) {
  return {.name = "dpi",
          .field = &options.dpi,
          .group = "Output",
          .help = "Resolution of images that do not state theirs, for the size of pages (dpi)",
          .label = "Resolution where images state none, dpi",
          .usual = "a guess by the size of paper and text",
          .range = NumberRange{kMinPdfDpi, 2UL * kMaxPdfDpi}};
}

Option split_double_pages_option(PagesOptions& options) {
  return {.name = "split-double-pages",
          .field = &options.split_double_pages,
          .group = "Pages",
          .help = "Divide images of open books into their two pages, where a gutter is found",
          .label = "Divide double pages"};
}

PagesOptions outside_of(const std::string& output, PagesOptions pages) {
  pages.without = output;
  return pages;
}

CorpusOptions corpus_options(const PagesOptions& options, const MemoryPlan& plan, bool in_colour,
                             const std::string& lang) {
  CorpusOptions wanted{.lang = lang, .limits = {}, .workers = plan.workers};
  wanted.limits.pdf_dpi = options.pdf_dpi;
  wanted.limits.split_double_pages = options.split_double_pages;
  wanted.limits.parser_memory = plan.parser;
  wanted.keep_bytes = plan.pages;
  wanted.in_colour = in_colour;
  return wanted;
}

LoadedPages load_pages(const PagesOptions& options, const Events& events, const MemoryPlan& plan,
                       const std::string& tessdata, bool in_colour, const std::string& usual_lang,
                       const FileSelection& select) {
  const std::string folder = tessdata_folder(tessdata);
  const std::string lang = options.lang.value_or(usual_lang);
  if (lang != kAutomaticLanguage) require_languages(lang, folder);
  std::vector<Problem> problems;
  std::vector<InputFile> files = files_and_images(options, problems);
  CorpusOptions loading = corpus_options(options, plan, in_colour, lang);
  loading.refusal_of_language = [&folder](const std::string& stated) {
    return refusal_of_language(stated, folder);
  };
  if (options.numbers) files = numbered(std::move(files), *options.numbers, loading.limits);
  if (select) files = select(std::move(files), loading, problems);
  const auto absent = std::ranges::count_if(
      files, [](const InputFile& file) { return is_to_be_downloaded(file.path); });
  if (absent > 0)
    events.say(tr("downloading {}", counted(static_cast<std::size_t>(absent), "file")));
  Corpus corpus = Corpus::load(files, loading, problems);
  warn_of(problems, events);
  if (corpus.pages().empty())
    throw Error(Errc::input_unreadable, tr("no page could be read; nothing was done"));
  for (const std::string& language : languages_of(corpus)) {
    if (language != kAutomaticLanguage) require_languages(language, folder);
  }
  corpus = with_languages_found(std::move(corpus), events, plan, tessdata);
  for (const std::string& language : languages_of(corpus)) require_languages(language, folder);
  return {std::move(corpus), count_left_out(problems)};
}

Options options_of(OcrOptions& options) {
  const RecognitionOptions usual;
  return {{.name = "psm",
           .field = &options.psm,
           .group = "Recognition",
           .help = "Page segmentation mode of Tesseract",
           .label = "Page segmentation mode (psm)",
           .usual = fmt::format("{}", usual.psm),
           .choices = {"1", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"}},
          {.name = "oem",
           .field = &options.oem,
           .group = "Recognition",
           .help = "OCR engine mode of Tesseract: 0 legacy, 1 LSTM, 2 both, 3 what is available",
           .label = "OCR engine mode (oem)",
           .usual = fmt::format("{}", usual.oem),
           .range = NumberRange{0, 3}},
          {.name = "ocr-max-width",
           .field = &options.max_width,
           .group = "Recognition",
           .help = "Reduce wider pages to this width before OCR (px); by default pages wider than "
                   "2500 are halved",
           .label = "Largest image width for OCR, px",
           .range = NumberRange{16, 32767}},
          {.name = "engine",
           .field = &options.engine,
           .group = "Recognition",
           .help = engine_help(),
           .label = "OCR engine",
           .usual = usual.engine,
           .choices = engine_choices(),
           .completion = Completion::engine},
          {.name = "tessdata",
           .field = &options.tessdata,
           .group = "Recognition",
           .help = "Folder with the .traineddata files",
           .completion = Completion::folder,
           .command_only = true}};
}

Options tessdata_option(OcrOptions& options) {
  Options rows = options_of(options);
  std::erase_if(rows, [](const Option& row) { return row.name != "tessdata"; });
  return rows;
}

RecognitionOptions ocr_options(const OcrOptions& options) {
  RecognitionOptions result;
  result.psm = options.psm.value_or(result.psm);
  result.oem = options.oem.value_or(result.oem);
  result.max_width = options.max_width;
  result.tessdata = options.tessdata;
  if (options.states_engine()) result.engine = engine_named(*options.engine).name;
  return result;
}

RecognitionOptions resolved(const OcrOptions& options, const Events& events,
                            const std::vector<std::string>& languages) {
  RecognitionOptions result = ocr_options(options);
  result.engines = selected_engines(events, languages, result);
  return result;
}

Options options_of(PipelineOptions& options, const std::string& usual, bool searched) {
  Options rows{{.name = "pipeline",
                .field = &options.pipeline,
                .group = "Pipeline",
                .help = "Preset or TOML file",
                .usual = usual,
                .completion = Completion::pipeline,
                .command_only = true},
               {.name = "set",
                .field = &options.set,
                .group = "Pipeline",
                .help = "Fix a parameter, NAME=VALUE; use_STAGE=off switches a stage off",
                .completion = Completion::parameter_value,
                .command_only = true}};
  if (searched) {
    rows.push_back({.name = "free",
                    .field = &options.free,
                    .group = "Pipeline",
                    .help = "Search a parameter: NAME, NAME=LOW:HIGH, NAME=LOW:HIGH:STEP or "
                            "NAME=LOW:HIGH:log; use_STAGE searches with and without a stage",
                    .completion = Completion::parameter_range,
                    .command_only = true});
  }
  return rows;
}

Pipeline stated_pipeline(const PipelineOptions& options, const std::string& usual) {
  Pipeline result = load_pipeline(options.pipeline.value_or(usual));
  for (const std::string& text : options.set) apply_set(result, text);
  for (const std::string& text : options.free) apply_free(result, text);
  return result;
}

Options options_of(WorkOptions& options) {
  return {{.name = "jobs",
           .field = &options.jobs,
           .group = "Resources",
           .help = "Number of worker threads",
           .label = "Workers",
           .usual = "one per core; 1.5 per core with hyper-threading",
           .range = NumberRange{1, 1024}},
          {.name = "memory",
           .field = &options.memory,
           .group = "Resources",
           .help = "Memory limit, such as 800M or 4G; with less memory fewer pages are cached and "
                   "processed at the same time",
           .label = "Memory, bytes",
           .usual = "3/4 of the free memory",
           .range = NumberRange{kMinMemory, std::uint64_t{1} << 50U},
           .notation = Notation::size}};
}

MemoryPlan plan_work(const WorkOptions& options, const OcrOptions& ocr,
                     const std::set<std::string>& further, std::size_t models) {
  const Resources machine = machine_resources();
  std::set<std::string> names = further;
  if (ocr.engine) names.insert(*ocr.engine);
  std::uint64_t bytes = kRecognizerBytes * (models - 1);
  std::vector<std::string> large;
  for (const std::string& name : names) {
    const OcrEngine* engine = find_engine(name);
    if (engine == nullptr || engine->memory_mb == 0) continue;
    if (engine->is_installed && !engine->is_installed()) continue;
    bytes += 1'000'000 * static_cast<std::uint64_t>(engine->memory_mb);
    large.push_back(engine->title);
  }
  if (options.memory && !large.empty() && *options.memory < least_memory(bytes)) {
    throw OptionError(
        Errc::limit_reached, "memory", human_size(*options.memory),
        tr("at least {} is needed with {}", human_size(least_memory(bytes)), joined(large)));
  }
  return plan_memory(options.memory.value_or(machine.available_bytes / 4 * 3),
                     options.jobs.value_or(default_workers(machine)), bytes);
}

Options options_of(DeviceOptions& options, bool reads) {
  Options rows{{.name = std::string(kDeviceOption),
                .field = &options.device,
                .group = "Resources",
                .help = "Device for the stages: cpu, opencl, cuda, one of several (opencl:1), "
                        "several (cuda:0,cuda:1), or auto for the fastest; `ocrtune doctor` lists "
                        "them; results are the same",
                .label = "Device for the stages",
                .usual = "cpu",
                .value_name = "NAME",
                .environment = "OCRTUNE_DEVICE",
                .completion = Completion::device}};
  if (reads) {
    rows.push_back(
        {.name = "ocr-device",
         .field = &options.ocr_device,
         .group = "Resources",
         .help = tr(
             "Device for the network of {}: cpu, opencl or cuda, as --device; results are the same",
             titles_with_device()),
         .label = "Device for ocrtune's LSTM engine",
         .usual = "cpu",
         .value_name = "NAME",
         .environment = "OCRTUNE_OCR_DEVICE",
         .completion = Completion::ocr_device});
  }
  return rows;
}

}  // namespace ocrtune::workflow
