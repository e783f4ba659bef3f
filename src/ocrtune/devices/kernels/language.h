// The macros and functions in which kernels for devices are written, so that one source is OpenCL
// C, CUDA C++ and, for tests on machines without a device, C++. A kernel is a KERNEL function whose
// parameters are GLOBAL pointers and numbers; the names below give a work-item's position, the
// memory that its group shares, and barriers.
//
//   KERNEL(name)(…) {…}   a kernel; its parameters are GLOBAL pointers, i32, u32 and u64
//   GROUP(type, name, n)  an array of n elements that a group's work-items share; n is a constant
//   BARRIER()             waits for all work-items of the group; their writes are then visible
//   global_id(axis), local_id(axis), group_id(axis), local_size(axis)
//   UNROLLED for (…) {…}  an unrolled loop, so that the arrays it indexes are in registers
//   times(a, b), plus(a, b)     products and sums of floats, each rounded
//   distances_of_bytes(a, b)    absolute differences of the four bytes of two u32, byte by byte
//   dot4_of_bytes(a, b, sum)    sum plus the dot product of the four bytes of two u32
//   dot4(a, b, sum)       the same of bytes from -128 to 127
//   uint4                 four u32: x, y, z, w
//   add_in_group(at, n), add_in_global(at, n)   atomic additions to u32; return the former value
#ifndef OCRTUNE_KERNELS_DEVICE_LANGUAGE_H
#define OCRTUNE_KERNELS_DEVICE_LANGUAGE_H

#if defined(__OPENCL_VERSION__)

typedef uchar u8;
typedef ushort u16;
typedef int i32;
typedef uint u32;
typedef long i64;
typedef ulong u64;

#define KERNEL(name) __kernel void name
#define FUNCTION
#define GLOBAL __global
#define GROUP(type, name, count) __local type name[count]
#define SHARED __local
#define BARRIER() barrier(CLK_LOCAL_MEM_FENCE)
#define global_id(axis) ((i32)get_global_id(axis))
#define local_id(axis) ((i32)get_local_id(axis))
#define group_id(axis) ((i32)get_group_id(axis))
#define local_size(axis) ((i32)get_local_size(axis))
#define add_in_group(at, n) atomic_add(at, n)
#define add_in_global(at, n) atomic_add(at, n)
#define leading_zeros(word) ((i32)clz(word))
#define UNROLLED _Pragma("unroll")
#pragma OPENCL FP_CONTRACT OFF
#define times(a, b) ((a) * (b))
#define plus(a, b) ((a) + (b))
#define distances_of_bytes(a, b) as_uint(abs_diff(as_uchar4(a), as_uchar4(b)))

FUNCTION u32 dot4_of_bytes(u32 a, u32 b, u32 sum) {
  return sum + (a & 255) * (b & 255) + (a >> 8 & 255) * (b >> 8 & 255) +
         (a >> 16 & 255) * (b >> 16 & 255) + (a >> 24) * (b >> 24);
}

#elif defined(__CUDACC__)

typedef unsigned char u8;
typedef unsigned short u16;
typedef int i32;
typedef unsigned int u32;
typedef long long i64;
typedef unsigned long long u64;

#define KERNEL(name) static __global__ void name
#define FUNCTION __device__ inline
#define GLOBAL
#define GROUP(type, name, count) __shared__ type name[count]
#define SHARED
#define BARRIER() __syncthreads()
#define OCRTUNE_AXIS(of, axis) ((i32)((axis) == 0 ? of.x : (axis) == 1 ? of.y : of.z))
#define local_id(axis) OCRTUNE_AXIS(threadIdx, axis)
#define group_id(axis) OCRTUNE_AXIS(blockIdx, axis)
#define local_size(axis) OCRTUNE_AXIS(blockDim, axis)
#define global_id(axis) (group_id(axis) * local_size(axis) + local_id(axis))
#define add_in_group(at, n) atomicAdd(at, n)
#define add_in_global(at, n) atomicAdd(at, n)
#define leading_zeros(word) __clzll((i64)(word))
#define UNROLLED _Pragma("unroll")
#define distances_of_bytes(a, b) __vabsdiffu4(a, b)
#define dot4_of_bytes(a, b, sum) __dp4a((u32)(a), (u32)(b), (u32)(sum))
#define times(a, b) __fmul_rn(a, b)
#define plus(a, b) __fadd_rn(a, b)
#define dot4(a, b, sum) __dp4a((i32)(a), (i32)(b), sum)

#elif !defined(KERNEL)
#error "C++ has to say first what the words mean, as tests/devices/host_language.h does"
#endif

/// Index of the lowest set bit of a nonzero word.
FUNCTION i32 lowest_bit(u64 word) { return 63 - leading_zeros(word & (0 - word)); }

FUNCTION i32 highest_bit(u64 word) { return 63 - leading_zeros(word); }

FUNCTION u32 lesser(u32 a, u32 b) { return a < b ? a : b; }

FUNCTION i32 within(i32 value, i32 low, i32 high) {
  return value < low ? low : value > high ? high : value;
}

#ifndef dot4
/// The byte of a word that lies `shift` bits above its lowest bit, sign-extended.
FUNCTION i32 byte_of(u32 word, i32 shift) { return (i32)(word << (24 - shift)) >> 24; }

FUNCTION i32 dot4(u32 a, u32 b, i32 sum) {
  for (i32 shift = 0; shift < 32; shift += 8) sum += byte_of(a, shift) * byte_of(b, shift);
  return sum;
}
#endif

#endif
