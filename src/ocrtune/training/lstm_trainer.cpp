#include "ocrtune/training/lstm_trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/training/lstmf.h"
#include "ocrtune/training/lstmtraining.h"
#include "ocrtune/training/training_text.h"

namespace ocrtune::training {
namespace {

namespace fs = std::filesystem;
using tessdata::Component;

/// Half of what `lstmtraining` begins new models with: with 0.001 the error on other pages fell
/// faster, but of one of two collections rose again from the third slice on; with 0.00025 it took
/// twice as many slices.
constexpr float kLearningRate = 0.0005F;

/// Page segmentation modes: 7 finds the line in its picture, as on pages; 13 takes all of the
/// picture, which does worse where that has parts of other lines (6.6 % of the characters wrong
/// instead of 1.3 %), but finds something where 7 finds no line.
constexpr int kSingleLine = 7;
constexpr int kRawLine = 13;

/// What the models of a trainer share.
struct Base {
  std::string lang;
  std::string tessdata;  ///< folder of the base
  std::shared_ptr<const std::vector<LinePicture>> pictures;
  TrainableModel model;
  std::string version;  ///< of the base's file
  fs::path scratch;
  TrainingFiles files;  ///< without a folder
};

/// The width of a picture scaled to the height of the network's input, as Leptonica rounds it.
int scaled_width(const cv::Mat& gray, int height) {
  const float factor = static_cast<float>(height) / static_cast<float>(gray.rows);
  return static_cast<int>(std::lround(factor * static_cast<float>(gray.cols)));
}

/// Whether `lstmtraining` accepts a picture; of a slice without any such it would never come back.
bool fits(const cv::Mat& gray, const EncodedText& text, const TrainableModel& model) {
  constexpr int kMaxRatio = 128;
  if (gray.empty() || std::max(gray.cols, gray.rows) > kMaxLstmfSide) return false;
  const int width = scaled_width(gray, model.height);
  const auto steps = static_cast<std::size_t>(width / model.x_scale);
  return width <= kMaxRatio * model.height && steps >= steps_for(text.classes);
}

class LstmModel : public ModelInTraining {
 public:
  LstmModel(std::shared_ptr<const Base> base, int number) : base_(std::move(base)) {
    files_ = base_->files;
    files_.folder = base_->scratch / fmt::format("model-{}", number);
    // A process that was killed may have left checkpoints, of which `lstmtraining` would go on.
    std::error_code ignored;
    fs::remove_all(files_.folder, ignored);
    make_folder(files_.folder / kModels);
  }
  ~LstmModel() override {
    std::error_code ignored;
    fs::remove_all(files_.folder, ignored);
  }
  LstmModel(const LstmModel&) = delete;
  LstmModel& operator=(const LstmModel&) = delete;

  bool train(std::span<const std::size_t> pictures, const std::atomic<bool>& stop) override {
    if (stop) return false;
    std::vector<LstmfLine> lines = lines_of(pictures);
    if (lines.empty()) return true;
    // `lstmtraining` begins with the line at its count of all lines so far.
    const auto shift = static_cast<std::size_t>(state_.lines) % lines.size();
    std::rotate(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(shift), lines.end());
    write_atomically(files_.folder / kSliceFile, lstmf_bytes(lines));
    written_ = false;
    return train_lines(files_, static_cast<int>(lines.size()), state_, stop);
  }

  std::vector<std::string> recognize(std::span<const std::size_t> pictures,
                                     const std::atomic<bool>& stop) override {
    write_model();
    const RecognitionOptions options{.psm = kSingleLine, .tessdata = files_.folder / kModels};
    const OcrEngine* engine = find_engine("lstm");
    if (engine == nullptr || engine->refuses(base_->lang, options)) engine = &reference_engine();
    const std::unique_ptr<Recognizer> recognizer = engine->open(base_->lang, options);
    std::vector<std::string> texts;
    for (const std::size_t picture : pictures) {
      if (stop.load()) break;
      texts.push_back(text_in((*base_->pictures)[picture].gray, *recognizer));
    }
    return texts;
  }

  void write(const fs::path& folder, const std::string& made_of) override {
    write_model();
    tessdata::Components components =
        tessdata::components_of(tessdata::TrainedData::open(model_path()));
    const std::string version = fmt::format("{}; {}", base_->version, quotable(made_of, 2000));
    components[Component::version].assign(version.begin(), version.end());
    make_folder(folder);
    write_atomically(folder / model_path().filename(), tessdata::traineddata_bytes(components));
  }

 private:
  static constexpr const char* kModels = "models";

  [[nodiscard]] fs::path model_path() const {
    return files_.folder / kModels / (base_->lang + ".traineddata");
  }

