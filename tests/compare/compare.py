"""Compares the e-books of this program with pandoc's, from the same masters, point by point.

    compare.py DIGLOT PANDOC MASTER...        prints the table of docs/COMPARE.md

Each point is a question to the packed files, the same for both, and shares no code with the program. A point that a master gives no occasion for is left out
of its column.
"""

import os
import re
import subprocess
import sys
import tempfile
import zipfile
import xml.etree.ElementTree as tree

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
XML = "{http://www.w3.org/XML/1998/namespace}"
XLINK = "{http://www.w3.org/1999/xlink}"


class Book:
    def __init__(self, path):
        self.size = os.path.getsize(path)
        with zipfile.ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.package = next(data.decode() for name, data in self.files.items() if name.endswith(".opf"))
        self.texts = {name: tree.fromstring(data) for name, data in self.files.items() if name.endswith(".xhtml")}
        self.nav = next((root for name, root in self.texts.items() if "nav" in name), None)
        self.body = [root for name, root in self.texts.items() if root is not self.nav]

    def all(self, tag):
        return [node for root in self.body for node in root.iter(XHTML + tag)]

    def words(self):
        return " ".join(" ".join("".join(root.itertext()).split()) for root in self.body)


def text(node):
    return " ".join("".join(node.itertext()).split())


def occasions(master):
    """What the master has that a book could lose."""
    root = tree.parse(master).getroot()
    first = lambda path: next((text(node) for node in root.iterfind(path) if text(node)), None)
    return {
        "lang": root.get(XML + "lang", "en"),
        "title": first(".//article-meta/title-group/article-title"),
        "other": [text(node) for node in root.iterfind(".//trans-title") if text(node)],
        "doi": first(".//article-meta/article-id[@pub-id-type='doi']"),
        "issn": first(".//journal-meta/issn"),
        "abstracts": [text(node)[:60] for tag in ("abstract", "trans-abstract") for node in root.iterfind(f".//article-meta/{tag}//p") if text(node)],
        "keywords": [text(node) for node in root.iterfind(".//article-meta//kwd") if text(node)],
        "names": [text(node) for node in root.iterfind(".//article-meta//contrib//surname") if text(node)],
        "labels": [text(node) for tag in ("fig", "table-wrap") for node in root.iterfind(f".//{tag}/label") if text(node)],
        "equations": [text(node) for node in root.iterfind(".//disp-formula/label") if text(node)],
        "citations": len(root.findall(".//xref[@ref-type='bibr']")),
        "formulas": len(root.findall(".//{http://www.w3.org/1998/Math/MathML}math")) + len(root.findall(".//tex-math")),
        "alt": [text(node) for node in root.iterfind(".//fig//alt-text") if text(node)],
        "foreign": any(node.get(XML + "lang") for tag in ("trans-title-group", "trans-abstract", "foreign", "named-content") for node in root.iter(tag)),
    }


def share(wanted, found):
    """How many of the wanted things are there, as `3 of 4`; None where nothing is wanted."""
    if not wanted:
        return None
    return f"{sum(1 for one in wanted if one in found)} of {len(wanted)}"


def yes(condition, occasion=True):
    return None if not occasion else "yes" if condition else "no"


def broken(book):
    """Links inside the book that lead nowhere."""
    ids = {(os.path.basename(name), node.get("id")) for name, root in book.texts.items() for node in root.iter() if node.get("id")}
    names = {os.path.basename(name) for name in book.files}
    count = 0
    for name, root in book.texts.items():
        for node in root.iter(XHTML + "a"):
            href = node.get("href") or ""
            if not href or ":" in href:
                continue
            file, _, fragment = href.partition("#")
            file = os.path.basename(file or name)
            count += file not in names or bool(fragment) and (file, fragment) not in ids
    return count


