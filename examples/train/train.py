#!/usr/bin/env python3
"""Train the example networks and write them as ONNX with JSON sidecars.

    train.py                      everything, into the directory above
    train.py --only vanderpol     one network
    train.py --out DIR            somewhere else
"""

import argparse
import hashlib
import json
import math
import os
import time
from dataclasses import dataclass
from typing import Callable, Optional, Tuple

import numpy as np
import torch

import maps
import onnx_io
from mlp import Mlp

HERE = os.path.dirname(os.path.abspath(__file__))


@dataclass
class Task:
    name: str
    map_fn: Callable
    formula: str
    parameters: dict
    inputs: list              # (name, low, high, meaning)
    outputs: list             # (name, meaning)
    widths: Tuple[int, ...]
    seed: int
    samples: int
    batch: int
    epochs: int
    rate: float
    jac_weight: float
    slices: tuple = ()        # parameter values for the determinant grid
    focus: float = 0.0        # extra sampling density on the fold curve
    parent: Optional[str] = None
    sparsity: float = 0.0

    def box(self):
        t = torch.tensor([[i[1], i[2]] for i in self.inputs],
                         dtype=torch.float64)
        return t[:, 0], t[:, 1]


BRUSSELATOR = "x+ = x + tau (a + x^2 y - (b + 1) x), y+ = y + tau (b x - x^2 y)"
XY_OUT = [("x+", "x after one step"), ("y+", "y after one step")]

# Why this window.  The attractor lies in about [0.5, 2.8] x [0.9, 3.5] for
# all parameters used.  A neighbourhood certificate also looks at everything
# within a radius around it, and the fold curve has one branch at negative x
# (nearest to the left part of the cycle) and one at positive x under the
# cycle, so the window reaches well past both.  It stops where x^2 y starts to
# dwarf the rest: a wider window spends the network's few hundred kinks on
# corners no trajectory comes near, and with x from -2 the closed curve at
# b = 2.1 was lost to a spurious stable fixed point.
XY = [("x", -1.5, 4.0, "first concentration"),
      ("y", -1.5, 4.5, "second concentration")]

TASKS = [
    Task("brusselator-b", maps.brusselator_b, BRUSSELATOR,
         {"a": 1.0, "tau": 0.15, "b": "third input"},
         XY + [("b", 1.8, 2.4, "feed parameter b")], XY_OUT,
         (3, 64, 64, 2), seed=101, samples=200_000, batch=1000, epochs=40,
         rate=4e-3, jac_weight=0.3, slices=(1.9, 2.0, 2.1, 2.2), focus=3.0),
    Task("brusselator-tau", maps.brusselator_tau, BRUSSELATOR,
         {"a": 1.0, "b": 2.0, "tau": "third input"},
         XY + [("tau", 0.05, 0.25, "Euler step size")], XY_OUT,
         (3, 64, 64, 2), seed=202, samples=200_000, batch=1000, epochs=40,
         rate=4e-3, jac_weight=0.1, slices=(0.05, 0.10, 0.15, 0.20, 0.25),
         focus=3.0),
    Task("vanderpol", maps.vanderpol,
         "flow over time 0.2 of x1' = x2, x2' = mu (1 - x1^2) x2 - x1",
         {"mu": 1.0, "step": 0.2},
         [("x1", -3.0, 3.0, "position"), ("x2", -4.0, 4.0, "velocity")],
         [("x1+", "x1 after the step"), ("x2+", "x2 after the step")],
         (2, 32, 32, 2), seed=303, samples=60_000, batch=500, epochs=150,
         rate=4e-3, jac_weight=0.1, slices=(None,)),
]
for _percent in (40, 50, 60):
    _base = TASKS[2]
    TASKS.append(Task(**{
        **_base.__dict__, "name": f"vanderpol-pruned-{_percent}",
        "seed": 303 + _percent, "epochs": 60, "rate": 2e-3,
        "parent": "vanderpol", "sparsity": _percent / 100}))

