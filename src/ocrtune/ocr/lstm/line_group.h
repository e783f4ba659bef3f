#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/forward.h"
#include "ocrtune/ocr/lstm/line_image.h"
#include "ocrtune/ocr/lstm/line_input.h"
#include "ocrtune/ocr/lstm/line_output.h"
#include "ocrtune/ocr/lstm/model.h"
#include "ocrtune/ocr/lstm/shared_forward.h"
#include "ocrtune/ocr/ocr_device.h"

namespace ocrtune::lstm {

/// Lines that run through the network together, which is faster than one by one. Lines with a low
/// confidence are also run inverted, as white on black; of both results the one with the higher
/// confidence counts. Not thread-safe; the groups of a model share its packed network, also on a
/// device.
class LineGroup {
 public:
  /// Runs on `device`, if there is one that supports the model's network; groups are larger then.
  explicit LineGroup(std::shared_ptr<const Model> model,
                     const std::shared_ptr<OcrDevice>& device = nullptr);

  /// Whether a line of this width (px) may be added; an empty group always has room.
  [[nodiscard]] bool has_room(int width) const;
  void add(LineImage line);
  /// The outputs of the lines, in the order in which they were added. Empties the group; the
  /// outputs are valid until the next run.
  std::span<const LineOutput> run();
  /// Whether lines are also run inverted.
  void try_inverted(bool try_them) { tries_inverted_ = try_them; }
  void clear();

 private:
  void forward(std::size_t count, std::vector<LineOutput>& outs);
  void retry_inverted();

  std::shared_ptr<const Model> model_;
  Forward forward_;
  std::shared_ptr<SharedForward> on_device_;  ///< null if the CPU does it
  std::size_t max_lines_;
  std::size_t max_cells_;
  bool tries_inverted_ = true;
  int width_ = 0;
  std::vector<LineImage> lines_;
  // These keep their buffers from group to group.
  std::vector<LineInput> inputs_;
  std::vector<LineOutput> outputs_;
  std::vector<LineOutput> inverted_;
  std::vector<float> certainties_;
  std::vector<std::size_t> unsure_;
};

}  // namespace ocrtune::lstm