def points(book, master):
    said = occasions(master)
    words = book.words()
    everything = words + book.package
    roles = [node.get("role") or "" for root in book.body for node in root.iter()]
    math = [node for root in book.body for node in root.iter("{http://www.w3.org/1998/Math/MathML}math")]
    lang = re.search(r"<dc:language[^>]*>([^<]*)<", book.package)
    return {
        "language of the package is the master's": yes(lang and lang.group(1).split("-")[0] == said["lang"].split("-")[0]),
        "languages of runs are marked": yes(any(node.get("lang") not in (None, said["lang"]) for root in book.body for node in root.iter() if node is not root), said["foreign"]),
        "titles in other languages": share(said["other"], everything),
        "surnames, in every script": share(said["names"], everything),
        "abstracts, in every language": share(said["abstracts"], words),
        "keywords, in every language": share(said["keywords"], everything),
        "DOI in the metadata": yes(said["doi"] and said["doi"] in book.package, bool(said["doi"])),
        "ISSN in the metadata": yes(said["issn"] and said["issn"] in book.package, bool(said["issn"])),
        "labels of figures and tables": share(said["labels"], words),
        "numbers of formulas": share(said["equations"], words),
        "citations that are links": f"{min(roles.count('doc-biblioref'), said['citations'])} of {said['citations']}" if said["citations"] else None,
        "links back from references": yes("doc-backlink" in roles, bool(said["citations"])),
        "formulas with a text for ears": f"{sum(1 for node in math if node.get('alttext'))} of {said['formulas']}" if said["formulas"] else None,
        "descriptions of figures": share(said["alt"], [" ".join((node.get("alt") or "").split()) for node in book.all("img")]),
        "printed pages": str(sum(1 for node in book.nav.iter(XHTML + "nav") if node.get(OPS + "type") == "page-list" for _ in node.iter(XHTML + "a"))) if book.nav is not None else "0",
        "landmarks": str(sum(1 for node in book.nav.iter(XHTML + "nav") if node.get(OPS + "type") == "landmarks" for _ in node.iter(XHTML + "a"))) if book.nav is not None else "0",
        "accessibility metadata": str(len(set(re.findall(r"schema:access\w+", book.package)))),
        "links that lead nowhere": str(broken(book)),
        "size": f"{book.size // 1024} KB, {sum(len(data) for data in book.files.values()) // 1024} unpacked",
    }


def complaints(path):
    """What EPUBCheck says: errors and warnings; None where it is not there."""
    run = os.path.join(os.path.dirname(__file__), "..", "judges", "run")
    output = subprocess.run([run, "epub", path], capture_output=True, text=True, check=False)
    line = next((line.split("\t") for line in output.stdout.splitlines() if line.startswith(("ok\t", "fail\t"))), None)
    return f"{line[2]} errors, {line[3]} warnings" if line else None


def same(make, path):
    """Whether a second run makes the same bytes."""
    with open(path, "rb") as file:
        once = file.read()
    make(path)
    with open(path, "rb") as file:
        return once == file.read()


def main():
    diglot, pandoc, masters = sys.argv[1], sys.argv[2], sys.argv[3:]
    version = subprocess.run([pandoc, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    print(f"Made by `make compare`: {version}, `pandoc --from jats --to epub3`, against `diglot build`.")
    with tempfile.TemporaryDirectory() as folder:
        for master in masters:
            master = os.path.abspath(master)
            stem = os.path.splitext(os.path.basename(master))[0]
            name = os.path.basename(os.path.dirname(master)) if stem == "article" else stem
            makers = {
                # With the pages, which the book lists; made anew the second time too.
                "diglot": lambda path: subprocess.run([diglot, "build", master, "--to", "pdf,epub", "--out-dir", os.path.dirname(path), "--force"], capture_output=True, check=False),
                "pandoc": lambda path: subprocess.run([pandoc, "--from", "jats", "--to", "epub3", master, "-o", path], capture_output=True, check=False, cwd=os.path.dirname(master)),
            }
            columns = {}
            for maker, make in makers.items():
                inner = os.path.join(folder, maker, name)
                os.makedirs(inner, exist_ok=True)
                path = os.path.join(inner, f"{name}.epub")
                make(path)
                if not os.path.exists(path):
                    continue
                column = points(Book(path), master)
                said = complaints(path)
                if said:
                    column["EPUBCheck"] = said
                column["the same bytes when made again"] = yes(same(make, path))
                columns[maker] = column
            print(f"\n## {name}\n\n| | diglot | pandoc |\n|---|---|---|")
            for point in columns.get("diglot", {}):
                cells = [columns.get(maker, {}).get(point) for maker in ("diglot", "pandoc")]
                if any(cell is not None for cell in cells):
                    print(f"| {point} | {cells[0] or '–'} | {cells[1] or '–'} |")


if __name__ == "__main__":
    main()
