// The rooms of the library as docs/explanation/design.md has them.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <utility>

#include "documents.h"
#include "ocrtune/base/files.h"

namespace ocrtune::docs_test {
namespace {

namespace fs = std::filesystem;

/// The folders of the table of rooms.
std::set<std::string> rooms() {
  std::set<std::string> found;
  const std::string text =
      section(repository_text("docs/explanation/design.md"), "Rooms, and how data flows");
  for (const Row& row : first_table(text)) found.insert(plain(row.front()));
  return found;
}

bool is_source(const fs::path& path) {
  const std::string ending = path.extension().string();
  return ending == ".h" || ending == ".cpp" || ending == ".cu";
}

TEST(DocsFolders, TheTableHasEveryRoom) {
  std::set<std::string> folders;
  for (const fs::directory_entry& entry : fs::directory_iterator(in_repository("src/ocrtune")))
    if (entry.is_directory()) folders.insert(entry.path().filename().string());
  EXPECT_EQ(rooms(), folders);
}

TEST(DocsFolders, EveryRoomSaysWhatItIsFor) {
  for (const std::string& room : rooms()) {
    const std::string text = repository_text("src/ocrtune/" + room + "/README.md");
    EXPECT_TRUE(text.starts_with("# " + room + "\n")) << room;
    for (const char* part : {"**Main types and functions**", "**Uses**", "**Tests**"})
      EXPECT_NE(text.find(part), std::string::npos) << room << " lacks " << part;
  }
}

/// The headers and registries of a room, and of the folders in it.
std::string declarations_of(const std::string& room) {
  std::string text;
  for (const fs::directory_entry& entry :
       fs::recursive_directory_iterator(in_repository("src/ocrtune/" + room))) {
    const std::string ending = entry.path().extension().string();
    if (ending == ".h" || ending == ".inc" || ending == ".in")
      text += read_text(entry.path(), 1'000'000);
  }
  return text;
}

TEST(DocsFolders, WhatARoomNamesIsThere) {
  std::size_t names = 0;
  for (const std::string& room : rooms()) {
    const std::string text = repository_text("src/ocrtune/" + room + "/README.md");
    const std::size_t begin = text.find("**Main types and functions**");
    const std::string named = text.substr(begin, text.find("**Uses**") - begin);
    const std::string declared = declarations_of(room);
    for (const std::string& name : all_matches(named, "`([A-Za-z_]+)(?:\\(\\))?`")) {
      EXPECT_TRUE(std::regex_search(declared, std::regex("\\b" + name + "\\b")))
          << room << "/README.md: `" << name << "`";
      ++names;
    }
  }
  EXPECT_GT(names, 3 * rooms().size());
}

using RoomsOfRooms = std::map<std::string, std::set<std::string>>;

/// By room those that it states to use in src/ocrtune/CMakeLists.txt.
RoomsOfRooms stated_uses() {
  const std::string text = repository_text("src/ocrtune/CMakeLists.txt");
  RoomsOfRooms uses;
  for (std::string stated : all_matches(text, R"(ocrtune_room\(([^)]*)\))")) {
    for (const std::string& variable : all_matches(stated, R"(\$\{(\w+)\})")) {
      for (const std::string& value : all_matches(text, "set\\(" + variable + " ([^)]*)\\)"))
        stated += " " + value;
    }
    std::istringstream words(stated);
    std::string name;
    words >> name;
    std::set<std::string>& used = uses[name];
    bool is_used = false;
    for (std::string word; words >> word;) {
      if (std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; })) {
        is_used = word == "USES";
      } else if (is_used) {
        used.insert(word);
      }
    }
  }
  return uses;
}

/// Adds what a room uses, and what that uses.
void add_used(const RoomsOfRooms& stated, const std::string& room, std::set<std::string>& used) {
  for (const std::string& one : stated.at(room)) {
    if (used.insert(one).second) add_used(stated, one, used);
  }
}

/// The room that a file lies in; "ocr/lstm" is one within "ocr".
std::string room_of(const RoomsOfRooms& stated, const std::string& file) {
  std::string room;
  for (const auto& [name, used] : stated) {
    if (file.starts_with(name + "/") && name.size() > room.size()) room = name;
  }
  return room;
}

