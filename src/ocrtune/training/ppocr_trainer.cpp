#include "ocrtune/training/ppocr_trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/parallel.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/engines/trained_models.h"
#include "ocrtune/ocr/ppocr/dictionary.h"
#include "ocrtune/ocr/ppocr/installation.h"
#include "ocrtune/ocr/ppocr/last_layer.h"
#include "ocrtune/ocr/ppocr/line_image.h"
#include "ocrtune/ocr/ppocr/line_reader.h"
#include "ocrtune/ocr/ppocr/loaded_model.h"
#include "ocrtune/ocr/ppocr/ppocr_options.h"
#include "ocrtune/training/softmax_layer.h"

namespace ocrtune::training {
namespace {

namespace fs = std::filesystem;

/// The default one, which recognizes pages.
const std::string kModel = ppocr::PpocrOptions().model;
/// Least probability of a class that is considered: others hardly change a softmax.
constexpr float kConsidered = 1e-3F;
constexpr std::size_t kBatch = 8;
/// Pages are recognized with a space where its probability is 0.05 (LineOptions), as the base has
/// too few; trained, it knows better. What is added to its logit while it is trained makes that
/// 0.3.
constexpr float kSpaceShift = 2.1F;
/// What is taken from the logit of an added character that begins as another one.
constexpr float kAddedLessLikely = 1;
constexpr std::uint64_t kMaxModel = 2'000'000'000;

/// What the layers below the last one make of a picture.
struct Features {
  std::vector<float> values;
  int rows = 0;
  double per_line = 0;  ///< rows that the line itself takes
};

/// The classes that are trained, and what they stand for.
struct Classes {
  std::vector<int> numbers;        ///< in the network; blank first, space last
  std::vector<int> like;           ///< those whose weights they begin with
  std::vector<std::string> texts;  ///< as decode_ctc() takes them
  std::map<std::string, int> of;   ///< class of a character, among these

  /// Adds a class of the network behind all others but the space.
  void add(int number, int as, const std::string& text) {
    numbers.insert(numbers.end() - 1, number);
    like.insert(like.end() - 1, as);
    texts.insert(texts.end() - 1, text);
    index();
  }

  void index() {
    of.clear();
    for (std::size_t i = 0; i < texts.size(); ++i) of.try_emplace(texts[i], static_cast<int>(i));
  }
};

/// The columns of a layer.
ppocr::LastLayer columns_of(const ppocr::LastLayer& layer, const std::vector<int>& columns) {
  ppocr::LastLayer part{.features = layer.features, .classes = static_cast<int>(columns.size())};
  for (int feature = 0; feature < layer.features; ++feature) {
    const std::size_t row =
        static_cast<std::size_t>(feature) * static_cast<std::size_t>(layer.classes);
    for (const int column : columns)
      part.weights.push_back(layer.weights[row + static_cast<std::size_t>(column)]);
  }
  for (const int column : columns)
    part.bias.push_back(layer.bias[static_cast<std::size_t>(column)]);
  return part;
}

/// The characters of a text, each as UTF-8.
std::vector<std::string> characters_of(const std::string& text) {
  std::vector<std::string> characters;
  for (const char32_t code : code_points(text)) characters.push_back(utf8({&code, 1}));
  return characters;
}

/// The base, the pictures, and what is computed from both. Immutable once made.
struct Shared {
  std::string lang;
  std::shared_ptr<const std::vector<LinePicture>> pictures;
  ppocr::LoadedModel* base = nullptr;
  ppocr::LastLayer layer;
  Classes classes;
  std::shared_ptr<const std::vector<Features>> features;  ///< of each picture
  std::vector<std::vector<int>> labels;                   ///< empty where a character is missing
  std::set<std::string> missing;
  std::map<int, std::string> added;  ///< characters that classes of the network stand for now
};

class PpocrInTraining final : public ModelInTraining {
 public:
  explicit PpocrInTraining(std::shared_ptr<const Shared> shared)
      : shared_(std::move(shared)), layer_(layer_of(*shared_)) {}

  bool train(std::span<const std::size_t> pictures, const std::atomic<bool>& stop) override {
    std::vector<LayerSample> batch;
    for (const std::size_t index : pictures) {
      if (stop.load()) return false;
      if (shared_->labels[index].empty()) continue;
      batch.push_back(
          {.features = (*shared_->features)[index].values, .labels = shared_->labels[index]});
      if (batch.size() < kBatch) continue;
      layer_.step(batch);
      batch.clear();
    }
    layer_.step(batch);
    return true;
  }

