"""A table of the docs between its marks, `<!-- NAME -->` and `<!-- end of NAME -->`; what stands around them stays."""


def write(path, name, table):
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    with open(path, encoding="utf-8") as file:
        before, rest = file.read().split(start)
    with open(path, "w", encoding="utf-8") as file:
        file.write(before + start + table + end + rest.split(end)[1])
