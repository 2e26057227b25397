"""Pictures made fit for a page: ids of their own, one role and description, nothing that a policy forbids."""

import re
from html import escape

ROOT = re.compile(r"<svg\b[^>]*>")
INNER_ARIA = re.compile(r'\s(?:aria-[a-z]+|role)="[^"]*"')
STYLE = re.compile(r'\sstyle="[^"]*"')
NUMBER = re.compile(r"\d+\.\d{2,}")
SIZE = re.compile(r'width="(\d+(?:\.\d+)?)" height="(\d+(?:\.\d+)?)"')


def cleaned(svg: str, prefix: str) -> str:
    """The picture with prefixed ids, without inner ARIA and inline style, its decimals rounded to one."""
    svg = INNER_ARIA.sub("", STYLE.sub("", svg))
    svg = re.sub(r'\bid="', f'id="{prefix}', svg)
    svg = re.sub(r"url\(#", f"url(#{prefix}", svg)
    svg = re.sub(r'href="#', f'href="#{prefix}', svg)
    return NUMBER.sub(lambda found: f"{float(found[0]):.1f}", svg)


def inline(svg: str, chart: str, kind: str) -> str:
    """The picture inside a page: named by the chart's heading and described by its words."""
    width, height = _size(svg)
    root = (
        f'<svg class="sw-chart sw-chart--{kind}" role="img" aria-labelledby="{chart}-title" '
        f'aria-describedby="{chart}-words" focusable="false" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">'
    )
    return ROOT.sub(root, svg, count=1)


def standalone(svg: str, title: str, words: str) -> str:
    """The picture as a file of its own, with its title and its words inside."""
    width, height = _size(svg)
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><title>{escape(title)}</title><desc>{escape(words)}</desc>'
    )
    return ROOT.sub(root, svg, count=1)


def _size(svg: str) -> tuple[str, str]:
    found = SIZE.search(svg)
    if found is None:
        raise ValueError("The drawn picture has no width and height.")
    return found[1], found[2]
