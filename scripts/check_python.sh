#!/usr/bin/env bash
# The Python package in build/release/python: its types by mypy, its stubs against the module, the examples in its docstrings, and
# python/tests; with OCRTUNE_TESTS_FULL the wheel too, which takes minutes. Writes the number of tests to build/python.count.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$PWD/build/release
export PYTHONPATH=$build/python OCRTUNE_BUILD=$build PYTHONDONTWRITEBYTECODE=1
python=/usr/bin/python3

export MYPY_CACHE_DIR=$PWD/build/mypy
config=$PWD/python/pyproject.toml
(cd "$build/python" && $python -m mypy --config-file "$config" -p ocrtune)
(cd "$build/python" && $python -m mypy.stubtest ocrtune._core --mypy-config-file "$config" \
  --allowlist "$OLDPWD/python/tests/stubtest_allowlist.txt")
$python python/tests/run.py

# The wheel, alone in an environment of its own.
if [ -n "${OCRTUNE_TESTS_FULL:-}" ]; then
  rm -rf build/wheel
  $python -m build --wheel --no-isolation -o build/wheel python/ >build/wheel.log 2>&1 || { tail -50 build/wheel.log >&2; exit 1; }
  $python -m venv --system-site-packages build/wheel/venv
  build/wheel/venv/bin/pip install --quiet --no-deps --no-index build/wheel/*.whl
  (cd build/wheel && env -u PYTHONPATH venv/bin/python -c "
import shutil
import ocrtune
page = ocrtune.read('../../examples/sample_pages/08-prose-eng-clean.jpg', pipeline='standard')
assert len(page.words) > 100 and 'wheel' in ocrtune.__file__, (page, ocrtune.__file__)
if shutil.which('ocrad'):
    page = ocrtune.read('../../examples/sample_pages/08-prose-eng-clean.jpg', engine='ocrad')
    assert page.engine == 'ocrad' and len(page.words) > 100, page")
fi
