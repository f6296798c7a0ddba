#!/usr/bin/env python3
"""Computes what the sample article says, draws its figures and prints the rows of its tables.

    python3 figures.py [FOLDER]

1. The annual wave of ground temperature: exact, and by three schemes of finite differences on a uniform mesh.
2. The errors of the schemes, their orders, the number of operations, and what becomes of a jump at the surface.
3. The heat loss of a pipe in the ground by the method of images.

The standard library alone; the same bytes on every machine. Everything in the article that is a number comes from here.
"""

import math
import struct
import sys
import zlib
from pathlib import Path

DAY = 86400.0
YEAR = 365.0 * DAY
OMEGA = 2 * math.pi / YEAR
MEAN, SWING = 8.0, 14.0  # °C at the surface
SOILS = {  # conductivity W/(m K), diffusivity m²/s
    "dry sand": (0.30, 2.4e-7),
    "loam": (1.20, 5.6e-7),
    "clay": (1.58, 5.1e-7),
    "saturated sand": (2.20, 7.4e-7),
}
DEPTH = 20.0
PIPE = 0.16  # outer radius of the casing, m
LOAM = SOILS["loam"][1]


def exact(z, t, a=LOAM):
    """The annual wave (Carslaw and Jaeger, 2.6)."""
    d = math.sqrt(2 * a / OMEGA)
    return MEAN - SWING * math.exp(-z / d) * math.cos(OMEGA * t - z / d)


def sweep(lower, middle, upper, right):
    """Thomas: a system with three diagonals."""
    n = len(right)
    c, f = [0.0] * n, [0.0] * n
    c[0], f[0] = upper[0] / middle[0], right[0] / middle[0]
    for i in range(1, n):
        m = middle[i] - lower[i] * c[i - 1]
        c[i], f[i] = upper[i] / m, (right[i] - lower[i] * f[i - 1]) / m
    for i in range(n - 2, -1, -1):
        f[i] -= c[i] * f[i + 1]
    return f


def march(start, surface, bottom, a, h, tau, steps, weight):
    """So many steps of the scheme with weights: 0 explicit, 1/2 Crank and Nicolson, 1 implicit."""
    u = list(start)
    r = a * tau / (h * h)
    n = len(u)
    for k in range(steps):
        new, s = (k + 1) * tau, (1 - weight) * r
        right = [u[i] + s * (u[i - 1] - 2 * u[i] + u[i + 1]) for i in range(1, n - 1)]
        top, low = surface(new), bottom(new)
        if weight == 0:
            u = [top] + right + [low]
            continue
        w = weight * r
        right[0] += w * top
        right[-1] += w * low
        u = [top] + sweep([-w] * (n - 2), [1 + 2 * w] * (n - 2), [-w] * (n - 2), right) + [low]
    return u


def error(cells, steps, weight):
    """The largest error after a year, and whether the scheme ran away."""
    h, tau = DEPTH / cells, YEAR / steps
    start = [exact(i * h, 0) for i in range(cells + 1)]
    u = march(start, lambda t: exact(0, t), lambda t: exact(DEPTH, t), LOAM, h, tau, steps, weight)
    worst = [abs(v - exact(i * h, YEAR)) for i, v in enumerate(u)]
    return max(worst) if all(v < 1e3 for v in worst) else None


def loss(depth, soil, t, hot=70.0, steady=False):
    """Heat loss of a metre of pipe, W, to ground that would have its own temperature there."""
    conductivity, a = SOILS[soil]
    ground = MEAN if steady else exact(depth, t, a)
    return 2 * math.pi * conductivity * (hot - ground) / math.acosh(depth / PIPE)


# Drawing. Greys and dashes tell the lines apart, so that print without colours loses nothing.
STYLES = [("#1b4f72", ""), ("#b03a2e", "6 3"), ("#1e8449", "2 2"), ("#7d3c98", "8 3 2 3"), ("#5d6d7e", "1 3")]


def number(v):
    return f"{v:.2f}".rstrip("0").rstrip(".")


