"""Measures a cold build of the first master against other programs that set the same text.

CPU time (user and system, of the process and its children) and peak memory of each process, as the system counts
them; medians over interleaved runs, so that a machine that is busy for a while is unjust to all alike. Ratios hold on
any machine, seconds only on this one.

typst       the Python wheel, one `compile` of page.typ to PDF: once the whole process with Python's own start, and
            once without it (the CPU time that passes inside the call)
pandoc      the binary of the wheel pypandoc_binary: the master to EPUB, and the master to Typst, which the wheel above
            then compiles (without Python's start); it is given the master without its `xref` tags, because the
            Typst code that it makes of citations names labels that it does not set, and cannot be compiled
XeLaTeX     where it is installed: the same pandoc makes the PDF with it
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

COMPILE = """
import resource, sys, typst
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
start = cpu()
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)
print(cpu() - start)
"""

# The fonts of the project, which have the letters that LaTeX's own have not.
GENTIUM = "Path={}/,Extension=.ttf,UprightFont=*-Regular,BoldFont=*-Bold,ItalicFont=*-Italic,BoldItalicFont=*-BoldItalic"


def run(arguments, folder):
    """Runs a process; gives its CPU seconds, its peak memory in MB and what it printed."""
    process = subprocess.Popen(arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = process.stdout.read(), process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench: {arguments[0]} failed: {err.decode(errors='replace')}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.decode() + err.decode()


def timings(text):
    """The stages that `--timings` prints, in milliseconds."""
    found = {}
    for line in text.splitlines():
        if line.startswith("timing: "):
            name, number, _ = line.removeprefix("timing: ").rsplit(None, 2)
            found[name.strip()] = float(number)
    return found


def main():
    program, root, runs = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), int(sys.argv[3])
    import pypandoc

    pandoc = pypandoc.get_pandoc_path()
    master = os.path.join(root, "source/korea-kyrgyzstan/article.xml")
    page = os.path.join(root, "tests/bench/page.typ")
    fonts = os.path.join(root, "fonts")
    measured = {name: [] for name in ("diglot", "typst, whole process", "typst, compile alone", "pandoc EPUB", "pandoc + typst PDF", "pandoc + XeLaTeX PDF")}
    memory = {name: [] for name in measured}
    shares = []
    with tempfile.TemporaryDirectory() as folder:

        unlinked = os.path.join(folder, "unlinked.xml")
        with open(master, encoding="utf-8") as read, open(unlinked, "w", encoding="utf-8") as written:
            written.write(re.sub(r"</?xref\b[^>]*>", "", read.read()))

        def note(name, cpu, peak):
            measured[name].append(cpu)
            memory[name].append(peak)

        def compile(path, output):
            cpu, peak, said = run([sys.executable, "-c", COMPILE, path, output, fonts], folder)
            return cpu, float(said.split()[0]), peak

        # One round unmeasured, so that every program and font lies in the system's memory.
        for turn in range(runs + 1):
            cpu, peak, _ = run([program, "build", master, "--out-dir", "out", "--force"], folder)
            whole, alone, typst_peak = compile(page, "page.pdf")
            epub, epub_peak, _ = run([pandoc, "-f", "jats", "-t", "epub3", unlinked, "-o", "pandoc.epub"], folder)
            code, code_peak, _ = run([pandoc, "-f", "jats", "-t", "typst", "-s", unlinked, "-o", "pandoc.typ"], folder)
            _, pdf, pdf_peak = compile(os.path.join(folder, "pandoc.typ"), "pandoc.pdf")
            latex, latex_peak = 0.0, 0.0
            if shutil.which("xelatex"):
                font = ["-V", "mainfont=GentiumPlus", "-V", f"mainfontoptions={GENTIUM.format(fonts)}"]
                latex, latex_peak, _ = run([pandoc, "-f", "jats", unlinked, "-o", "latex.pdf", "--pdf-engine=xelatex", *font], folder)
            _, _, said = run([program, "build", master, "--out-dir", "out", "--force", "--timings"], folder)
            if turn == 0:
                continue
            note("diglot", cpu, peak)
            note("typst, whole process", whole, typst_peak)
            note("typst, compile alone", alone, typst_peak)
            note("pandoc EPUB", epub, epub_peak)
            note("pandoc + typst PDF", code + pdf, max(code_peak, pdf_peak))
            if latex:
                note("pandoc + XeLaTeX PDF", latex, latex_peak)
            stages = timings(said)
            shares.append((stages.get("the rest", 0.0), stages.get("engine", 0.0)))

    if not measured["pandoc + XeLaTeX PDF"]:
        del measured["pandoc + XeLaTeX PDF"]
        print("without XeLaTeX, which is not installed")
    median = {name: statistics.median(times) for name, times in measured.items()}
    peak = {name: statistics.median(sizes) for name, sizes in memory.items() if name in measured}
    print(f"{runs} runs, medians; CPU of user and system")
    for name in measured:
        spread = f"{min(measured[name]) * 1000:.0f} to {max(measured[name]) * 1000:.0f}"
        print(f"  {name:<24}{median[name] * 1000:8.0f} ms  ({spread})   peak {peak[name]:6.0f} MB")
    ours = median["diglot"]
    both = median["pandoc EPUB"] + median["pandoc + typst PDF"]
    rest = statistics.median(rest for rest, _ in shares)
    engine = statistics.median(engine for _, engine in shares)
    print(f"  the engine's part of diglot {engine:8.0f} ms: {engine / 1000 / both:.2f} of pandoc's EPUB and PDF")
    print("diglot, PDF and EPUB and proof, against")
    rows = [
        ("typst's PDF alone, without Python's start", ours / median["typst, compile alone"], 0.9, ""),
        ("typst's PDF alone, whole process", ours / median["typst, whole process"], 0.9, ""),
        ("pandoc's EPUB and PDF", ours / both, 0.4, ""),
        *([("pandoc's PDF by XeLaTeX", ours / median["pandoc + XeLaTeX PDF"], 0.083, "")] if "pandoc + XeLaTeX PDF" in median else []),
        ("peak memory", peak["diglot"], 45, " MB"),
        ("all but the engine, of the engine's time", rest / engine if engine else float("nan"), 0.15, ""),
        ("size of the program", os.path.getsize(program) / 1e6, 60, " MB"),
    ]
    for name, value, limit, unit in rows:
        verdict = "ok" if value <= limit else "OVER"
        print(f"  {name:<44}{value:8.2f}{unit:<3}  at most {limit}{unit:<3}  {verdict}")


main()