# Four states.  The pole is short, so that a step of 0.1 s, which is long for
# it, folds: the determinant 1 + step (d alpha / d omega) - step^2 (d alpha /
# d theta) is -0.3 at the upright state and 0 near theta = 0.7.
CARTPOLE = Task(
    "cartpole", maps.cartpole,
    "x+ = x + h v, v+ = v + h a, theta+ = theta + h omega, omega+ = omega + h "
    "alpha, with alpha = (g sin theta - k omega^2 sin theta cos theta) / (l "
    "(4/3 - m / (M + m) cos^2 theta)), a = k (omega^2 sin theta - alpha cos "
    "theta), k = m l / (M + m)",
    {"M": 1.0, "m": 0.1, "l": 0.06, "g": 9.81, "h": 0.1, "force": 0.0},
    [("x", -2.0, 2.0, "position of the cart"),
     ("v", -2.0, 2.0, "velocity of the cart"),
     ("theta", -1.5, 1.5, "angle of the pole from upright"),
     ("omega", -3.0, 3.0, "angular velocity of the pole")],
    [("x+", "x after one step"), ("v+", "v after one step"),
     ("theta+", "theta after one step"), ("omega+", "omega after one step")],
    (4, 32, 32, 4), seed=404, samples=100_000, batch=500, epochs=40,
    rate=4e-3, jac_weight=0.3)
# The attractor, a closed curve, lies within -0.1 ... 2.3 in every state.
LORENZ = Task(
    "lorenz96", maps.lorenz96,
    "x_i+ = x_i + h ((x_{i+1} - x_{i-2}) x_{i-1} - x_i + F), i modulo 4",
    {"F": 1.5, "h": 0.2},
    [(f"x{i}", -1.5, 3.5, f"state {i}") for i in range(4)],
    [(f"x{i}+", f"x{i} after one step") for i in range(4)],
    (4, 48, 48, 4), seed=505, samples=200_000, batch=1000, epochs=40,
    rate=4e-3, jac_weight=0.3)
TASKS += [CARTPOLE, LORENZ, Task(**{
    **CARTPOLE.__dict__, "name": "cartpole-pruned-50", "seed": 454,
    "epochs": 20, "rate": 2e-3, "parent": "cartpole", "sparsity": 0.5})]


def draw(task, count, generator):
    """Uniform points of the window, with extra density along the fold curve.

    The determinant's zero set is what the examples are about and it occupies
    a thin strip, so a uniform sample alone would leave it underfitted.
    """
    lo, hi = task.box()
    kept, have = [], 0
    while have < count:
        pts = lo + (hi - lo) * torch.rand(count, len(lo), generator=generator,
                                          dtype=torch.float64)
        if task.focus > 0:
            det = maps.det(task.map_fn(pts)[1])
            density = 1 + task.focus * torch.exp(-(det / 0.4) ** 2)
            coin = torch.rand(count, generator=generator, dtype=torch.float64)
            pts = pts[coin * (1 + task.focus) < density]
        kept.append(pts)
        have += len(pts)
    return torch.cat(kept)[:count]


def fit(net, task, points, generator):
    """Sobolev regression: values and Jacobians together.

    A fold is a property of the derivative, and a ReLU network can match
    values well while its slopes are wrong by a sign.
    """
    value, jac = task.map_fn(points)
    u = (points - net.centre) / net.half
    v = (value - net.out_mean) / net.out_scale
    d = jac * net.half[:net.states] / net.out_scale[:, None]
    # Slopes matter most where the determinant is small; far from the fold
    # curve their errors cannot change its sign.
    weight = 1 / (0.5 + maps.det(jac).abs())
    weight = weight / weight.mean()
    opt = torch.optim.Adam(net.parameters(), lr=task.rate, betas=(0.9, 0.99))
    per_epoch = len(points) // task.batch
    total, step = task.epochs * per_epoch, 0
    for epoch in range(task.epochs):
        order = torch.randperm(len(points), generator=generator)
        for k in range(per_epoch):
            # Linear to zero after a short warm-up: the last steps then act
            # as an average over batches.
            rate = task.rate * min(1.0, (step + 1) / 200) * (1 - step / total)
            for group in opt.param_groups:
                group["lr"] = rate
            idx = order[k * task.batch:(k + 1) * task.batch]
            out, slope = net.value_and_jacobian(u[idx])
            fit_v = ((out - v[idx]) ** 2).mean()
            fit_d = ((slope - d[idx]) ** 2).mean(dim=(1, 2))
            loss = fit_v + task.jac_weight * (weight[idx] * fit_d).mean()
            opt.zero_grad(set_to_none=True)
            loss.backward()
            opt.step()
            if task.sparsity:
                net.apply_masks()
            step += 1
        if epoch % 10 == 9 or epoch == task.epochs - 1:
            print(f"  epoch {epoch + 1:4d}  value {math.sqrt(fit_v.item()):.2e}"
                  f"  slope {math.sqrt(fit_d.mean().item()):.2e}", flush=True)


