#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "ocrtune/image/pix.h"
#include "ocrtune/ocr/layout/layout.h"
#include "ocrtune/ocr/lstm/decoder.h"
#include "ocrtune/ocr/lstm/line_group.h"
#include "ocrtune/ocr/lstm/model.h"

namespace ocrtune::lstm {

/// Reads units with the model of one language. Not thread-safe.
class LanguageReader {
 public:
  /// Gets a unit's place among those to be read, and its words, which are valid during the call.
  using Give = std::function<void(std::size_t, const std::vector<DecodedWord>&)>;

  /// On `device`, if there is one that supports the model's network. `blacklist`: characters that
  /// are not recognized, UTF-8.
  LanguageReader(std::shared_ptr<const Model> model, const std::shared_ptr<OcrDevice>& device,
                 std::string_view blacklist);

  [[nodiscard]] const Model& model() const { return *model_; }
  /// Whether units with a low confidence are also read inverted.
  void try_inverted(bool try_them) { group_.try_inverted(try_them); }

  /// Reads units of a page in their order. Pictures, and units that are too small, are left out.
  /// False if it was stopped.
  bool read(PIX* page, std::span<const layout::Unit* const> units, const std::atomic<bool>& stop,
            const Give& give);

 private:
  /// A unit in the group.
  struct Taken {
    std::size_t place = 0;
    float step = 0;  ///< source px for a time step
  };

  void run_group(const Give& give);

  std::shared_ptr<const Model> model_;
  LineGroup group_;
  Decoder decoder_;
  std::vector<Taken> taken_;
};

}  // namespace ocrtune::lstm
