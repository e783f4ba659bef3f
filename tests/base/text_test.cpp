#include "ocrtune/base/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <string>

#include "support/text_gen.h"

namespace ocrtune {
namespace {

using test::any_bytes;
using test::utf8_text;

TEST(Text, KnowsWellFormedUtf8) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("né €😀"));
  EXPECT_FALSE(is_utf8("\xff"));
  EXPECT_FALSE(is_utf8("a\xc3"));               // cut off
  EXPECT_FALSE(is_utf8("\xc0\xaf"));            // overlong
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));        // surrogate
  EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"));    // above U+10FFFF
  EXPECT_TRUE(is_utf8(std::string("\0x", 2)));  // U+0000 is a code point
}

RC_GTEST_PROP(Text, TakesEveryCodePointForUtf8, ()) { RC_ASSERT(is_utf8(*utf8_text())); }

TEST(Text, ComposesToNfc) {
  EXPECT_EQ(normalized_code_points("e\xcc\x81"), U"\u00e9");
  EXPECT_EQ(normalized_code_points("A\xcc\x8a"), normalized_code_points("\xe2\x84\xab"));
  // NFC, not NFKC: a ligature stays one.
  EXPECT_EQ(normalized_code_points("\xef\xac\x81"), U"\ufb01");
}

TEST(Text, MakesWhiteSpaceOneSpace) {
  EXPECT_EQ(normalized_code_points("  a \t\r\n b\xc2\xa0\xe2\x80\x83 c \n"), U"a b c");
  EXPECT_EQ(normalized_code_points(" \n\t"), U"");
  EXPECT_EQ(normalized_code_points("\xef\xbb\xbfwith mark"), U"with mark");
}

TEST(Text, HasNoSpacesBetweenCharactersThatAreWrittenWithout) {
  EXPECT_EQ(comparable_code_points("中 文。 「書」\n日 本 ー Unicode 中"),
            U"中文。「書」日本ー Unicode 中");
  EXPECT_EQ(comparable_code_points("ก่ ข ា"), U"ก่ขា");
  EXPECT_EQ(comparable_code_points("한국어 문장"), U"한국어 문장");
  EXPECT_EQ(comparable_code_points("سلام جهان हिन्दी भाषा"), U"سلام جهان हिन्दी भाषा");
  EXPECT_EQ(comparable_code_points("中， 文", UnicodeForm::kc), U"中,文");
  EXPECT_EQ(normalized_code_points("สวัสดี ครับ"), U"สวัสดี ครับ") << "as it is";
  EXPECT_TRUE(join_without_space("中", "文 a"));
  EXPECT_FALSE(join_without_space("中a", "文"));
  EXPECT_FALSE(join_without_space("", "文"));
}

TEST(Text, ReplacesMalformedBytes) {
  EXPECT_EQ(normalized_code_points("a\xff"
                                   "b"),
            U"a\ufffdb");
}

RC_GTEST_PROP(Text, NormalisesWithoutDoubleOrOuterSpaces, ()) {
  const std::u32string text = normalized_code_points(*any_bytes());
  RC_ASSERT(text.find(U"  ") == std::u32string::npos);
  RC_ASSERT(text.empty() || (text.front() != U' ' && text.back() != U' '));
}

RC_GTEST_PROP(Text, WordsJoinedAreTheNormalisedText, ()) {
  const std::u32string text = normalized_code_points(*utf8_text());
  std::u32string again;
  for (const std::u32string_view word : words_of(text)) {
    RC_ASSERT(!word.empty());
    if (!again.empty()) again += U' ';
    again += word;
  }
  RC_ASSERT(again == text);
}

RC_GTEST_PROP(Text, QuotableIsOnePrintableLineWithinItsLimit, ()) {
  const std::string text = *rc::gen::oneOf(any_bytes(), utf8_text());
  const auto limit = *rc::gen::inRange<std::size_t>(3, 60);
  const std::string quoted = quotable(text, limit);
  RC_ASSERT(quoted.size() <= limit);
  RC_ASSERT(is_utf8(quoted));
  for (const char c : quoted) {
    const auto byte = static_cast<unsigned char>(c);
    RC_ASSERT(byte >= 0x20 && byte != 0x7F);
  }
  RC_ASSERT(quoted.find("\xc2\x85") == std::string::npos);      // next line
  RC_ASSERT(quoted.find("\xe2\x80\xa8") == std::string::npos);  // line separator
  RC_ASSERT(quotable(quoted, limit) == quoted);
}

TEST(Text, QuotableKeepsWhatFits) {
  EXPECT_EQ(quotable("12345", 5), "12345");
  EXPECT_EQ(quotable("123456", 5), "12…");
  EXPECT_EQ(quotable("née", 4), "née");
  EXPECT_EQ(quotable("a\x1b[31mb\nc", 50), "a?[31mb?c");
  EXPECT_EQ(quotable(std::string(5000, 'x')).size(), 200U);
}

