"""A small dense ReLU network that returns its own Jacobian."""

import math

import torch


class Mlp:
    """Weights and biases in normalised coordinates.

    Inputs are mapped to [-1, 1] and outputs to unit spread during training;
    ``folded`` absorbs both maps into the outer layers, so that the network
    that is written out acts on the physical variables and has no other nodes
    than affine layers and ReLUs.
    """

    def __init__(self, widths, lo, hi, out_mean, out_scale, generator):
        self.widths = list(widths)
        self.states = self.widths[-1]
        self.centre = (lo + hi) / 2
        self.half = (hi - lo) / 2
        self.out_mean = out_mean
        self.out_scale = out_scale
        self.weights, self.biases = [], []
        for n_in, n_out in zip(widths[:-1], widths[1:]):
            w = torch.randn(n_out, n_in, generator=generator,
                            dtype=torch.float64) * math.sqrt(2.0 / n_in)
            # Biases spread over the same range as the weights place the
            # first kinks across the whole window instead of all through its
            # centre.
            b = (torch.rand(n_out, generator=generator,
                            dtype=torch.float64) * 2 - 1)
            self.weights.append(w)
            self.biases.append(b * (1.0 if len(self.weights) == 1 else 0.1))
        self.masks = [torch.ones_like(w) for w in self.weights]
        for p in self.parameters():
            p.requires_grad_(True)

    def parameters(self):
        return self.weights + self.biases

    def copy(self):
        twin = object.__new__(Mlp)
        twin.__dict__.update(self.__dict__)
        twin.weights = [w.detach().clone().requires_grad_(True)
                        for w in self.weights]
        twin.biases = [b.detach().clone().requires_grad_(True)
                       for b in self.biases]
        twin.masks = [m.clone() for m in self.masks]
        return twin

    def prune(self, fraction):
        """Zero the smallest ``fraction`` of all weights, ranked globally."""
        flat = torch.cat([w.detach().abs().reshape(-1) for w in self.weights])
        kill = round(fraction * flat.numel())
        keep = torch.ones_like(flat)
        keep[torch.argsort(flat)[:kill]] = 0.0
        sizes = [w.numel() for w in self.weights]
        self.masks = [m.reshape(w.shape)
                      for m, w in zip(torch.split(keep, sizes), self.weights)]
        self.apply_masks()

    def apply_masks(self):
        with torch.no_grad():
            for w, m in zip(self.weights, self.masks):
                w.mul_(m)

    def value_and_jacobian(self, u):
        """Normalised outputs and their derivative in the states.

        A tangent column for each state travels through the layers with the
        values: the network is affine on each activation region, so this is
        exact and costs about one extra forward pass for each.
        """
        h, cols = u, None
        last = len(self.weights) - 1
        for k, (w, b) in enumerate(zip(self.weights, self.biases)):
            h = torch.addmm(b, h, w.t())
            if k == 0:
                cols = [w[:, j].expand(len(u), -1) for j in range(self.states)]
            else:
                cols = [c @ w.t() for c in cols]
            if k < last:
                on = (h > 0).to(h.dtype)
                h, cols = h * on, [c * on for c in cols]
        return h, torch.stack(cols, dim=2)

    def folded(self):
        """Layers in physical coordinates, as float64 numpy pairs (W, b)."""
        layers = [(w.detach().clone(), b.detach().clone())
                  for w, b in zip(self.weights, self.biases)]
        w, b = layers[0]
        w = w / self.half
        layers[0] = (w, b - w @ self.centre)
        w, b = layers[-1]
        layers[-1] = (w * self.out_scale[:, None],
                      b * self.out_scale + self.out_mean)
        return [(w.numpy(), b.numpy()) for w, b in layers]