def build(task, parent):
    """Return the trained network for ``task``."""
    gen = torch.Generator().manual_seed(task.seed)
    points = draw(task, task.samples, gen)
    if parent is not None:
        net = parent.copy()
        net.prune(task.sparsity)
    else:
        value = task.map_fn(points)[0]
        lo, hi = task.box()
        net = Mlp(task.widths, lo, hi, value.mean(0), value.std(0), gen)
    fit(net, task, points, gen)
    return net


def held_out(task, layers, count=100_000):
    """Errors of the written file on fresh uniform points of the window."""
    gen = torch.Generator().manual_seed(task.seed + 10_000)
    lo, hi = task.box()
    pts = lo + (hi - lo) * torch.rand(count, len(lo), generator=gen,
                                      dtype=torch.float64)
    true, jac = task.map_fn(pts)
    out, slope = onnx_io.forward(layers, pts.numpy())
    err = np.abs(out - true.numpy())
    return {"points": count, "seed": task.seed + 10_000,
            "distribution": "uniform on the input window",
            "mean_abs": float(err.mean()), "max_abs": float(err.max()),
            "mean_abs_per_output": [float(e) for e in err.mean(0)],
            "jacobian_mean_abs": float(np.abs(slope - jac.numpy()).mean())}


def determinant_report(task, layers, n=300, margin=0.15):
    """Compare the sign of the network's determinant with the exact one."""
    lo, hi = task.box()
    if len(lo) > 3:
        gen = torch.Generator().manual_seed(task.seed + 20_000)
        pts = lo + (hi - lo) * torch.rand(n * n, len(lo), generator=gen,
                                          dtype=torch.float64)
        true = maps.det(task.map_fn(pts)[1]).numpy()
        mine = np.linalg.det(onnx_io.forward(layers, pts.numpy())[1])
        same, far = (mine > 0) == (true > 0), np.abs(true) > margin
        return {"points": f"{n * n}, uniform on the input window",
                "margin": f"points with exact |det| > {margin}",
                "agreement": float(same[far].mean()),
                "agreement_all_points": float(same.mean())}
    gx, gy = torch.meshgrid(
        torch.linspace(float(lo[0]), float(hi[0]), n, dtype=torch.float64),
        torch.linspace(float(lo[1]), float(hi[1]), n, dtype=torch.float64),
        indexing="ij")
    flat = torch.stack((gx.reshape(-1), gy.reshape(-1)), 1)
    rows, far_ok, far_n, all_ok, pos, count = [], 0, 0, 0, 0, 0
    for value in task.slices:
        pts = flat
        if value is not None:
            pts = torch.cat((flat, torch.full((len(flat), 1), value,
                                              dtype=torch.float64)), 1)
        true = maps.det(task.map_fn(pts)[1]).numpy()
        slope = torch.from_numpy(onnx_io.forward(layers, pts.numpy())[1])
        mine = maps.det(slope).numpy()
        same, far = (mine > 0) == (true > 0), np.abs(true) > margin
        rows.append({"parameter": value, "agreement": float(same[far].mean()),
                     "agreement_all_points": float(same.mean())})
        far_ok += same[far].sum()
        far_n += far.sum()
        all_ok += same.sum()
        pos += (mine > 0).sum()
        count += len(same)
    report = {"grid": f"{n} x {n} over the (x, y) window per slice"}
    if task.slices == (None,):
        # The exact flow map is a diffeomorphism: the determinant is positive
        # everywhere, so agreement is just the share of positive points.
        report["network_positive_fraction"] = float(pos / count)
        return report
    report.update({"margin": f"points with exact |det| > {margin}",
                   "agreement": float(far_ok / far_n),
                   "agreement_all_points": float(all_ok / count),
                   "slices": rows})
    return report


