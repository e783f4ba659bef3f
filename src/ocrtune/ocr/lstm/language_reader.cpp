#include "ocrtune/ocr/lstm/language_reader.h"

#include <optional>
#include <string>
#include <utility>

#include "ocrtune/ocr/lstm/line_image.h"

namespace ocrtune::lstm {

LanguageReader::LanguageReader(std::shared_ptr<const Model> model,
                               const std::shared_ptr<OcrDevice>& device, std::string_view blacklist)
    : model_(std::move(model)),
      group_(model_, device),
      decoder_(model_->unicharset, model_->recoder, &model_->dictionary, model_->null_char,
               model_->network_text.find("O1s") != std::string::npos, blacklist) {}

bool LanguageReader::read(PIX* page, std::span<const layout::Unit* const> units,
                          const std::atomic<bool>& stop, const Give& give) {
  // A page that was stopped leaves units behind.
  taken_.clear();
  group_.clear();
  const int factor = model_->network.x_scale_factor;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (stop.load()) return false;
    const layout::Unit& unit = *units[i];
    if (unit.picture || unit.crop.empty()) continue;
    std::optional<LineImage> line = cut_line(page, unit.crop, model_->network.input_height, factor);
    if (!line) continue;
    if (!group_.has_room(pixGetWidth(line->pix.get()))) run_group(give);
    taken_.push_back({.place = i, .step = static_cast<float>(factor) / line->scale});
    group_.add(*std::move(line));
  }
  run_group(give);
  return true;
}

void LanguageReader::run_group(const Give& give) {
  const std::span<const LineOutput> outputs = group_.run();
  for (std::size_t i = 0; i < outputs.size(); ++i)
    give(taken_[i].place, decoder_.decode(outputs[i], taken_[i].step));
  taken_.clear();
}

}  // namespace ocrtune::lstm
