#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "ocrtune/pipeline/space.h"

namespace ocrtune {

/// How rapidcheck shows a space that fails.
inline void showValue(const Space& space, std::ostream& out) {
  for (const Dimension& d : space.dimensions()) {
    out << type_name(d.type) << ' ' << d.name << " [" << d.low << ", " << d.high << ']'
        << (d.log ? " log" : "") << " step " << d.step << " initial " << d.initial;
    if (!d.active_if.empty()) out << " if " << d.active_if;
    for (const double value : d.active_values) out << " = " << value;
    out << '\n';
  }
}

}  // namespace ocrtune

namespace ocrtune::test {

/// A dimension of any type, log, stepped or plain; `finite` leaves out reals without step.
inline rc::Gen<Dimension> any_dimension(std::string name, bool finite) {
  return rc::gen::exec([name = std::move(name), finite] {
    const auto type =
        *rc::gen::element(ParameterType::real, ParameterType::integer, ParameterType::odd,
                          ParameterType::boolean, ParameterType::category);
    Dimension dimension{.name = name, .type = type};
    const int count = *rc::gen::inRange(1, 9);
    switch (type) {
      case ParameterType::boolean:
        dimension.high = 1;
        break;
      case ParameterType::category:
        for (int i = 0; i < count; ++i) dimension.choices.push_back(std::to_string(i));
        dimension.high = count - 1;
        break;
      case ParameterType::odd:
        dimension.low = 2 * *rc::gen::inRange(-20, 20) + 1;
        dimension.high = dimension.low + 2 * (count - 1);
        break;
      case ParameterType::integer:
        dimension.low = *rc::gen::inRange(1, 20);
        dimension.log = *rc::gen::arbitrary<bool>();
        dimension.step = dimension.log ? 0 : *rc::gen::inRange(0, 4);
        dimension.high = dimension.low + std::max(1.0, dimension.step) * (count - 1);
        break;
      case ParameterType::real:
        dimension.low = *rc::gen::inRange(1, 1000) / 100.0;
        if (finite) dimension.step = *rc::gen::inRange(1, 100) / 50.0;
        dimension.log = !finite && *rc::gen::arbitrary<bool>();
        dimension.high = dimension.low + (finite ? dimension.step * (count - 1) : 0.5 * count);
        break;
    }
    dimension.initial = nearest_value(
        dimension, dimension.low + *rc::gen::inRange(0, 5) * (dimension.high - dimension.low) / 4);
    return dimension;
  });
}

/// One to six dimensions, some of which exist only for values of an earlier boolean or category.
inline rc::Gen<Space> any_space(bool finite) {
  return rc::gen::exec([finite] {
    std::vector<Dimension> dimensions;
    const int count = *rc::gen::inRange(1, 7);
    for (int i = 0; i < count; ++i) {
      Dimension dimension = *any_dimension("d" + std::to_string(i), finite);
      if (i > 0) {
        const Dimension& parent = dimensions[static_cast<std::size_t>(*rc::gen::inRange(0, i))];
        if (is_nominal(parent) && *rc::gen::arbitrary<bool>()) {
          dimension.active_if = parent.name;
          if (*rc::gen::arbitrary<bool>())
            dimension.active_values = {
                static_cast<double>(*rc::gen::inRange(0, static_cast<int>(parent.high) + 1))};
        }
      }
      dimensions.push_back(std::move(dimension));
    }
    return Space(std::move(dimensions));
  });
}

}  // namespace ocrtune::test
