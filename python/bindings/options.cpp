#include "options.h"

#include <fmt/format.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <optional>
#include <type_traits>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/options/option_value.h"
#include "values.h"

namespace ocrtune::python {
namespace {

namespace py = pybind11;
using workflow::Notation;
using workflow::Option;
using workflow::Options;
using workflow::ValueOf;

[[noreturn]] void wrong_type(const Option& option, const char* expected, const py::handle& value) {
  throw py::type_error(
      fmt::format("{}: expected {}, not {}", workflow::json_name(option), expected,
                  py::str(py::type::of(value).attr("__name__")).cast<std::string>()));
}

std::string text_of(const Option& option, const py::handle& value) {
  if (py::isinstance<py::str>(value)) return value.cast<std::string>();
  if (!py::hasattr(value, "__fspath__")) wrong_type(option, "str or os.PathLike", value);
  return path_of(value);
}

std::vector<std::string> texts_of(const Option& option, const py::handle& value) {
  if (py::isinstance<py::str>(value) || py::hasattr(value, "__fspath__"))
    return {text_of(option, value)};
  if (!py::isinstance<py::iterable>(value)) wrong_type(option, "str or a list of str", value);
  std::vector<std::string> texts;
  for (const py::handle one : value) texts.push_back(text_of(option, one));
  return texts;
}

/// A duration or a size in its notation.
double noted(const Option& option, const std::string& text) {
  const std::string name = workflow::json_name(option);
  if (option.notation == Notation::duration) return parse_duration(text, name);
  std::uint64_t bytes = 0;
  if (option.notation == Notation::size && parse_bytes(text, bytes))
    return static_cast<double>(bytes);
  throw Error(Errc::invalid_argument,
              tr("{}: `{}` is not a size, such as 800M or 4G", name, quotable(text, 60)));
}

template <typename Number>
Number number_of(const Option& option, const py::handle& value) {
  if (option.notation != Notation::plain && py::isinstance<py::str>(value))
    return static_cast<Number>(noted(option, value.cast<std::string>()));
  const auto held = py::reinterpret_borrow<py::object>(value);
  if constexpr (std::is_floating_point_v<Number>) {
    if (py::isinstance<py::str>(value) || !py::hasattr(value, "__float__"))
      wrong_type(option, "a number", value);
    return py::float_(held).cast<Number>();
  } else {
    if (PyIndex_Check(value.ptr()) == 0) wrong_type(option, "int", value);
    try {
      return py::int_(held).cast<Number>();
    } catch (const py::cast_error&) {
      throw OptionError(
          Errc::invalid_argument, workflow::json_name(option), "",
          tr("`{}` is not within {} to {}", py::str(held).cast<std::string>(),
             option.range ? option.range->low : 0, option.range ? option.range->high : INT64_MAX));
    }
  }
}

template <typename Field>
void set(const Option& option, Field& field, const py::handle& value) {
  using Value = typename ValueOf<Field>::type;
  if constexpr (std::is_same_v<Value, bool>) {
    if (!py::isinstance<py::bool_>(value)) wrong_type(option, "bool", value);
    field = value.cast<bool>();
  } else if constexpr (std::is_same_v<Value, std::string>) {
    field = text_of(option, value);
  } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
    field = texts_of(option, value);
  } else {
    field = number_of<Value>(option, value);
  }
}

py::object initial_of(const Option& option) {
  return std::visit(
      [&](const auto* field) -> py::object {
        using Field = std::remove_cvref_t<decltype(*field)>;
        if constexpr (!std::is_same_v<typename ValueOf<Field>::type, Field>) {
          return py::none();
        } else if constexpr (std::is_same_v<Field, std::vector<std::string>>) {
          return field->empty() ? py::object(py::none()) : py::cast(*field);
        } else {
          return py::cast(*field);
        }
      },
      option.field);
}

/// Throws for two options that exclude each other, if both have other values than their defaults.
void refuse_both(const Options& options, const std::vector<std::string>& stated,
                 const std::string& function) {
  const auto is_stated = [&](const std::string& name) {
    return std::ranges::find(stated, name) != stated.end();
  };
  for (const Option& option : options) {
    for (const std::string& other : option.excludes) {
      if (is_stated(option.name) && is_stated(other)) {
        const auto excluded = std::ranges::find(options, other, &Option::name);
        throw py::type_error(fmt::format("{}() takes either {} or {}", function,
                                         workflow::json_name(option),
                                         workflow::json_name(*excluded)));
      }
    }
  }
}

}  // namespace

void set_options(const Options& options, const py::dict& given, const std::string& function) {
  std::vector<std::string> stated;
  for (const auto& [key, value] : given) {
    const auto name = py::str(key).cast<std::string>();
    const auto option = std::ranges::find(options, name, workflow::json_name);
    if (option == options.end()) {
      std::vector<std::string> known;
      for (const Option& one : options) known.push_back(workflow::json_name(one));
      throw py::type_error(fmt::format("{}() has no argument `{}`{}", function, quotable(name, 60),
                                       did_you_mean(name, known)));
    }
    if (value.is_none()) continue;
    if (!value.equal(initial_of(*option))) stated.push_back(option->name);
    std::visit([&, held = value](auto* field) { set(*option, *field, held); }, option->field);
  }
  refuse_both(options, stated, function);
}

py::list described(const Options& options) {
  py::list rows;
  for (const Option& option : options) {
    py::dict row;
    row["name"] = workflow::json_name(option);
    row["kind"] = workflow::kind_of(option);
    row["help"] = option.help;
    row["usual"] = option.usual;
    row["initial"] = initial_of(option);
    row["positional"] = option.positional;
    row["required"] = option.required;
    row["choices"] = option.choices;
    row["notation"] = option.notation == Notation::duration ? "duration"
                      : option.notation == Notation::size   ? "size"
                                                            : "plain";
    row["low"] = option.range ? py::object(py::int_(option.range->low)) : py::none();
    row["high"] = option.range ? py::object(py::int_(option.range->high)) : py::none();
    rows.append(row);
  }
  return rows;
}

}  // namespace ocrtune::python
