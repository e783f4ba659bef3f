"""What makes the wheel and the archive for any Linux (scripts/release/portable): symbols of an older glibc, the launcher, wheels."""
import ctypes
import hashlib
import base64
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

from support import OCRTUNE, ROOT, ScratchCase

PORTABLE = ROOT / "scripts/release/portable"
sys.path.insert(0, str(PORTABLE))
import symbol_versions  # noqa: E402
import unique_symbols  # noqa: E402

USES_NEWER = """
#include <pthread.h>
#include <sys/stat.h>
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int times;
static void count(void) { ++times; }
long size_of(const char* path) {
  struct stat status;
  pthread_once(&once, count);
  return stat(path, &status) == 0 ? (long)status.st_size * times : -1;
}
"""


def compiled(source, target, *more):
    subprocess.run(["gcc", "-O1", "-o", target, source, *more], check=True)
    return target


class SymbolVersions(ScratchCase):
    def library(self):
        (self.tmp / "newer.c").write_text(USES_NEWER)
        return compiled(self.tmp / "newer.c", self.tmp / "newer.so", "-shared", "-fPIC")

    def test_newer_ones_are_asked_for_without_a_version(self):
        library = self.library()
        newer = symbol_versions.newer_symbols(library)
        self.assertEqual(newer, {"pthread_once": "GLIBC_2.34", "stat": "GLIBC_2.33"})
        self.assertEqual(symbol_versions.lower(library), sorted(newer))
        self.assertEqual(symbol_versions.newer_symbols(library), {})
        said = subprocess.run(["readelf", "-V", library], check=True, capture_output=True, text=True).stdout
        self.assertNotIn("GLIBC_2.3", said)
        size_of = ctypes.CDLL(str(library)).size_of
        size_of.restype = ctypes.c_long
        self.assertEqual(size_of(os.fsencode(ROOT / "LICENSE")), (ROOT / "LICENSE").stat().st_size)

    def test_one_that_needs_no_change_keeps_its_bytes(self):
        library = self.library()
        symbol_versions.lower(library)
        before = library.read_bytes()
        self.assertEqual(symbol_versions.lower(library), [])
        self.assertEqual(library.read_bytes(), before)

    def test_what_an_older_glibc_lacks_does_the_same(self):
        """Each function of glibc.c beside the C library's own of the same name."""
        ours = ctypes.CDLL(str(compiled(PORTABLE / "glibc.c", self.tmp / "glibc.so", "-shared", "-fPIC", "-lresolv")))
        theirs = ctypes.CDLL(None)
        for name in ("stat", "lstat", "stat64", "lstat64"):
            for path in (b"/", b"/etc/passwd", b"/proc/self/exe", b"/no/such/file", os.fsencode(ROOT / "LICENSE")):
                results = []
                for library in (ours, theirs):
                    status = ctypes.create_string_buffer(512)
                    results.append((getattr(library, name)(path, status), status.raw[:144] if path != b"/proc/self/exe" else b""))
                self.assertEqual(*results, (name, path))
        with open("/etc/passwd", "rb") as file:
            results = []
            for library in (ours, theirs):
                status = ctypes.create_string_buffer(512)
                results.append((library.fstat(file.fileno(), status), status.raw[:144]))
            self.assertEqual(*results)
        values = {ours.arc4random() for _ in range(20)}
        self.assertGreater(len(values), 15)


class UniqueSymbols(ScratchCase):
    def test_each_library_has_its_own(self):
        """Two versions of one, whose variable the process would have once."""
        for number in (1, 2):
            (self.tmp / f"{number}.cpp").write_text(
                f"template <int> struct Facet {{ static int id; }};\ntemplate <int n> int Facet<n>::id = {number};\nextern \"C\" int id() {{ return Facet<0>::id; }}\n")
            subprocess.run(["g++", "-shared", "-fPIC", "-o", self.tmp / f"{number}.so", self.tmp / f"{number}.cpp"], check=True)
        show = "import ctypes, sys; print(*[ctypes.CDLL(path).id() for path in sys.argv[1:]])"
        paths = [self.tmp / "1.so", self.tmp / "2.so"]
        self.assertEqual(subprocess.run([sys.executable, "-c", show, *paths], capture_output=True, text=True).stdout, "1 1\n")
        self.assertEqual([unique_symbols.make_global(path) for path in paths], [1, 1])
        self.assertEqual(subprocess.run([sys.executable, "-c", show, *paths], capture_output=True, text=True).stdout, "1 2\n")


