#include "ocrtune/ocr/lstm/recoder.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "support/errors.h"
#include "support/model_files.h"

namespace ocrtune::lstm {
namespace {

using test::contains;
using Codes = std::vector<std::vector<int>>;

Recoder recoder_of(const Codes& codes, int decoded = Recoder::kMaxCodes) {
  const test::ModelBytes bytes = test::recoder_bytes(codes);
  tessdata::ByteReader reader(bytes, "codes");
  return Recoder::parse(reader, decoded);
}

Code code_of(const std::vector<int>& numbers) {
  Code code;
  std::ranges::copy(numbers, code.at.begin());
  code.length = static_cast<int>(numbers.size());
  return code;
}

std::vector<int> copied(std::span<const int> list) { return {list.begin(), list.end()}; }

TEST(Recoder, EncodesAndDecodes) {
  const Recoder recoder = recoder_of({{0}, {1, 2}, {1, 2, 3}, {4}});
  EXPECT_EQ(recoder.classes(), 5);
  EXPECT_EQ(recoder.unichars(), 4);
  EXPECT_EQ(recoder.encode(2), code_of({1, 2, 3}));
  EXPECT_EQ(recoder.decode(code_of({1, 2})), 1);
  EXPECT_EQ(recoder.decode(code_of({1, 2, 3})), 2);
  EXPECT_FALSE(recoder.decode(code_of({1})));
  EXPECT_FALSE(recoder.decode(code_of({2})));
  EXPECT_FALSE(recoder.decode(code_of({})));
  EXPECT_TRUE(recoder.starts(0) && recoder.starts(1) && recoder.starts(4));
  EXPECT_FALSE(recoder.starts(2) || recoder.starts(3));
}

TEST(Recoder, ListsAreInTheOrderOfTheCodes) {
  const Recoder recoder = recoder_of({{5}, {3, 9}, {3, 2, 7}, {1, 1}, {3, 4, 7}, {3, 2}, {2}});
  EXPECT_EQ(copied(recoder.last(code_of({}))), (std::vector<int>{5, 2}));
  EXPECT_EQ(copied(recoder.next(code_of({}))), (std::vector<int>{3, 1}));
  EXPECT_EQ(copied(recoder.last(code_of({3}))), (std::vector<int>{9, 2}));
  EXPECT_EQ(copied(recoder.next(code_of({3}))), (std::vector<int>{2, 4}));
  EXPECT_TRUE(recoder.next(code_of({3, 9})).empty());
  EXPECT_TRUE(recoder.last(code_of({8})).empty());
}

TEST(Recoder, OfEqualCodesTheLastIsDecoded) {
  EXPECT_EQ(recoder_of({{0}, {7}, {7}}).decode(code_of({7})), 2);
  EXPECT_EQ(recoder_of({{0}, {7}, {7}}, 2).decode(code_of({7})), 1);
  EXPECT_FALSE(recoder_of({{0}, {7}}, 1).decode(code_of({7})));
}

TEST(Recoder, PassesThrough) {
  const Recoder recoder = Recoder::pass_through(4, 3);
  EXPECT_EQ(recoder.classes(), 4);
  EXPECT_EQ(recoder.decode(code_of({2})), 2);
  EXPECT_FALSE(recoder.decode(code_of({3})));
  EXPECT_EQ(copied(recoder.last(Code{})), (std::vector<int>{0, 1, 2, 3}));
  EXPECT_TRUE(recoder.next(Code{}).empty());
}

TEST(Recoder, RefusesWhatIsNone) {
  const auto message = [](const test::ModelBytes& bytes) {
    return test::error_of(Errc::dependency_missing, [&] {
      tessdata::ByteReader reader(bytes, "codes");
      Recoder::parse(reader);
    });
  };
  test::ByteWriter many;
  many.number<std::uint32_t>(30000);
  EXPECT_TRUE(contains(message(many.bytes()), "more codes than the file holds"));
  test::ByteWriter most;
  most.number<std::uint32_t>(0xffffffff);
  EXPECT_TRUE(contains(message(most.bytes()), "the number of codes is 4294967295"));
  EXPECT_TRUE(contains(message(test::recoder_bytes({})), "the number of codes is 0"));
  EXPECT_TRUE(contains(message(test::recoder_bytes({{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}})),
                       "a code's length is 10, allowed: 0 to 9"));
  EXPECT_TRUE(contains(message(test::recoder_bytes({{-1}})), "a class of a code is -1"));
  EXPECT_TRUE(contains(message(test::recoder_bytes({{65536}})), "a class of a code is 65536"));
  test::ModelBytes cut = test::recoder_bytes({{1, 2}});
  cut.pop_back();
  EXPECT_TRUE(contains(message(cut), "unexpected end of data"));
}

TEST(Recoder, CodesThatCannotBeWrittenAreNoCodes) {
  const Recoder recoder = recoder_of({{0}, {}, {2}});
  EXPECT_EQ(recoder.encode(1).length, 0);
  EXPECT_FALSE(recoder.decode(Code{}));
}

/// The lists as they are defined: codes in order, each list without repetitions.
struct Lists {
  std::map<std::vector<int>, std::vector<int>> next;
  std::map<std::vector<int>, std::vector<int>> last;
  std::map<std::vector<int>, int> decoded;

  explicit Lists(const Codes& codes) {
    for (std::size_t id = 0; id < codes.size(); ++id) {
      decoded[codes[id]] = static_cast<int>(id);
      for (std::size_t i = 0; i < codes[id].size(); ++i) {
        const auto place = codes[id].begin() + static_cast<std::ptrdiff_t>(i);
        const std::vector<int> prefix(codes[id].begin(), place);
        auto& list = i + 1 == codes[id].size() ? last[prefix] : next[prefix];
        if (std::ranges::find(list, *place) == list.end()) list.push_back(*place);
      }
    }
  }
};

RC_GTEST_PROP(Recoder, SaysWhatItsCodesSay, ()) {
  const auto number = rc::gen::inRange(0, 5);
  const auto code = rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, 5), [&](std::size_t length) {
    return rc::gen::container<std::vector<int>>(length, number);
  });
  const auto codes = *rc::gen::nonEmpty(rc::gen::container<Codes>(code));
  const Recoder recoder = recoder_of(codes);
  Lists lists(codes);
  Codes asked = codes;
  for (const std::vector<int>& one : codes) {
    for (auto end = one.begin(); end != one.end(); ++end) asked.emplace_back(one.begin(), end);
  }
  asked.push_back(*code);
  for (const std::vector<int>& prefix : asked) {
    RC_ASSERT(copied(recoder.next(code_of(prefix))) == lists.next[prefix]);
    RC_ASSERT(copied(recoder.last(code_of(prefix))) == lists.last[prefix]);
    const auto found = lists.decoded.find(prefix);
    RC_ASSERT(recoder.decode(code_of(prefix)).value_or(-1) ==
              (found == lists.decoded.end() ? -1 : found->second));
  }
}

}  // namespace
}  // namespace ocrtune::lstm