class Chart:
    def __init__(self, width, height, x, y, xticks, yticks, xlabel, ylabel, logx=False, logy=False):
        self.w, self.h, self.x, self.y, self.logx, self.logy = width, height, x, y, logx, logy
        self.left, self.right, self.top, self.low = 52, 12, 10, 40
        self.out, self.legend = [], []
        for v, said in xticks:
            at = number(self.px(v))
            self.out.append(f'<path d="M{at} {number(self.h - self.low)}v4" stroke="#000"/>')
            self.text(self.px(v), self.h - self.low + 15, said, "middle")
        for v, said in yticks:
            at = number(self.py(v))
            self.out.append(f'<path d="M{self.left} {at}H{self.w - self.right}" stroke="#ddd"/><path d="M{self.left - 4} {at}h4" stroke="#000"/>')
            self.text(self.left - 7, self.py(v) + 4, said, "end")
        self.text((self.left + self.w - self.right) / 2, self.h - 6, xlabel, "middle")
        mid = (self.top + self.h - self.low) / 2
        self.out.append(f'<text transform="translate(13 {number(mid)}) rotate(-90)" text-anchor="middle">{ylabel}</text>')
        self.out.append(f'<rect x="{self.left}" y="{self.top}" width="{self.w - self.left - self.right}" height="{self.h - self.top - self.low}" fill="none" stroke="#000"/>')

    def scale(self, v, ends, log):
        lo, hi = ends
        return (math.log(v / lo) / math.log(hi / lo)) if log else (v - lo) / (hi - lo)

    def px(self, v):
        return self.left + self.scale(v, self.x, self.logx) * (self.w - self.left - self.right)

    def py(self, v):
        return self.h - self.low - self.scale(v, self.y, self.logy) * (self.h - self.top - self.low)

    def text(self, x, y, said, anchor="start"):
        self.out.append(f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}">{said}</text>')

    def line(self, points, style, name=None, dots=False):
        colour, dash = STYLES[style]
        path = " ".join(f"{number(self.px(x))},{number(self.py(y))}" for x, y in points)
        self.out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5" stroke-dasharray="{dash or "none"}"/>')
        if dots:
            self.out += [f'<circle cx="{number(self.px(x))}" cy="{number(self.py(y))}" r="2.6" fill="{colour}"/>' for x, y in points]
        if name:
            self.legend.append((style, name))

    def svg(self, lx, ly):
        for i, (style, name) in enumerate(self.legend):
            colour, dash = STYLES[style]
            y = ly + 15 * i
            self.out.append(f'<path d="M{lx} {y}h24" stroke="{colour}" stroke-width="1.5" stroke-dasharray="{dash or "none"}"/>')
            self.text(lx + 30, y + 4, name)
        return svg(self.w, self.h, self.out)


def svg(width, height, parts):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="#fff"/><g font-family="DejaVu Sans, sans-serif" font-size="10.5">' + "".join(parts) + "</g></svg>\n"
    )


def png(width, height, pixel):
    rows = b"".join(b"\0" + b"".join(bytes(pixel(x, y)) for x in range(width)) for y in range(height))
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"pHYs", struct.pack(">IIB", 11811, 11811, 1)) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def ticks(values, form="{:g}"):
    return [(v, form.format(v).replace("-", "−")) for v in values]


MONTHS = [(15.2 + 30.4 * i, m) for i, m in enumerate("JFMAMJJASOND")]


