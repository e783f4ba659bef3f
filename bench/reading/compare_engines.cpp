#include <fmt/format.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <ctime>
#include <map>
#include <memory>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/base/library_threads.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/lstm/page_recognizer.h"
#include "ocrtune/ocr/tesseract_recognizer.h"
#include "ocrtune/ocr/tesseract_variables.h"
#include "ocrtune/pipeline/presets.h"
#include "simd_target.h"

namespace {

using namespace ocrtune;

/// Thread CPU time in ms.
double thread_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// A page as one of the kinds of input that are compared.
class Variants {
 public:
  explicit Variants(const std::string& file) : colour_(cv::imread(file, cv::IMREAD_COLOR)) {
    if (colour_.empty()) throw Error(Errc::input_unreadable, file + ": not an image");
    gray_ = cv::imread(file, cv::IMREAD_GRAYSCALE);
    if (gray_.cols > 2500) {
      cv::resize(gray_, gray_, {}, 0.5, 0.5);
      cv::resize(colour_, colour_, {}, 0.5, 0.5);
    }
  }

  [[nodiscard]] PixPtr make(const std::string& name) const {
    if (name == "colour") return colour();
    cv::Mat page = gray_;
    if (name == "otsu") cv::threshold(gray_, page, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    if (name == "upscaled") cv::resize(gray_, page, {}, 1.5, 1.5, cv::INTER_CUBIC);
    if (name == "standard") {
      static const Pipeline kStandard = load_pipeline("standard").at({});
      page = kStandard.run({gray_, {}}).gray;
    }
    return to_pix(page);
  }

 private:
  [[nodiscard]] PixPtr colour() const {
    PixPtr pix(pixCreate(colour_.cols, colour_.rows, 32));
    for (int y = 0; y < colour_.rows; ++y)
      for (int x = 0; x < colour_.cols; ++x) {
        const auto& bgr = colour_.at<cv::Vec3b>(y, x);
        pixSetRGBPixel(pix.get(), x, y, bgr[2], bgr[1], bgr[0]);
      }
    return pix;
  }

  cv::Mat colour_;
  cv::Mat gray_;
};

/// Tesseract, read as ocrtune reads it, but from Leptonica's images.
class Stock {
 public:
  Stock(const std::string& lang, const OcrSettings& settings) {
    if (api_.Init(tessdata_folder("").c_str(), lang.c_str(), tesseract::OEM_LSTM_ONLY) != 0)
      throw Error(Errc::dependency_missing, lang);
    TesseractVariables(api_, settings.psm).set(settings);
  }

  OcrResult read(PIX* page) {
    OcrResult ocr_result{.words = {}, .width = pixGetWidth(page), .height = pixGetHeight(page)};
    api_.SetImage(page);
    api_.Recognize(nullptr);
    const std::unique_ptr<tesseract::ResultIterator> it(api_.GetIterator());
    Word at;
    if (it) {
      do {
        if (it->Empty(tesseract::RIL_WORD)) continue;
        if (it->IsAtBeginningOf(tesseract::RIL_BLOCK)) at = {.block = at.block + 1};
        if (it->IsAtBeginningOf(tesseract::RIL_PARA))
          at = {.block = at.block, .paragraph = at.paragraph + 1};
        if (it->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) {
          ++at.line;
          at.index = 0;
        }
        ++at.index;
        Word word = at;
        const std::unique_ptr<char[]> text(it->GetUTF8Text(tesseract::RIL_WORD));
        word.text = text ? text.get() : "";
        word.confidence = static_cast<int>(it->Confidence(tesseract::RIL_WORD));
        it->BoundingBox(tesseract::RIL_WORD, &word.left, &word.top, &word.right, &word.bottom);
        ocr_result.words.push_back(std::move(word));
      } while (it->Next(tesseract::RIL_WORD));
    }
    api_.Clear();
    return ocr_result;
  }

