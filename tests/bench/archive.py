"""An archive in one call, beside a loop of pandoc over the same articles, as ratios within one run.

    archive.py PROGRAM ROOT COUNT [CORPUS]

The articles are real ones where CORPUS is there, every so many of it up to COUNT; else the masters of `source/`, again and again under new names.

1. Ours makes PDF, EPUB and proof of all, in one call and one thread. `--timings` says what of it the engine takes, which any other program with it would take too.
2. pandoc makes an EPUB of each, and Typst code, of which the engine's own program then makes a PDF. Both are mended first, because hardly an article's code compiles
   as it is: the master loses its `xref` tags, since pandoc's citations name labels that it does not set, and a picture, of which no file is there, is a frame, as in ours.
   What still cannot be compiled counts with the time that it took until then, and is counted.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile

from batch import repeat, run

COMPILE = """
import sys, typst
for path in sys.argv[2:]:
    try:
        typst.compile(path, output=path[:-4] + ".pdf", font_paths=[sys.argv[1]], ignore_system_fonts=True)
    except Exception as error:
        print("failed", path, str(error)[:80], file=sys.stderr)
"""

# A picture in pandoc's Typst code, with what it says of it.
PICTURE = re.compile(r'image\("(?:[^"\\]|\\.)*"(?:, (?:alt|height|width): (?:"(?:[^"\\]|\\.)*"|[^,)]*))*\)')


def gather(root, corpus, count, folder):
    """Copies the articles with their pictures; gives their paths."""
    if not corpus:
        repeat(root, folder, count)
        return sorted(os.path.join(folder, name, "article.xml") for name in os.listdir(folder))
    found = sorted(os.path.join(place, name) for place, _, names in os.walk(corpus) for name in names if name.endswith(".xml"))
    step = max(1, len(found) // count)
    paths = []
    for no, path in enumerate(found[::step][:count]):
        own = os.path.join(folder, f"{no:04}.xml")
        shutil.copyfile(path, own)
        paths.append(own)
    return paths


def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def pandoc(program, paths, folder, fonts):
    """CPU seconds of a loop of pandoc over the articles, and how many PDFs and EPUBs came of it."""
    begun = children()
    codes = []
    for path in paths:
        stem = os.path.join(folder, os.path.basename(os.path.dirname(path)) + "-" + os.path.basename(path)[:-4])
        with open(path, encoding="utf-8", errors="replace") as read, open(stem + ".xml", "w", encoding="utf-8") as written:
            written.write(re.sub(r"</?xref\b[^>]*>", "", read.read()))
        for kind, suffix in (("epub3", ".epub"), ("typst", ".typ")):
            subprocess.run([program, "-f", "jats", "-t", kind, "-s", stem + ".xml", "-o", stem + suffix], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if os.path.exists(stem + ".typ"):
            with open(stem + ".typ", encoding="utf-8") as read:
                code = read.read()
            with open(stem + ".typ", "w", encoding="utf-8") as written:
                written.write(PICTURE.sub("rect(width: 60%, height: 40mm)", code))
            codes.append(stem + ".typ")
    for at in range(0, len(codes), 20):
        subprocess.run([sys.executable, "-c", COMPILE, fonts, *codes[at : at + 20]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    names = os.listdir(folder)
    return children() - begun, sum(name.endswith(".pdf") for name in names), sum(name.endswith(".epub") for name in names)


def main():
    program, root, count = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), int(sys.argv[3])
    corpus = os.path.abspath(sys.argv[4]) if len(sys.argv) > 4 and os.path.isdir(sys.argv[4]) else None
    import pypandoc

    with tempfile.TemporaryDirectory() as folder:
        articles, other = os.path.join(folder, "in"), os.path.join(folder, "pandoc")
        os.makedirs(articles)
        os.makedirs(other)
        paths = gather(root, corpus, count, articles)
        call = [program, "build", "in", "--out-dir", "out", "--missing-figures", "warn", "--missing-glyphs", "warn", "--jobs", "1", "--timings", "--message-format", "short"]
        # Real articles have errors, which are named; the others are built.
        _, cpu, peak, said = run(call, folder, fine=(0, 1))
        stages = {name.strip(): float(number) for name, number in re.findall(r"timing: (.*?)\s+([\d.]+) ms", said)}
        ours = len([name for name in os.listdir(os.path.join(folder, "out")) if name.endswith(".pdf")])
        theirs, pdfs, epubs = pandoc(pypandoc.get_pandoc_path(), paths, other, os.path.join(root, "fonts"))
    whole = (stages["engine"] + stages["the rest"]) / stages["engine"]
    print(f"{len(paths)} {'real articles' if corpus else 'articles'} in one call")
    print(f"  diglot, PDF and EPUB and proof      {cpu:8.1f} s of CPU, {ours} of each, peak {peak:.0f} MB")
    print(f"  pandoc, EPUB and PDF by Typst       {theirs:8.1f} s of CPU, {pdfs} PDFs and {epubs} EPUBs")
    print(f"  the engine's part of ours, of pandoc's CPU time {stages['engine'] / 1000 / theirs:.2f}")
    for name, value, limit in (("all of ours, of the engine's time", whole, 1.2), ("ours, of pandoc's CPU time", cpu / theirs, 1 / 3)):
        print(f"  {name:<44}{value:8.2f}     at most {limit:.2f}  {'ok' if value <= limit else 'OVER'}")


main()
