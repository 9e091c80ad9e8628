#!/usr/bin/env python3
"""Radii of a small network by looking at every linear region of a ball.

    radii.py ../cartpole.onnx --center 0,0,0,0 --norm inf --within 0.53

A second opinion on what Crease answers, which shares nothing with it: it splits the
ball by the phases of neurons, one linear program (norm 2: least squares) a
split, and looks at each region. Prints as JSON

  fold      distance of the nearest region whose determinant has another sign,
            recomputed in rational numbers: no local radius is larger
  pseudo    distance of the nearest other point with the centre's output, in
            rational numbers
  monotone  above 0 when a matrix M was found with M A + (M A)^T positive
            definite for all regions nearer than the fold: then M f is
            monotone on that ball, f one-to-one, and `fold` the local radius

The regions themselves are found in floating point, and those thinner than
1e-10 are not seen: this checks a proof, and is none.
"""

import argparse
import json
from decimal import Decimal, getcontext
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog, nnls

import onnx_io

THIN = 1e-10
getcontext().prec = 60


class Ball:
    """A ball around a centre; ``nearest`` is the distance of a polytope from it."""

    def __init__(self, centre, norm, radius):
        self.centre, self.norm, self.radius = np.array(centre), norm, radius

    def spread(self, row):
        a = np.abs(row)
        return self.radius * {"inf": a.sum(), "1": a.max(initial=0),
                              "2": np.sqrt((a * a).sum())}[self.norm]

    def program(self, a, b):
        """min cost . v over m v <= q, which is min ||y|| over a y <= b."""
        n = len(self.centre)
        k = 1 if self.norm == "inf" else n
        top = np.ones((n, 1)) if self.norm == "inf" else np.eye(n)
        m = np.vstack((np.hstack((a, np.zeros((len(a), k)))),
                       np.hstack((np.eye(n), -top)), np.hstack((-np.eye(n), -top))))
        return np.r_[np.zeros(n), np.ones(k)], m, np.r_[b, np.zeros(2 * n)]

    def nearest(self, rows, bounds):
        """Distance and point of ``rows x <= bounds``; infinity if it is empty."""
        n = len(self.centre)
        a = np.array(rows).reshape(-1, n)
        b = np.array(bounds) - a @ self.centre
        if np.all(b >= 0):
            return 0.0, self.centre
        if self.norm == "2":
            # Lawson and Hanson (1974), chapter 23: least distance programming.
            target = np.r_[np.zeros(n), 1]
            lhs = np.vstack((-a.T, -b[None]))
            u, misfit = nnls(lhs, target, maxiter=10_000)
            if misfit < 1e-11:
                return np.inf, None
            r = lhs @ u - target
            y = -r[:n] / r[n]
            return np.sqrt(y @ y), self.centre + y
        cost, m, q = self.program(a, b)
        found = linprog(cost, m, q, bounds=(None, None), method="highs")
        if found.status != 0:
            return np.inf, None
        return found.fun, self.centre + found.x[:n]


def regions(layers, ball):
    """Each region that meets the ball: its map, inequalities, phases, point."""
    n, found = len(ball.centre), []

    def layer(k, a, b, rows, bounds, phases, inside):
        w, bias = layers[k]
        z, z0 = w @ a, w @ b + bias
        if k == len(layers) - 1:
            found.append((z, z0, rows, bounds, phases, inside))
            return

        def neuron(i, rows, bounds, mask, inside):
            while i < len(z0):
                middle, spread = z[i] @ ball.centre + z0[i], ball.spread(z[i])
                if abs(middle) < spread:
                    break
                mask = mask + [int(middle > 0)]
                i += 1
            if i == len(z0):
                on = np.array(mask)
                layer(k + 1, z * on[:, None], z0 * on, rows, bounds,
                      phases + [mask], inside)
                return
            thin = THIN * np.linalg.norm(z[i])
            at = z[i] @ inside + z0[i]
            for sign in (1, 0):
                row, bound = (-z[i], z0[i] - thin) if sign else (z[i], -z0[i] - thin)
                point = inside
                # The point at hand shows that one side is there.
                if not (at >= thin if sign else at <= -thin):
                    distance, point = ball.nearest(rows + [row], bounds + [bound])
                    if distance > ball.radius:
                        continue
                neuron(i + 1, rows + [row], bounds + [bound], mask + [sign], point)

        neuron(0, rows, bounds, [], inside)

    layer(0, np.eye(n), np.zeros(n), [], [], [], ball.centre)
    return found