  std::vector<std::string> recognize(std::span<const std::size_t> pictures,
                                     const std::atomic<bool>& stop) override {
    const ppocr::LineOptions usual;
    const std::vector<float> usual_bias = bias();
    std::vector<float> probabilities;
    std::vector<std::string> texts;
    for (const std::size_t index : pictures) {
      if (stop.load()) break;
      const Features& features = (*shared_->features)[index];
      class_probabilities(features.values, layer_.weights(), usual_bias, probabilities);
      const ppocr::NetworkOutput output{
          .values = probabilities, .rows = features.rows, .columns = layer_.classes()};
      const auto rows = static_cast<int>(std::ceil(features.per_line));
      std::string text;
      for (const auto& each : decode_ctc(output, rows, shared_->classes.texts, usual.space))
        text += each.character.text;
      texts.push_back(std::move(text));
    }
    return texts;
  }

  void write(const fs::path& folder, const std::string& made_of) override {
    ppocr::LastLayer trained = shared_->layer;
    const std::vector<int>& numbers = shared_->classes.numbers;
    const std::vector<float> trained_bias = bias();
    for (std::size_t column = 0; column < numbers.size(); ++column) {
      const auto number = static_cast<std::size_t>(numbers[column]);
      for (std::size_t feature = 0; feature < static_cast<std::size_t>(trained.features); ++feature)
        trained.weights[feature * static_cast<std::size_t>(trained.classes) + number] =
            layer_.weights()[feature * numbers.size() + column];
      trained.bias[number] = trained_bias[column];
    }
    const fs::path source = ppocr::model_folder(kModel);
    std::vector<std::byte> onnx =
        with_last_layer(read_bytes(source / "rec.onnx", kMaxModel, Errc::dependency_missing),
                        shared_->layer, trained);
    ppocr::set_metadata(onnx, kTrainingKey, made_of);
    state_characters(onnx);
    const fs::path target = folder / "ppocr" / shared_->lang;
    make_folder(target);
    write_atomically(target / "rec.onnx", onnx);
    std::error_code ignored;  // Models that were put there by hand may have none.
    fs::copy(source / "licences", target / "licences",
             fs::copy_options::recursive | fs::copy_options::overwrite_existing, ignored);
  }

 private:
  static SoftmaxLayer layer_of(const Shared& shared) {
    const Classes& classes = shared.classes;
    ppocr::LastLayer part = columns_of(shared.layer, classes.like);
    part.bias.back() += kSpaceShift;
    for (std::size_t i = 0; i < classes.numbers.size(); ++i) {
      if (shared.added.contains(classes.numbers[i])) part.bias[i] -= kAddedLessLikely;
    }
    return {part.features, part.classes, std::move(part.weights), std::move(part.bias)};
  }

  /// Says which characters the classes of the file stand for, if some were added.
  void state_characters(std::vector<std::byte>& onnx) const {
    if (shared_->added.empty()) return;
    std::vector<std::string> characters = shared_->base->characters();
    std::vector<std::string> added;
    for (const auto& [number, text] : shared_->added) {
      characters[static_cast<std::size_t>(number) - 1] = text;
      added.push_back(text);
    }
    ppocr::set_metadata(onnx, ppocr::kCharactersKey, joined(characters, "\n"));
    ppocr::set_metadata(onnx, ppocr::kAddedKey, joined(added, "\n"));
  }

  /// Without the shift of the space.
  [[nodiscard]] std::vector<float> bias() const {
    std::vector<float> values = layer_.bias();
    values.back() -= kSpaceShift;
    return values;
  }

  std::shared_ptr<const Shared> shared_;
  SoftmaxLayer layer_;
};

/// The classes of a text; none if one of its characters is missing.
std::vector<int> labels_of(const Classes& classes, const std::string& text) {
  std::vector<int> labels;
  for (const std::string& character : characters_of(text)) {
    const auto found = classes.of.find(character);
    if (found == classes.of.end()) return {};
    labels.push_back(found->second);
  }
  return labels;
}

void label(Shared& shared) {
  shared.labels.clear();
  for (const LinePicture& picture : *shared.pictures)
    shared.labels.push_back(labels_of(shared.classes, picture.text));
}

/// Classes that stand for characters that texts in the language do not have: in Latin script,
/// Chinese ones.
std::vector<int> spare_classes(const Shared& shared) {
  const std::vector<int>& used = shared.base->recognition(shared.lang).alphabet.classes;
  std::vector<int> spare;
  for (int number = 1; number + 1 < shared.layer.classes; ++number) {
    if (std::ranges::find(used, number) == used.end()) spare.push_back(number);
  }
  return spare;
}

class PpocrTrainer final : public ModelTrainer {
 public:
  explicit PpocrTrainer(std::shared_ptr<const Shared> shared) : shared_(std::move(shared)) {}

  [[nodiscard]] std::unique_ptr<ModelTrainer> with_characters(
      const std::vector<AddedCharacter>& added) const override {
    auto more = std::make_shared<Shared>(*shared_);
    std::vector<int> spare = spare_classes(*more);
    for (const AddedCharacter& character : added) {
      if (spare.empty() || more->missing.erase(character.text) == 0) continue;
      const auto like = more->classes.of.find(character.like);
      const bool is_known = !character.like.empty() && like != more->classes.of.end();
      const int number = spare.back();
      spare.pop_back();
      more->classes.add(
          number, is_known ? more->classes.numbers[static_cast<std::size_t>(like->second)] : number,
          character.text);
      more->added[number] = character.text;
    }
    label(*more);
    return std::make_unique<PpocrTrainer>(std::move(more));
  }

