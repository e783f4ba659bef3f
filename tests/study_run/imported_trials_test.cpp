#include "ocrtune/study_run/imported_trials.h"

#include <gtest/gtest.h>

#include <string>

namespace ocrtune::workflow {
namespace {

TEST(ImportedTrials, AreThoseBeforeTheFirstOtherProgram) {
  StudyDefinition definition{.program = "ocrtune 1"};
  EXPECT_FALSE(is_imported(definition, 0));
  definition.program = std::string(kImportedFrom) + "ocrtune 1";
  EXPECT_TRUE(is_imported(definition, 0));
  EXPECT_TRUE(is_imported(definition, 1000));
  definition.program = with_program(definition.program, 33, "ocrtune 2, Tesseract 5");
  definition.program = with_program(definition.program, 40, "ocrtune 3");
  EXPECT_TRUE(is_imported(definition, 32));
  EXPECT_FALSE(is_imported(definition, 33));
  EXPECT_FALSE(is_imported(definition, 41));
  definition.program = std::string(kImportedFrom) + "ocrtune 1; from trial x: ocrtune 2";
  EXPECT_FALSE(is_imported(definition, 0));
}

}  // namespace
}  // namespace ocrtune::workflow