def export(task, net, out_dir, seconds):
    layers = [(w.astype(np.float32), b.astype(np.float32))
              for w, b in net.folded()]
    path = os.path.join(out_dir, task.name + ".onnx")
    onnx_io.write(path, layers, task.name.replace("-", "_"),
                  "state", "next_state",
                  f"inputs: {', '.join(i[0] for i in task.inputs)}; outputs: "
                  f"{', '.join(o[0] for o in task.outputs)}; {task.formula}")

    # Everything reported below is measured on the file as read back.
    back = onnx_io.read(path)
    assert len(back) == len(layers)
    for (w, b), (w2, b2) in zip(layers, back):
        assert np.array_equal(w, w2) and np.array_equal(b, b2)
    gen = torch.Generator().manual_seed(7)
    lo, hi = task.box()
    probe = lo + (hi - lo) * torch.rand(1000, len(lo), generator=gen,
                                        dtype=torch.float64)
    with torch.no_grad():
        trained = net.value_and_jacobian((probe - net.centre) / net.half)[0]
        trained = (trained * net.out_scale + net.out_mean).numpy()
    rounding = float(np.abs(onnx_io.forward(back, probe.numpy())[0]
                            - trained).max())
    assert rounding < 1e-4, rounding

    zeros = sum(int((w == 0).sum()) for w, _ in back)
    size = sum(w.size for w, _ in back)
    with open(path, "rb") as f:
        digest = hashlib.sha256(f.read()).hexdigest()
    info = {
        "file": task.name + ".onnx",
        "sha256": digest,
        "inputs": [{"name": n, "range": [a, b], "meaning": m}
                   for n, a, b, m in task.inputs],
        "outputs": [{"name": n, "meaning": m} for n, m in task.outputs],
        "architecture": {"widths": list(task.widths), "activation": "ReLU",
                         "weights": size,
                         "biases": sum(b.size for _, b in back)},
        "map": {"formula": task.formula, "parameters": task.parameters},
        "data": {"sampling": "uniform on the input window" if not task.focus
                 else "uniform on the input window, thinned to density "
                 f"1 + {task.focus:g} exp(-(det / 0.4)^2)",
                 "points": task.samples, "seed": task.seed},
        "training": {
            "loss": f"MSE of values + {task.jac_weight:g} * MSE of the "
                    "Jacobian in the state variables weighted by "
                    "1 / (0.5 + |det|), in normalised coordinates",
            "optimiser": "Adam, betas 0.9 and 0.99, rate "
                         f"{task.rate:g} falling linearly to 0",
            "epochs": task.epochs, "batch": task.batch,
            "precision": "float64, rounded to float32 at the end"},
        "held_out_error": held_out(task, back),
        "rounding_max_abs": rounding,
        "determinant": determinant_report(task, back),
        "torch": torch.__version__,
    }
    if task.sparsity:
        info["sparsity"] = {
            "target": task.sparsity, "zero_weights": zeros,
            "weights": size, "measured": zeros / size,
            "method": "weights of smallest magnitude in normalised "
                      f"coordinates over all layers of {task.parent}.onnx, "
                      "set to zero and held there during fine-tuning"}
    with open(os.path.join(out_dir, task.name + ".json"), "w") as f:
        json.dump(info, f, indent=2)
        f.write("\n")
    det = info["determinant"]
    print(f"{task.name}: mean {info['held_out_error']['mean_abs']:.2e}, max "
          f"{info['held_out_error']['max_abs']:.2e}, determinant "
          f"{det.get('agreement', det.get('network_positive_fraction')):.4f}"
          f", {seconds:.0f} s", flush=True)


def main():
    names = [t.name for t in TASKS]
    cli = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    cli.add_argument("--only", choices=names, metavar="NAME",
                     help="train one network: " + ", ".join(names))
    cli.add_argument("--out", default=os.path.dirname(HERE), metavar="DIR",
                     help="output directory (default: the one above)")
    args = cli.parse_args()
    # One thread keeps the order of every floating-point sum fixed.
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    os.makedirs(args.out, exist_ok=True)

    wanted = [t for t in TASKS if args.only in (None, t.name)]
    trained = {}
    for task in wanted:
        parent, base = None, task.parent
        if base is not None:
            if base not in trained:
                print(f"training {base} first, to prune it", flush=True)
                trained[base] = build(next(t for t in TASKS
                                           if t.name == base), None)
            parent = trained[base]
        print(f"training {task.name}", flush=True)
        start = time.monotonic()
        trained[task.name] = build(task, parent)
        export(task, trained[task.name], args.out, time.monotonic() - start)


if __name__ == "__main__":
    main()
