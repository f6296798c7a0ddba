"""Judges e-books with Ace by DAISY.

    ace.py BOOK...

A line for each violation: `fail TAB book TAB impact TAB rule TAB place`, with `alt` for `fail` where nothing but a missing description in the master explains
it (the book's own summary says that some pictures have none). A line `ok TAB book` for a book without any. Exit status: 0 there are no violations but those,
1 there are others, 2 a book could not be judged.
"""

import json
import os
import subprocess
import sys
import tempfile
import zipfile

# What Ace says of a picture that has no description in the master: of the picture, and of metadata that rightly do not claim one.
DESCRIPTION = {"image-alt", "metadata-accessmodesufficient"}


def undescribed(book):
    """Whether the package document says itself that some pictures have no description."""
    with zipfile.ZipFile(book) as archive:
        package = archive.read("EPUB/package.opf").decode("utf-8")
    return ">visual<" in package and 'accessModeSufficient">textual<' not in package


def judge(book, npm):
    """The violations of one book: impact, rule, place."""
    with tempfile.TemporaryDirectory() as out:
        environment = dict(os.environ, PUPPETEER_EXECUTABLE_PATH=os.environ.get("DIGLOT_CHROMIUM", "/usr/bin/chromium"), ACE_TIMEOUT_INITIAL="60000")
        # The exit status is no verdict: a crash and a violation look alike, and a report that is not there is a crash.
        command = [os.path.join(npm, "node_modules/.bin/ace-cli"), "-s", "-o", out, "-f", book]
        try:
            subprocess.run(command, env=environment, capture_output=True, timeout=600, check=False)
            with open(os.path.join(out, "report.json"), encoding="utf-8") as file:
                report = json.load(file)
        except (OSError, subprocess.TimeoutExpired):
            return None
    found = []
    for part in report.get("assertions", []):
        place = part.get("earl:testSubject", {}).get("url", "")
        for violation in part.get("assertions", []):
            if violation.get("earl:result", {}).get("earl:outcome") == "fail":
                test = violation["earl:test"]
                html = (violation["earl:result"].get("html") or "")[:240].replace("\n", " ")
                found.append((test.get("earl:impact", "?"), test.get("dct:title", "?"), f"{place} {html}"))
    return found


def main():
    npm = os.environ.get("DIGLOT_NPM", ".")
    status = 0
    for book in sys.argv[1:]:
        found = judge(book, npm)
        if found is None:
            print(f"fail\t{book}\t-\tcannot-judge\tno report in ten minutes", flush=True)
            status = 2
            continue
        excused = undescribed(book)
        for impact, rule, place in found:
            word = "alt" if excused and rule in DESCRIPTION else "fail"
            status = max(status, int(word == "fail"))
            print(f"{word}\t{book}\t{impact}\t{rule}\t{place}", flush=True)
        if not found:
            print(f"ok\t{book}", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
