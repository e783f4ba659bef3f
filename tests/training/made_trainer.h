#pragma once

#include <algorithm>
#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/training/training_set.h"

namespace ocrtune::test {

/// What models of a MadeTrainer were asked for.
struct MadeCalls {
  std::atomic<int> started{0};
  std::atomic<int> epochs{0};
};

/// A model that recognizes `long s` as f until it has been trained with enough pictures.
class MadeModel final : public training::ModelInTraining {
 public:
  MadeModel(std::shared_ptr<const std::vector<training::LinePicture>> pictures, std::size_t enough,
            MadeCalls& calls)
      : pictures_(std::move(pictures)), enough_(enough), calls_(calls) {
    ++calls_.started;
  }

  bool train(std::span<const std::size_t> pictures, const std::atomic<bool>& stop) override {
    ++calls_.epochs;
    trained_ += pictures.size();
    return !stop.load();
  }

  std::vector<std::string> recognize(std::span<const std::size_t> pictures,
                                     const std::atomic<bool>& /*stop*/) override {
    std::vector<std::string> texts;
    for (const std::size_t index : pictures) {
      std::string text = (*pictures_)[index].text;
      if (trained_ < enough_) {
        for (std::size_t at = text.find("ſ"); at != std::string::npos; at = text.find("ſ"))
          text.replace(at, 2, "f");
      }
      texts.push_back(std::move(text));
    }
    return texts;
  }

  void write(const std::filesystem::path& /*folder*/, const std::string& /*made_of*/) override {}

 private:
  std::shared_ptr<const std::vector<training::LinePicture>> pictures_;
  std::size_t enough_;
  MadeCalls& calls_;
  std::size_t trained_ = 0;
};

class MadeTrainer final : public training::ModelTrainer {
 public:
  MadeTrainer(const training::TrainingSet& set, std::size_t enough)
      : pictures_(set.pictures), enough_(enough) {}

  [[nodiscard]] std::set<std::string> missing_characters() const override { return {"ſ"}; }
  [[nodiscard]] std::unique_ptr<training::ModelTrainer> with_characters(
      const std::vector<training::AddedCharacter>& /*added*/) const override {
    return nullptr;
  }
  [[nodiscard]] std::unique_ptr<training::ModelInTraining> start() const override {
    return std::make_unique<MadeModel>(pictures_, enough_, calls);
  }

  mutable MadeCalls calls;

 private:
  std::shared_ptr<const std::vector<training::LinePicture>> pictures_;
  std::size_t enough_;
};

/// Pages with so many lines each, all with this text, on every second page twice.
inline training::TrainingSet made_set(std::size_t pages, std::size_t lines, const std::string& text,
                                      std::size_t variants = 2) {
  training::TrainingSet set{.page_of = {}, .pages = pages, .variants = variants, .pictures = {}};
  auto pictures = std::make_shared<std::vector<training::LinePicture>>();
  for (std::size_t line = 0; line < pages * lines; ++line) {
    set.page_of.push_back(line / lines);
    for (std::size_t variant = 0; variant < variants; ++variant)
      pictures->push_back(
          {.gray = cv::Mat(), .text = line / lines % 2 == 0 ? text : text + " " + text});
  }
  set.pictures = std::move(pictures);
  return set;
}

}  // namespace ocrtune::test
