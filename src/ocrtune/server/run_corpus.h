#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ocrtune::server {

/// What a run needs to know of a corpus.
struct RunCorpus {
  std::vector<std::string> inputs;  ///< absolute paths
  std::string lang;
  std::size_t page_count = 0;  ///< 0: not known
};

/// Where runs and studies have corpora from. Thread-safe.
class CorpusInputs {
 public:
  virtual ~CorpusInputs() = default;

  /// Throws HttpError(404) where there is none of that id.
  [[nodiscard]] virtual RunCorpus find(const std::string& id) const = 0;

  /// The id of the corpus of these inputs, which is made where there is none. Throws HttpError as
  /// making one does.
  virtual std::string made_of(const std::vector<std::string>& inputs, const std::string& lang) = 0;
};

}  // namespace ocrtune::server
