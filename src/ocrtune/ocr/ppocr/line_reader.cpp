#include "ocrtune/ocr/ppocr/line_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/ppocr/line_image.h"

namespace ocrtune::ppocr {
namespace {

ReadLine read_once(Network& network, const LineRecognition& recognition, const cv::Mat& gray,
                   const LineBox& box, double space) {
  const int width = line_width(box);
  const int bucket = width_bucket(width);
  fill_line_input(network.input(bucket, kLineHeight), line_image(gray, box, width), bucket);
  const NetworkOutput output = network.run();
  if (output.columns != static_cast<int>(recognition.alphabet.texts.size()))
    throw Error(Errc::limit_reached, tr("its classes are not those of its list of characters"));
  const double per_row = static_cast<double>(bucket) / output.rows;
  const double rows = width / per_row;
  return {.box = box,
          .characters = decode_ctc(output, static_cast<int>(std::ceil(rows)),
                                   recognition.alphabet.texts, space),
          .rows = rows};
}

}  // namespace

std::string ReadLine::text() const {
  std::string text;
  for (const LineCharacter& each : characters) text += each.character.text;
  return text;
}

double ReadLine::probability() const {
  double sum = 0;
  int count = 0;
  for (const LineCharacter& each : characters) {
    if (each.character.text == " ") continue;
    sum += each.character.probability;
    ++count;
  }
  return count > 0 ? sum / count : 0;
}

ReadLine read_line(LineRecognition& recognition, const cv::Mat& gray, const LineBox& box,
                   const LineOptions& options) {
  const NetworkPool::Taken network = recognition.networks.take();
  ReadLine line = read_once(*network, recognition, gray, box, options.space);
  if (line.probability() >= options.doubtful) return line;
  ReadLine reversed = read_once(*network, recognition, gray, box.reversed(), options.space);
  return reversed.probability() > std::max(line.probability(), options.doubtful) ? reversed : line;
}

std::vector<Word> words_of(const ReadLine& line) {
  std::vector<Word> words;
  std::vector<const LineCharacter*> characters;
  const auto end = [&] {
    if (characters.empty()) return;
    const double left = std::min(1.0, characters.front()->first / line.rows);
    const double right = std::min(1.0, (characters.back()->last + 1) / line.rows);
    const cv::Rect2d bounds = line.box.part(left, right).bounds();
    Word word{.left = cvRound(bounds.x),
              .top = cvRound(bounds.y),
              .right = cvRound(bounds.br().x),
              .bottom = cvRound(bounds.br().y)};
    double sum = 0;
    for (const LineCharacter* each : characters) {
      word.text += each->character.text;
      word.characters.push_back(each->character);
      sum += each->character.probability;
    }
    word.confidence =
        static_cast<int>(std::lround(100 * sum / static_cast<double>(characters.size())));
    words.push_back(std::move(word));
    characters.clear();
  };
  for (const LineCharacter& each : line.characters) {
    if (each.character.text == " ")
      end();
    else
      characters.push_back(&each);
  }
  end();
  return words;
}

}  // namespace ocrtune::ppocr
