#include "ocrtune/workflow/watch.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/corpus/watched_folder.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/workflow/apply_pages.h"
#include "ocrtune/workflow/document_output.h"

namespace ocrtune::workflow {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void refuse_watch(const std::string& why) {
  throw OptionError(Errc::invalid_argument, "watch", "", why);
}

/// The folder that is to be watched.
fs::path folder_of(const ApplyOptions& options) {
  std::error_code ignored;
  if (options.pages.inputs.size() != 1 || !fs::is_directory(options.pages.inputs.front(), ignored))
    refuse_watch(tr("needs one folder as input"));
  if (options.pages.numbers) refuse_watch(tr("takes all pages, without --pages"));
  if (options.workspace) refuse_watch(tr("can't be used with --workspace"));
  if (options.journal) refuse_watch(tr("takes no --journal"));
  if (document_output(options)) refuse_watch(tr("needs an output folder"));
  return options.pages.inputs.front();
}

/// The right to watch for an output folder, which one process has until its end.
Descriptor lock_folder(const fs::path& folder) {
  make_folder(folder);
  Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.valid() && ::flock(opened.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    throw Error(Errc::study_error,
                tr("{}: another `ocrtune apply --watch` writes there", shown(folder)));
  return opened;
}

/// Which file has which outputs.
class OutputOwners {
 public:
  explicit OutputOwners(fs::path folder) : folder_(std::move(folder)) {}

  /// The pages whose outputs are not those of another file.
  [[nodiscard]] Corpus own(const Corpus& corpus, const Events& events, std::size_t& left_out) {
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < corpus.pages().size(); ++i) {
      const Page& page = corpus.pages()[i];
      fs::path& file = files_.try_emplace(output_path(folder_, page, ""), page.file).first->second;
      std::error_code ignored;
      if (file == page.file || !fs::exists(file, ignored)) {
        file = page.file;
        kept.push_back(i);
        continue;
      }
      events.warn(tr("{}: its output would overwrite that of {}", page.name, shown(file)));
      ++left_out;
    }
    return corpus.selected(kept);
  }

 private:
  fs::path folder_;
  std::map<fs::path, fs::path> files_;  // by output, without extension
};

class Watch {
 public:
  Watch(ApplyOptions options, const Events& events)
      : options_(std::move(options)), events_(events), owners_(options_.output) {
    // The files of each round are stated.
    options_.pages.inputs.clear();
  }

  /// These files. Nothing if none of them has a page.
  std::optional<Applied> apply(const std::vector<InputFile>& files) {
    PageApplier applier(options_, events_);
    std::optional<LoadedPages> loaded = load(applier, files);
    if (!loaded) return std::nullopt;
    loaded->corpus = owners_.own(loaded->corpus, events_, loaded->left_out);
    if (loaded->corpus.pages().empty()) return std::nullopt;
    return apply_pages(applier, options_, *loaded, events_);
  }

 private:
  std::optional<LoadedPages> load(const PageApplier& applier, const std::vector<InputFile>& files) {
    try {
      LoadedPages loaded = load_pages(options_.pages, events_, applier.plan(), applier.tessdata(),
                                      applier.in_colour(), kUsualLanguage,
                                      [&](const auto&, const auto&, const auto&) { return files; });
      applier.names().leave_out(loaded, events_);
      return loaded;
    } catch (const Error& error) {
      // None of them could be read, of which there was a warning each.
      if (error.code() != Errc::input_unreadable) throw;
      return std::nullopt;
    }
  }

  ApplyOptions options_;
  const Events& events_;
  OutputOwners owners_;
};

}  // namespace

void watch(const ApplyOptions& options, const Events& events,
           const std::function<void(const Applied&)>& done) {
  check_fields(options);
  const fs::path folder = folder_of(options);
  const Descriptor lock = lock_folder(options.output);
  // What is wrong with the options shows at once.
  const std::string lang = options.pages.lang.value_or(kUsualLanguage);
  PageApplier(options, events).prepare({lang == kAutomaticLanguage ? kUsualLanguage : lang});
  WatchedFolder watched(folder, options.output);
  Watch work(options, events);
  events.say(tr("{} is watched; Ctrl-C ends it", shown(folder)));
  std::vector<Problem> remarks;
  while (!events.stopped()) {
    const std::vector<InputFile> files = watched.next(*events.stop, remarks);
    warn_of(std::exchange(remarks, {}), events);
    if (files.empty()) continue;
    if (const auto applied = work.apply(files)) done(*applied);
  }
}

}  // namespace ocrtune::workflow
