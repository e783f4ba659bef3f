#!/usr/bin/env python3
"""Writes the bill of materials of the packages in FOLDER (make_packages.sh; spdx.py): the packages with their checksums, what they depend on,
the npm packages and wheels inside them, and what they were built with.

  make_sbom.py FOLDER [FILE]       [FOLDER/ocrtune_VERSION.spdx.json]
"""
import pathlib
import re
import subprocess
import sys

import changelog
import spdx


def field(deb, name):
    return subprocess.run(["dpkg-deb", "--field", deb, name], check=True, capture_output=True, text=True).stdout.strip()


def built_with(folder):
    """Name and version of what was installed where the packages were built, of debian/control's Build-Depends."""
    (buildinfo,) = folder.glob("*.buildinfo")
    text = buildinfo.read_text(encoding="utf-8").split("Installed-Build-Depends:", 1)[1].split("\nEnvironment:", 1)[0]
    installed = dict(re.findall(r"^ ([a-z0-9.+-]+)(?::\w+)? \(= ([^)]+)\)", text, re.MULTILINE))
    control = (spdx.ROOT / "debian/control").read_text(encoding="utf-8")
    wanted = re.findall(r"^ ([a-z0-9.+-]+)", control.split("Build-Depends:", 1)[1].split("\nStandards", 1)[0], re.MULTILINE)
    return installed, sorted(name for name in wanted if name in installed)


def described(folder, suite):
    document = spdx.Document()
    version = changelog.released()[0]
    installed, tools = built_with(folder)
    inner = {
        "ocrtune": [document.add_npm(*each) for each in spdx.npm_packages(folder / f"ocrtune_{version}.orig.tar.xz", version)],
        "ocrtune-engine-ppocr": [document.add_wheel(*each) for each in spdx.wheels(folder / f"ocrtune_{version}.orig-ppocr.tar.xz")],
    }
    ours = sorted(path for path in folder.glob("*.deb") if "-dbgsym_" not in path.name)
    names = {field(deb, "Package") for deb in ours}
    for deb in ours:
        name = field(deb, "Package")
        ref = document.add(spdx.identifier("package", name), name=name, versionInfo=field(deb, "Version"), packageFileName=deb.name,
                           licenseDeclared="Apache-2.0", supplier=f"Organization: {field(deb, 'Maintainer').split(' <')[0]}",
                           checksums=[spdx.sha256(deb)],
                           externalRefs=[spdx.purl(f"pkg:deb/{name}@{field(deb, 'Version')}?arch={field(deb, 'Architecture')}&distro={suite}")])
        document.relate("SPDXRef-DOCUMENT", "DESCRIBES", ref)
        for needed in sorted(set(re.findall(r"(?:^|, )([a-z0-9.+-]+)", field(deb, "Depends")))):
            other = spdx.identifier("package", needed) if needed in names else document.add_debian(needed, installed.get(needed, "NOASSERTION"), suite)
            document.relate(ref, "DEPENDS_ON", other)
        for inside in inner.get(name, ()):
            document.relate(ref, "CONTAINS", inside)
        for tool in tools:
            document.relate(document.add_debian(tool, installed[tool], suite), "BUILD_DEPENDENCY_OF", ref)
    return document


def main(arguments):
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__.strip())
    folder = pathlib.Path(arguments[0])
    version, suite = changelog.released()[0], folder.resolve().name
    out = pathlib.Path(arguments[1]) if len(arguments) > 1 else folder / f"ocrtune_{version}.spdx.json"
    spdx.write(described(folder, suite), f"ocrtune-{version}-{suite}", out)


if __name__ == "__main__":
    main(sys.argv[1:])
