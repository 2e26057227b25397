"""What a pack and a workbook say, read back from their bytes; and what a page says, without its tags."""

import html
import io
import re

import openpyxl
from pypdf import PdfReader

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
HIDES = re.compile(
    r"<(script|style|select|nav|header|footer)\b.*?</\1>|<(p|div|ul)\b[^>]*\bsw-noprint\b.*?</\2>", re.DOTALL
)  # what a page prints is what it says of its figures
OF_THE_PAGE = re.compile(r"Printed \d+ \w+ \d+ at \d\d:\d\d|\(\d+ rows?\)")  # no figures


def numbers(text):
    """Every number of a text, as it is written."""
    return set(NUMBER.findall(text))


def said_by_page(page):
    """The text of the main part of a page; what stands in its pictures is text too."""
    main = re.search(r"<main\b.*</main>", page, re.DOTALL)[0]
    return OF_THE_PAGE.sub("", html.unescape(re.sub(r"<[^>]+>", " ", HIDES.sub(" ", main))))


def pdf(content):
    return PdfReader(io.BytesIO(content))


def said_by_pdf(content):
    """The text of every page, with no line broken."""
    return " ".join(" ".join(page.extract_text() for page in pdf(content).pages).split())


def structure(content):
    """Every tag of the paper: its kind and the words that stand for it, in the order of reading."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif hasattr(node, "get"):
            if "/S" in node:
                found.append((node["/S"], str(node.get("/Alt", ""))))
            if "/K" in node:
                walk(node["/K"])

    walk(pdf(content).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def table_of(sheet):
    """The heads and the rows of a sheet's table."""
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    return rows[0], rows[1:]
