"""Anchors of headings in the pages of docs/."""
import re


def slug(text, separator="-"):
    """GitHub's anchor of a heading."""
    kept = "".join(c for c in re.sub(r"<[^>]*>", "", text).lower() if c.isalnum() or c in "-_ ")
    return kept.strip().replace(" ", "-")
