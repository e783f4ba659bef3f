#include "ocrtune/workflow/submit.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "ocrtune/base/files.h"
#include "ocrtune/base/run_program.h"
#include "ocrtune/base/text.h"
#include "support/errors.h"
#include "support/temp_folder.h"
#include "support/text_gen.h"

namespace ocrtune::workflow {
namespace {

constexpr const char* kStudy = "postgresql://anna@db.example.org/ocr/letters";

SubmitOptions simple() {
  SubmitOptions options;
  options.slurm = true;
  options.worker.study = kStudy;
  options.program = "/usr/bin/ocrtune";
  return options;
}

std::string refused(const SubmitOptions& options) {
  return test::error_of(Errc::invalid_argument, [&] { (void)batch_script(options); });
}

TEST(Submit, WritesABatchScript) {
  EXPECT_EQ(batch_script(simple()), R"(#!/bin/sh
#SBATCH --job-name=ocrtune-letters
#SBATCH --array=0-3
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --mem=7630M
#SBATCH --signal=B:TERM@30
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output="slurm-%A_%a.out"

# With exec, Slurm's signals reach the worker, which then gives its pages back.
exec /usr/bin/ocrtune worker --study=postgresql://anna@db.example.org/ocr/letters --jobs="${SLURM_CPUS_PER_TASK:-4}" --memory="$((${SLURM_MEM_PER_NODE:-7630} * 3 / 4))MiB"
)");
}

TEST(Submit, WritesWhatIsAskedFor) {
  SubmitOptions options = simple();
  options.worker.pages.inputs = {"/mnt/old scans", "-x"};
  options.worker.pages.lang = "deu";
  options.worker.ocr.tessdata = "/opt/it's";
  options.worker.wait = 600;
  options.workers = 16;
  options.partition = "fast,slow";
  options.account = "project-7";
  options.qos = "low";
  options.time = "1-12:00";
  options.cpus_per_task = 8;
  options.mem = 16'000'000'000;
  options.signal = 120;
  options.no_requeue = true;
  options.logs = "/var/log/my jobs";
  EXPECT_EQ(batch_script(options), R"(#!/bin/sh
#SBATCH --job-name=ocrtune-letters
#SBATCH --array=0-15
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=8
#SBATCH --mem=15259M
#SBATCH --partition=fast,slow
#SBATCH --account=project-7
#SBATCH --qos=low
#SBATCH --time=1-12:00
#SBATCH --signal=B:TERM@120
#SBATCH --no-requeue
#SBATCH --open-mode=append
#SBATCH --output="/var/log/my jobs/slurm-%A_%a.out"

# With exec, Slurm's signals reach the worker, which then gives its pages back.
exec /usr/bin/ocrtune worker --study=postgresql://anna@db.example.org/ocr/letters --lang=deu --wait=600 '--tessdata=/opt/it'\''s' --jobs="${SLURM_CPUS_PER_TASK:-8}" --memory="$((${SLURM_MEM_PER_NODE:-15259} * 3 / 4))MiB" -- '/mnt/old scans' -x
)");
}

TEST(Submit, RefusesWhatIsOutOfRange) {
  const auto changed = [](auto change) {
    SubmitOptions options = simple();
    change(options);
    return refused(options);
  };
  EXPECT_EQ(changed([](auto& o) { o.slurm = false; }), "slurm is required");
  EXPECT_EQ(changed([](auto& o) { o.worker.study = ""; }), "study is required");
  EXPECT_TRUE(test::contains(changed([](auto& o) { o.worker.study = "file.db"; }),
                             "not a study on a PostgreSQL server"));
  EXPECT_TRUE(test::contains(changed([](auto& o) { o.worker.study = "postgresql://a:b@h/d/s"; }),
                             "has a password"));
  EXPECT_TRUE(test::contains(changed([](auto& o) { o.workers = 0; }), "workers"));
  EXPECT_TRUE(test::contains(changed([](auto& o) { o.workers = 100'001; }), "1 to 100000"));
  EXPECT_TRUE(test::contains(changed([](auto& o) { o.cpus_per_task = 1025; }), "1 to 1024"));
  EXPECT_TRUE(test::contains(changed([](auto& o) { o.mem = 16'000; }), "mem"));
  EXPECT_TRUE(test::contains(changed([](auto& o) { o.signal = 65'536; }), "1 to 65535"));
  EXPECT_TRUE(test::contains(changed([](auto& o) { o.worker.wait = 0; }), "wait"));
  EXPECT_TRUE(test::contains(changed([](auto& o) {
                               o.worker.pages.inputs = {"a", "-"};
                             }),
                             "no standard input"));
}

TEST(Submit, RefusesWhatSlurmWouldTakeForSomethingElse) {
  SubmitOptions options = simple();
  for (const char* time : {"", "4h", "1-", "-1", "1:2:3:4", "1-2-3", "1 ", "4:00\n#SBATCH --x",
                           "99999999999999999999999999999999"}) {
    options.time = time;
    refused(options);
  }
  for (const char* time : {"30", "30:00", "4:00:00", "1-12", "1-12:30", "7-0:0:0"}) {
    options.time = time;
    (void)batch_script(options);
  }
  options = simple();
  for (const char* name : {"", "a b", "a#b", "a\nb", "a\"", "$HOME", "`id`", "\xC3\xA9"}) {
    for (auto field : {&SubmitOptions::partition, &SubmitOptions::account, &SubmitOptions::qos}) {
      options = simple();
      options.*field = name;
      refused(options);
    }
  }
  options = simple();
  for (const char* folder : {"a\"b", "a\\b", "a%jb", "a\nb"}) {
    options.logs = folder;
    refused(options);
  }
}

/// The words that the command of a batch script gets.
std::vector<std::string> words_of_script(const std::string& script) {
  const ProgramResult result = run_program({.file = "/bin/sh", .arguments = {"sh"}, .folder = "/"},
                                           script, std::chrono::seconds(60), [] { return false; });
  std::vector<std::string> words = split(result.output, '\0');
  words.pop_back();
  return words;
}

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7F; }

/// Texts as an operating system gives them, which have no zero byte; three of four have no control
/// character.
rc::Gen<std::string> argument() {
  const auto hostile = rc::gen::container<std::string>(rc::gen::element(
      '\'', '"', '\\', '$', '`', '(', ')', ' ', '#', '!', '~', '*', '\n', 'a', ';', '\xFF'));
  const auto any = rc::gen::oneOf(hostile, test::utf8_text(), test::any_bytes());
  return rc::gen::mapcat(rc::gen::inRange(0, 4), [any](int kind) {
    return rc::gen::map(any, [kind](std::string text) {
      std::erase_if(text, [kind](char c) { return c == 0 || (kind > 0 && is_control(c)); });
      return text == "-" ? "" : text;
    });
  });
}

bool has_control(const std::string& text) { return std::ranges::any_of(text, is_control); }

RC_GTEST_PROP(Submit, WordsComeOutAsTheyWereOrAreRefused, ()) {
  static const test::TempFolder kFolder;
  static const std::filesystem::path kProgram = [] {
    const auto file = kFolder.write("it's $(a) program", "#!/bin/sh\nprintf '%s\\0' \"$@\"\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return file;
  }();
  SubmitOptions options = simple();
  options.program = kProgram;
  options.worker.pages.inputs = {*argument(), *argument()};
  options.worker.ocr.tessdata = *argument();
  const std::vector<std::string>& inputs = options.worker.pages.inputs;
  if (has_control(inputs[0]) || has_control(inputs[1]) ||
      has_control(options.worker.ocr.tessdata)) {
    RC_ASSERT(!refused(options).empty());
    return;
  }
  std::vector<std::string> expected{"worker", "--study=" + std::string(kStudy)};
  if (!options.worker.ocr.tessdata.empty())
    expected.push_back("--tessdata=" + options.worker.ocr.tessdata);
  expected.insert(expected.end(), {"--jobs=4", "--memory=5722MiB", "--", inputs[0], inputs[1]});
  RC_ASSERT(words_of_script(batch_script(options)) == expected);
}

TEST(Submit, AWorkerUsesWhatSlurmAllocates) {
  const test::TempFolder folder;
  const auto program = folder.write("p", "#!/bin/sh\nprintf '%s\\0' \"$@\"\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  SubmitOptions options = simple();
  options.program = program;
  const std::vector<std::string> words = words_of_script(
      "export SLURM_CPUS_PER_TASK=2 SLURM_MEM_PER_NODE=1000\n" + batch_script(options));
  EXPECT_EQ(words.at(2), "--jobs=2");
  EXPECT_EQ(words.at(3), "--memory=750MiB");
}

/// A program `sbatch` for the time of a test: it keeps the script that it is given, and does
/// `script`.
class FakeSbatch {
 public:
  explicit FakeSbatch(const std::string& script) {
    const auto file =
        folder_.write("bin/sbatch", "#!/bin/sh\necho \"$@\" >" + kept("arguments").string() +
                                        "\ncat >" + kept("script").string() + "\n" + script + "\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    ::setenv("PATH", (file.parent_path().string() + ":" + before_).c_str(), 1);
  }
  ~FakeSbatch() { ::setenv("PATH", before_.c_str(), 1); }
  FakeSbatch(const FakeSbatch&) = delete;
  FakeSbatch& operator=(const FakeSbatch&) = delete;

  [[nodiscard]] std::filesystem::path kept(const std::string& name) const {
    return folder_.path() / name;
  }

 private:
  test::TempFolder folder_;
  std::string before_ = std::getenv("PATH");
};

TEST(Submit, GivesSbatchTheScriptAndReadsTheJob) {
  const FakeSbatch sbatch("echo welcome; echo note >&2; echo '4711;cluster'");
  SubmitOptions options = simple();
  options.logs = sbatch.kept("logs/of mine").string();
  const SubmitResult result = submit(options, {});
  EXPECT_EQ(result.job, "4711");
  EXPECT_EQ(result.script, batch_script(options));
  EXPECT_EQ(read_text(sbatch.kept("script"), 10'000), result.script);
  EXPECT_EQ(read_text(sbatch.kept("arguments"), 100), "--parsable\n");
  EXPECT_TRUE(std::filesystem::is_directory(sbatch.kept("logs/of mine")));
}

TEST(Submit, SubmitsNothingInADryRun) {
  const FakeSbatch sbatch("echo 1");
  SubmitOptions options = simple();
  options.dry_run = true;
  options.logs = sbatch.kept("logs").string();
  options.program.clear();
  const SubmitResult result = submit(options, {});
  EXPECT_FALSE(result.job.has_value());
  EXPECT_TRUE(test::contains(result.script, "exec /")) << result.script;
  EXPECT_TRUE(test::contains(result.script, "workflow_test worker")) << result.script;
  EXPECT_FALSE(std::filesystem::exists(sbatch.kept("script")));
  EXPECT_FALSE(std::filesystem::exists(sbatch.kept("logs")));
}

std::string failure_of(Errc status, const std::string& script) {
  const FakeSbatch sbatch(script);
  return test::error_of(status, [] { (void)submit(simple(), {}); });
}

TEST(Submit, SaysInALineWhyThereIsNoJob) {
  EXPECT_EQ(failure_of(Errc::invalid_argument,
                       "echo 'sbatch: warning: a' >&2; echo 'sbatch: "
                       "error: b\a' >&2; echo 'sbatch: error: c' >&2; "
                       "echo 12; exit 1"),
            "sbatch: b?");
  EXPECT_EQ(failure_of(Errc::invalid_argument, "echo; echo oh >&2; exit 1"), "sbatch: oh");
  EXPECT_EQ(failure_of(Errc::invalid_argument, "exit 7"), "sbatch: ended with exit status 7");
  EXPECT_EQ(failure_of(Errc::dependency_missing, "echo job 12"),
            "sbatch: wrote `job 12?`, not the number of a job");
}

TEST(Submit, EndsWhenItIsStopped) {
  const FakeSbatch sbatch("sleep 60");
  const std::atomic<bool> stop{true};
  Events events;
  events.stop = &stop;
  test::error_of(Errc::interrupted, [&] { (void)submit(simple(), events); });
}

TEST(Submit, SaysWhatToInstallWithoutSbatch) {
  const std::string before = std::getenv("PATH");
  ::setenv("PATH", "/nonexistent", 1);
  const std::string message =
      test::error_of(Errc::dependency_missing, [] { (void)submit(simple(), {}); });
  ::setenv("PATH", before.c_str(), 1);
  EXPECT_TRUE(test::contains(message, "apt install slurm-client")) << message;
}

}  // namespace
}  // namespace ocrtune::workflow
