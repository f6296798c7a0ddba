#!/usr/bin/env python3
"""Makes `NotoSerifCJKsc-Reduced.otf` of Noto Serif CJK (Debian's `fonts-noto-cjk`).

    python3 fonts/subset-cjk.py /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc fonts/NotoSerifCJKsc-Reduced.otf

Needs fontTools. Kept are the characters of GB 2312, of JIS X 0208, of level 1 of Big5, the 2,350 syllables and the letters of KS X 1001, kana,
bopomofo, and the punctuation and full-width forms of East Asia: Latin, Greek, Cyrillic and signs come of other fonts. Their forms are those of
mainland China; for `lang="ja"` the kanji of level 1 of JIS X 0208, kana and punctuation have their Japanese forms (`locl`). Hints are dropped:
pages and screens of today do not need them.
"""
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

SC = 2  # The fonts of the collection are JP, KR, SC, TC, HK.


def cells(encoding, rows, columns):
    found = set()
    for row in rows:
        for column in columns:
            try:
                found.add(bytes([row, column]).decode(encoding))
            except UnicodeDecodeError:
                pass
    return found


def characters():
    all_columns = range(0xA1, 0xFF)
    wanted = cells("gb2312", range(0xA1, 0xF8), all_columns) | cells("euc_jp", range(0xA1, 0xF5), all_columns)
    wanted |= cells("euc_kr", range(0xB0, 0xC9), all_columns)
    wanted |= cells("big5", range(0xA1, 0xC7), [*range(0x40, 0x7F), *all_columns])
    wanted |= {chr(code) for first, last in [(0x3000, 0x30FF), (0x3105, 0x318E), (0x31A0, 0x31FF), (0xFF00, 0xFFEF)] for code in range(first, last + 1)}
    # Characters of personal names that no table has.
    wanted |= set("喆堃珺翀旸淏")
    return {c for c in wanted if ord(c) >= 0x2E80}


def japanese_forms(font):
    """Leaves of the local forms those of Japan alone, and of those the common ones."""
    common = cells("euc_jp", [*range(0xA1, 0xA9), *range(0xB0, 0xD0)], range(0xA1, 0xFF))
    glyphs = {font.getBestCmap()[ord(c)] for c in common if ord(c) in font.getBestCmap()}
    table = font["GSUB"].table
    wanted = set()
    for script in table.ScriptList.ScriptRecord:
        script.Script.LangSysRecord = [record for record in script.Script.LangSysRecord if record.LangSysTag.strip() == "JAN"]
        for record in script.Script.LangSysRecord:
            wanted.update(record.LangSys.FeatureIndex)
    for number, record in enumerate(table.FeatureList.FeatureRecord):
        if record.FeatureTag != "locl" or number not in wanted:
            continue
        for lookup in record.Feature.LookupListIndex:
            for part in table.LookupList.Lookup[lookup].SubTable:
                part = getattr(part, "ExtSubTable", part)
                if hasattr(part, "mapping"):
                    part.mapping = {one: other for one, other in part.mapping.items() if one in glyphs}


def main(collection, output):
    font = TTFont(collection, fontNumber=SC, recalcTimestamp=False)
    japanese_forms(font)
    options = subset.Options()
    options.layout_features = ["locl", "palt", "ccmp", "kern"]
    options.hinting = False
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    reduced = subset.Subsetter(options)
    reduced.populate(text="".join(sorted(characters())))
    reduced.subset(font)
    subset.save_font(font, output, options)


main(*sys.argv[1:])
