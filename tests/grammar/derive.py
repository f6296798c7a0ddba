#!/usr/bin/env python3
"""Derives `jats.grammar` from the DTD of JATS Archiving 1.3 with MathML 3, which lies in tests/dtd.

    python3 tests/grammar/derive.py > tests/grammar/jats.grammar

Needs lxml. A line for each element: its name, a tab, its content model, and for each attribute a tab and
`name=kind`, where the kind is `id`, `ref`, `refs`, `text`, or the values that it may have with `|` between them;
`!` behind the name says that it is required. Content models are written as in a DTD, with `#` for text, `-` for
nothing and `*` for anything. Elements are sorted; MathML keeps its prefix. A list of alternatives that occurs more than
once stands at the head, in a line of its own that begins with `@` and its number, and is named so where it is used.
"""
import os
import sys

from lxml import etree

HERE = os.path.dirname(os.path.abspath(__file__))
MAIN = os.path.join(HERE, "..", "dtd", "jats-1.3", "JATS-archivearticle1-3-mathml3.dtd")
SHARED = {}
OCCURS = {"once": "", "opt": "?", "mult": "*", "plus": "+"}


def name_of(node):
    return f"{node.prefix}:{node.name}" if getattr(node, "prefix", None) else node.name


def parts(content, kind):
    """The members of a sequence or a choice, which libxml2 keeps as a chain."""
    if content is None:
        return []
    if content.type == kind and content.occur == "once":
        return parts(content.left, kind) + parts(content.right, kind)
    return [content]


def prefixed(name, parent, names):
    """lxml does not tell the prefix of a name in a content model: MathML holds its own, JATS what is bare, then what is not."""
    own = parent.split(":")[0] + ":" + name
    if ":" in parent and own in names:
        return own
    if name in names:
        return name
    return next(other for other in sorted(names) if other.endswith(":" + name))


def model(content, parent, names):
    if content.type == "pcdata":
        return "#"
    if content.type == "element":
        return prefixed(content.name, parent, names) + OCCURS[content.occur]
    inner = parts(content.left, content.type) + parts(content.right, content.type)
    sign = "," if content.type == "seq" else "|"
    body = sign.join(model(part, parent, names) for part in inner)
    if sign == "|" and len(inner) > 6:
        SHARED[body] = SHARED.get(body, 0) + 1
        body = "{" + body + "}"
    return "(" + body + ")" + OCCURS[content.occur]


def attribute(declared):
    kind = {"id": "id", "idref": "ref", "idrefs": "refs"}.get(declared.type, "text")
    if declared.type == "enumeration":
        kind = "|".join(declared.values())
    return name_of(declared) + ("!" if declared.default == "required" else "") + "=" + kind


def main():
    dtd = etree.DTD(MAIN)
    names = {name_of(element) for element in dtd.iterelements()}
    lines = []
    for element in sorted(dtd.iterelements(), key=name_of):
        if element.type == "empty":
            content = "-"
        elif element.type == "any":
            content = "*"
        else:
            content = model(element.content, name_of(element), names)
        attributes = sorted(attribute(a) for a in element.iterattributes() if a.default != "fixed" and not name_of(a).startswith("xmlns"))
        lines.append("\t".join([name_of(element), content, *attributes]) + "\n")
    shared = [body for body, times in SHARED.items() if times > 1]
    for number, body in enumerate(shared):
        sys.stdout.write(f"@{number}\t{body}\n".replace("{", "").replace("}", ""))
    for line in lines:
        for number, body in enumerate(shared):
            line = line.replace("{" + body + "}", f"@{number}")
        sys.stdout.write(line.replace("{", "").replace("}", ""))


main()
