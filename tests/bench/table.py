"""Makes a table for the docs of what the benches print.

    … | table.py FILE

1. What is read is printed again, so that the run can be followed.
2. A line that holds something against a limit becomes a row, under the line without an indent that stands before it.
3. The table goes into FILE between its marks. Where the run broke off before any limit, the file stays as it is.
"""

import re
import sys

import between

LINE = re.compile(r"  (\S.*?)\s{2,}(\S.*?)\s+at most (.*?)\s+(ok|OVER)\s*")


def main():
    rows, group = [], ""
    for line in sys.stdin:
        print(line, end="", flush=True)
        found = LINE.fullmatch(line.rstrip("\n"))
        if found:
            what, value, limit, verdict = found.groups()
            if group:
                rows.append(f"| **{group}** | | |")
                group = ""
            rows.append(f"| {what} | {value} | {'at most ' + limit}{'' if verdict == 'ok' else ', not reached'} |")
        elif line.strip() and not line.startswith(" "):
            group = line.strip().rstrip(":")
    if not rows:
        return
    table = "\n".join(["| what | measured | wanted |", "|---|---|---|", *rows]) + "\n"
    between.write(sys.argv[1], "beside others", table)


main()