class Launcher(ScratchCase):
    def test_a_program_runs_with_the_linker_beside_it(self):
        """It knows by argv[0] what started it, and gets its arguments as they are."""
        folder = self.tmp / "moved here"
        programs, glibc, bin_folder = folder / "lib/ocrtune/programs", folder / "lib/ocrtune/glibc", folder / "bin"
        for each in (programs, glibc, bin_folder):
            each.mkdir(parents=True)
        (self.tmp / "says.c").write_text('#include <stdio.h>\nint main(int n, char** a) { for (int i = 0; i < n; ++i) puts(a[i]); return n; }\n')
        compiled(self.tmp / "says.c", programs / "says")
        for name in ("ld-linux-x86-64.so.2", "libc.so.6"):
            shutil.copy(f"/lib/x86_64-linux-gnu/{name}", glibc)
        compiled(PORTABLE / "launcher.c", bin_folder / "says", "-static")
        (folder / "says").symlink_to("bin/says")
        for start in (bin_folder / "says", folder / "says"):
            ran = subprocess.run([start, "a b", "--library-path", ""], capture_output=True, text=True)
            self.assertEqual((ran.stdout.splitlines(), ran.returncode), ([str(bin_folder / "says"), "a b", "--library-path", ""], 4))
        (glibc / "ld-linux-x86-64.so.2").unlink()
        ran = subprocess.run([bin_folder / "says"], capture_output=True, text=True)
        self.assertEqual(ran.returncode, 127)
        self.assertIn("ld-linux-x86-64.so.2: No such file or directory", ran.stderr)

    def test_ocrtune_starts_itself_again_by_it(self):
        """A server that the dynamic linker runs would start its runs with the linker's own file."""
        ran = subprocess.run(["/lib64/ld-linux-x86-64.so.2", "--argv0", "/some/launcher", OCRTUNE, "submit", "--slurm", "--dry-run", "--study",
                              "postgresql://me@db/ocr/cards"], capture_output=True, text=True)
        self.assertIn("/some/launcher worker", ran.stdout)


class Wheels(ScratchCase):
    def test_the_same_content_gives_the_same_bytes_and_a_true_record(self):
        prefix, package = self.tmp / "prefix", self.tmp / "ocrtune"
        for name, text in (("bin/ocrtune", "program"), ("lib/ocrtune/libs/libx.so", "library"), ("share/man/man1/ocrtune.1", "manual")):
            (prefix / name).parent.mkdir(parents=True)
            (prefix / name).write_text(text)
        (prefix / "bin/ocrtune").chmod(0o755)
        package.mkdir()
        (package / "__init__.py").write_text("")
        for python in ("39", "314"):
            (package / f"_core.cpython-{python}-x86_64-linux-gnu.so").write_text("extension")
        wheels = []
        for place in ("a", "b"):
            (self.tmp / place).mkdir()
            subprocess.run(["/usr/bin/python3", PORTABLE / "wheel.py", prefix, package, self.tmp / place], check=True, capture_output=True,
                           env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})
            wheels += (self.tmp / place).glob("*.whl")
            (package / "__init__.py").touch()
        self.assertEqual(wheels[0].read_bytes(), wheels[1].read_bytes())
        with zipfile.ZipFile(wheels[0]) as wheel:
            names = wheel.namelist()
            record = next(name for name in names if name.endswith("/RECORD"))
            listed = [line.split(",") for line in wheel.read(record).decode().splitlines()]
            self.assertEqual([line[0] for line in listed], names)
            for name, digest, size in listed[:-1]:
                content = wheel.read(name)
                self.assertEqual(digest, "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode())
                self.assertEqual(int(size), len(content))
            metadata = wheel.read(record.replace("RECORD", "METADATA")).decode()
            self.assertIn("Requires-Python: >=3.9,<3.15\n", metadata)
            program = next(entry for entry in wheel.infolist() if entry.filename.endswith(".data/scripts/ocrtune"))
            self.assertEqual(program.external_attr >> 16 & 0o777, 0o755)
