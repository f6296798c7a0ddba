#!/usr/bin/env python3
"""Builds real articles and holds what became of each against the table `figures.tsv`, both ways.

1. The program builds the articles, PDF and EPUB, and says what it found in its report; then the largest, each alone, for their memory.
2. The words of each master are looked for in the PDF (by `pdftotext`) and in the XHTML of the book, by code that the program does not share.
3. EPUBCheck and veraPDF judge all outputs, one JVM each (`--judge`).
4. The rows are compared with the table. An article that became better fails too, until `BLESS=1` writes its row anew.

Usage: corpus.py [--sample] [--judge] DIGLOT CORPUS
"""

import collections
import json
import os
import resource
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from reading import book_text, kept, master_pieces, pdf_text, size

HERE = Path(__file__).resolve().parent
TABLE = HERE / "figures.tsv"
COLUMNS = ["master", "sha256", "pages", "words", "pdf", "epub", "losses", "errors", "warnings", "epubcheck", "verapdf"]
SWITCHES = ["--missing-figures", "warn", "--missing-glyphs", "warn"]
# So many masters are built alone for their memory: among them is the one that takes most, as all of them were measured once.
LARGEST = 24


def counted(record, severity):
    codes = collections.Counter(said["code"] for said in record["diagnostics"] if said["severity"] == severity)
    return " ".join(f"{code}:{count}" for code, count in sorted(codes.items())) or "-"


def row(record, corpus):
    master = Path(record["master"])
    made = {output["format"]: output for output in record["outputs"]}
    try:
        found = master_pieces(master)
    except ET.ParseError:
        # Not well-formed: the program repairs some of these, this check does not.
        found = None
    said = {"master": str(master.relative_to(corpus)), "sha256": record["sha256"][:16], "pages": str(made["pdf"].get("pages", "-")),
            "words": "-" if found is None else str(size(found))}
    for kind, text_of in (("pdf", pdf_text), ("epub", book_text)):
        there = made[kind]["written"]
        said[kind] = "none" if not there else "-" if found is None else str(kept(found, text_of(made[kind]["path"])))
    said["losses"] = str(sum(output["losses"] for output in made.values()))
    said["errors"], said["warnings"] = counted(record, "error"), counted(record, "warning")
    return said