def rational(layers, phases):
    """The map of a region and its inequalities ``rows x <= bounds``, exactly."""
    n = layers[0][0].shape[1]
    a = [[Fraction(int(i == j)) for j in range(n)] for i in range(n)]
    b, rows, bounds = [Fraction(0)] * n, [], []
    for k, (w, bias) in enumerate(layers):
        exact = [[Fraction(float(x)) for x in row] for row in w]
        z = [[sum(x * a[i][j] for i, x in enumerate(row) if x) for j in range(n)]
             for row in exact]
        z0 = [sum(x * b[i] for i, x in enumerate(row) if x) + Fraction(float(c))
              for row, c in zip(exact, bias)]
        if k == len(layers) - 1:
            return z, z0, rows, bounds
        for i, on in enumerate(phases[k]):
            sign = -1 if on else 1
            rows.append([sign * x for x in z[i]])
            bounds.append(-sign * z0[i])
        a = [[x * on for x in row] for row, on in zip(z, phases[k])]
        b = [x * on for x, on in zip(z0, phases[k])]


def solve(a, b):
    """The solution of square rational equations; None where there is not one."""
    n = len(b)
    m = [list(row) + [c] for row, c in zip(a, b)]
    for i in range(n):
        pivot = next((r for r in range(i, n) if m[r][i] != 0), None)
        if pivot is None:
            return None
        m[i], m[pivot] = m[pivot], m[i]
        m[i] = [x / m[i][i] for x in m[i]]
        for r in range(n):
            if r != i and m[r][i] != 0:
                m[r] = [x - m[r][i] * y for x, y in zip(m[r], m[i])]
    return [row[n] for row in m]


def independent(rows, want):
    """The first rows that are independent, at most so many."""
    kept = []
    for i, row in enumerate(rows):
        trial = np.array([rows[k] / np.linalg.norm(rows[k]) for k in kept + [i]])
        if len(kept) < want and np.linalg.svd(trial)[1][-1] > 1e-9:
            kept.append(i)
    return kept


def exactly_nearest(layers, ball, phases, point):
    """Distance of a region, in rational numbers: what is tight at its nearest point."""
    _, _, rows, bounds = rational(layers, phases)
    centre = [Fraction(float(c)) for c in ball.centre]
    bounds = [b - sum(x * c for x, c in zip(row, centre))
              for row, b in zip(rows, bounds)]
    n, y = len(centre), point - ball.centre
    near = np.array([[float(x) for x in row] for row in rows])
    slack = (np.array([float(b) for b in bounds]) - near @ y) / np.maximum(
        1e-30, np.linalg.norm(near, axis=1))
    order = [i for i in np.argsort(slack) if slack[i] < 1e-7]
    if ball.norm == "2":
        # y = G^T u with G y = h, for the tight rows that push outwards.
        pushing = nnls(-near[order].T, y)[0]
        g = [rows[i] for i, u in zip(order, pushing) if u > 1e-9]
        h = [bounds[i] for i, u in zip(order, pushing) if u > 1e-9]
        gram = [[sum(p * q for p, q in zip(s, t)) for t in g] for s in g]
        u = solve(gram, h)
        exact = [sum(v * row[j] for v, row in zip(u, g)) for j in range(n)]
        square = sum(v * v for v in exact)
        root = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
        return Fraction(root), exact
    k = 1 if ball.norm == "inf" else n
    size = [max(abs(y))] if ball.norm == "inf" else list(abs(y))
    cost, m, q = ball.program(near, np.array([float(b) for b in bounds]))
    every = [row + [Fraction(0)] * k for row in rows] + [
        [Fraction(int(x)) for x in row] for row in m[len(rows):]]
    right = bounds + [Fraction(0)] * (2 * n)
    v = np.r_[y, size]
    slack = (q - m @ v) / np.maximum(1e-30, np.linalg.norm(m, axis=1))
    tight = [i for i in np.argsort(slack) if slack[i] < 1e-7]
    # Of the tight rows those with positive multipliers come first.
    u = nnls(-m[tight].T, cost)[0]
    tight = [tight[i] for i in np.argsort(-u)]
    basis = [tight[i] for i in independent([m[i] for i in tight], n + k)]
    exact = solve([every[i] for i in basis], [right[i] for i in basis])
    return sum(exact[n:]), exact[:n]


