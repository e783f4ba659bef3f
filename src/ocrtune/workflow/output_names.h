#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "ocrtune/base/events.h"
#include "ocrtune/base/name_limits.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/options/options.h"

namespace ocrtune::workflow {

/// The files that would be written of a page.
struct PageOutputs {
  std::vector<std::filesystem::path> of_page;  ///< of it alone: its text, its image, …
  /// Of all pages of its file: the PDF, and what that is made of.
  std::vector<std::filesystem::path> of_file;
};

/// Tells which pages cannot be written because a name or path of their outputs is too long for the
/// file system. Thread-safe if `outputs_of` is.
class OutputNames {
 public:
  /// `folder`: of all outputs; it need not be there. Throws Error(output_unwritable) if its own
  /// name or path is too long.
  OutputNames(const std::filesystem::path& folder,
              std::function<PageOutputs(const Page&)> outputs_of);

  /// The pages that can be written. `tell` gets each other one: the page, or its file if the
  /// output of all its pages is concerned, and why.
  [[nodiscard]] Corpus writable(const Corpus& corpus,
                                const std::function<void(const Page& page, const std::string& name,
                                                         const std::string& why)>& tell) const;

  /// Leaves out the pages that cannot be written, with one warning for a page, or for a file.
  /// Throws Error(input_unreadable) if no page is left.
  void leave_out(LoadedPages& loaded, const Events& events) const;

 private:
  [[nodiscard]] std::string why_not(const std::vector<std::filesystem::path>& files) const;

  NameLimits limits_;
  std::function<PageOutputs(const Page&)> outputs_of_;
};

}  // namespace ocrtune::workflow
