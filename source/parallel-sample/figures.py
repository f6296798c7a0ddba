#!/usr/bin/env python3
"""Draws the figures of the parallel sample and prints its table: the shadow of a house in a street, at noon of the sun's own time.

    python3 figures.py [FOLDER]

The height of the sun at noon is 90° less the latitude, plus the declination; the shadow of a wall of height H is H divided by its tangent.
"""

import math
import sys
from pathlib import Path

TILT = 23.44


def shadow(latitude, declination):
    return 1 / math.tan(math.radians(90 - latitude + declination))


def section():
    height, width, sun = 140, 170, 40.0
    reach = height / math.tan(math.radians(sun))
    x, ground = 120, 190
    parts = [
        f'<path d="M10 {ground}H410" stroke="#000" stroke-width="2"/>',
        f'<rect x="40" y="{ground - height}" width="80" height="{height}" fill="#e8dccb" stroke="#000"/>',
        f'<rect x="{x + width}" y="{ground - height}" width="80" height="{height}" fill="#e8dccb" stroke="#000"/>',
        f'<path d="M{x} {ground - height}L{x + reach:.1f} {ground}H{x}Z" fill="#888" fill-opacity="0.45"/>',
        f'<path d="M{x - 60} {ground - height - 60 * math.tan(math.radians(sun)):.1f}L{x + reach:.1f} {ground}" stroke="#b03a2e" stroke-width="1.5"/>',
        f'<text x="74" y="{ground - height / 2 + 4}">H</text><text x="{x + 60}" y="{ground - 8}">s</text><text x="{x + width / 2 - 4}" y="{ground + 18}">B</text>',
        f'<path d="M{x} {ground + 24}H{x + width}" stroke="#000"/><text x="{x + reach - 42:.0f}" y="{ground - 8}">α</text>',
    ]
    return svg(420, 225, parts)


def year():
    parts = []
    x = lambda day: 50 + day / 365 * 380
    y = lambda s: 210 - s / 2.5 * 190
    for value in (0, 0.5, 1, 1.5, 2, 2.5):
        parts.append(f'<path d="M50 {y(value):.1f}H430" stroke="#ddd"/><text x="44" y="{y(value) + 4:.1f}" text-anchor="end">{value:g}</text>')
    for month, day in enumerate((15, 46, 74, 105, 135, 166, 196, 227, 258, 288, 319, 349), 1):
        parts.append(f'<text x="{x(day):.1f}" y="226" text-anchor="middle">{month}</text>')
    for latitude, look in ((28, "1 3"), (38, "none"), (42, "6 3")):
        points = " ".join(f"{x(day):.1f},{y(shadow(latitude, -TILT * math.cos(math.radians(360 / 365 * (day + 10))))):.1f}" for day in range(0, 366, 3))
        parts.append(f'<polyline points="{points}" fill="none" stroke="#1b4f72" stroke-width="1.6" stroke-dasharray="{look}"/>')
    for row, (latitude, look) in enumerate(((42, "6 3"), (38, "none"), (28, "1 3"))):
        parts.append(f'<path d="M205 {34 + 16 * row}h26" stroke="#1b4f72" stroke-width="1.6" stroke-dasharray="{look}"/><text x="238" y="{38 + 16 * row}">{latitude}° N</text>')
    parts.append('<rect x="50" y="20" width="380" height="190" fill="none" stroke="#000"/><text x="14" y="115">s/H</text>')
    return svg(440, 235, parts)


def svg(width, height, parts):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"><rect width="{width}" height="{height}" fill="#fff"/>'
        f'<g font-family="DejaVu Sans, sans-serif" font-size="11">' + "".join(parts) + "</g></svg>\n"
    )


if __name__ == "__main__":
    here = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    (here / "section.svg").write_text(section())
    (here / "year.svg").write_text(year())
    for latitude in (28, 38, 42):
        print(latitude, *[f"{90 - latitude + d:.1f} {shadow(latitude, d):.2f}" for d in (-TILT, 0, TILT)])
