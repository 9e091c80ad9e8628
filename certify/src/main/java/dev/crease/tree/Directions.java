package dev.crease.tree;

import dev.crease.Rounding;
import dev.crease.tree.net.Net;
import dev.crease.tree.net.Total;
import java.util.Optional;

/**
 * Evaluates {@link DirectionProof}s, rounding outward: a coefficient as computed counts as exact,
 * and how far it may be from the true one is charged at the largest size of what it multiplies.
 */
final class Directions {

  private final Ball ball;
  private final Net net;

  /** By layer and neuron, the largest size of the difference on the face. */
  private final double[][] reach;

  Directions(Ball ball, double[][] reach) {
    this.ball = ball;
    this.net = ball.net();
    this.reach = reach;
  }

  /** What a proof proves: a number not above the goal over all collisions in the state. */
  double bound(State state, Hulls hulls, Goal goal, DirectionProof proof) {
    return run(state, hulls, goal, proof, Optional.empty());
  }

  /**
   * A proof and what it proves.
   *
   * @param bound a number not above the goal over all collisions in the state
   */
  record Derived(DirectionProof proof, double bound) {}

  /**
   * Makes a proof of a linear program's multipliers.
   *
   * @param mu by output
   * @param pass by neuron in play, what the program passes on to the layer before
   */
  Derived derive(State state, Hulls hulls, Goal goal, double[] mu, double[] pass) {
    DirectionProof proof =
        new DirectionProof(
            ball.slopes().fitting(Trim.SHORT.of(mu)),
            DirectionProof.all(ball.inPlay()),
            new Reads());
    return new Derived(proof, run(state, hulls, goal, proof, Optional.of(pass)));
  }

  private double run(
      State state, Hulls hulls, Goal goal, DirectionProof proof, Optional<double[]> pass) {
    double[] mu = proof.mu();
    double[] left = proof.pass();
    boolean isClear = pass.isPresent() && state.isClear();
    Total total = new Total();
    if (!ball.isEqual()) {
      Slopes slopes = ball.slopes();
      for (int i = 0; i < mu.length; i++) {
        total.add(-slopes.most(i, mu[i]));
      }
    }
    double[] on = mu;
    double scale = goal.isNone() ? Trim.largest(mu) : 1;
    int from = net.depth() - 1;
    if (!goal.isNone() && Trim.largest(mu) == 0) {
      // Nothing above the neuron has a coefficient.
      from = goal.layer();
      on = new double[net.width(from)];
    }
    for (int k = from; k >= 0; k--) {
      double[] c = new double[on.length];
      for (int i = 0; i < c.length; i++) {
        int p = ball.play(k, i);
        double a = on[i];
        double magnitude = 0;
        if (a != 0) {
          if (p < 0) {
            c[i] = ball.passes(k, i) ? a : 0;
          } else if (a > 0) {
            c[i] = a * hulls.low[p];
            total.add(a * hulls.lowConstant[p]);
          } else {
            c[i] = a * hulls.up[p];
            total.add(a * hulls.upConstant[p]);
          }
          magnitude = Math.abs(c[i]);
          if (p >= 0 && pass.isPresent()) {
            proof.reads().lines(state, p);
          }
        }
        if (goal.is(k, i)) {
          c[i] += goal.sign();
          magnitude += 1;
        }
        if (p >= 0) {
          if (pass.isPresent() && isWorth(isClear, a, c[i] - pass.get()[p], scale)) {
            left[p] = Trim.SHORT.of(pass.get()[p], scale);
          }
          double s = Double.isNaN(left[p]) ? 0 : c[i] - left[p];
          if (s != 0) {
            c[i] -= s;
            magnitude += Math.abs(s);
            total.add(s * (s > 0 ? state.dLower[p] : state.dUpper[p]));
            if (pass.isPresent()) {
              read(proof.reads(), p, s > 0);
            }
          }
        }
        if (magnitude != 0) {
          total.blur(Rounding.gamma(4) * magnitude * reach(state, k, i));
        }
      }
      int layer = k;
      on = net.before(k, c, total, j -> layer == 0 ? size(state, j) : reach(state, layer - 1, j));
    }
    for (int j = 0; j < on.length; j++) {
      total.add(Math.min(on[j] * state.qLower[j], on[j] * state.qUpper[j]));
    }
    return total.down();
  }

  /**
   * Whether what is left of a difference is to be said: where bounds take some of it, and where
   * others' lines might have other slopes.
   */
  private static boolean isWorth(boolean isClear, double a, double taken, double scale) {
    return (a != 0 && !isClear) || Trim.SHORT.of(taken, scale) != 0;
  }

  private static void read(Reads reads, int p, boolean isLower) {
    if (isLower) {
      reads.lower(p);
    } else {
      reads.upper(p);
    }
  }

  private static double size(State state, int j) {
    return Math.max(Math.abs(state.qLower[j]), Math.abs(state.qUpper[j]));
  }

  /** The largest size of a neuron's difference, and so of what it makes of it. */
  private double reach(State state, int k, int i) {
    int p = ball.play(k, i);
    return p < 0 ? reach[k][i] : Math.max(Math.abs(state.dLower[p]), Math.abs(state.dUpper[p]));
  }
}