def alone(diglot, masters):
    """The most memory that one of the largest masters takes when it is built alone, in MB, and which it is."""
    most = (0, "")
    for master in sorted(masters, key=lambda path: -path.stat().st_size)[:LARGEST]:
        with tempfile.TemporaryDirectory(prefix="diglot-corpus-") as place:
            made = subprocess.Popen([diglot, "build", master, "--jobs", "1", "--out-dir", place, *SWITCHES], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, _, used = os.wait4(made.pid, 0)
        most = max(most, (used.ru_maxrss // 1024, master.name))
    return most


def judged(rows, records):
    """Adds what the judges say of each output."""
    run = HERE.parent / "judges" / "run"
    paths = {kind: {output["path"]: rows[i] for i, record in enumerate(records) for output in record["outputs"]
                    if output["format"] == kind and output["written"]} for kind in ("pdf", "epub")}
    for line in subprocess.run([run, "epub", *paths["epub"]], capture_output=True, text=True, check=False).stdout.splitlines():
        kind, path, *rest = line.split("\t")
        if kind in ("ok", "fail"):
            paths["epub"][path]["epubcheck"] = f"{rest[0]} {rest[1]}"
        else:
            print(f"{kind}: {path}: {' '.join(rest)}"[:300])
    pairs = [f"{flavour}:{path}" for path in paths["pdf"] for flavour in ("2a", "ua1")]
    for line in subprocess.run([run, "pdf", *pairs], capture_output=True, text=True, check=False).stdout.splitlines():
        kind, flavour, path, *rest = line.split("\t")
        said = paths["pdf"][path]
        if kind == "ok":
            said.setdefault("verapdf", "0")
        else:
            said["verapdf"] = str(int(said.get("verapdf", "0")) + 1)
            print(f"{kind}: {flavour} {path}: {' '.join(rest)}"[:300])


def main():
    switches = [argument for argument in sys.argv[1:] if argument.startswith("--")]
    diglot, corpus = [Path(argument).resolve() for argument in sys.argv[1:] if not argument.startswith("--")]
    if not corpus.is_dir():
        print(f"skipped: there are no articles in {corpus}")
        return 0
    sample, judge, bless = "--sample" in switches, "--judge" in switches, os.environ.get("BLESS") == "1"
    masters = sorted(path for path in corpus.rglob("*") if path.suffix in (".xml", ".nxml"))
    if sample:
        masters = [path for path in masters if path.stat().st_size < 300_000][7::25]
    with tempfile.TemporaryDirectory(prefix="diglot-corpus-") as place:
        report = Path(place) / "report.json"
        names = [str(path) for path in masters] if sample else [str(corpus)]
        done = subprocess.run([diglot, "build", *names, "--out-dir", Path(place) / "out", "--report", report, *SWITCHES],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=3600)
        if done.returncode not in (0, 1) or not report.exists():
            print(f"the program ended with {done.returncode}")
            return 1
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        records = json.loads(report.read_text())["masters"]
        rows = [row(record, corpus) for record in records]
        if judge:
            judged(rows, records)
    print(f"{len(rows)} articles, {used.ru_utime + used.ru_stime:.0f} CPU s, {used.ru_maxrss // 1024} MB at most in one process for all of them")
    if not sample:
        memory, name = alone(diglot, masters)
        print(f"built alone, the {LARGEST} largest masters take {memory} MB at most ({name})")
    return compare(rows, sample, judge, bless) if said(rows) else 1


def said(rows):
    """Prints the sums. False where the program met a fault of its own."""
    number = lambda text: int(text) if text.isdigit() else 0
    print(f"{sum(number(one['pages']) for one in rows)} pages; without an output:", *[one["master"] for one in rows if "none" in (one["pdf"], one["epub"])] or ["none"])
    errors = collections.Counter(code.split(":")[0] for one in rows for code in one["errors"].split() if code != "-")
    print("articles with errors, by code:", dict(errors) or "none")
    for kind in ("pdf", "epub"):
        checked = [one for one in rows if one[kind].isdigit()]
        lost = [(int(one["words"]) - int(one[kind]), one) for one in checked]
        whole, there = sum(int(one["words"]) for one in checked), sum(int(one[kind]) for one in checked)
        print(f"{kind}: {there} of {whole} words found ({100 * there / max(1, whole):.3f} %); below 99.9 %:")
        for less, one in sorted(lost, key=lambda pair: -pair[0]):
            if less > 0.001 * int(one["words"]):
                print(f"  {one['master']}: {less} of {one['words']}")
    print("articles with losses by the proof:", *[one["master"] for one in rows if one["losses"] != "0"] or ["none"])
    return True


def compare(rows, sample, judge, bless):
    kept_rows = {}
    if TABLE.exists():
        lines = TABLE.read_text(encoding="utf-8").splitlines()
        kept_rows = {line.split("\t")[0]: dict(zip(COLUMNS, line.split("\t"))) for line in lines[1:]}
    columns = COLUMNS if judge else COLUMNS[:-2]
    differences = []
    for one in rows:
        old = kept_rows.get(one["master"], {})
        for column in columns:
            if old.get(column) != one.get(column, "-"):
                differences.append(f"{one['master']}: {column}: kept {old.get(column)}, now {one.get(column, '-')}")
        kept_rows[one["master"]] = {column: one.get(column, old.get(column, "-")) for column in COLUMNS}
    if not sample:
        gone = set(kept_rows) - {one["master"] for one in rows}
        differences += [f"{name}: is not there any more" for name in sorted(gone)]
        for name in gone:
            del kept_rows[name]
    if bless:
        lines = ["\t".join(COLUMNS)] + ["\t".join(kept_rows[name][column] for column in COLUMNS) for name in sorted(kept_rows)]
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return 0
    if differences:
        print(f"{TABLE.name} differs in {len(differences)} places (`make corpus BLESS=1` writes it anew):", *differences[:60], sep="\n")
    return int(bool(differences))


if __name__ == "__main__":
    sys.exit(main())
