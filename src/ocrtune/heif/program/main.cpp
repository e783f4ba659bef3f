#include <libheif/heif.h>

#include "ocrtune/heif/program/heif_requests.h"
#include "ocrtune/parsers/program/answers.h"

int main(int argc, char** argv) {
  // Loads the plugins while everything may be read still.
  heif_init(nullptr);
  ocrtune::HeifRequests requests;
  return ocrtune::answer_requests(
      argc, argv, [&](ocrtune::ParserRequest& request) { return requests.answer(request); });
}
