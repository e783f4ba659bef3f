"""Builds the extension with CMake; the version is that of CMakeLists.txt."""

import pathlib
import re
import shutil
import subprocess
import sys

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

PROJECT = pathlib.Path(__file__).resolve().parent.parent


class CMakeBuild(build_ext):
    """The extension, with the library inside, the modules made from it, and the external engines beside it, where it looks for them."""

    def build_extension(self, ext: Extension) -> None:
        built = pathlib.Path(self.build_temp).resolve()
        target = pathlib.Path(self.get_ext_fullpath(ext.name)).resolve()
        subprocess.run(
            ["cmake", "-S", PROJECT, "-B", built, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O2", "-DOCRTUNE_PYTHON=ON",
             "-DBUILD_SHARED_LIBS=OFF", "-DCMAKE_POSITION_INDEPENDENT_CODE=ON", "-DOCRTUNE_BATCHES=ON", "-DOCRTUNE_TESTS=OFF",
             "-DOCRTUNE_EXAMPLES=OFF", f"-DPython_EXECUTABLE={sys.executable}"],
            check=True,
        )
        subprocess.run(["cmake", "--build", built, "--target", "ocrtune_python_package"], check=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        package = built / "python/ocrtune"
        self.copy_file(next(package.glob("_core*.so")), target)
        for made in ("workflows.py", "_core.pyi"):
            self.copy_file(package / made, target.parent / made)
        shared = target.parent / "share/ocrtune"
        shutil.copytree(PROJECT / "engines", shared / "engines", ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        for parser in ("ocrtune-pdf", "ocrtune-heif", "ocrtune-tesseract"):
            shutil.copy2(built / parser, shared / parser)
        # Nothing without scripts/setup_ppocr.sh.
        installed = built / "installed"
        subprocess.run(["cmake", "--install", built, "--component", "ppocr", "--prefix", installed], check=True)
        for folder in installed.glob("lib/**/ocrtune/ppocr"):
            shutil.copytree(folder, shared / "ppocr", dirs_exist_ok=True)


setup(
    version=re.search(r"project\(ocrtune VERSION (\S+)", (PROJECT / "CMakeLists.txt").read_text())[1],
    packages=["ocrtune"],
    package_data={"ocrtune": ["py.typed"]},
    ext_modules=[Extension("ocrtune._core", [])],
    cmdclass={"build_ext": CMakeBuild},
)
