"""The planar maps the example networks approximate, with exact Jacobians.

Every function takes a float64 tensor of points, one per row, and returns
``(values, jacobian)`` of shapes (n, 2) and (n, 2, 2).  The Jacobian is taken
in the two state variables only; a third input column is a parameter of the
map and is never differentiated.
"""

import torch


def brusselator(x, y, a, b, tau):
    """One forward-Euler step of the Brusselator, and its Jacobian in (x, y)."""
    value = torch.stack((x + tau * (a + x * x * y - (b + 1) * x),
                         y + tau * (b * x - x * x * y)), dim=1)
    jac = torch.stack((1 + tau * (2 * x * y - b - 1), tau * x * x,
                       tau * (b - 2 * x * y), 1 - tau * x * x), dim=1)
    return value, jac.reshape(-1, 2, 2)


def brusselator_b(points, a=1.0, tau=0.15):
    x, y, b = points.unbind(1)
    return brusselator(x, y, a, b, torch.full_like(b, tau))


def brusselator_tau(points, a=1.0, b=2.0):
    x, y, tau = points.unbind(1)
    return brusselator(x, y, a, torch.full_like(tau, b), tau)


def _vanderpol_field(state, tangent, mu):
    """Vector field, and the variational equation carried along with it."""
    x1, x2 = state.unbind(1)
    field = torch.stack((x2, mu * (1 - x1 * x1) * x2 - x1), dim=1)
    zero, one = torch.zeros_like(x1), torch.ones_like(x1)
    lin = torch.stack((zero, one,
                       -2 * mu * x1 * x2 - 1, mu * (1 - x1 * x1)), dim=1)
    return field, lin.reshape(-1, 2, 2) @ tangent


def vanderpol(points, mu=1.0, step=0.2, substeps=40):
    """Flow of the Van der Pol oscillator over ``step``.

    Forty RK4 sub-steps of 0.005 leave an integration error below 1e-7 on the
    training window, far under anything the networks resolve.
    """
    h = step / substeps
    s = points
    t = torch.eye(2, dtype=points.dtype).expand(len(points), 2, 2)
    for _ in range(substeps):
        s1, t1 = _vanderpol_field(s, t, mu)
        s2, t2 = _vanderpol_field(s + h / 2 * s1, t + h / 2 * t1, mu)
        s3, t3 = _vanderpol_field(s + h / 2 * s2, t + h / 2 * t2, mu)
        s4, t4 = _vanderpol_field(s + h * s3, t + h * t3, mu)
        s = s + h / 6 * (s1 + 2 * s2 + 2 * s3 + s4)
        t = t + h / 6 * (t1 + 2 * t2 + 2 * t3 + t4)
    return s, t


def det2(jac):
    return jac[:, 0, 0] * jac[:, 1, 1] - jac[:, 0, 1] * jac[:, 1, 0]