TEST(Text, SplitsAndJoins) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
  EXPECT_EQ(joined({"a", "b"}), "a, b");
  EXPECT_EQ(joined({}), "");
  EXPECT_EQ(counted(1, "page"), "1 page");
  EXPECT_EQ(counted(0, "page"), "0 pages");
  EXPECT_EQ(trimmed(" \t x y \r\n"), "x y");
  EXPECT_EQ(trimmed(" \n"), "");
  EXPECT_EQ(lower_case("AbZ\xc3\x89"), "abz\xc3\x89");
}

RC_GTEST_PROP(Text, SplitPartsJoinedAreTheText, ()) {
  const auto parts = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
      rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'z')))));
  RC_ASSERT(split(joined(parts, "|"), '|') == parts);
}

TEST(Text, JoinsEmptyPartsToo) {
  EXPECT_EQ(joined({"", "b"}), ", b");
  EXPECT_EQ(joined({"", ""}), ", ");
}

TEST(Text, NamesTheNearest) {
  const std::vector<std::string> known{"remove_lines", "clahe", "denoise_nlm"};
  EXPECT_EQ(nearest_name("remove_line", known), "remove_lines");
  EXPECT_EQ(nearest_name("clae", known), "clahe");
  EXPECT_EQ(nearest_name("denois_nlm", known), "denoise_nlm");
  EXPECT_EQ(nearest_name("something else", known), "");
  EXPECT_EQ(nearest_name("--language", {"--la", "--lang", "--output"}), "--lang");
  EXPECT_EQ(nearest_name("x", known), "");
  EXPECT_EQ(nearest_name("", {}), "");
  EXPECT_EQ(did_you_mean("clae", known), " (did you mean `clahe`?)");
  EXPECT_EQ(did_you_mean("x", known), "");
  EXPECT_EQ(nearest_name(std::string(100'000, 'q'), known), "");
}

TEST(Text, ReadsWholeNumbersOnly) {
  double real = 0;
  EXPECT_TRUE(parse_number("1.5e3", real));
  EXPECT_EQ(real, 1500);
  EXPECT_TRUE(parse_number("+2", real));
  EXPECT_EQ(real, 2);
  EXPECT_TRUE(parse_number("-.5", real));
  EXPECT_EQ(real, -0.5);
  for (const char* bad : {"", " 1", "1 ", "1,5", "0x10", "nan", "inf", "-inf", "1e999", "+", "+-1",
                          "-+1", "++1", "1.5.2", "abc"}) {
    EXPECT_FALSE(parse_number(bad, real)) << bad;
  }
  long long whole = 0;
  EXPECT_TRUE(parse_number("-9223372036854775808", whole));
  EXPECT_EQ(whole, std::numeric_limits<long long>::min());
  for (const char* bad : {"9223372036854775808", "1.0", "1e3", "+-1"}) {
    EXPECT_FALSE(parse_number(bad, whole)) << bad;
  }
}

TEST(Text, SizesAreReadAsPeopleWriteThem) {
  const auto bytes = [](std::string_view text) {
    std::uint64_t number = 0;
    return parse_bytes(text, number) ? static_cast<double>(number) : -1;
  };
  EXPECT_EQ(bytes("300M"), 300e6);
  EXPECT_EQ(bytes("300 mb"), 300e6);
  EXPECT_EQ(bytes("1.5G"), 1.5e9);
  EXPECT_EQ(bytes("2GiB"), 2147483648.0);
  EXPECT_EQ(bytes("512Mi"), 536870912.0);
  EXPECT_EQ(bytes(" 4096 "), 4096);
  EXPECT_EQ(bytes("10B"), 10);
  for (const char* wrong : {"", "M", "300X", "-1M", "1e3M", "3 0M", "300MM", "nan", "99999999T",
                            "1.2.3G", "iB", "3i"}) {
    EXPECT_EQ(bytes(wrong), -1) << wrong;
  }
}

TEST(Wrapped, HasNoLongerLinesThanASinglePartNeeds) {
  EXPECT_EQ(wrapped("  #1", {}, 4), "  #1\n");
  EXPECT_EQ(wrapped("  #1", {"a=1", "b=2"}, 4, 14), "  #1  a=1  b=2\n");
  EXPECT_EQ(wrapped("  #1", {"a=1", "b=2"}, 4, 13), "  #1  a=1\n    b=2\n");
  EXPECT_EQ(wrapped("  #1", {"a_long_name=1", "b=2", "c=3"}, 4, 11),
            "  #1\n    a_long_name=1\n    b=2\n    c=3\n");
  EXPECT_EQ(wrapped("é", {"é=é", "é=é"}, 2, 11), "é  é=é  é=é\n");
}

}  // namespace
}  // namespace ocrtune
