#pragma once

#include <pybind11/pybind11.h>

#include <functional>

#include "ocrtune/base/events.h"

namespace ocrtune::python {

/// Runs `work` in a thread of its own, without Python's global lock, until it ends. Callbacks of
/// its events run in the calling thread: `progress`, unless it is None, is called with a Progress;
/// messages go to the logger "ocrtune". Ctrl-C and an exception of `progress` stop the work, and
/// are raised once it has ended.
void run_interruptibly(const pybind11::object& progress,
                       const std::function<void(const Events&)>& work);

/// Makes a call in the calling thread, with Python's global lock, before it returns. Exceptions
/// stop the work as those of `progress`.
using InCaller = std::function<void(const std::function<void()>&)>;

/// The same for work that has further callbacks.
void run_interruptibly(const pybind11::object& progress,
                       const std::function<void(const Events&, const InCaller&)>& work);

}  // namespace ocrtune::python
