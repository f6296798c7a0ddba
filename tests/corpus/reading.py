"""The words of a master, and whether they stand in its outputs, read by code that the program does not share.

1. The words of a master are stretches that belong together, the fields of its tagged citations, and the subjects that go into catalogues.
2. A stretch stands in the text of an output in its order. The fields of a tagged citation stand near each other, in the order of the style; a
   given name may be its initials at the surname, the last page may lack the digits that it shares with the first, a month may be cut to three letters.
3. Subjects other than the rubric stand in the metadata of the output, whole.
"""

import collections
import html.entities
import re
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from typing import NamedTuple

# Elements whose words this check does not look for, with the reason. Nothing else is passed over.
PASSED_OVER = {
    # Data of the journal and the issue: metadata of the outputs, or lines that are put together from it.
    **dict.fromkeys(["journal-meta", "article-id", "pub-date", "history", "pub-history", "counts", "custom-meta-group", "self-uri", "processing-meta",
                     "pub-date-not-available", "issue-id"], "data"),
    # Numbers and addresses of things, which become links and metadata.
    **dict.fromkeys(["contrib-id", "institution-id", "object-id", "license_ref", "related-article", "related-object", "award-group"], "identifiers"),
    # Keywords of a treatment, which repeat its heading and its name.
    **dict.fromkeys(["treatment-meta", "custom-meta-wrap"], "data"),
    # What is said to those who do not see a picture; a second title for running heads.
    **dict.fromkeys(["alt-text", "long-desc", "alt-title"], "not shown"),
    # Formulas have letters of their own in a font for maths; the program's proof follows each sign.
    **dict.fromkeys(["math", "tex-math", "annotation", "annotation-xml"], "formulas"),
    # Copyright as data beside the statement in words.
    **dict.fromkeys(["copyright-year", "copyright-holder"], "data"),
}
# Elements that are data of the article, and text in a citation.
DATA = ("volume", "issue", "fpage", "lpage", "elocation-id", "issue-title", "page-range")
# Elements that divide no word.
INLINE = set("italic bold sc underline overline strike roman sans-serif monospace named-content styled-content ext-link uri email xref abbrev "
             "source year volume issue fpage lpage a span i em b strong u s code q cite bdi small abbr".split())
CITATIONS = ("element-citation", "nlm-citation", "citation", "mixed-citation")
# What is set above the title. Other subjects are for catalogues.
RUBRICS = ("heading", "toc-heading", "section-heading", "article-type", "display-channel")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
WORD = re.compile(r"[^\W\d_]+|\d+")


def local(tag):
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def parsed(data):
    """The tree; entities of a document type that is not read are those of HTML."""
    known = {name.encode(): f"&#{code};".encode() for name, code in html.entities.name2codepoint.items() if name not in ("amp", "lt", "gt", "quot", "apos")}
    return ET.fromstring(re.sub(rb"&(\w+);", lambda found: known.get(found[1], found[0]), data))


def words(text):
    return WORD.findall(unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold())


class Text(NamedTuple):
    """What an output says: all words of its text without blanks, and the words of its metadata's subjects."""

    body: str
    subjects: str


class Field(NamedTuple):
    """A part of a tagged citation; `beside` is the surname of a given name, or the first page of a last one, and `initials` those of a given name."""

    name: str
    words: list
    beside: str
    initials: str = ""


class Stretch(NamedTuple):
    """Words that stand together, of a subject if they are one."""

    words: list
    is_subject: bool = False


def is_alternative(node, parent):
    """One of several forms of one thing, of which another is set: the picture of a table that is there as a table, the parts of a citation that is
    there in words."""
    name, place = local(node.tag), local(parent.tag)
    if name == "graphic":
        return place in ("table-wrap", "alternatives") and any(local(child.tag) == "table" for child in parent)
    return place in ("ref", "citation-alternatives") and is_tagged(node) and any(is_worded(child) for child in parent)


def is_worded(node):
    return local(node.tag) in CITATIONS and not is_tagged(node) and bool(words("".join(node.itertext())))


def is_undeclared(node, name):
    """A role of which a conversion of SciELO says that none is declared."""
    return name == "role" and "".join(node.itertext()).strip() == "ND"


def is_data(name, parent):
    """Data of the article, keywords of a figure or a table, and what is passed over everywhere."""
    place = local(parent.tag)
    return (name in PASSED_OVER or name in DATA and place in ("article-meta", "front-stub")
            or name in ("kwd-group", "subj-group") and place in ("fig", "table-wrap"))


