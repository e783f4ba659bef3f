#include "ocrtune/study/program_changes.h"

#include <gtest/gtest.h>

#include "ocrtune/study/definition.h"

namespace ocrtune {
namespace {

TEST(ProgramChanges, TheFirstIsThatOfTheSecondProgram) {
  std::string programs = "ocrtune 1";
  EXPECT_EQ(first_change(programs), std::nullopt);
  programs = with_program(programs, 33, "ocrtune 2");
  programs = with_program(programs, 40, "ocrtune 3");
  EXPECT_EQ(first_change(programs), 33U);
  EXPECT_EQ(first_change("ocrtune 1; from trial -4: ocrtune 2"), 0U);
  EXPECT_EQ(first_change("ocrtune 1; from trial "), 0U);
}

}  // namespace
}  // namespace ocrtune