  [[nodiscard]] std::set<std::string> missing_characters() const override {
    return shared_->missing;
  }

  [[nodiscard]] std::unique_ptr<ModelInTraining> start() const override {
    return std::make_unique<PpocrInTraining>(shared_);
  }

 private:
  std::shared_ptr<const Shared> shared_;
};

/// A picture through the layers below the last one.
Features features_of(ppocr::NetworkPool& networks, const cv::Mat& gray) {
  const LineBox box{.centre = {gray.cols / 2.0, gray.rows / 2.0},
                    .along = {1, 0},
                    .length = static_cast<double>(gray.cols),
                    .thickness = static_cast<double>(gray.rows)};
  const int width = ppocr::line_width(box);
  const int bucket = ppocr::width_bucket(width);
  const ppocr::NetworkPool::Taken network = networks.take();
  ppocr::fill_line_input(network->input(bucket, ppocr::kLineHeight),
                         ppocr::line_image(gray, box, width), bucket);
  const ppocr::NetworkOutput output = network->run();
  return {.values = {output.values.begin(), output.values.end()},
          .rows = output.rows,
          .per_line = static_cast<double>(width) * output.rows / bucket};
}

/// Marks the classes of an alphabet that the base considers somewhere in a line.
void mark_considered(const ppocr::LastLayer& layer, const Features& features,
                     std::vector<char>& marks) {
  std::vector<float> p;
  class_probabilities(features.values, layer.weights, layer.bias, p);
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (p[i] >= kConsidered) marks[i % marks.size()] = 1;
  }
}

Classes chosen_classes(const ppocr::Alphabet& alphabet, const std::vector<char>& marks) {
  Classes classes;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i] == 0 && i != 0 && i + 1 != marks.size()) continue;
    classes.numbers.push_back(alphabet.classes[i]);
    classes.texts.push_back(alphabet.texts[i]);
  }
  classes.like = classes.numbers;
  classes.index();
  return classes;
}

/// The features of all pictures, and of the alphabet's classes those that any of them needs. False
/// if it was stopped.
bool compute(Shared& shared, int workers, const std::atomic<bool>& stop) {
  const ppocr::Alphabet& alphabet = shared.base->recognition(shared.lang).alphabet;
  ppocr::NetworkPool networks(shared.base->recognition_model(), ppocr::Precision::f32,
                              {.features = true});
  const ppocr::LastLayer part = columns_of(shared.layer, alphabet.classes);
  std::vector<char> marks(alphabet.classes.size(), 0);
  std::mutex mutex;
  auto all = std::make_shared<std::vector<Features>>(shared.pictures->size());
  parallel_for(workers, shared.pictures->size(), [&](std::size_t index) {
    if (stop.load()) return;
    Features features = features_of(networks, (*shared.pictures)[index].gray);
    std::vector<char> considered(marks.size(), 0);
    mark_considered(part, features, considered);
    const std::scoped_lock lock(mutex);
    for (std::size_t i = 0; i < marks.size(); ++i) marks[i] |= considered[i];
    (*all)[index] = std::move(features);
  });
  shared.features = std::move(all);
  if (stop.load()) return false;
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < alphabet.texts.size(); ++i) place.try_emplace(alphabet.texts[i], i);
  for (const LinePicture& picture : *shared.pictures) {
    for (const std::string& character : characters_of(picture.text)) {
      const auto found = place.find(character);
      if (found == place.end())
        shared.missing.insert(character);
      else
        marks[found->second] = 1;
    }
  }
  shared.classes = chosen_classes(alphabet, marks);
  return true;
}

}  // namespace

std::unique_ptr<ModelTrainer> open_ppocr_trainer(
    const std::string& lang, std::shared_ptr<const std::vector<LinePicture>> pictures, int workers,
    const std::atomic<bool>& stop) try {
  auto shared = std::make_shared<Shared>();
  shared->lang = lang;
  shared->pictures = std::move(pictures);
  shared->base = &ppocr::LoadedModel::named(kModel, ppocr::Precision::f32);
  (void)shared->base->recognition(lang);
  shared->layer = shared->base->recognition_model()->last_layer();
  if (!compute(*shared, workers, stop)) return nullptr;
  label(*shared);
  return std::make_unique<PpocrTrainer>(std::move(shared));
} catch (const Error& error) {
  throw Error(error.code(), fmt::format("PP-OCRv6: {}", error.what()));
} catch (const std::runtime_error& error) {
  throw Error(Errc::dependency_missing, fmt::format("PP-OCRv6: {}", quotable(error.what())));
}

}  // namespace ocrtune::training
