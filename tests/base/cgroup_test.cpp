#include "ocrtune/base/cgroup.h"

#include <gtest/gtest.h>

#include <string>

#include "support/temp_folder.h"

namespace ocrtune {
namespace {

/// A machine's files of cgroups in a folder.
class Cgroups : public testing::Test {
 protected:
  void write(const std::string& path, const std::string& text) { folder_.write(path, text); }

  void mount(const std::string& lines) { write("proc/self/mountinfo", lines); }
  void belong_to(const std::string& lines) { write("proc/self/cgroup", lines); }

  [[nodiscard]] CgroupLimits limits() const { return cgroup_limits(folder_.path()); }

 private:
  test::TempFolder folder_;
};

constexpr const char* kUnified =
    "24 30 0:22 / /proc rw,nosuid shared:12 - proc proc rw\n"
    "31 23 0:27 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

TEST_F(Cgroups, WithoutThemThereIsNoLimit) {
  EXPECT_FALSE(limits().memory_bytes);
  mount("garbage\n31 23 0:27 / /sys - cgroup2\n\n");
  belong_to("no colon\n0:x\n");
  EXPECT_FALSE(limits().memory_bytes);
  EXPECT_FALSE(limits().available_bytes);
  EXPECT_FALSE(limits().processors);
}

TEST_F(Cgroups, TheSmallestLimitAboveTheGroupCounts) {
  mount(kUnified);
  belong_to("0::/user.slice/user-1000.slice/run-u5.scope\n");
  const std::string slice = "sys/fs/cgroup/user.slice/user-1000.slice/";
  write(slice + "run-u5.scope/memory.max", "max\n");
  write(slice + "run-u5.scope/cpu.max", "max 100000\n");
  EXPECT_FALSE(limits().memory_bytes);
  EXPECT_FALSE(limits().processors);
  write("sys/fs/cgroup/user.slice/memory.max", "8000000000\n");
  write("sys/fs/cgroup/user.slice/memory.current", "7500000000\n");
  EXPECT_EQ(limits().memory_bytes, 8'000'000'000U);
  EXPECT_EQ(limits().available_bytes, 500'000'000U);
  write(slice + "run-u5.scope/memory.max", "1000000000\n");
  write(slice + "run-u5.scope/memory.current", "400000000\n");
  EXPECT_EQ(limits().memory_bytes, 1'000'000'000U);
  EXPECT_EQ(limits().available_bytes, 500'000'000U);
  write(slice + "memory.max", "900000000\n");
  write(slice + "memory.current", "1000000000\n");
  EXPECT_EQ(limits().memory_bytes, 900'000'000U);
  EXPECT_EQ(limits().available_bytes, 0U);
  write(slice + "cpu.max", "150000 100000\n");
  write(slice + "run-u5.scope/cpu.max", "400000 100000\n");
  EXPECT_EQ(limits().processors, 1.5);
}

TEST_F(Cgroups, FilesThatWereReadAreNotUsedUp) {
  mount(kUnified);
  belong_to("0::/job\n");
  write("sys/fs/cgroup/job/memory.max", "1000\n");
  write("sys/fs/cgroup/job/memory.current", "990\n");
  write("sys/fs/cgroup/job/memory.stat", "anon 100\ninactive_file 800\nactive_file 90\n");
  EXPECT_EQ(limits().available_bytes, 810U);
}

TEST_F(Cgroups, AContainerSeesItsGroupAtTheMountPoint) {
  belong_to("0::/\n");
  mount(kUnified);
  write("sys/fs/cgroup/memory.max", "500000000\n");
  EXPECT_EQ(limits().memory_bytes, 500'000'000U);
  // Without a namespace of its own, paths are those of the machine.
  mount("31 23 0:27 /docker/abc /mnt\\040here rw - cgroup2 cgroup2 rw\n");
  write("mnt here/memory.max", "600000000\n");
  write("mnt here/inner/memory.max", "550000000\n");
  for (const char* group : {"0::/docker/abc\n", "0::/elsewhere\n", "0::/../x\n"}) {
    belong_to(group);
    EXPECT_EQ(limits().memory_bytes, 600'000'000U) << group;
  }
  belong_to("0::/docker/abc/inner\n");
  EXPECT_EQ(limits().memory_bytes, 550'000'000U);
}

TEST_F(Cgroups, TheFirstVersionHasAHierarchyForEachController) {
  mount(
      "33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw shared:3 - cgroup cgroup rw,cpu,cpuacct\n"
      "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
      "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n");
  belong_to(
      "4:memory:/batch/job:7\n3:cpuset:/other\n2:cpu,cpuacct:/batch\n"
      "1:name=systemd:/x\n0::/batch\n");
  const std::string memory = "sys/fs/cgroup/memory/";
  write(memory + "memory.limit_in_bytes", "9223372036854771712\n");
  EXPECT_FALSE(limits().memory_bytes);
  write(memory + "batch/memory.limit_in_bytes", "3000\n");
  write(memory + "batch/memory.usage_in_bytes", "1000\n");
  write(memory + "batch/memory.stat", "inactive_file 0\ntotal_inactive_file 400\n");
  EXPECT_EQ(limits().memory_bytes, 3000U);
  EXPECT_EQ(limits().available_bytes, 2400U);
  write(memory + "batch/job:7/memory.limit_in_bytes", "2000\n");
  EXPECT_EQ(limits().memory_bytes, 2000U);
  const std::string cpu = "sys/fs/cgroup/cpu,cpuacct/batch/";
  write(cpu + "cpu.cfs_period_us", "100000\n");
  write(cpu + "cpu.cfs_quota_us", "-1\n");
  EXPECT_FALSE(limits().processors);
  write(cpu + "cpu.cfs_quota_us", "250000\n");
  EXPECT_EQ(limits().processors, 2.5);
}

}  // namespace
}  // namespace ocrtune