 private:
  tesseract::TessBaseAPI api_;
};

struct Counts {
  int words = 0;  ///< of stock
  int ours = 0;
  int texts = 0;   ///< alike
  int both = 0;    ///< text and confidence alike
  int boxes = 0;   ///< text and box alike
  int places = 0;  ///< block, paragraph, line, index alike
  int lines = 0;   ///< lines begin at the same words
  int left = 0;    ///< pages that our engine leaves to stock
  double stock_ms = 0;
  double our_ms = 0;
  double worst_mean = 0;  ///< difference of mean confidences

  void add(const Counts& other) {
    words += other.words;
    ours += other.ours;
    texts += other.texts;
    both += other.both;
    boxes += other.boxes;
    places += other.places;
    lines += other.lines;
    left += other.left;
    stock_ms += other.stock_ms;
    our_ms += other.our_ms;
    worst_mean = std::max(worst_mean, other.worst_mean);
  }
};

/// Pairs of words by the longest common sequence of texts; −1: no partner.
std::vector<std::pair<int, int>> align(const std::vector<Word>& a, const std::vector<Word>& b) {
  const std::size_t n = a.size();
  const std::size_t m = b.size();
  std::vector<std::vector<int>> best(n + 1, std::vector<int>(m + 1, 0));
  for (std::size_t i = n; i-- > 0;)
    for (std::size_t j = m; j-- > 0;)
      best[i][j] = a[i].text == b[j].text ? best[i + 1][j + 1] + 1
                                          : std::max(best[i + 1][j], best[i][j + 1]);
  std::vector<std::pair<int, int>> pairs;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < n || j < m) {
    if (i < n && j < m && a[i].text == b[j].text) {
      pairs.emplace_back(static_cast<int>(i++), static_cast<int>(j++));
    } else if (j == m || (i < n && best[i + 1][j] >= best[i][j + 1])) {
      pairs.emplace_back(static_cast<int>(i++), -1);
    } else {
      pairs.emplace_back(-1, static_cast<int>(j++));
    }
  }
  return pairs;
}

std::string shown(const Word& w) {
  return fmt::format("`{}` {} [{},{} {},{}] {}.{}.{}.{}", w.text, w.confidence, w.left, w.top,
                     w.right, w.bottom, w.block, w.paragraph, w.line, w.index);
}

Counts compare(const OcrResult& stock, const OcrResult& ours, bool list, const std::string& page) {
  Counts counts{.words = static_cast<int>(stock.words.size()),
                .ours = static_cast<int>(ours.words.size())};
  for (const auto& [i, j] : align(stock.words, ours.words)) {
    const Word* a = i < 0 ? nullptr : &stock.words[static_cast<std::size_t>(i)];
    const Word* b = j < 0 ? nullptr : &ours.words[static_cast<std::size_t>(j)];
    if (a != nullptr && b != nullptr) {
      ++counts.texts;
      const bool box =
          a->left == b->left && a->top == b->top && a->right == b->right && a->bottom == b->bottom;
      counts.both += a->confidence == b->confidence;
      counts.boxes += box;
      counts.lines += (a->index == 1) == (b->index == 1);
      counts.places += a->block == b->block && a->paragraph == b->paragraph && a->line == b->line &&
                       a->index == b->index;
      if (!list || (box && a->confidence == b->confidence)) continue;
    }
    if (list)
      fmt::print("  {}: stock {}  ours {}\n", page, a ? shown(*a) : "-", b ? shown(*b) : "-");
  }
  counts.worst_mean = std::abs(mean_confidence(stock) - mean_confidence(ours));
  return counts;
}

void print(const std::string& name, const Counts& c) {
  const double n = std::max(1, std::max(c.words, c.ours));
  fmt::print(
      "{:60} words {:5} {:5}  text {:6.2f} %  text+conf {:6.2f} %  boxes {:6.2f} %  places {:6.2f} "
      "%  lines {:6.2f} %  mean {:5.2f}  left {:2}  {:7.1f} ms {:7.1f} ms  {:4.2f}x\n",
      name, c.words, c.ours, 100 * c.texts / n, 100 * c.both / n, 100 * c.boxes / n,
      100 * c.places / n, 100 * c.lines / n, c.worst_mean, c.left, c.stock_ms, c.our_ms,
      c.stock_ms / std::max(c.our_ms, 1e-3));
}

struct Options {
  std::vector<std::string> files;
  std::vector<std::string> languages{"eng"};
  std::vector<std::string> variants{"gray"};
  std::string simd;
  OcrSettings settings{.psm = 6};
  double sauvola = -1;
  int window = 0;
  bool as_dark = false;
  bool list = false;
  bool pages = false;
  bool alone = false;
};

/// Both engines of one language on every page and variant.
Counts compare_language(const std::string& lang, const Options& options) {
  Stock stock(lang, options.settings);
  lstm::PageRecognizer reader(lang, {});
  std::map<std::string, Counts> sums;
  for (const std::string& file : options.files) {
    const Variants page(file);
    for (const std::string& variant : options.variants) {
      const PixPtr pix = page.make(variant);
      const double start = thread_ms();
      const OcrResult theirs = options.alone ? OcrResult{} : stock.read(pix.get());
      const double middle = thread_ms();
      const lstm::PageRecognition ours = reader.read(pix.get(), options.settings, false);
      const double end = thread_ms();
      const std::string name =
          fmt::format("{} {} {}", lang, variant, file.substr(file.rfind('/') + 1));
      // Then the program has stock read the page.
      const bool left = !ours.ocr_result;
      Counts counts = compare(theirs, left ? theirs : *ours.ocr_result, options.list, name);
      counts.left = static_cast<int>(left);
      counts.stock_ms = middle - start;
      counts.our_ms = end - middle + (left ? counts.stock_ms : 0);
      if (options.pages) print(name.substr(0, 60), counts);
      sums[variant].add(counts);
    }
  }
  Counts total;
  for (const auto& [variant, counts] : sums) {
    print(fmt::format("{} {}", lang, variant), counts);
    total.add(counts);
  }
  return total;
}

int run(int argc, char** argv) {
  CLI::App app(
      "Compares the readers `tesseract` and `lstm` word by word. A layout is remembered: for "
      "times, "
      "give one variant.");
  Options options;
  app.add_option("files", options.files, "Images")->required();
  app.add_option("--lang", options.languages, "Languages")->delimiter(',');
  app.add_option("--variants", options.variants, "gray, colour, otsu, upscaled, standard")
      ->delimiter(',');
  app.add_option("--psm", options.settings.psm, "Page segmentation mode");
  app.add_option("--dpi", options.settings.dpi, "Resolution that is stated");
  app.add_option("--sauvola", options.sauvola, "Sauvola's threshold with this factor");
  app.add_option("--window", options.window,
                 "px of Sauvola's windows, or without --sauvola of the tiles of Otsu's thresholds");
  app.add_option("--smoothing", options.settings.smoothing, "Tiles that are averaged");
  app.add_flag("--no-invert", options.as_dark, "Don't try lines inverted");
  app.add_option("--simd", options.simd, "Hold our engine to an instruction set, such as AVX2");
  app.add_flag("--list", options.list, "Every difference");
  app.add_flag("--pages", options.pages, "A line for each page");
  app.add_flag("--alone", options.alone, "Our reader only, for profiles");
  CLI11_PARSE(app, argc, argv);
  options.settings.window = options.window;
  if (options.window > 0) options.settings.thresholding = Thresholding::adaptive_otsu;
  if (options.sauvola >= 0) {
    options.settings.thresholding = Thresholding::sauvola;
    options.settings.k = options.sauvola;
  }
  if (options.as_dark) options.settings.inversion = Inversion::off;
  if (!options.simd.empty() && !bench::hold_to_target(options.simd)) return 1;
  const SerialOpenMp serial;
  Counts total;
  for (const std::string& lang : options.languages) total.add(compare_language(lang, options));
  print("total", total);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
    return 1;
  }
}
