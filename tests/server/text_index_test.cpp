#include "ocrtune/server/text_index.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <new>
#include <random>
#include <string>
#include <vector>

namespace ocrtune::server {
namespace {

IndexedText described(std::size_t page, double expected_cer = 0.1) {
  return {.page = page,
          .name = fmt::format("{}.png", page),
          .expected_cer = expected_cer,
          .confidence = 90,
          .words = 3,
          .pipeline = "raw"};
}

std::vector<std::size_t> pages_of(const TextList& list) {
  std::vector<std::size_t> pages;
  for (const IndexedText& page : list.pages) pages.push_back(page.page);
  return pages;
}

std::vector<std::size_t> found(TextIndex& index, const std::string& words) {
  std::vector<std::size_t> pages = pages_of(index.list({.words = words}));
  std::ranges::sort(pages);
  return pages;
}

TEST(TextIndex, ListsThePagesWithTheMostErrorsFirst) {
  TextIndex index;
  EXPECT_EQ(index.list({}).total, 0U);
  index.put(described(4, 0.2), "");
  index.put(described(7, 0.01), "");
  index.put(described(2, 0.4), "");
  const TextList all = index.list({});
  EXPECT_EQ(pages_of(all), (std::vector<std::size_t>{2, 4, 7}));
  EXPECT_EQ(all.total, 3U);
  EXPECT_EQ(all.pages[0].name, "2.png");
  EXPECT_EQ(all.pages[0].confidence, 90);
  EXPECT_EQ(all.pages[0].words, 3);
  EXPECT_EQ(all.pages[0].pipeline, "raw");
  EXPECT_TRUE(all.pages[0].found.empty());
  const TextList part = index.list({.words = "", .from = 1, .count = 1});
  EXPECT_EQ(pages_of(part), (std::vector<std::size_t>{4}));
  EXPECT_EQ(part.total, 3U);
}

TEST(TextIndex, FindsGroundTruthToo) {
  TextIndex index;
  index.put(described(3), "the harbonr", "the harbour");
  index.put(described(1), "the office");
  EXPECT_EQ(found(index, "harbour"), (std::vector<std::size_t>{3}));
  EXPECT_EQ(found(index, "harbonr"), (std::vector<std::size_t>{3}));
  EXPECT_EQ(index.list({.words = "harbour"}).pages[0].found,
            (std::vector<std::string>{"the ", "harbour", ""}));
  index.put_truth(1, "a bakery");
  index.put_truth(3, "");
  index.put_truth(9, "a bakery");
  EXPECT_EQ(found(index, "bakery"), (std::vector<std::size_t>{1}));
  EXPECT_TRUE(found(index, "harbour").empty());
  EXPECT_EQ(index.text(1), "the office");
  EXPECT_EQ(index.list({}).total, 2U);
}

TEST(TextIndex, FindsNothingOfWhatWasRemoved) {
  TextIndex index;
  index.put(described(1), "the harbour");
  index.put(described(2), "the office", "the harbour");
  index.remove(1);
  index.remove(7);
  EXPECT_EQ(found(index, "harbour"), (std::vector<std::size_t>{2}));
  EXPECT_FALSE(index.text(1));
  index.remove(2);
  EXPECT_EQ(index.list({}).total, 0U);
  EXPECT_TRUE(found(index, "harbour").empty());
}

TEST(TextIndex, FindsAllWordsWithoutCaseAndDiacritics) {
  TextIndex index;
  index.put(described(0), "Le café de la gare\nest fermé.");
  index.put(described(1), "la gare");
  index.put(described(2), "Gare du Nord, CAFÉ");
  EXPECT_EQ(found(index, "gare"), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(found(index, "GARE cafe"), (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(found(index, "la caf"), (std::vector<std::size_t>{0}));  // as one types on
  EXPECT_TRUE(found(index, "caf la").empty());
  const TextList one = index.list({.words = "fermé"});
  ASSERT_EQ(one.pages.size(), 1U);
  EXPECT_EQ(one.pages[0].found,
            (std::vector<std::string>{"Le café de la gare\nest ", "fermé", "."}));
}

TEST(TextIndex, FindsWordsInWhatIsWrittenWithoutSpaces) {
  TextIndex index;
  index.put(described(0), "人人生而自由，在尊严和权利上一律平等。");
  index.put(described(1), "すべての人間は、生まれながらにして自由であり");
  index.put(described(2), "มนุษย์ทั้งหลายเกิดมามีอิสระ");
  index.put(described(3), "모든 인간은 태어날 때부터 자유로우며");
  EXPECT_EQ(found(index, "自由"), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(found(index, "由自"), (std::vector<std::size_t>{}));
  EXPECT_EQ(found(index, "尊严 人生"), (std::vector<std::size_t>{0}));
  EXPECT_EQ(found(index, "เกิด"), (std::vector<std::size_t>{2}));
  EXPECT_EQ(found(index, "인간"), (std::vector<std::size_t>{3}));
  EXPECT_EQ(index.list({.words = "权利"}).pages.at(0).found.at(1), "权利");
}

TEST(TextIndex, FindsWhatIsWrittenInAnotherWay) {
  const auto matches = [](const std::string& text, const std::string& words) {
    TextIndex index;
    index.put(described(0), text);
    return !found(index, words).empty();
  };
  EXPECT_TRUE(matches("die Straße", "strasse"));
  EXPECT_TRUE(matches("DIE STRASSE", "Straße"));
  EXPECT_TRUE(matches("die Waſſerſnoth, o\uFB03ce", "wassersnoth office"));
  EXPECT_TRUE(matches("بروح الإخاء", "الاخاء"));
  EXPECT_TRUE(matches("آزاد", "ازاد"));
  EXPECT_TRUE(matches("كتاب يحيى", "کتاب یحیی")) << "Arabic and Persian kaf and yeh";
  EXPECT_TRUE(matches("مـحـمـد", "محمد"));
  EXPECT_TRUE(matches("שָׁלוֹם", "שלום"));
  EXPECT_TRUE(matches("می\u200Cآیند", "میایند"));
  EXPECT_TRUE(matches("सभी मनुष्यों को", "मनुष्यों"));
  EXPECT_FALSE(matches("सभी मनुष्यों को", "मनषयो")) << "vowel signs are no diacritics";
  EXPECT_FALSE(matches("strass", "strasse"));
  EXPECT_TRUE(matches("άνθρωποι", "ανθρωποι"));
  EXPECT_FALSE(matches("мои", "мой"));
  EXPECT_FALSE(matches("か", "が"));
  EXPECT_TRUE(matches("\u1100\u1161\u11ab\u1102\u1161", "간나")) << "decomposed Hangul";
  EXPECT_FALSE(matches("나락", "나라"));
}

TEST(TextIndex, APageIsReplaced) {
  TextIndex index;
  index.together([&] { index.put(described(3), "one"); });
  index.put(described(3, 0.5), "two");
  EXPECT_EQ(index.list({}).total, 1U);
  EXPECT_EQ(index.list({}).pages[0].expected_cer, 0.5);
  EXPECT_TRUE(found(index, "one").empty());
  EXPECT_EQ(found(index, "two"), (std::vector<std::size_t>{3}));
  EXPECT_EQ(index.text(3), "two");
  EXPECT_FALSE(index.text(4));
}

TEST(TextIndex, PutsNothingIfOneOfSeveralFails) {
  TextIndex index;
  index.put(described(1), "before");
  EXPECT_THROW(index.together([&] {
    index.put(described(1), "replaced");
    for (std::size_t page = 2; page < 2000; ++page) index.put(described(page), "lost");
    throw std::bad_alloc();
  }),
               std::bad_alloc);
  EXPECT_EQ(index.list({}).total, 1U);
  EXPECT_EQ(found(index, "before"), (std::vector<std::size_t>{1}));
  EXPECT_TRUE(found(index, "lost").empty());
  index.together([&] { index.put(described(2), "after"); });
  EXPECT_EQ(found(index, "after"), (std::vector<std::size_t>{2}));
}

TEST(TextIndex, AnythingCanBeSearchedFor) {
  TextIndex index;
  index.put(described(0), "a \"b\" (c) d* AND NOT NEAR e:f ^g -h\xff\x02 i");
  for (const std::string words : {"\"", "\"\"", "*", "a AND", "NOT", "NEAR(a b)", "e:f", "^g", "-h",
                                  "(c", "{", "a\"b", "'", "\xff", ";", " ", "text:a"}) {
    EXPECT_NO_THROW((void)index.list({.words = words})) << words;
  }
  EXPECT_EQ(found(index, "NOT AND"), (std::vector<std::size_t>{0}));
  EXPECT_EQ(found(index, "(c) d*"), (std::vector<std::size_t>{0}));
  std::mt19937 random(5);
  std::uniform_int_distribution<int> byte(1, 255);
  for (int round = 0; round < 500; ++round) {
    std::string words;
    for (int i = 0; i < 12; ++i) words += static_cast<char>(byte(random));
    EXPECT_NO_THROW((void)index.list({.words = words}));
  }
}

}  // namespace
}  // namespace ocrtune::server