/// Every source of the library with the headers of the library that it includes, both as paths
/// below src/ocrtune.
std::vector<std::pair<std::string, std::string>> includes() {
  std::vector<std::pair<std::string, std::string>> found;
  const fs::path sources = in_repository("src/ocrtune");
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(sources)) {
    if (!is_source(entry.path())) continue;
    const std::string file = entry.path().lexically_relative(sources).generic_string();
    const std::string text = read_text(entry.path(), 1'000'000);
    for (std::string& header : all_matches(text, "#include \"ocrtune/(.+)\""))
      found.emplace_back(file, std::move(header));
  }
  return found;
}

// The linker objects only to what is called, not to a type or an inline function.
TEST(DocsFolders, ARoomIncludesOnlyThoseThatItUses) {
  const RoomsOfRooms stated = stated_uses();
  ASSERT_GT(stated.size(), 30U);
  std::size_t checked = 0;
  for (const auto& [file, header] : includes()) {
    const std::string room = room_of(stated, file);
    if (room.empty()) continue;
    std::set<std::string> used{room};
    add_used(stated, room, used);
    EXPECT_TRUE(used.contains(room_of(stated, header))) << file << " includes " << header;
    ++checked;
  }
  EXPECT_GT(checked, 1000U);
}

/// The floor of each room in the picture of design.md, from the ground up; those of a folder that
/// isn't drawn apart stand where the folder does.
std::map<std::string, int> floors(const RoomsOfRooms& stated) {
  const std::string text =
      section(repository_text("docs/explanation/design.md"), "Rooms, and how data flows");
  std::map<std::string, int> drawn;
  std::istringstream lines(code_blocks(text).at(0).text);
  int floor = 0;
  for (std::string line; std::getline(lines, line); --floor) {
    std::istringstream words(line);
    for (std::string word; words >> word;) drawn.emplace(word, floor);
  }
  std::map<std::string, int> found;
  for (const auto& [room, used] : stated) {
    const auto at =
        drawn.contains(room) ? drawn.find(room) : drawn.find(room.substr(0, room.find('/')));
    EXPECT_NE(at, drawn.end()) << room;
    if (at != drawn.end()) found.emplace(room, at->second);
  }
  return found;
}

TEST(DocsFolders, ARoomUsesOnlyThoseOnFloorsBelow) {
  const RoomsOfRooms stated = stated_uses();
  std::map<std::string, int> floor = floors(stated);
  for (const auto& [room, used] : stated) {
    for (const std::string& one : used) {
      const bool same_folder = room.substr(0, room.find('/')) == one.substr(0, one.find('/'));
      EXPECT_TRUE(same_folder || floor[one] < floor[room]) << room << " uses " << one;
    }
  }
}

/// Sources outside of `folder` that include another of its headers than `open` ones.
std::vector<std::string> intruders(const std::string& folder, const std::set<std::string>& open) {
  std::vector<std::string> found;
  for (const auto& [file, header] : includes()) {
    if (file.starts_with(folder + "/") || !header.starts_with(folder + "/")) continue;
    if (!open.contains(header.substr(folder.size() + 1)))
      found.push_back(file + " includes " + header);
  }
  return found;
}

TEST(DocsFolders, TheLstmEngineAndItsLayoutAreEnteredByTheirInterface) {
  const std::vector<std::string> none;
  EXPECT_EQ(intruders("ocr/lstm", {"lstm_recognizer.h"}), none);
  EXPECT_EQ(intruders("ocr/layout", {"layout.h", "box.h"}), none);
  for (const fs::directory_entry& entry :
       fs::directory_iterator(in_repository("src/ocrtune/ocr/lstm"))) {
    if (!is_source(entry.path())) continue;
    EXPECT_EQ(read_text(entry.path(), 1'000'000).find("<tesseract/"), std::string::npos)
        << entry.path() << ": what is asked of Tesseract is in ocr/layout";
  }
}

}  // namespace
}  // namespace ocrtune::docs_test