def is_address(node, name, parent):
    """Where the publisher keeps the file of a picture; a record at ORCID, as elder masters name it."""
    kept = name == "uri" and local(parent.tag) == "graphic" and node.get("content-type") == "original_file"
    record = name in ("uri", "ext-link") and local(parent.tag) == "contrib"
    return kept or record and re.fullmatch(r"\s*(https?://)?(www\.)?orcid\.org/[-0-9Xx]{19}\s*", node.text or "") is not None


def is_number(node, name, parent):
    """The number of the journal that a citation names beside it, with nothing before or behind it: the American Physical Society has it for programs."""
    if local(parent.tag) not in CITATIONS or not (name == "issn" or name == "pub-id" and node.get("pub-id-type") == "coden"):
        return False
    at = list(parent).index(node)
    return at > 0 and not parent[at - 1].tail or at + 1 < len(parent) and not node.tail


def is_repeated(node, name, parent):
    """A label of names and a year, as the text cites, of which the reference itself says every one."""
    said = re.fullmatch(r"\s*([^()\d]+)\((\d{4}\w?)\)\s*", "".join(node.itertext())) if name == "label" and local(parent.tag) == "ref" else None
    if not said:
        return False
    rest = words(" ".join(text for one in parent if one is not node for text in one.itertext()))
    names = [word for word in re.findall(r"[^\W\d_]+", said[1]) if word[0].isupper()]
    return all(word in rest for word in words(" ".join([*names, said[2]])))


def is_subject(node):
    """A group of subjects that is no rubric."""
    return local(node.tag) == "subj-group" and node.get("subj-group-type", "") not in RUBRICS


def is_bare(node):
    """A citation without any text of its own, marks included."""
    return not "".join([node.text or "", *(child.tail or "" for child in node)]).strip()


def is_tagged(node):
    """A citation without text of its own between its parts."""
    if local(node.tag) not in CITATIONS or not len(node):
        return False
    return not words(" ".join([node.text or "", *(child.tail or "" for child in node)]))


def initials(given):
    """The first letters of a given name; a particle after it stays whole, and “et al.” in it is no name."""
    found = [word for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", re.sub(r"\bet al\b\.?", "", given))]
    return "".join("".join(words(word if word.islower() else word[0])) for word in found)


def fields(node):
    """The parts of a tagged citation that have text, in its order."""
    found, beside = [], ""

    def walk(node):
        nonlocal beside
        for child in node:
            name = local(child.tag)
            if name in PASSED_OVER or is_number(child, name, node) and not is_bare(node):
                continue
            loose = words(" ".join([child.text or "", *(one.tail or "" for one in child)]))
            is_person = name in ("name", "string-name") and any(local(one.tag) == "surname" for one in child)
            # Formulas in a title are no words.
            said = [word for line in stretches(child, lambda node, name, parent: name in PASSED_OVER)[0] for word in words(line)]
            if is_person and loose:
                found.append(Field(name, loose, ""))
            if len(child) and (is_person or not loose):
                if is_person:
                    beside = next(("".join(words("".join(one.itertext()))) for one in child.iter() if local(one.tag) == "surname"), "")
                walk(child)
            elif said:
                found.append(Field(name, said, beside, initials("".join(child.itertext())) if name == "given-names" else ""))
                if name == "fpage":
                    beside = "".join(said)

    walk(node)
    return found


def stretches(element, skip):
    """The stretches of text of an element as lines, and its tagged citations as their fields. A block ends a stretch."""
    now, entries = [], []

    def walk(node, shown, parent):
        name = local(node.tag)
        here = shown and not skip(node, name, parent)
        inline = name in INLINE and not (name == "xref" and local(parent.tag) == "contrib")
        if here and is_tagged(node):
            entries.append(fields(node))
            return
        if not inline:
            now.append(" " if name in ("sup", "sub") else "\n")
        if here:
            now.append(node.text or "")
        for child in node:
            walk(child, here, node)
            if here:
                now.append(child.tail or "")
        if not inline:
            now.append(" " if name in ("sup", "sub") else "\n")

    walk(element, True, element)
    return "".join(now).replace("\r", "\n").split("\n"), entries


def master_pieces(path):
    """What a master says. Lines of a source file are no ends of stretches: blanks of the file are folded first. What stands around the article is a
    repository's."""
    root = parsed(path.read_bytes())
    for node in root.iter():
        node.text = re.sub(r"\s+", " ", node.text) if node.text else node.text
        node.tail = re.sub(r"\s+", " ", node.tail) if node.tail else node.tail
    article = next((node for node in root.iter() if local(node.tag) == "article"), root)
    lines, entries = stretches(article, lambda node, name, parent: (
        is_data(name, parent) or is_undeclared(node, name) or is_address(node, name, parent) or is_subject(node) or is_alternative(node, parent)
        or is_number(node, name, parent) or is_repeated(node, name, parent)))
    found = [Stretch(said) for said in map(words, lines) if said]
    named = [one for group in article.iter() if is_subject(group) for one in group if local(one.tag) in ("subject", "compound-subject")]
    return found + [Stretch(said, True) for said in (words("".join(one.itertext())) for one in named) if said] + [entry for entry in entries if entry]


def size(found):
    """How many words a master has."""
    return sum(len(one.words) if isinstance(one, Stretch) else sum(len(field.words) for field in one) for one in found)


def pdf_text(path):
    text = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, check=True).stdout.decode("utf-8", "replace")
    pages = [page.rstrip("\n").split("\n") for page in text.split("\f")]
    # Running heads and folios stand between the parts of what goes on over pages.
    heads = collections.Counter(page[0] for page in pages if page)
    kept_lines = []
    for at, page in enumerate(pages):
        lines = page[1:] if at > 0 and page and heads[page[0]] > 1 else page
        kept_lines += lines[:-1] if lines and lines[-1].strip().isdigit() else lines
    said = subprocess.run(["pdfinfo", "-enc", "UTF-8", path], capture_output=True, check=True).stdout.decode("utf-8", "replace")
    keywords = next((line for line in said.split("\n") if line.startswith("Keywords:")), "")
    return Text("".join(words("\n".join(kept_lines).replace("-\n", ""))), "".join(words(keywords)))


