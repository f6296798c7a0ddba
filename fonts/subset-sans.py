#!/usr/bin/env python3
"""Makes the four faces of Noto Sans smaller (Debian's `fonts-noto-core`).

    python3 fonts/subset-sans.py /usr/share/fonts/truetype/noto fonts

Needs fontTools. Kept are Latin with its extensions A and B and Vietnamese, Greek, Cyrillic, combining marks, punctuation, currencies and raised
figures. Hints are dropped: pages and screens of today do not need them.
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

RANGES = [(0x20, 0x24F), (0x2B0, 0x2DD), (0x300, 0x328), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E80, 0x1E9E), (0x1EA0, 0x1EF9), (0x2000, 0x206F), (0x2070, 0x208E),
          (0x20A0, 0x20C0), (0x2113, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2265), (0x25CC, 0x25CC)]

for face in ("Regular", "Italic", "Bold", "BoldItalic"):
    font = TTFont(Path(sys.argv[1]) / f"NotoSans-{face}.ttf", recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "tnum"], name_IDs=["*"], name_languages=["*"], notdef_outline=True)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    worker.subset(font)
    font.save(Path(sys.argv[2]) / f"NotoSans-{face}.ttf")