def value(layers, x):
    for k, (w, b) in enumerate(layers):
        x = [sum(Fraction(float(v)) * c for v, c in zip(row, x)) + Fraction(float(d))
             for row, d in zip(w, b)]
        if k < len(layers) - 1:
            x = [max(v, Fraction(0)) for v in x]
    return x


def distance(norm, y):
    if norm == "inf":
        return max(abs(v) for v in y)
    if norm == "1":
        return sum(abs(v) for v in y)
    square = sum(v * v for v in y)
    return Fraction((Decimal(square.numerator) / Decimal(square.denominator)).sqrt())


def preimage(layers, ball, phases, image):
    """Distance of the region's point with that output, if there is another one."""
    a, b, rows, bounds = rational(layers, phases)
    x = solve(a, [v - w for v, w in zip(image, b)])
    if x is None:
        raise SystemExit("a singular region: look at it by hand")
    if any(sum(p * q for p, q in zip(row, x)) > c for row, c in zip(rows, bounds)):
        return None
    y = [v - Fraction(float(c)) for v, c in zip(x, ball.centre)]
    return distance(ball.norm, y) if any(y) else None


def monotone(maps, steps=3000):
    """The best least eigenvalue of M A + (M A)^T over all maps, for ||M|| = 1."""
    maps, best = np.array(maps), -np.inf
    m = np.linalg.inv(maps.mean(0))
    for step in range(steps):
        m = m / np.linalg.norm(m)
        s = np.einsum("ij,njk->nik", m, maps)
        w, v = np.linalg.eigh(s + s.transpose(0, 2, 1))
        worst = np.argmin(w[:, 0])
        best = max(best, w[worst, 0])
        if best > 1e-6:
            break
        g = np.outer(v[worst, :, 0], maps[worst] @ v[worst, :, 0])
        m = m + 0.3 / np.sqrt(step + 1) * g / np.linalg.norm(g)
    return best


def up(x):
    """The least double that is not below."""
    if x is None:
        return None
    f = float(x)
    return f if Fraction(f) >= x else float(np.nextafter(f, np.inf))


def main():
    cli = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    cli.add_argument("network")
    cli.add_argument("--center", required=True)
    cli.add_argument("--norm", choices=("1", "2", "inf"), default="inf")
    cli.add_argument("--within", type=float, required=True)
    args = cli.parse_args()
    layers = [(w.astype(float), b.astype(float)) for w, b in onnx_io.read(args.network)]
    ball = Ball([float(c) for c in args.center.split(",")], args.norm, args.within)
    found = regions(layers, ball)
    away = [ball.nearest(r[2], r[3]) for r in found]
    signs = np.sign([np.linalg.det(r[0]) for r in found])
    at = signs[np.argmin([d for d, _ in away])]
    others = [i for i in range(len(found)) if signs[i] != at]
    fold = None
    if others:
        i = min(others, key=lambda i: away[i][0])
        fold, _ = exactly_nearest(layers, ball, found[i][4], away[i][1])
    reach = np.inf if fold is None else float(fold) * (1 - 1e-9)
    image = value(layers, [Fraction(float(c)) for c in ball.centre])
    pseudo = None
    for (a, b, rows, bounds, phases, _) in found:
        x = np.linalg.solve(a, [float(v) for v in image] - b)
        if all(np.dot(r, x) < c + 1e-6 for r, c in zip(rows, bounds)):
            d = preimage(layers, ball, phases, image)
            pseudo = d if pseudo is None or d is not None and d < pseudo else pseudo
    print(json.dumps({
        "network": args.network, "center": args.center, "norm": args.norm,
        "within": args.within, "regions": len(found), "orientation": float(at),
        "fold": up(fold), "fold_in_doubles": min((away[i][0] for i in others), default=None),
        "pseudo": up(pseudo),
        "monotone": monotone([r[0] for r, d in zip(found, away) if d[0] < reach])}))


if __name__ == "__main__":
    main()
