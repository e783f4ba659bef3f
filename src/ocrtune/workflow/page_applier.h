#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/apply/journal.h"
#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/workflow/apply.h"
#include "ocrtune/workflow/document_output.h"
#include "ocrtune/workflow/output_names.h"

namespace ocrtune::workflow {

/// Recognizes pages as `apply` does, and writes their output files. First prepare(), then the
/// functions after it; of them, begin() before open_pages() and apply(). Not thread-safe.
class PageApplier {
 public:
  /// Loads the portfolio. The output is a folder: that of `document`, if all pages are to become
  /// one. `options` and `events` must outlive it. Throws Error.
  PageApplier(const ApplyOptions& options, const Events& events,
              const std::optional<DocumentOutput>& document = {});
  ~PageApplier();
  PageApplier(const PageApplier&) = delete;
  PageApplier& operator=(const PageApplier&) = delete;

  /// The threads and the memory that it uses.
  [[nodiscard]] const MemoryPlan& plan() const;
  /// The folder of the first models.
  [[nodiscard]] const std::string& tessdata() const;
  /// Whether pages must be loaded with colours.
  [[nodiscard]] bool in_colour() const;

  /// Chooses OCR engines for these languages and checks all models. Throws Error.
  void prepare(const std::vector<std::string>& languages);

  /// The pipelines that are used.
  [[nodiscard]] const Portfolio& portfolio() const;

  /// All settings that the output depends on, besides the pages, the models and the versions of
  /// programs (program_text()).
  [[nodiscard]] std::string settings() const;

  /// The identities of the models, by the languages of prepare().
  [[nodiscard]] const std::map<std::string, std::string>& models() const;

  /// The names of its output files.
  [[nodiscard]] const OutputNames& names() const;

  /// States the pages, which must outlive what is done with them; also possible before prepare().
  /// Throws Error(invalid_argument) if two pages or files have the same output file, or if one
  /// would overwrite its own page.
  void begin(const Corpus& corpus);

  /// Whether there is a record of a page as it is now, recognized with these models.
  using HasRecord = std::function<bool(const Page& page, const std::string& models)>;

  /// The pages without a record or without their output, and those that their PDFs need.
  [[nodiscard]] std::vector<std::size_t> open_pages(const HasRecord& has_record) const;

  /// What happens with pages.
  struct Callbacks {
    /// Gets the record of a page once its output files are on the disk.
    std::function<void(std::size_t index, const AppliedPage&)> done;
    /// Gets a page without a result, and why.
    std::function<void(std::size_t index, const std::string& reason)> left_out;
    /// The text of a progress line.
    std::function<std::string(std::size_t done, std::size_t all)> line;
  };

  /// Recognizes the pages with the indices `which`, until they are done or it is stopped. The
  /// callbacks are called from this thread, in the order of `which`. Throws Error.
  void apply(const std::vector<std::size_t>& which, const Callbacks& callbacks);

  /// Reports the load of devices, and failures, if any.
  void tell_devices() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace ocrtune::workflow
