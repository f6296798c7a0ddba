"""How soon a changed word is seen: in `serve`, and in the files that `watch` writes. And what `serve` costs while nobody types.

    live.py PROGRAM [CHANGES]

The article has ten pages of text. From the moment its file is written to: the event that tells the browser of new pages, with the drawing of the page that changed
fetched; the new PDF and the new EPUB in their places. Medians over CHANGES changes (default 15), each somewhere else in the text.
"""

import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

from batch import long_article

PARAGRAPHS = 54


def used(process):
    """CPU seconds of a process so far."""
    with open(f"/proc/{process.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    return connection.getresponse().read()


class Master:
    """A master in which one word after another is changed."""

    def __init__(self, path):
        self.path, self.text, self.turn = path, long_article(PARAGRAPHS), 0
        self.write(self.text)

    def write(self, text):
        with open(self.path + ".new", "w", encoding="utf-8") as out:
            out.write(text)
        os.replace(self.path + ".new", self.path)

    def change(self):
        """Writes the next change; gives the moment of it."""
        self.turn += 1
        places = [found.start() for found in re.finditer("ordinary", self.text)]
        at = places[self.turn * 37 % len(places)]
        now = time.monotonic()
        self.write(self.text[:at] + f"unusual {self.turn} " + self.text[at:])
        return now


def wait(what, process):
    """Waits until `what` gives something; gives it."""
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        value = what()
        if value:
            return value
        time.sleep(0.001)
    sys.exit("bench: it did not come")


def served(program, folder, changes):
    """Milliseconds until new pages are there, pages of the article, and the share of a processor while nothing happens."""
    master = Master(os.path.join(folder, "ten.xml"))
    port = 4900
    process = subprocess.Popen([program, "serve", "ten.xml", "--port", str(port)], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        def reachable():
            try:
                return get(port, "/articles")
            except OSError:
                return None

        article = json.loads(wait(reachable, process))["articles"][0]["id"]

        def state():
            said = json.loads(get(port, f"/article/{article}/state"))
            return None if said["busy"] or not said["book"] else said

        first = wait(state, process)
        events = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        events.request("GET", "/events")
        stream = events.getresponse()
        spent = []
        prints = {page["print"] for page in first["pages"]}
        for _ in range(changes):
            begun = master.change()
            while True:
                while not stream.readline().startswith(b"data:"):
                    pass
                new = [page["print"] for page in json.loads(get(port, f"/article/{article}/state"))["pages"] if page["print"] not in prints]
                if new:
                    break
            get(port, f"/article/{article}/page/{new[0]}.svg")
            spent.append((time.monotonic() - begun) * 1000)
            prints |= {page["print"] for page in wait(state, process)["pages"]}
            time.sleep(0.2)
        time.sleep(0.5)
        before, begun = used(process), time.monotonic()
        time.sleep(5)
        return spent, len(first["pages"]), (used(process) - before) / (time.monotonic() - begun)
    finally:
        process.kill()
        process.wait()


def watched(program, folder, changes):
    """Milliseconds until the new PDF and EPUB lie where they belong."""
    master = Master(os.path.join(folder, "ten.xml"))
    out = os.path.join(folder, "out")
    process = subprocess.Popen([program, "watch", "ten.xml", "--out-dir", "out"], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    paths = [os.path.join(out, f"ten.{suffix}") for suffix in ("pdf", "epub")]
    stamps = lambda: [(os.stat(path).st_ino, os.stat(path).st_mtime_ns) if os.path.exists(path) else None for path in paths]
    try:
        wait(lambda: all(stamps()), process)
        time.sleep(0.5)
        spent = []
        for _ in range(changes):
            old = stamps()
            begun = master.change()
            wait(lambda: all(new and new != before for new, before in zip(stamps(), old)), process)
            spent.append((time.monotonic() - begun) * 1000)
            time.sleep(0.3)
        return spent
    finally:
        process.kill()
        process.wait()


def main():
    program, changes = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 15
    with tempfile.TemporaryDirectory() as folder:
        pages, count, idle = served(program, folder, changes)
        files = watched(program, folder, changes)
    print(f"a changed word in an article of {count} pages, {changes} times, medians")
    rows = [("new pages in `serve`", pages, 100), ("new PDF and EPUB by `watch`", files, 150)]
    for name, spent, limit in rows:
        value = statistics.median(spent)
        print(f"  {name:<44}{value:6.0f} ms ({min(spent):.0f} to {max(spent):.0f})  at most {limit} ms  {'ok' if value <= limit else 'OVER'}")
    print(f"  {'`serve` while nothing happens':<44}{idle * 100:6.1f} % of a processor  at most 0 %  {'ok' if idle == 0 else 'OVER'}")


main()
