"""The maps the example networks approximate, with exact Jacobians.

Every function takes a float64 tensor of points, one per row, and returns
``(values, jacobian)`` of shapes (n, s) and (n, s, s), s being the number of
states: two in the plane, or four.  The Jacobian is taken in the states only; a
further input column is a parameter of the map and is never differentiated.
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


def cartpole(points, step=0.1, cart=1.0, pole=0.1, half=0.06, gravity=9.81):
    """One forward-Euler step of a free pole on a cart without friction.

    Equations of motion as in Barto, Sutton and Anderson (1983), with no force;
    ``half`` is half the length of the pole, and theta = 0 is upright.
    """
    x, v, theta, omega = points.unbind(1)
    s, c = torch.sin(theta), torch.cos(theta)
    share = pole / (cart + pole)
    arm = share * half
    den = half * (4 / 3 - share * c * c)
    alpha = (gravity * s - arm * omega * omega * s * c) / den
    accel = arm * (omega * omega * s - alpha * c)

    alpha_theta = (gravity * c - arm * omega * omega * (c * c - s * s)
                   - alpha * 2 * arm * c * s) / den
    alpha_omega = -2 * arm * omega * s * c / den
    accel_theta = arm * (omega * omega * c - alpha_theta * c + alpha * s)
    accel_omega = arm * (2 * omega * s - alpha_omega * c)

    value = torch.stack((x + step * v, v + step * accel,
                         theta + step * omega, omega + step * alpha), dim=1)
    jac = torch.eye(4, dtype=points.dtype).repeat(len(points), 1, 1)
    jac[:, 0, 1] = step
    jac[:, 1, 2] = step * accel_theta
    jac[:, 1, 3] = step * accel_omega
    jac[:, 2, 3] = step
    jac[:, 3, 2] = step * alpha_theta
    jac[:, 3, 3] += step * alpha_omega
    return value, jac


def lorenz96(points, step=0.2, forcing=1.5):
    """One forward-Euler step of the system of Lorenz (1996), on a ring.

    x_i' = (x_{i+1} - x_{i-2}) x_{i-1} - x_i + forcing, indices modulo the
    number of states.
    """
    n = points.shape[1]
    ahead, behind = torch.roll(points, -1, 1), torch.roll(points, 1, 1)
    beyond = torch.roll(points, 2, 1)
    value = points + step * ((ahead - beyond) * behind - points + forcing)
    jac = torch.zeros(len(points), n, n, dtype=points.dtype)
    for i in range(n):
        jac[:, i, i] += 1 - step
        jac[:, i, (i + 1) % n] += step * behind[:, i]
        jac[:, i, (i - 2) % n] -= step * behind[:, i]
        jac[:, i, (i - 1) % n] += step * (ahead - beyond)[:, i]
    return value, jac


def det(jac):
    if jac.shape[1] == 2:
        return jac[:, 0, 0] * jac[:, 1, 1] - jac[:, 0, 1] * jac[:, 1, 0]
    return torch.linalg.det(jac)
