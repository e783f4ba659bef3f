#pragma once

#include <span>
#include <string>
#include <string_view>

#include "pages/language.h"

namespace ocrtune::examples {

/// The short texts of forms, tables and receipts in one language, in UTF-8 NFC. `~` stands for a
/// no-break space. No list is empty.
struct Words {
  std::span<const std::string_view> surnames, first_names, streets, towns, trades, goods, units;

  /// Form: title, explanation, closing remark, and labels in the order of FormLabel.
  std::string_view form_title, form_intro, form_note;
  std::span<const std::string_view> form_labels;

  /// Table: titles to choose from, the five column heads, the word for the sum, the note below.
  std::span<const std::string_view> table_titles, table_heads;
  std::string_view table_total, table_note;

  /// Receipt: shop names, and its fixed words.
  std::span<const std::string_view> shops;
  std::string_view receipt_till, receipt_subtotal, receipt_tax, receipt_total, receipt_cash,
      receipt_change, receipt_thanks;
};

/// Indices of labels in Words::form_labels.
enum class FormLabel {
  surname,
  first_name,
  born,
  trade,
  street,
  number,
  town,
  postcode,
  telephone,
  file,
  rent,
  since,
  rooms,
  persons,
  received,
  clerk
};

/// The words of a language. Thread-safe.
const Words& words(Language language);

/// An amount as the language writes it: 1,234.50 or 1~234,50. `hundredths` >= 0.
std::string amount(Language language, int hundredths);

}  // namespace ocrtune::examples
