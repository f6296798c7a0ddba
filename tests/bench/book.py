"""Measures e-books without pages: time, size and memory.

    book.py PROGRAM ROOT CORPUS [--write FILE]

1. The first article: CPU time of a whole run of the program, the least of some.
2. A hundred figures of 20 MB each: the size of the book, the peak of memory.
3. Every real article, where there are any: CPU time of all of them together, with their pictures.

With `--write` the table goes into FILE between its marks.
"""

import os
import random
import resource
import struct
import subprocess
import sys
import tempfile

import between

RUNS = 20
SIDE = 2600


def run(arguments, folder):
    """Runs a process; gives its CPU seconds, its peak memory in MB and its exit status."""
    process = subprocess.Popen(arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, process.returncode


def photograph(path):
    """A BMP of 20 MB: light that changes from place to place, under grain."""
    grain = random.Random(1)
    tables = [bytes(base + at % 64 for at in range(256)) for base in range(20, 190)]
    with open(path, "wb") as file:
        size = SIDE * SIDE * 3
        file.write(b"BM" + struct.pack("<IHHI", 54 + size, 0, 0, 54))
        file.write(struct.pack("<IiiHHIIiiII", 40, SIDE, SIDE, 1, 24, 0, size, 2835, 2835, 0, 0))
        for row in range(SIDE):
            file.write(b"".join(grain.randbytes(300).translate(tables[(row // 20 + part * 7) % len(tables)]) for part in range(SIDE // 100)))


def figures(program, folder):
    names = [f"figure-{at}.bmp" for at in range(100)]
    photograph(os.path.join(folder, names[0]))
    for name in names[1:]:
        os.link(os.path.join(folder, names[0]), os.path.join(folder, name))
    body = "".join(f"<fig><graphic xlink:href='{name}'><alt-text>x</alt-text></graphic></fig>" for name in names)
    front = "<front><article-meta><title-group><article-title>Figures</article-title></title-group></article-meta></front>"
    with open(os.path.join(folder, "figures.xml"), "w", encoding="utf-8") as out:
        out.write(f"<article xml:lang='en' xmlns:xlink='http://www.w3.org/1999/xlink'>{front}<body>{body}</body></article>")
    cpu, peak, status = run([program, "build", "figures.xml", "--to", "epub", "--out-dir", "out"], folder)
    if status != 0:
        sys.exit("bench: the book with a hundred figures was not made")
    return os.path.getsize(os.path.join(folder, "out", "figures.epub")) / 1e6, peak, cpu


def main():
    program, root = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    corpus = os.path.abspath(sys.argv[3])
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        master = os.path.join(root, "source/korea-kyrgyzstan/article.xml")
        build = [program, "build", master, "--to", "epub", "--out-dir", "out", "--force"]
        first = min(run(build, folder)[0] for _ in range(RUNS))
        rows.append(("e-book of the first article, without pages", first * 1000, 30, "ms of CPU"))
        rows.append(("its size", os.path.getsize(os.path.join(folder, "out", "korea-kyrgyzstan.epub")) / 1e3, 150, "KB"))
        size, peak, cpu = figures(program, folder)
        rows.append(("a hundred figures of 20 MB", size, 25, "MB"))
        rows.append(("memory for them", peak, 200, "MB"))
        if os.path.isdir(corpus):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            run([program, "build", corpus, "--to", "epub", "--out-dir", "all", "--missing-figures", "warn", "--missing-glyphs", "warn"], folder)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            books = sum(name.endswith(".epub") for _, _, names in os.walk(os.path.join(folder, "all")) for name in names)
            rows.append((f"e-books of {books} real articles", after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 40, "s of CPU"))
    print("e-books without pages")
    for name, value, limit, unit in rows:
        print(f"  {name:<44}{value:8.1f} {unit:<10} at most {limit} {unit:<10} {'ok' if value <= limit else 'OVER'}")
    print(f"  a hundred figures of 20 MB took {cpu:.0f} s of CPU")
    if sys.argv[4:5] == ["--write"]:
        table = "| e-books without pages | measured | at most |\n|---|---|---|\n"
        table += "".join(f"| {name} | {value:.0f} {unit} | {limit} {unit} |\n" for name, value, limit, unit in rows)
        between.write(sys.argv[5], "measured", table)


main()
