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
#include "ocrtune/ocr/reading_device.h"

namespace ocrtune::lstm {

/// Lines that go through the network together, which takes less time than one by one. Those that
/// come out unsure are read inverted too, as white on black; the surer of both counts. Not
/// thread-safe; the groups of a model share its packed network, and a device's.
class LineGroup {
 public:
  /// On `device`, where there is one that can run the model's network; groups are larger then.
  explicit LineGroup(std::shared_ptr<const Model> model,
                     const std::shared_ptr<ReadingDevice>& device = nullptr);

  /// Whether a line of this width (px) may come along: always into an empty group.
  [[nodiscard]] bool has_room(int width) const;
  void add(LineImage line);
  /// The outputs of the lines, in the order in which they were added. Empties the group; they stay
  /// until the next run.
  std::span<const LineOutput> run();
  /// Whether lines are tried inverted at all.
  void try_inverted(bool try_them) { tries_inverted_ = try_them; }
  void clear();

 private:
  void forward(std::size_t count, std::vector<LineOutput>& outs);
  void retry_inverted();

  std::shared_ptr<const Model> model_;
  Forward forward_;
  std::shared_ptr<SharedForward> on_device_;  ///< null where the processors do it
  std::size_t most_lines_;
  std::size_t most_cells_;
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