def figures(folder):
    def keep(name, data):
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())

    mesh = ['<rect x="70" y="60" width="150" height="210" fill="#efe6da"/><path d="M40 60H330" stroke="#000" stroke-width="2"/>']
    for i in range(8):
        y = 60 + 30 * i
        mesh.append(f'<circle cx="145" cy="{y}" r="3.5" fill="{"#fff" if i in (0, 7) else "#1b4f72"}" stroke="#000"/>')
    for i, said in ((0, "z₀ = 0"), (3, "zᵢ₋₁"), (4, "zᵢ"), (5, "zᵢ₊₁"), (7, "z<tspan dy='3' font-size='7'>N</tspan><tspan dy='-3'> = L</tspan>")):
        mesh.append(f'<text x="158" y="{64 + 30 * i}">{said}</text>')
    mesh.append('<circle cx="285" cy="125" r="16" fill="#ddd" stroke="#000"/><circle cx="285" cy="125" r="9" fill="#fff" stroke="#000"/>')
    mesh.append('<path d="M285 60v49M281 65l4-5 4 5M281 104l4 5 4-5" fill="none" stroke="#000"/><text x="291" y="88">H</text><path d="M285 125l11-11" stroke="#000"/><text x="303" y="118">R</text>')
    mesh.append('<path d="M130 150v30M126 155l4-5 4 5M126 175l4 5 4-5" fill="none" stroke="#000"/><text x="114" y="169">h</text>')
    mesh.append('<path d="M100 20q6 6 0 12t0 12 0 12M120 20q6 6 0 12t0 12 0 12" fill="none" stroke="#b03a2e"/><text x="140" y="36">T(0, t) = T₀ − A cos ωt</text><text x="240" y="160">pipe, Tₚ</text><text x="76" y="290">L = 20 m: exact temperature</text>')
    keep("domain.svg", svg(350, 300, mesh))

    c = Chart(330, 270, (-8, 24), (8, 0), ticks(range(-5, 25, 5)), ticks(range(0, 9, 2)), "temperature, °C", "depth, m")
    for i, (day, name) in enumerate(((0, "January"), (91, "April"), (182, "July"), (273, "October"))):
        c.line([(exact(z / 10, day * DAY), z / 10) for z in range(81)], i, name)
    keep("profiles.svg", c.svg(235, 175))

    def colour(v):
        x = max(0.0, min(1.0, (v + 6) / 28))
        return [int(255 * max(0, min(1, k))) for k in (0.12 + 1.5 * x - 0.55 * x * x, 0.25 + 1.9 * x - 1.85 * x * x, 0.55 + 0.6 * x - 1.1 * x * x)]
    keep("field.png", png(1400, 420, lambda x, y: colour(math.floor(exact(y / 420 * 10, x / 1400 * 2 * YEAR) / 2) * 2 + 1)))

    meshes = (25, 50, 100, 200, 400)
    c = Chart(330, 260, (0.04, 1), (1e-5, 1), ticks((0.05, 0.1, 0.2, 0.4, 0.8)), [(10.0**-k, f"10⁻{'⁰¹²³⁴⁵'[k]}" if k else "1") for k in range(6)], "mesh width h, m", "largest error, K", True, True)
    for i, (name, weight, factor) in enumerate((("implicit, τ ∝ h", 1, 2), ("implicit, τ ∝ h²", 1, 0), ("Crank–Nicolson, τ ∝ h", 0.5, 2))):
        c.line([(DEPTH / n, error(n, n * factor if factor else max(8, n * n // 12), weight)) for n in meshes], i, name, True)
    keep("orders.svg", c.svg(150, 172))

    for tag, weight, tau in (("a", 0, 0.55), ("b", 0.5, 8.0), ("c", 1, 8.0)):
        c = Chart(230, 210, (0, 1), (-0.6, 1.4), ticks((0, 0.5, 1)), ticks((-0.5, 0, 0.5, 1)), "depth / L", "temperature / jump")
        n, h = 40, 1 / 40
        steps = 20 if weight == 0 else 2
        u = march([1.0] + [0.0] * n, lambda t: 1.0, lambda t: 0.0, 1.0, h, tau * h * h, steps, weight)
        t = steps * tau * h * h
        c.line([(i / 200, math.erfc(i / 200 / (2 * math.sqrt(t)))) for i in range(201)], 4)
        c.line([(i * h, max(-0.6, min(1.4, v))) for i, v in enumerate(u)], 0 if weight else 1, None, True)
        keep(f"jump-{tag}.svg", c.svg(0, 0))

    c = Chart(330, 250, (0.5, 4), (0, 500), ticks((0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4)), ticks(range(0, 501, 100)), "depth of the axis H, m", "heat loss, W/m")
    for i, soil in enumerate(SOILS):
        c.line([(0.5 + k / 20, loss(0.5 + k / 20, soil, 0, steady=True)) for k in range(71)], i, soil)
    keep("depth.svg", c.svg(200, 24))

    c = Chart(700, 260, (0, 365), (110, 300), MONTHS, ticks(range(120, 301, 20)), "month", "heat loss, W/m")
    for i, depth in enumerate((0.6, 1.0, 1.5, 2.5)):
        c.line([(d, loss(depth, "loam", d * DAY)) for d in range(366)], i, f"H = {depth:g} m")
    keep("year.svg", c.svg(340, 24))

    c = Chart(330, 240, (0, 6), (0, 220), ticks(range(7)), ticks(range(0, 221, 40)), "depth, m", "delay, days")
    for i, soil in enumerate(SOILS):
        d = math.sqrt(2 * SOILS[soil][1] / OMEGA)
        c.line([(k / 10, min(220, k / 10 / d / OMEGA / DAY)) for k in range(61)], i, soil)
    keep("delay.svg", c.svg(70, 24))


def tables():
    for soil, (conductivity, a) in SOILS.items():
        d = math.sqrt(2 * a / OMEGA)
        print("soil", soil, conductivity, f"{a * 1e7:.1f}", f"{conductivity / a / 1e6:.2f}", f"{d:.2f}", f"{d * math.log(SWING):.1f}")
    for cells in (25, 50, 100, 200):
        row = [cells, f"{DEPTH / cells:g}"]
        for weight in (0, 1, 0.5):
            for steps in (73, 365, 1460, 5840):
                e = error(cells, steps, weight)
                row.append("–" if e is None else f"{e * 1000:.1f}")
        print("error", *row)
    for steps in (73, 365, 1460, 5840):
        print("number", steps, *[f"{LOAM * YEAR / steps / (DEPTH / n) ** 2:.3f}" for n in (25, 50, 100, 200)])
    for name, weight in (("implicit", 1), ("Crank–Nicolson", 0.5)):
        e = [error(n, n * 2, weight) for n in (50, 100, 200, 400)]
        print("order", name, *[f"{v:.2e}" for v in e], *[f"{math.log2(x / y):.2f}" for x, y in zip(e, e[1:])])
    for n in (50, 100, 200, 400):
        print("operations", n, 5 * (n - 1), 8 * (n - 1), 13 * (n - 1))
    for depth in (0.6, 0.8, 1.0, 1.5, 2.0, 2.5):
        days = [loss(depth, "loam", d * DAY) for d in range(365)]
        print("loss", depth, f"{min(days):.1f}", f"{max(days):.1f}", f"{sum(days) / 365:.1f}", f"{loss(depth, 'loam', 0, steady=True):.1f}", days.index(max(days)), f"{sum(days) * 24 / 1000:.0f}")
    for soil in SOILS:
        print("soils", soil, *[f"{loss(h, soil, 0, steady=True):.1f}" for h in (0.6, 1.0, 1.5, 2.5)])


if __name__ == "__main__":
    here = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    figures(here)
    tables()
