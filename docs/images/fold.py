"""Draws fold.svg: where the Brusselator example folds, and how far it is certified not to.

Needs numpy and onnx (Debian: python3-numpy python3-onnx). The radii are those that `crease demo`
prints for the first operating point.
"""

import pathlib

import numpy as np
import onnx
from onnx import numpy_helper

HERE = pathlib.Path(__file__).resolve().parent
B, TAU = 2.1, 0.15
CENTER = np.array([1.801, 1.230])
LOCAL, PSEUDO = 0.758993, 1.649527
OTHER = np.array([3.450527168, -0.1701684807])
WINDOW = (-0.6, 4.0, -1.0, 3.2)
POSITIVE, NEGATIVE, INK, LINE = "#dbe9f6", "#f8d9b0", "#1b1b1b", "#0b5394"


def layers():
    graph = onnx.load(str(HERE.parent.parent / "examples" / "brusselator-b.onnx")).graph
    tensors = {t.name: numpy_helper.to_array(t).astype(float) for t in graph.initializer}
    return [(tensors[n.input[1]], tensors[n.input[2]]) for n in graph.node if n.op_type == "Gemm"]


def evaluate(net, points):
    y = np.column_stack([points, np.full(len(points), B)])
    jacobian = np.broadcast_to(np.eye(3)[:, :2], (len(points), 3, 2))
    for k, (w, b) in enumerate(net):
        y = y @ w.T + b
        jacobian = np.einsum("oi,pij->poj", w, jacobian)
        if k + 1 < len(net):
            jacobian = jacobian * (y > 0)[:, :, None]
            y = np.maximum(y, 0)
    return y, np.linalg.det(jacobian)


def square(radius, n=400):
    t = np.linspace(-1, 1, n)
    one = np.ones(n)
    ring = np.concatenate([
        np.column_stack([t, -one]), np.column_stack([one, t]),
        np.column_stack([-t, one]), np.column_stack([-one, -t])])
    return CENTER + radius * ring


class Panel:
    def __init__(self, left, top, size, window):
        self.left, self.top, self.size, self.window = left, top, size, window

    def at(self, p):
        x0, x1, y0, y1 = self.window
        return (self.left + (p[0] - x0) / (x1 - x0) * self.size,
                self.top + (y1 - p[1]) / (y1 - y0) * self.size)

    def path(self, points, style, close=True):
        inside = " ".join("%.1f,%.1f" % self.at(p) for p in points)
        return '<%s points="%s" fill="none" %s/>' % ("polygon" if close else "polyline", inside, style)

    def dot(self, p, label, dx=7, dy=-7):
        x, y = self.at(p)
        return ('<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/><text x="%.1f" y="%.1f">%s</text>'
                % (x, y, INK, x + dx, y + dy, label))

    def frame(self, title, xlabel, ylabel):
        x0, x1, y0, y1 = self.window
        out = ['<rect x="%g" y="%g" width="%g" height="%g" fill="none" stroke="%s"/>'
               % (self.left, self.top, self.size, self.size, INK),
               '<text x="%g" y="%g" font-weight="bold">%s</text>' % (self.left, self.top - 10, title)]
        for v in range(int(np.ceil(x0)), int(np.floor(x1)) + 1):
            x, y = self.at((v, y0))
            out.append('<text x="%.1f" y="%.1f" text-anchor="middle">%d</text>' % (x, y + 17, v))
        for v in range(int(np.ceil(y0)), int(np.floor(y1)) + 1):
            x, y = self.at((x0, v))
            out.append('<text x="%.1f" y="%.1f" text-anchor="end">%d</text>' % (x - 6, y + 5, v))
        x, y = self.at(((x0 + x1) / 2, y0))
        out.append('<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>' % (x, y + 36, xlabel))
        x, y = self.at((x0, (y0 + y1) / 2))
        out.append('<text x="%.1f" y="%.1f" text-anchor="middle" transform="rotate(-90 %.1f %.1f)">%s</text>'
                   % (x - 26, y, x - 26, y, ylabel))
        return out


def main():
    net = layers()
    left = Panel(60, 40, 400, WINDOW)
    x0, x1, y0, y1 = WINDOW
    n = 160
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 560" font-family="sans-serif" font-size="14" fill="%s">' % INK,
           '<rect width="960" height="560" fill="white"/>']
    for row in range(n):
        y = y0 + (row + 0.5) / n * (y1 - y0)
        xs = x0 + (np.arange(n) + 0.5) / n * (x1 - x0)
        _, det = evaluate(net, np.column_stack([xs, np.full(n, y)]))
        start = 0
        for col in range(1, n + 1):
            if col == n or (det[col] > 0) != (det[start] > 0):
                px, py = left.at((x0 + start / n * (x1 - x0), y0 + (row + 1) / n * (y1 - y0)))
                out.append('<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>' % (
                    px, py, (col - start) / n * 400 + 0.3, 400 / n + 0.3,
                    POSITIVE if det[start] > 0 else NEGATIVE))
                start = col
    xs = np.linspace(0.3, x1, 300)
    curve = (TAU * (1 - TAU) * xs**2 + TAU * (B + 1) - 1) / (2 * xs * TAU)
    keep = (curve > y0) & (curve < y1)
    out.append(left.path(np.column_stack([xs, curve])[keep], 'stroke="%s" stroke-dasharray="5 4"' % INK, False))
    out.append(left.path(square(LOCAL), 'stroke="%s" stroke-width="3"' % LINE))
    out.append(left.path(square(PSEUDO), 'stroke="%s" stroke-width="1.5" stroke-dasharray="8 4"' % LINE))
    out.append(left.dot(CENTER, "c"))
    out.append(left.dot(OTHER, "x"))
    out += left.frame("States", "x", "y")

    small, _ = evaluate(net, square(LOCAL))
    big, _ = evaluate(net, square(PSEUDO))
    image, _ = evaluate(net, CENTER[None, :])
    pad = 0.15
    low, high = big.min(axis=0) - pad, big.max(axis=0) + pad
    right = Panel(530, 40, 400, (low[0], high[0], low[1], high[1]))
    out.append(right.path(big, 'stroke="%s" stroke-width="1.5" stroke-dasharray="8 4"' % LINE))
    out.append(right.path(small, 'stroke="%s" stroke-width="3"' % LINE))
    out.append(right.dot(image[0], "f(c) = f(x)"))
    out += right.frame("What the network predicts", "next x", "next y")

    legend = [
        (60, '<rect x="60" y="510" width="16" height="12" fill="%s"/>' % POSITIVE, "orientation kept"),
        (225, '<rect x="225" y="510" width="16" height="12" fill="%s"/>' % NEGATIVE, "reversed: the network folds in between"),
        (540, '<line x1="540" x2="556" y1="516" y2="516" stroke="%s" stroke-dasharray="5 4"/>' % INK, "fold of the true map (closed form)"),
    ]
    for x, mark, text in legend:
        out.append(mark + '<text x="%d" y="521">%s</text>' % (x + 22, text))
    out.append('<line x1="60" x2="76" y1="542" y2="542" stroke="%s" stroke-width="3"/><text x="82" y="547">certified one-to-one: radius %.3f</text>' % (LINE, np.floor(LOCAL * 1000) / 1000))
    out.append('<line x1="400" x2="416" y1="542" y2="542" stroke="%s" stroke-width="1.5" stroke-dasharray="8 4"/><text x="422" y="547">no other state is taken for c: radius %.3f</text>' % (LINE, np.floor(PSEUDO * 1000) / 1000))
    out.append("</svg>")
    (HERE / "fold.svg").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
