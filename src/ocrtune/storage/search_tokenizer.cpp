#include "ocrtune/storage/search_tokenizer.h"

#include <sqlite3.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <cstdint>
#include <new>
#include <string>
#include <string_view>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

constexpr char32_t kTatweel = 0x640;
constexpr char32_t kZeroWidthNonJoiner = 0x200C;

/// Marks, and vowels and final consonants of decomposed Hangul syllables.
bool is_mark(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0 ||
         (c >= 0x1160 && c <= 0x11FF);
}

bool is_of_word(char32_t c) {
  return u_isalnum(static_cast<UChar32>(c)) != 0 || is_mark(c) || c == kTatweel ||
         c == kZeroWidthNonJoiner || u_charType(static_cast<UChar32>(c)) == U_PRIVATE_USE_CHAR;
}

UScriptCode script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status);
}

/// Whether a character is a word of its own.
bool stands_alone(char32_t c) {
  return is_written_without_spaces(c) || script_of(c) == USCRIPT_HANGUL;
}

/// Whether marks on letters of a script are diacritics and points, which are left out. In other
/// scripts they make other letters (й, が) or are vowel signs.
bool leaves_out_marks(UScriptCode script) {
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_ARABIC ||
         script == USCRIPT_HEBREW;
}

char32_t as_searched(char32_t c) {
  switch (c) {
    case 0x671:
      return 0x627;  // alef wasla: alef
    case 0x649:      // alef maksura
    case 0x6CC:      // Farsi yeh
      return 0x64A;
    case 0x6A9:
      return 0x643;  // keheh: kaf
    default:
      return c;
  }
}

/// What words are compared by.
std::string key_of(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decomposition = icu::Normalizer2::getNFKDInstance(status);
  const icu::Normalizer2* composition = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return "";
  const icu::UnicodeString decomposed = decomposition->normalize(
      icu::UnicodeString::fromUTF8({word.data(), static_cast<std::int32_t>(word.size())}), status);
  icu::UnicodeString kept;
  bool without_marks = false;
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const auto c = static_cast<char32_t>(decomposed.char32At(i));
    const bool mark = u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK;
    if (!mark) without_marks = leaves_out_marks(script_of(c));
    if ((mark && without_marks) || c == kTatweel || c == kZeroWidthNonJoiner) continue;
    kept.append(static_cast<UChar32>(as_searched(c)));
  }
  std::string key;
  composition->normalize(kept.foldCase(), status).toUTF8String(key);
  return U_FAILURE(status) ? "" : key;
}

using Emit = int (*)(void*, int, const char*, int, int, int);

/// Splits a text and passes on its words.
class Words {
 public:
  Words(std::string_view text, void* context, Emit emit)
      : text_(text), context_(context), emit_(emit) {}

  int run() {
    const auto size = static_cast<std::int32_t>(text_.size());
    for (std::int32_t next = 0; next < size && status_ == SQLITE_OK;) {
      const std::int32_t at = next;
      const std::int32_t c = next_code_point(text_, next);
      take(c < 0 ? U' ' : static_cast<char32_t>(c), at);
    }
    end_word(size);
    return status_;
  }

 private:
  void take(char32_t c, int at) {
    if (!is_of_word(c)) {
      end_word(at);
      return;
    }
    const bool alone = stands_alone(c) && !is_mark(c);
    if (alone || (was_alone_ && !is_mark(c))) end_word(at);
    if (begin_ < 0) begin_ = at;
    if (!is_mark(c)) was_alone_ = alone;
  }

  void end_word(int end) {
    was_alone_ = false;
    if (begin_ < 0 || status_ != SQLITE_OK) return;
    const auto begin = static_cast<std::size_t>(begin_);
    const std::string key = key_of(text_.substr(begin, static_cast<std::size_t>(end) - begin));
    if (!key.empty())
      status_ = emit_(context_, 0, key.data(), static_cast<int>(key.size()), begin_, end);
    begin_ = -1;
  }

  std::string_view text_;
  void* context_;
  Emit emit_;
  int begin_ = -1;  ///< of the word that goes on; −1: none
  bool was_alone_ = false;
  int status_ = SQLITE_OK;
};

int create(void* /*context*/, const char** /*arguments*/, int /*count*/, Fts5Tokenizer** made) {
  static char nothing = 0;
  *made = reinterpret_cast<Fts5Tokenizer*>(&nothing);
  return SQLITE_OK;
}

void destroy(Fts5Tokenizer* /*tokenizer*/) {}

int tokenize(Fts5Tokenizer* /*tokenizer*/, void* context, int /*reason*/, const char* text,
             int size, Emit emit) {
  try {
    return Words({text, static_cast<std::size_t>(size)}, context, emit).run();
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  } catch (...) {
    return SQLITE_ERROR;
  }
}

fts5_api* api_of(sqlite3* database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

void register_search_tokenizer(sqlite3* database) {
  fts5_api* const api = api_of(database);
  if (api == nullptr) return;
  fts5_tokenizer tokenizer{.xCreate = create, .xDelete = destroy, .xTokenize = tokenize};
  api->xCreateTokenizer(api, "words", nullptr, &tokenizer, nullptr);
}

}  // namespace ocrtune
