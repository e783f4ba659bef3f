"""Where the build finds nvcc: a script in its place says which one it is."""
import subprocess
import unittest
from pathlib import Path

from support import ScratchCase

CUDA = Path(__file__).resolve().parents[2] / "cmake/cuda.cmake"


class Nvcc(ScratchCase):
    def nvcc(self, release, kinds=()):
        script = self.tmp / "nvcc"
        listed = "".join(f"echo compute_{kind}; " for kind in kinds)
        script.write_text(
            "#!/bin/sh\n"
            f'case "$1" in --version) echo "Cuda compilation tools, release {release}, V{release}.89";; '
            f"--list-gpu-arch) {listed};; esac\n"
        )
        script.chmod(0o755)
        return script

    def configured(self, nvcc, cuda):
        (self.tmp / "CMakeLists.txt").write_text(
            f"cmake_minimum_required(VERSION 3.25)\nproject(one LANGUAGES NONE)\ninclude({CUDA})\n"
            'message(STATUS "has CUDA: ${OCRTUNE_HAS_CUDA}")\n'
        )
        command = ["cmake", "-G", "Ninja", "-S", self.tmp, "-B", self.tmp / "build", f"-DOCRTUNE_CUDA={cuda}", f"-DOCRTUNE_NVCC={nvcc}"]
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    def test_an_old_one_is_left_alone_and_why_is_said(self):
        done = self.configured(self.nvcc("11.7"), "AUTO")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("is of CUDA 11.7; 11.8 is needed", done.stdout)
        self.assertIn("has CUDA: OFF", done.stdout)

    def test_an_old_one_that_is_asked_for_is_refused(self):
        done = self.configured(self.nvcc("11.7"), "ON")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("OCRTUNE_CUDA is ON, and", done.stderr)
        self.assertIn("11.8 is needed", " ".join(done.stderr.split()))

    def test_code_is_for_what_it_knows(self):
        known = (50, 52, 53, 60, 61, 62, 70, 72, 75, 80, 86, 87, 89, 90)
        script = self.tmp / "say.cmake"
        script.write_text(
            f"include({CUDA})\n"
            f"ocrtune_cuda_architectures({self.nvcc('12.4', known)} known)\nmessage(STATUS \"${{known}}\")\n"
        )
        done = subprocess.run(["cmake", "-DOCRTUNE_CUDA=OFF", "-P", script], capture_output=True, text=True, timeout=60)
        self.assertIn("61-real;70-real;75-real;80-real;86-real;89-real;90\n", done.stdout)


if __name__ == "__main__":
    unittest.main()