  /// Those pictures that can be trained with.
  [[nodiscard]] std::vector<LstmfLine> lines_of(std::span<const std::size_t> pictures) const {
    std::vector<LstmfLine> lines;
    for (const std::size_t index : pictures) {
      const LinePicture& picture = (*base_->pictures)[index];
      const auto text = encoded_text(picture.text, base_->model);
      if (text && fits(picture.gray, *text, base_->model))
        lines.push_back({.gray = picture.gray, .text = text->text});
    }
    return lines;
  }

  /// The model as it is now, for engines.
  void write_model() {
    if (written_) return;
    write_integer_model(files_, state_, model_path());
    written_ = true;
  }

  static std::string text_in(const cv::Mat& gray, Recognizer& recognizer) {
    const std::string text = text_in(gray, kSingleLine, recognizer);
    return text.empty() ? text_in(gray, kRawLine, recognizer) : text;
  }

  /// Empty if the engine fails on the picture.
  static std::string text_in(const cv::Mat& gray, int psm, Recognizer& recognizer) {
    const std::atomic<bool> stop = false;
    std::string text;
    try {
      const auto result = recognizer.read({.gray = gray}, {.psm = psm}, stop);
      if (!result) return text;
      for (const Word& word : result->words) {
        if (!text.empty() && word.space_before) text += ' ';
        text += word.text;
      }
    } catch (const EngineFailure&) {
      return "";
    }
    return text;
  }

  std::shared_ptr<const Base> base_;
  TrainingFiles files_;
  TrainingState state_;
  bool written_ = false;
};

std::unique_ptr<ModelTrainer> open_trainer(const std::string& lang, const std::string& tessdata,
                                           std::shared_ptr<const std::vector<LinePicture>> pictures,
                                           const std::vector<AddedCharacter>& added,
                                           const fs::path& scratch);

class LstmTrainer : public ModelTrainer {
 public:
  explicit LstmTrainer(std::shared_ptr<const Base> base) : base_(std::move(base)) {}

  [[nodiscard]] std::set<std::string> missing_characters() const override {
    std::set<std::string> missing;
    for (const LinePicture& picture : *base_->pictures)
      missing.merge(training::missing_characters(picture.text, base_->model));
    return missing;
  }

  [[nodiscard]] std::unique_ptr<ModelTrainer> with_characters(
      const std::vector<AddedCharacter>& added) const override {
    return open_trainer(base_->lang, base_->tessdata, base_->pictures, added, base_->scratch);
  }

  [[nodiscard]] std::unique_ptr<ModelInTraining> start() const override {
    return std::make_unique<LstmModel>(base_, models_++);
  }

 private:
  std::shared_ptr<const Base> base_;
  mutable std::atomic<int> models_ = 0;
};

[[noreturn]] void refuse(const std::string& lang, const std::string& why) {
  throw Error(Errc::dependency_missing, tr("language `{}`: {}", quotable(lang, 80), why));
}

/// Writes the files that all models of a trainer begin with.
TrainingFiles write_base(const TrainableModel& model, const fs::path& scratch,
                         const fs::path& program) {
  TrainingFiles files{.program = program,
                      .network = scratch / "base.lstm",
                      .model = scratch / "base.traineddata",
                      .folder = {}};
  const auto& network = model.components.at(Component::network);
  write_atomically(files.network, std::as_bytes(std::span(network)));
  write_atomically(files.model, tessdata::traineddata_bytes(model.components));
  return files;
}

std::unique_ptr<ModelTrainer> open_trainer(const std::string& lang, const std::string& tessdata,
                                           std::shared_ptr<const std::vector<LinePicture>> pictures,
                                           const std::vector<AddedCharacter>& added,
                                           const fs::path& scratch) {
  const fs::path program = find_lstmtraining();
  const std::string folder = tessdata_folder(tessdata);
  require_languages(lang, folder);
  if (lang.find('+') != std::string::npos) refuse(lang, tr("one language is trained at a time"));
  const tessdata::TrainedData base =
      tessdata::TrainedData::open(fs::path(folder) / (lang + ".traineddata"));
  TrainableModel model = trainable_model(base, added, kLearningRate);
  if (model.characters.right_to_left())
    refuse(lang, tr("training isn't supported for scripts that are written right to left"));
  const auto version = base.bytes(Component::version);
  const fs::path place = fs::absolute(scratch);
  const TrainingFiles files = write_base(model, place, program);
  return std::make_unique<LstmTrainer>(
      std::make_shared<const Base>(Base{.lang = lang,
                                        .tessdata = tessdata,
                                        .pictures = std::move(pictures),
                                        .model = std::move(model),
                                        .version = {version.begin(), version.end()},
                                        .scratch = place,
                                        .files = files}));
}

}  // namespace

std::unique_ptr<ModelTrainer> open_lstm_trainer(
    const std::string& lang, const std::string& tessdata,
    std::shared_ptr<const std::vector<LinePicture>> pictures, const fs::path& scratch) {
  return open_trainer(lang, tessdata, std::move(pictures), {}, scratch);
}

}  // namespace ocrtune::training
