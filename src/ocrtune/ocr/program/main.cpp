#include "ocrtune/ocr/program/model_trial.h"
#include "ocrtune/parsers/program/answers.h"

int main(int argc, char** argv) {
  return ocrtune::answer_requests(argc, argv, ocrtune::try_models);
}
