#include "ocrtune/ocr/ppocr/ppocr_recognizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/documents/scale_boxes.h"
#include "ocrtune/ocr/columns/rows.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/ppocr/detection.h"
#include "ocrtune/ocr/ppocr/installation.h"
#include "ocrtune/ocr/ppocr/line_reader.h"
#include "ocrtune/ocr/ppocr/ppocr_options.h"

namespace ocrtune::ppocr {
namespace {

constexpr const char* kTitle = "PP-OCRv6";

const PpocrOptions kInitial;

/// The model that the options name; for the default one, that which was trained further with it in
/// the folder of models, if there is one.
LoadedModel& model_for(const std::string& lang, const std::string& tessdata,
                       const PpocrOptions& options) {
  if (options.model == kInitial.model) {
    const auto trained = trained_ppocr_model(tessdata_folder(tessdata), lang);
    if (!trained.empty()) return LoadedModel::in_folder(trained.parent_path(), options.precision);
  }
  return LoadedModel::named_or_of(options.model, lang, options.precision);
}

LoadedModel& default_model() { return LoadedModel::named(kInitial.model, kInitial.precision); }

/// Each page is recognized with the model that its settings name; models are loaded once per
/// process.
class PpocrRecognizer final : public Recognizer {
 public:
  PpocrRecognizer(std::string lang, const RecognitionOptions& options)
      : lang_(std::move(lang)), tessdata_(options.tessdata), max_width_(options.max_width) {}

  using Recognizer::read;

  std::optional<OcrResult> read(const Image& image, const OcrSettings& settings,
                                const std::atomic<bool>& stop,
                                const CountPageMarks& /*page*/) override try {
    const PpocrOptions options = options_of(settings.engine_options);
    LoadedModel& model = model_for(lang_, tessdata_, options);
    LineRecognition& recognition = model.recognition(lang_);
    // The network for detection takes pages of any size: only an explicit width applies.
    const cv::Mat gray = max_width_ ? reduced_to_width(image.gray, *max_width_) : image.gray;
    std::vector<ReadLine> lines;
    for (const LineBox& box : detect_lines(model.detection(), gray, options.detection)) {
      if (stop.load()) return std::nullopt;
      ReadLine line = read_line(recognition, gray, box, options.lines);
      if (line.probability() >= options.confidence) lines.push_back(std::move(line));
    }
    OcrResult result = ordered(lines, gray);
    if (gray.cols != image.gray.cols) scale_boxes(result, image.gray.size());
    return result;
  } catch (const Error& error) {
    throw EngineFailure(fmt::format("{}: {}", kTitle, error.what()));
  } catch (const std::runtime_error& error) {
    throw EngineFailure(fmt::format("{}: {}", kTitle, quotable(error.what())));
  }

 private:
  static OcrResult ordered(const std::vector<ReadLine>& lines, const cv::Mat& gray) {
    std::vector<LineBox> boxes;
    boxes.reserve(lines.size());
    std::vector<std::string> texts;
    texts.reserve(lines.size());
    for (const ReadLine& line : lines) {
      boxes.push_back(line.box);
      texts.push_back(line.text());
    }
    const cv::Size size = gray.size();
    OcrResult result{.words = {}, .width = size.width, .height = size.height};
    int number = 0;
    for (const columns::Row& row : columns::rows_of(boxes, texts, gray)) {
      for (const std::size_t index : row.lines) {
        ++number;
        int place = 0;
        for (Word& word : words_of(lines[index])) {
          word.left = std::clamp(word.left, 0, size.width);
          word.right = std::clamp(word.right, 0, size.width);
          word.top = std::clamp(word.top, 0, size.height);
          word.bottom = std::clamp(word.bottom, 0, size.height);
          word.block = row.block;
          word.paragraph = 1;
          word.line = number;
          word.index = ++place;
          result.words.push_back(std::move(word));
        }
      }
    }
    return result;
  }

  std::string lang_;
  std::string tessdata_;
  std::optional<int> max_width_;
};

}  // namespace

std::optional<Refusal> refusal(const std::string& lang, const RecognitionOptions& /*options*/) {
  try {
    (void)LoadedModel::named_or_of(kInitial.model, lang, kInitial.precision).recognition(lang);
    return std::nullopt;
  } catch (const Error& error) {
    return Refusal{.reason = error.what()};
  }
}

std::unique_ptr<Recognizer> open(const std::string& lang, const RecognitionOptions& options) {
  if (const auto refused = refusal(lang, options))
    throw Error(Errc::dependency_missing, fmt::format("{}: {}", kTitle, refused->reason));
  return std::make_unique<PpocrRecognizer>(lang, options);
}

std::string identity() {
  std::string models = default_model().identity();
  for (const std::string& name : further_models())
    models += fmt::format(", {} {}", name, further_identity(name));
  return fmt::format("PP-OCRv6, {} ({})", runtime().version(), models);
}

std::string refuses_value(const std::string& option, const std::string& value) {
  try {
    const PpocrOptions options = options_of({{option, value}});
    if (options.precision == Precision::bf16 && !runtime().has_bf16())
      return tr("option `{}`: this processor does not compute with bfloat16", option);
    if (model_folder(options.model).empty())
      return tr("option `{}`: {}", option, not_installed(options.model));
    return "";
  } catch (const Error& error) {
    if (error.code() == Errc::dependency_missing) throw;
    return error.what();
  }
}

}  // namespace ocrtune::ppocr
