#!/usr/bin/env python3
"""Writes the bill of materials of the wheel and the archive in OUT (make_portable.sh; ../spdx.py): both with their checksums, and the packages of
Debian, npm and PyPI that are inside them.

  make_sbom.py OUT       into OUT/ocrtune-VERSION.spdx.json
"""
import pathlib
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import changelog  # noqa: E402
import spdx  # noqa: E402

SUITE = "bookworm"  # whose libraries they have
# The dynamic linker and the C library, which the wheel takes from the machine.
OF_THE_ARCHIVE = ("libc6", "libgcc-s1")


def debian_packages(wheel):
    """(name, version) of those that licences.sh has found."""
    with zipfile.ZipFile(wheel) as files:
        (name,) = [name for name in files.namelist() if name.endswith("/licences/packages.txt")]
        return [line.split() for line in files.read(name).decode().splitlines()]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    out, version = pathlib.Path(sys.argv[1]), changelog.released()[0]
    (wheel,), (archive,) = out.glob(f"ocrtune-{version}-*.whl"), out.glob(f"ocrtune-{version}-linux-*.tar.xz")
    document = spdx.Document()
    inside = [document.add_npm(*each) for each in spdx.npm_packages(out / f"ocrtune_{version}.orig.tar.xz", version)]
    inside += [document.add_wheel(*each) for each in spdx.wheels(out / f"ocrtune_{version}.orig-ppocr.tar.xz")]
    inside += [document.add_debian(name, number, SUITE) for name, number in debian_packages(wheel)]
    for path, further in ((wheel, ()), (archive, OF_THE_ARCHIVE)):
        ref = document.add(spdx.identifier("file", path.name), name="ocrtune", versionInfo=version, packageFileName=path.name,
                           licenseDeclared="Apache-2.0", checksums=[spdx.sha256(path)],
                           **({"externalRefs": [spdx.purl(f"pkg:pypi/ocrtune@{version}")]} if path == wheel else {}))
        document.relate("SPDXRef-DOCUMENT", "DESCRIBES", ref)
        for other in [*inside, *(document.add_debian(name, spdx.installed_version(name), SUITE) for name in further)]:
            document.relate(ref, "CONTAINS", other)
    spdx.write(document, f"ocrtune-{version}-portable", out / f"ocrtune-{version}.spdx.json")


if __name__ == "__main__":
    main()
