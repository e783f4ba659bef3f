#include "ocrtune/server/objective_help.h"

namespace ocrtune::server {

std::string_view objective_help(Objective objective) {
  switch (objective) {
    case Objective::confidence:
      return "Mean of the words' confidences.";
    case Objective::char_confidence:
      return "Mean of the words' confidences, each word counted by its letters.";
    case Objective::legible:
      return "Characters weighed by their confidence: what isn't read doesn't count.";
    case Objective::net_legible:
      return "Legible characters less doubtful ones: nearly always good for choosing between "
             "readings of one page.";
    case Objective::clarity:
      return "Confidence of the characters, where no page may lose its text.";
    case Objective::checked_clarity:
      return "Clarity, and how far the text is from the truth or from what other readings say; "
             "what `ocrtune tune` takes.";
    case Objective::lexicon:
      return "Share of the words that the language's word list has.";
    case Objective::garbage:
      return "Share of the words that no language would have.";
    case Objective::agreement:
      return "How far the text is what other readings of the page say together.";
    case Objective::coverage:
      return "How much of what looks like text on the page lies under words; what they say doesn't "
             "count.";
    case Objective::cer:
      return "Wrong characters in a hundred of the truth.";
    case Objective::wer:
      return "Wrong words in a hundred of the truth.";
    case Objective::bow:
      return "Wrong words in a hundred of the truth, whatever their order.";
    case Objective::words:
      return "Number of words; alone it prefers noise that is read as words.";
    case Objective::sharpness:
      return "How sharp the image is; it says little about reading.";
    case Objective::contrast:
      return "Contrast of the image; it says little about reading.";
    case Objective::cnr:
      return "Contrast of the image over its noise; it says little about reading.";
    case Objective::time:
      return "Time for a page; alone it finds the pipeline that does nothing.";
  }
  return "";
}

}  // namespace ocrtune::server
