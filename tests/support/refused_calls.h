#pragma once

#include <cstdint>

namespace ocrtune::test {

/// From now on, a system call of this thread fails with `number` if all of `bits` are set in one of
/// its arguments. False if the system has no seccomp.
bool refuse_call(std::uint32_t call, std::uint32_t argument, std::uint32_t bits, int number);

}  // namespace ocrtune::test
