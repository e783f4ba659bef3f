#pragma once

struct sqlite3;

namespace ocrtune {

/// Gives a connection the tokenizer `words` of SQLite's FTS5. Words are runs of letters, digits and
/// marks, compared by Unicode's compatibility decomposition and case folding (UAX 15), in Latin,
/// Greek, Arabic and Hebrew without diacritics and points: ß as ss, long s as s, the forms of
/// Arabic alef, yeh and kaf alike.
/// Characters of scripts without spaces between words, and Hangul syllables, are words of their
/// own, so that a quoted string is found wherever it stands. Does nothing if SQLite has no FTS5.
void register_search_tokenizer(sqlite3* database);

}  // namespace ocrtune
