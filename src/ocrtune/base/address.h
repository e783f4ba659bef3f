#pragma once

#include <string>
#include <string_view>

namespace ocrtune {

/// A name that may be an address of a database, without what may be a password, as messages show
/// it: "postgresql://anna:…@host/database". Of an address that is not valid, a part in which there
/// may be one is left out as a whole, so that a mistyped one shows none either. A name of a file
/// remains as it is, unless it looks like an address (`a:b@c`). At most 300 bytes, as quotable().
std::string shown_address(std::string_view name);

/// Whether shown_address() leaves something out. An address of which this is false has no part that
/// messages of other libraries must not repeat.
bool may_have_password(std::string_view address);

}  // namespace ocrtune
