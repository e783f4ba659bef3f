#include "ocrtune/base/csv.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "ocrtune/base/text.h"
#include "support/errors.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {

using Rows = std::vector<CsvRow>;

TEST(Csv, TakesTheDelimiterOfTheFirstLine) {
  EXPECT_EQ(parse_csv("a;b\n1,5;2\n", "t"), (Rows{{"a", "b"}, {"1,5", "2"}}));
  EXPECT_EQ(parse_csv("a,b\n1;5,2\n", "t"), (Rows{{"a", "b"}, {"1;5", "2"}}));
  EXPECT_EQ(parse_csv("a\tb\n1;5\t2,3\n", "t"), (Rows{{"a", "b"}, {"1;5", "2,3"}}));
}

TEST(Csv, ReadsEveryLineEnd) {
  const Rows expected{{"a", "b"}, {"1", "2"}};
  for (const char* text : {"a;b\n1;2\n", "a;b\r\n1;2\r\n", "a;b\r1;2\r", "a;b\n1;2",
                           "\xEF\xBB\xBF"
                           "a;b\n\n\r\n1;2"}) {
    EXPECT_EQ(parse_csv(text, "t"), expected) << text;
  }
}

TEST(Csv, ReadsQuotedFields) {
  EXPECT_EQ(parse_csv("a;b\n\"x;\"\"y\"\"\";\"two\nlines\"\n", "t"),
            (Rows{{"a", "b"}, {"x;\"y\"", "two\nlines"}}));
  EXPECT_EQ(parse_csv("a;b\n\"\";\n", "t"), (Rows{{"a", "b"}, {"", ""}}));
  // Only a quote at a field's beginning quotes.
  EXPECT_EQ(parse_csv("a;b\n5\" disk;x\n", "t"), (Rows{{"a", "b"}, {"5\" disk", "x"}}));
}

TEST(Csv, RecordsKnowTheirLines) {
  const auto records = parse_csv_records("a;b\r\n\r\n\"two\nlines\";1\r2;3\n4;5\r", "t");
  std::vector<std::size_t> lines;
  for (const CsvRecord& record : records) lines.push_back(record.line);
  EXPECT_EQ(lines, (std::vector<std::size_t>{1, 3, 5, 6}));
}

TEST(Csv, OfNothingIsNothing) {
  EXPECT_TRUE(parse_csv("", "t").empty());
  EXPECT_TRUE(parse_csv("\xEF\xBB\xBF\n\n", "t").empty());
}

TEST(Csv, NamesSourceAndLineOfErrors) {
  const auto message = [](std::string_view text) {
    return test::error_of(Errc::input_unreadable, [&] { (void)parse_csv(text, "pages.csv"); });
  };
  EXPECT_EQ(message("a;b\n\"x\";\"open"), "pages.csv: line 2: a quoted field is not closed");
  // Lines inside quoted fields and empty ones count too.
  EXPECT_EQ(message("a;b\n\n\"two\nlines\";1\n\"open\n\n"),
            "pages.csv: line 5: a quoted field is not closed");
  EXPECT_EQ(message("a;b\r\n\"two\r\nlines\";1\r\n\"open"),
            "pages.csv: line 4: a quoted field is not closed");
  EXPECT_EQ(message("a;\xff\n"), "pages.csv: is not UTF-8 text");
  EXPECT_EQ(message(std::string_view("a;\0\n", 4)), "pages.csv: is not UTF-8 text");
}

RC_GTEST_PROP(Csv, GivesBackWhatWasWritten, ()) {
  const auto rows =
      *rc::gen::container<Rows>(rc::gen::nonEmpty(rc::gen::container<CsvRow>(test::utf8_text())));
  Rows all{{"file", "lang"}};
  all.insert(all.end(), rows.begin(), rows.end());
  std::string text;
  for (const CsvRow& row : all) text += csv_line(row);
  RC_ASSERT(parse_csv(text, "t") == all);
}

RC_GTEST_PROP(Csv, NeverFailsButWithAnError, ()) {
  const std::string text = *rc::gen::oneOf(test::any_bytes(), test::utf8_text());
  try {
    for (const CsvRow& row : parse_csv(text, "t")) RC_ASSERT(!row.empty());
  } catch (const Error& error) {
    RC_ASSERT(error.code() == Errc::input_unreadable);
  }
}

RC_GTEST_PROP(Csv, NumbersReadBackExactly, ()) {
  const auto value = std::bit_cast<double>(*rc::gen::arbitrary<std::uint64_t>());
  RC_PRE(std::isfinite(value));
  double again = 0;
  RC_ASSERT(parse_number(csv_number(value), again));
  RC_ASSERT(std::bit_cast<std::uint64_t>(again) == std::bit_cast<std::uint64_t>(value));
}

TEST(Csv, NumbersAreShort) {
  EXPECT_EQ(csv_number(0.1), "0.1");
  EXPECT_EQ(csv_number(85), "85");
  EXPECT_EQ(csv_number(-2.5), "-2.5");
  EXPECT_EQ(csv_number(std::nan("")), "");
  for (const double value :
       {std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::max(), 1.0 / 3}) {
    double again = 0;
    EXPECT_TRUE(parse_number(csv_number(value), again));
    EXPECT_EQ(again, value);
  }
}

}  // namespace
}  // namespace ocrtune
