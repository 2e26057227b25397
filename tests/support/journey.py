"""A person's way through the site in a real browser. Every page on it is checked, without being asked to."""

from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

from support.site import PASSWORD

DESKTOP, PHONE = 1280, 390
WIDTHS = (320, PHONE, 768, 1000, DESKTOP)
HEIGHT = 900
SETTLED_MS = 500
WIDE = "document.documentElement.scrollWidth"
CUT_OFF = """() => [...document.querySelectorAll('.sw-chart text')].filter(text => {
  const [word, picture] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
  return word.width && (word.left < picture.left - 1 || word.right > picture.right + 1);
}).map(text => text.textContent)"""
OVERFLOWING = """width => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > width + 1 && getComputedStyle(e).position !== 'absolute')
  .slice(0, 5).map(e => `${e.tagName}.${e.className?.baseVal ?? e.className}`)"""


class Journey:
    """One person, one browser window.

    Everything that loads a page goes through `_arrives`, which runs axe and looks for sideways scrolling;
    `ends` finds pages that were loaded and not checked, errors in the console and requests to other hosts.
    """

    def __init__(self, context, address: str, *, script: bool = True) -> None:
        self.address, self.script = address.rstrip("/"), script
        self.page = context.new_page()
        self.checked: Counter[str] = Counter()
        self.loaded: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.expected_statuses = {200}
        self.page.on("console", self._says)
        self.page.on("pageerror", lambda error: self.wrong.append(f"script failed: {error}"))
        self.page.on("request", self._requests)
        self.page.on("response", self._answers)

    # what a person does

    def signs_in_as(self, username: str, password: str = PASSWORD) -> None:
        self.opens("/sign-in/")
        self.page.get_by_label("User name or e-mail address").fill(username)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.presses("Sign in")

    def opens(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")
        self._arrives()

    def follows(self, link: str) -> None:
        self._goes_by(self.page.get_by_role("link", name=link, exact=True).first)

    def presses(self, button: str) -> None:
        within = self.page.get_by_role("main").or_(self.page.locator(".sw-context"))
        self._goes_by(within.get_by_role("button", name=button, exact=True).first)

    def signs_out(self) -> None:
        self._goes_by(self.page.get_by_role("banner").get_by_role("button", name="Sign out"))

    def switches_to(self, place: str) -> None:
        self.page.get_by_label("Place", exact=True).select_option(label=place)
        self.presses("Show place")

    def downloads(self, link: str, section: str = "") -> tuple[str, bytes]:
        within = self.page.locator(section) if section else self.page
        with self.page.expect_download() as waiting:
            within.get_by_role("link", name=link).first.click()
        path = waiting.value.path()
        return waiting.value.suggested_filename, Path(path).read_bytes()

    def at_width(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    # what they see

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def table(self, section: str) -> list[list[str]]:
        """The cells of the first table of a section, row by row, as text."""
        rows = self.page.locator(section).locator("tbody tr").all()
        return [[cell.inner_text() for cell in row.locator("th, td").all()] for row in rows]

    # what is checked without being asked

    def _goes_by(self, what) -> None:
        with self.page.expect_navigation(wait_until="load"):
            what.click()
        self._arrives()

    def _arrives(self) -> None:
        self.checked[self._where(self.page.url)] += 1
        if self.script:
            self._fits()
            for width in (PHONE, DESKTOP):
                self.at_width(width)
                self._accessible(width)

    def _fits(self) -> None:
        for width in WIDTHS:
            self.at_width(width)
            wide = self.page.evaluate(WIDE)
            if wide > width:  # the header's menu is laid out anew a moment after the width has changed
                self.page.wait_for_timeout(SETTLED_MS)
                wide = self.page.evaluate(WIDE)
            if cut := self.page.evaluate(CUT_OFF):
                self.wrong.append(f"{self.page.url} cuts words of a chart off at {width}: {cut}")
            if wide > width:
                by = self.page.evaluate(OVERFLOWING, width)
                self.wrong.append(f"{self.page.url} scrolls sideways at {width}: {wide} wide, {by}")

    def _accessible(self, width: int) -> None:
        found = Axe().run(self.page).response["violations"]
        for one in found:
            if one["impact"] in {"serious", "critical"}:
                where = [node["target"] for node in one["nodes"][:3]]
                self.wrong.append(f"{self.page.url} at {width}: {one['id']}, {one['help']}: {where}")

    def _where(self, url: str) -> str:
        return url.split("#")[0]

    def _says(self, message) -> None:
        # the browser reports every answer of 400 and over here; a journey says which it expects
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.wrong.append(f"console: {message.text}")

    def _requests(self, request) -> None:
        host = urlsplit(request.url).netloc
        if request.url.startswith("http") and host != urlsplit(self.address).netloc:
            self.wrong.append(f"request to another host: {request.url}")

    def _answers(self, response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.wrong.append(f"{response.url} answered {response.status}")
        page = response.request.is_navigation_request() and response.status not in {301, 302}
        if page and "attachment" not in response.headers.get("content-disposition", ""):
            self.loaded[self._where(response.url)] += 1

    def ends(self) -> list[str]:
        """Everything that was wrong on the way."""
        unchecked = self.loaded - self.checked
        return self.wrong + [f"{url} was loaded and not checked" for url in unchecked]
