"""Measures many articles, long ones, and none that has changed; works out from it what a million take.

    batch.py PROGRAM ROOT [--write FILE] [--articles COUNT [--corpus FOLDER]]

The articles are the masters of `source/`, repeated under new names, so that anyone can measure the same. CPU time and peak memory are as the system
counts them; ways that are compared are taken in turn, and medians are shown. With `--write` the table goes into FILE between its marks.

1. 200 articles of which nothing has changed, and one of which has one changed word.
2. One thread, two threads, two worker processes (`--isolate`).
3. 10, 100 and 1,000 pages in one article: the exponent is how time grows with length; 1 is linear.
4. The memory of one process over COUNT articles (200 without it): the peak over the last tenth of them against that over the first. With 10,000 it takes an hour.
   With `--corpus` they are the articles below FOLDER instead, again and again under new names, and nothing else is measured.
"""

import argparse
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import between

MILLION = 1_000_000


def run(arguments, folder, fine=(0,)):
    """Runs a process, whose status has to be one of those that are `fine`; gives its seconds, its CPU seconds, its peak memory in MB and what it said."""
    begun = time.monotonic()
    process = subprocess.Popen(arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read().decode(errors="replace")
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in fine:
        sys.exit(f"bench: {' '.join(arguments[:4])} failed: {said[-2000:]}")
    return time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def repeat(root, folder, count):
    """Some articles: the masters of `source/` with their figures, again and again under new names."""
    source = os.path.join(root, "source")
    masters = sorted(name for name in os.listdir(source) if os.path.exists(os.path.join(source, name, "article.xml")))
    for no in range(count):
        name = masters[no % len(masters)]
        shutil.copytree(os.path.join(source, name), os.path.join(folder, f"{no:05}-{name}"))


def repeat_all(corpus, folder, count):
    """The articles below a folder, again and again under new names."""
    found = sorted(os.path.join(place, name) for place, _, names in os.walk(corpus) for name in names if name.endswith(".xml"))
    os.makedirs(folder)
    for no in range(count):
        os.symlink(os.path.abspath(found[no % len(found)]), os.path.join(folder, f"{no:06}.xml"))


def long_article(paragraphs):
    """An article of plain text, with a heading, a list of references and citations now and then."""
    text = "The text of a paragraph goes on for some lines, as it does in an ordinary article, and says nothing that matters here. " * 5
    parts = []
    for no in range(paragraphs):
        if no % 12 == 0:
            parts.append(f"</sec><sec id='s{no}'><title>Section {no}</title>" if no else f"<sec id='s{no}'><title>Section {no}</title>")
        parts.append(f"<p>{text}<xref ref-type='bibr' rid='r{no % 40}'>{no % 40 + 1}</xref></p>")
    references = "".join(f"<ref id='r{no}'><label>{no + 1}</label><mixed-citation>Author {no}. A title. A Journal, 2001.</mixed-citation></ref>" for no in range(40))
    front = "<front><article-meta><title-group><article-title>A long article</article-title></title-group></article-meta></front>"
    return f"<article xml:lang='en'>{front}<body>{''.join(parts)}</sec></body><back><ref-list>{references}</ref-list></back></article>"


def unchanged(program, folder):
    build = [program, "build", "in", "--out-dir", "out"]
    run(build, folder)
    time.sleep(0.1)
    run(build, folder)
    idle = [run(build, folder)[:2] for _ in range(9)]
    master = os.path.join(folder, "in", sorted(os.listdir(os.path.join(folder, "in")))[0], "article.xml")
    text = open(master, encoding="utf-8").read()
    one = []
    for turn in range(5):
        with open(master, "w", encoding="utf-8") as out:
            out.write(text.replace("</article-title>", f" {turn}</article-title>", 1))
        one.append(run(build, folder)[0])
    return statistics.median(wall for wall, _ in idle), statistics.median(one)


def ways(program, folder, rounds):
    """Seconds and CPU seconds of each way, in turn."""
    found = {"--jobs 1": [], "--jobs 2": [], "--jobs 2 --isolate": []}
    for _ in range(rounds):
        for way in found:
            wall, cpu, _, _ = run([program, "build", "in", "--out-dir", "out", "--force", *way.split()], folder)
            found[way].append((wall, cpu))
    return {way: tuple(statistics.median(part) for part in zip(*runs)) for way, runs in found.items()}


def lengths(program, folder):
    """Pages, CPU seconds and peak memory of longer and longer articles."""
    found = []
    for paragraphs in (70, 700, 7_000):
        with open(os.path.join(folder, "long.xml"), "w", encoding="utf-8") as out:
            out.write(long_article(paragraphs))
        best = None
        for _ in range(3 if paragraphs < 7_000 else 1):
            _, cpu, peak, said = run([program, "build", "long.xml", "--out-dir", "long", "--force"], folder)
            pages = int(re.search(r"long\.pdf: (\d+) page", said).group(1))
            best = min(best or (pages, cpu, peak), (pages, cpu, peak))
        found.append(best)
    return found


def flat(program, folder, count):
    """The peak memory, in MB, while the first tenth of the masters is built, and while the last is."""
    process = subprocess.Popen([program, "build", "in", "--out-dir", "out", "--force", "--jobs", "1", "--missing-figures", "warn", "--missing-glyphs", "warn"], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    done = [0]

    def count_lines():
        for line in process.stderr:
            done[0] += b".epub: " in line

    reader = threading.Thread(target=count_lines)
    reader.start()
    peaks = {}
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/statm") as statm:
                pages = int(statm.read().split()[1])
        except (OSError, IndexError):
            break
        tenth = min(9, 10 * done[0] // count)
        peaks[tenth] = max(peaks.get(tenth, 0), pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
        time.sleep(0.005)
    process.wait()
    reader.join()
    return peaks.get(0, 0), peaks.get(9, 0)


def million(cpu_each, peak, size_each):
    """What a million such articles take, as lines of a table."""
    hours = cpu_each * MILLION / 3600
    rows = [("CPU hours", f"{hours:,.0f}"), ("outputs", f"{size_each * MILLION / 1e12:.2f} TB")]
    for name, cores in (("one machine with 8 cores", 8), ("a server with 64", 64), ("a cluster with 1,000", 1_000)):
        spent = hours / cores
        rows.append((name, f"{spent / 24:.1f} days" if spent > 48 else f"{spent:.1f} hours" if spent >= 1 else f"{spent * 60:.0f} minutes"))
    rows.append(("memory, a core", f"{peak:.0f} MB"))
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("root", type=os.path.abspath)
    parser.add_argument("--write")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--corpus")
    asked = parser.parse_args()
    program, root = asked.program, asked.root
    if asked.corpus:
        with tempfile.TemporaryDirectory() as folder:
            repeat_all(asked.corpus, os.path.join(folder, "in"), asked.articles)
            first, last = flat(program, folder, asked.articles)
        print(f"| peak memory over {asked.articles:,} articles, last tenth against first | {last / first:.2f} ({last:.0f} and {first:.0f} MB) |")
        return
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        repeat(root, os.path.join(folder, "in"), 200)
        idle, one = unchanged(program, folder)
        if asked.articles != 200:
            shutil.rmtree(os.path.join(folder, "in"))
            repeat(root, os.path.join(folder, "in"), asked.articles)
        first, last = flat(program, folder, asked.articles)
        sizes = [os.path.getsize(os.path.join(folder, "out", name)) for name in os.listdir(os.path.join(folder, "out")) if not name.startswith(".")]
        shutil.rmtree(os.path.join(folder, "in"))
        repeat(root, os.path.join(folder, "in"), 40)
        ways_found = ways(program, folder, 3)
        long = lengths(program, folder)
    one_thread, cpu = ways_found["--jobs 1"]
    exponent = math.log(long[2][1] / long[1][1]) / math.log(long[2][0] / long[1][0])
    growth = math.log(long[2][2] / long[1][2]) / math.log(long[2][0] / long[1][0])
    lines += ["| what | measured |", "|---|---|"]
    lines.append(f"| 200 articles, nothing changed | {idle * 1000:.0f} ms |")
    lines.append(f"| 200 articles, one word of one of them changed | {one * 1000:.0f} ms |")
    lines.append(f"| an article of {len(sizes) // 2} in one run: PDF, EPUB and proof | {cpu / 40 * 1000:.0f} ms of CPU |")
    for way in ("--jobs 2", "--jobs 2 --isolate"):
        lines.append(f"| `{way}` against `--jobs 1`, seconds that pass | {one_thread / ways_found[way][0]:.2f} times as fast |")
    for pages, seconds, peak in long:
        lines.append(f"| {pages} pages in one article | {seconds:.2f} s of CPU, {peak:.0f} MB |")
    lines.append(f"| how time grows with length (1 is linear) | {exponent:.2f} |")
    lines.append(f"| how memory grows with length | {growth:.2f} |")
    lines.append(f"| peak memory over {asked.articles:,} articles, last tenth against first | {last / first:.2f} ({last:.0f} and {first:.0f} MB) |")
    lines += ["", "| a million articles | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in million(cpu / 40, last, sum(sizes) / (len(sizes) // 2))]
    table = "\n".join(lines) + "\n"
    print(table, end="")
    if asked.write:
        between.write(asked.write, "measured", table)


if __name__ == "__main__":
    main()