def book_text(path):
    lines, subjects = [], []
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.endswith(".opf"):
                subjects += ["".join(node.itertext()) for node in parsed(book.read(name)).iter() if local(node.tag) == "subject"]
            if name.endswith(".xhtml") and not name.endswith("nav.xhtml"):
                root = parsed(book.read(name))
                body = next(node for node in root.iter() if local(node.tag) == "body")
                lines += stretches(body, lambda node, name, parent: "hidden" in node.attrib or name == "math")[0]
    return Text("".join(word for line in lines for word in words(line)), "".join(word for line in subjects for word in words(line)))


def missing(found, text):
    """The words that do not stand in the text."""
    at = 0
    lost = []

    def halves(stretch, before, after, text):
        """What is not there whole is looked for by halves; a single word counts where it stands beside one of its neighbours, or has none."""
        nonlocal at
        whole = "".join(stretch)
        if len(stretch) == 1 and (before or after):
            beside = (before and before + whole in text) or (after and whole + after in text)
            return [] if beside else [whole]
        place = text.find(whole, at)
        if place < 0:
            place = text.find(whole)
        if place >= 0:
            at = place
            return []
        if len(stretch) == 1:
            return [whole]
        middle = len(stretch) // 2
        return halves(stretch[:middle], before, stretch[middle], text) + halves(stretch[middle:], stretch[middle - 1], after, text)

    def styled(field, near):
        """Whether a style shows a field in its own form."""
        whole = "".join(field.words)
        if field.name == "given-names" and field.beside:
            return field.beside + field.initials in near or field.initials + field.beside in near
        if field.name == "lpage" and field.beside:
            return any(field.beside + whole[cut:] in near for cut in range(len(whole)))
        if field.name == "month":
            return (MONTHS[int(whole) - 1] if whole.isdigit() and 0 < int(whole) < 13 else whole[:3]) in near
        # A DOI is an address in a short form.
        address = re.fullmatch(r"https?(?:dx)?doiorg(.+)", whole)
        return bool(address) and address[1] in near

    def entry(fields):
        """The fields near the longest of them that is there, wherever that leaves the fewest unfound."""
        reach = sum(len("".join(field.words)) for field in fields) + 120
        best = [word for field in fields for word in field.words]
        for pivot in sorted({"".join(field.words) for field in fields}, key=lambda it: (-len(it), it)):
            place = text.body.find(pivot)
            found_here = place >= 0
            while place >= 0 and best:
                near = text.body[max(0, place - reach) : place + len(pivot) + reach]
                unfound = [word for field in fields if not styled(field, near) for word in halves(field.words, "", "", near)]
                best = min(best, unfound, key=len)
                place = text.body.find(pivot, place + 1)
            if found_here:
                return best
        return [word for field in fields for word in halves(field.words, "", "", text.body)]

    for one in found:
        lost += halves(one.words, "", "", text.subjects if one.is_subject else text.body) if isinstance(one, Stretch) else entry(one)
    return lost


def kept(found, text):
    """How many words of the master stand in the text."""
    return size(found) - len(missing(found, text))
