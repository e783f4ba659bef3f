#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/options/option.h"

namespace ocrtune::workflow {

/// How the value of an option of a command line is completed.
struct Completer {
  Completion kind = Completion::choices;   ///< what the value is
  std::vector<std::string> choices = {};   ///< the allowed values; empty: any
  std::vector<std::string> suffixes = {};  ///< of a file that is the value; empty: any
  bool joined = false;                     ///< several may be joined by commas
  std::string usual = {};                  ///< the value if none is given; may be empty
};

/// The completer of an option's value.
Completer completer_of(const Option& option);

/// The value at the cursor, and what the values of other options tell of it.
struct TypedValue {
  std::string text;           ///< before the cursor
  std::string pipeline = {};  ///< the pipeline whose parameters can be set; empty: none
  std::string tessdata = {};  ///< folder with the language data; empty: the usual one
};

/// A value, or the beginning of one.
struct Suggestion {
  std::string value;        ///< as it is given
  std::string description;  ///< a phrase in the language of messages; may be empty
  bool operator==(const Suggestion&) const = default;  ///< equal in both
};

/// Files that may be values, too.
enum class SuggestedFiles {
  none,     ///< no file
  folders,  ///< folders only
  files     ///< files and folders
};

/// What a value may become.
struct Suggestions {
  std::vector<Suggestion> values;               ///< those that begin with the text
  bool goes_on = false;                         ///< something follows: ",MORE" or a value
  SuggestedFiles files = SuggestedFiles::none;  ///< files below the folder that is typed
  std::vector<std::string> suffixes = {};       ///< of these files: ".toml"; empty: any
};

/// The values of an option of this kind that begin with the text, from the tables of the library.
/// Looks into folders only, except for the address of a server's database with a slash behind it:
/// then the server is asked for its studies. Values that cannot be found out are left out.
Suggestions suggestions(const Completer& completer, const TypedValue& typed);

}  // namespace ocrtune::workflow
