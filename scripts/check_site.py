#!/usr/bin/python3
"""Every link, picture, style and script of a built site leads to a file in it and to an anchor that is there; only links that a
reader follows may lead to another server. Nothing of a page's Markdown is left in its text.

  scripts/check_site.py build/site
"""
import html.parser
import pathlib
import re
import sys
import urllib.parse

LEFT_OVER = re.compile(r"\]\(|```|\|---|\[@\w|\*\*|^\s*\| ", re.MULTILINE)
NO_END = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(html.parser.HTMLParser):
    """The anchors, links and text of a page."""

    def __init__(self, path):
        super().__init__()
        self.anchors, self.links, self.text, self.open = set(), [], [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.anchors.update(values[name] for name in ("id", "name") if values.get(name))
        for name in ("href", "src", "srcset", "data"):
            if values.get(name) and not (tag == "link" and values.get("rel") == "canonical"):
                self.links.append((tag, values[name]))
        if tag not in NO_END:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if not {"code", "pre", "script", "style"} & set(self.open):
            self.text.append(data)


def wrong_links(site, pages, path):
    for tag, link in pages[path].links:
        parts = urllib.parse.urlsplit(link)
        if parts.scheme or parts.netloc:
            if tag != "a" and parts.scheme != "data":
                yield f"{tag} from another server: {link}"
            continue
        target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
        if parts.path.startswith("/"):
            target = site / parts.path.lstrip("/")
        if target.is_dir():
            target /= "index.html"
        if not target.is_relative_to(site) or not target.exists():
            yield f"no such file: {link}"
        elif parts.fragment and target in pages and urllib.parse.unquote(parts.fragment) not in pages[target].anchors:
            yield f"no such anchor: {link}"


def main():
    site = pathlib.Path(sys.argv[1]).resolve()
    pages = {path: Page(path) for path in sorted(site.rglob("*.html"))}
    wrong = []
    for path, page in pages.items():
        if path.name != "404.html":
            wrong += [f"{path.relative_to(site)}: {what}" for what in wrong_links(site, pages, path)]
        found = LEFT_OVER.search("".join(page.text))
        if found is not None:
            around = "".join(page.text)[max(0, found.start() - 60):found.end() + 60]
            wrong.append(f"{path.relative_to(site)}: Markdown is left: {around!r}")
    for path in site.rglob("*.css"):
        for address in re.findall(r"(?:url\(|@import )\s*['\"]?((?:https?:)?//[^'\")\s]+)", path.read_text(encoding="utf-8")):
            wrong.append(f"{path.relative_to(site)}: from another server: {address}")
    for line in wrong:
        print(f"site: {line}", file=sys.stderr)
    print(f"site: {len(pages)} pages, {sum(len(page.links) for page in pages.values())} links")
    sys.exit(1 if wrong or not pages else 0)


if __name__ == "__main__":
    main()
