"""The model of the article beside this file: its tables' numbers and its two figures. Run it here: `python3 figures.py`.

1. Words are made by chance, with the mean lengths that the article names; the seed is fixed, so that the numbers stay.
2. A paragraph is broken into lines so that the sum of demerits is least (Knuth and Plass, 1981), or line by line.
3. `lines.svg` has the share of loose lines; `texture.png` shows one paragraph set both ways.
"""

import random

from PIL import Image, ImageDraw

EM = 11 * 0.3528  # millimetres
CHAR, SPACE, STRETCH, SHRINK = 0.5 * EM, 0.25 * EM, EM / 6, EM / 9
MEANS = {"ky": (7.2, 3.1), "ru": (6.3, 3.3), "en": (4.9, 2.6)}
MEASURES = [60, 80, 100, 120, 150]


def words(lang, count, seed):
    chance = random.Random(f"{lang}{seed}")
    mean, spread = MEANS[lang]
    shape = (mean / spread) ** 2
    return [max(1, round(chance.gammavariate(shape, mean / shape))) for _ in range(count)]


def pieces(words, divided):
    """Boxes as (width, whether a blank follows, penalty of a break behind it)."""
    for length in words:
        parts = []
        while divided and length > 5:
            parts.append(3)
            length -= 3
        parts.append(length)
        for at, part in enumerate(parts):
            last = at == len(parts) - 1
            yield part * CHAR, last, 0 if last else 50


def ratio(width, blanks, measure):
    free = measure - width
    if blanks == 0:
        return 9.0 if free > 0 else (0.0 if free == 0 else -9.0)
    return free / (blanks * (STRETCH if free > 0 else SHRINK))


def total_fit(boxes, measure):
    best = [(0.0, 0, 0.0)] + [None] * len(boxes)
    for end in range(1, len(boxes) + 1):
        width, blanks = (0.0 if boxes[end - 1][1] else CHAR), 0
        for start in range(end - 1, -1, -1):
            width += boxes[start][0]
            if start < end - 1 and boxes[start][1]:
                width += SPACE
                blanks += 1
            if width - blanks * SHRINK > measure and start < end - 1:
                break
            if best[start] is None:
                continue
            r = 0.0 if end == len(boxes) and width < measure else ratio(width, blanks, measure)
            bad = 100 * min(abs(r), 9) ** 3
            cost = best[start][0] + (10 + bad + boxes[end - 1][2]) ** 2
            if best[end] is None or cost < best[end][0]:
                best[end] = (cost, start, r)
    lines, end = [], len(boxes)
    while end > 0:
        _, start, r = best[end]
        lines.append((start, end, r))
        end = start
    return lines[::-1]


def first_fit(boxes, measure):
    lines, start, width, blanks = [], 0, 0.0, 0
    for at, (box, _, _) in enumerate(boxes):
        more = SPACE if at > start else 0.0
        if width + more + box > measure and at > start:
            lines.append((start, at, ratio(width, blanks, measure)))
            start, width, blanks, more = at, 0.0, 0, 0.0
        width += more + box
        blanks += 1 if more else 0
    lines.append((start, len(boxes), 0.0))
    return lines


def loose(lang, measure, divided, fit):
    all_lines = []
    for paragraph in range(60):
        boxes = list(pieces(words(lang, 100, paragraph), divided))
        all_lines += fit(boxes, measure)[:-1]
    return 100 * sum(r > 1 for _, _, r in all_lines) / len(all_lines)


def chart(table):
    left, bottom, top, right = 60, 262, 14, 470
    x = lambda measure: left + (measure - 60) / 90 * (right - left)
    y = lambda share: bottom - share / 100 * (bottom - top)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="520" height="310" viewBox="0 0 520 310">',
           '<rect width="520" height="310" fill="#ffffff"/>',
           '<g font-family="DejaVu Sans" font-size="13" fill="#222222">']
    for share in range(0, 101, 20):
        out.append(f'<path d="M{left} {y(share):.1f}H{right}" stroke="#d8d8d8"/><text x="{left - 8}" y="{y(share) + 4.5:.1f}" text-anchor="end">{share}{" %" if share == 100 else ""}</text>')
    for measure in MEASURES:
        out.append(f'<path d="M{x(measure):.1f} {bottom}v5" stroke="#222222"/><text x="{x(measure):.1f}" y="{bottom + 21}" text-anchor="middle">{measure}</text>')
    out.append(f'<path d="M{left} {bottom}H{right}" stroke="#222222"/>')
    for lang, colour, dash in [("ky", "#9c2b1f", ""), ("ru", "#1f4e79", "7 4"), ("en", "#3f6b2f", "2 3")]:
        points = [(x(m), y(table[lang, m])) for m in MEASURES]
        path = "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in points)
        out.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.2" stroke-dasharray="{dash or "none"}"/>')
        out += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3.4" fill="{colour}"/>' for px, py in points]
        out.append(f'<text x="{points[-1][0] + 10:.1f}" y="{points[-1][1] + 4.5:.1f}" fill="{colour}">{lang}</text>')
    out += ['<text x="261" y="303" text-anchor="middle">mm</text>', "</g></svg>"]
    open("lines.svg", "w").write("\n".join(out) + "\n")


def texture():
    scale, measure, gap, lead = 12, 60, 14, 3.6
    boxes = list(pieces(words("ky", 88, 6), False))
    sets = [first_fit(boxes, measure), total_fit(boxes, measure)]
    high = max(len(lines) for lines in sets)
    picture = Image.new("L", (int((2 * measure + gap) * scale), int((high + 0.4) * lead * scale)), 255)
    draw = ImageDraw.Draw(picture)
    for side, lines in enumerate(sets):
        for row, (start, end, _) in enumerate(lines):
            line = boxes[start:end]
            free = measure - sum(box for box, _, _ in line)
            blank = free / (len(line) - 1) if len(line) > 1 and row < len(lines) - 1 else SPACE
            at = side * (measure + gap)
            for box, _, _ in line:
                top = (row * lead + 0.9) * scale
                draw.rectangle([at * scale, top, (at + box) * scale, top + 2.1 * scale], fill=96)
                at += box + blank
    picture.resize((picture.width // 2, picture.height // 2)).quantize(16).save("texture.png", optimize=True)


if __name__ == "__main__":
    plain = {}
    for lang in MEANS:
        every = [length for paragraph in range(60) for length in words(lang, 100, paragraph)]
        print(lang, f"mean {sum(every) / len(every):.2f}, over 10 letters {100 * sum(n > 10 for n in every) / len(every):.1f} %, longest {max(every)}")
        for divided in (False, True):
            row = {m: loose(lang, m, divided, total_fit) for m in MEASURES}
            print(" ", "divided" if divided else "whole  ", {m: f"{share:.1f}" for m, share in row.items()})
            if not divided:
                plain |= {(lang, m): share for m, share in row.items()}
        print("  first fit, whole", {m: f"{loose(lang, m, False, first_fit):.1f}" for m in MEASURES})
    chart(plain)
    texture()
