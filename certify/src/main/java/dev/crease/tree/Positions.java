package dev.crease.tree;

import dev.crease.Rounding;
import dev.crease.bounds.Norm;
import dev.crease.tree.PositionProof.Bound;
import dev.crease.tree.net.Net;
import dev.crease.tree.net.Total;
import java.util.Optional;

/**
 * Evaluates {@link PositionProof}s, rounding outward as {@link Directions} does. Ball and radius
 * enter at the very end only.
 */
final class Positions {

  private final Ball ball;
  private final Net net;

  Positions(Ball ball) {
    this.ball = ball;
    this.net = ball.net();
  }

  /** What a proof proves of the collisions in a state. */
  Bound bound(State state, Hulls hulls, PositionProof proof) {
    return new Pass(state, hulls, proof, Optional.empty()).run();
  }

  /**
   * Completes a proof of a linear program's multipliers: fills in its sides.
   *
   * @param proof whose sides are still to be found
   * @param pass by copy and neuron in play, what the program passes on to the layer before
   */
  Bound derive(State state, Hulls hulls, PositionProof proof, double[][] pass) {
    return new Pass(state, hulls, proof, Optional.of(pass)).run();
  }

  private final class Pass {
    private final State state;
    private final Hulls hulls;
    private final PositionProof proof;
    private final Optional<double[][]> pass;
    private final double scale;
    private final boolean isClear;
    private final Total total = new Total();

    /** The coefficient of t. */
    private final Total onT = new Total();

    Pass(State state, Hulls hulls, PositionProof proof, Optional<double[][]> pass) {
      this.state = state;
      this.hulls = hulls;
      this.proof = proof;
      this.pass = pass;
      this.scale = Trim.largest(proof.mu());
      this.isClear = pass.isPresent() && state.isClear();
    }

    Bound run() {
      double[][] on = new double[2][];
      on[0] = proof.mu().clone();
      on[1] = new double[on[0].length];
      for (int i = 0; i < on[0].length; i++) {
        on[1][i] = -on[0][i];
      }
      for (int k = net.depth() - 1; k >= 0; k--) {
        double[][] c = new double[2][net.width(k)];
        for (int i = 0; i < net.width(k); i++) {
          neuron(k, i, on, c);
        }
        on = new double[][] {before(0, k, c[0]), before(1, k, c[1])};
      }
      return inputs(on[0], on[1]);
    }

    private void neuron(int k, int i, double[][] on, double[][] c) {
      int p = ball.play(k, i);
      if (p < 0) {
        if (ball.passes(k, i)) {
          c[0][i] = on[0][i];
          c[1][i] = on[1][i];
        }
      } else {
        pair(p, i, on, c);
      }
      for (int copy = 0; copy < 2; copy++) {
        double magnitude = 0;
        if (p >= 0) {
          magnitude = relu(copy, p, on[copy][i], c[copy], i);
        }
        if (p >= 0) {
          magnitude += side(copy, p, on[copy][i], c[copy], i);
        }
        if (magnitude != 0) {
          total.blur(Rounding.gamma(8) * magnitude * size(copy, k, i));
        }
      }
    }

    /** The rows that tie the copies together. */
    private void pair(int p, int i, double[][] on, double[][] c) {
      double low = proof.low()[p];
      double up = proof.up()[p];
      double lines = low * hulls.low[p] - up * hulls.up[p];
      double w = Double.isNaN(proof.pair()[p]) ? 0 : lines - proof.pair()[p];
      if (isClear && Trim.LONG.of(w, Math.abs(low) + Math.abs(up)) == 0) {
        proof.pair()[p] = Double.NaN;
        w = 0;
      }
      if (low == 0 && up == 0 && w == 0) {
        return;
      }
      if (low != 0 || up != 0) {
        proof.reads().lines(state, p);
      }
      if (w > 0) {
        proof.reads().lower(p);
      } else if (w < 0) {
        proof.reads().upper(p);
      }
      double y = up - low;
      double z = lines - w;
      double magnitudeY = Math.abs(low) + Math.abs(up);
      double magnitudeZ = magnitudeY + Math.abs(w);
      onT.add(low * hulls.lowConstant[p]);
      onT.add(-up * hulls.upConstant[p]);
      onT.add(w * (w > 0 ? state.dLower[p] : state.dUpper[p]));
      for (int copy = 0; copy < 2; copy++) {
        int sign = copy == 0 ? 1 : -1;
        double size = size(copy, p);
        total.blur(Rounding.gamma(8) * (magnitudeY + magnitudeZ + Math.abs(on[copy][i])) * size);
        on[copy][i] += sign * y;
        c[copy][i] += sign * z;
      }
    }

    /** What is left on a copy's value goes to its pre-activation. Returns a magnitude. */
    private double relu(int copy, int p, double onY, double[] c, int i) {
      if (pass.isPresent() && state.isDecided(copy, p)) {
        // It is known without: y is z, or 0.
        proof.above()[copy][p] = 0;
      }
      if (state.isActive(copy, p)) {
        c[i] += onY;
        return Math.abs(onY) + Math.abs(c[i]);
      }
      if (state.isInactive(copy, p)) {
        return 0;
      }
      double alpha = proof.above()[copy][p];
      double left = onY - alpha;
      c[i] += alpha;
      double magnitude = Math.abs(onY) + 2 * Math.abs(alpha) + Math.abs(c[i]);
      if (left < 0) {
        double l = state.zLower[copy][p];
        double u = state.zUpper[copy][p];
        double slope = u / (u - l);
        // The chord must not be below 0 at l, nor below u at u.
        double constant =
            Math.max(
                Rounding.up(-slope * l, Rounding.gamma(2) * Math.abs(l)),
                Rounding.up(u - slope * u, Rounding.gamma(4) * Math.abs(u)));
        c[i] += left * slope;
        total.add(left * constant);
        magnitude += 2 * Math.abs(left);
      }
      return magnitude;
    }

    private double side(int copy, int p, double onY, double[] c, int i) {
      double[] left = proof.pass()[copy];
      if (pass.isPresent()) {
        double taken = Trim.LONG.of(c[i] - pass.get()[copy][p], scale);
        boolean isFree = onY != 0 && !isClear;
        left[p] = isFree || taken != 0 ? Trim.LONG.of(pass.get()[copy][p], scale) : Double.NaN;
      }
      double s = Double.isNaN(left[p]) ? 0 : c[i] - left[p];
      if (s == 0) {
        return 0;
      }
      total.add(s * (s > 0 ? state.zLower[copy][p] : state.zUpper[copy][p]));
      double magnitude = Math.abs(s) + Math.abs(c[i]);
      c[i] -= s;
      return magnitude;
    }

    private double[] before(int copy, int k, double[] c) {
      for (int i = 0; i < c.length; i++) {
        total.add(c[i] * net.bias(k, i));
      }
      return net.before(
          k,
          c,
          total,
          j -> k == 0 ? Math.abs(ball.center(j)) + ball.reach(j) : size(copy, k - 1, j));
    }

    private Bound inputs(double[] first, double[] second) {
      int m = first.length;
      double[] blur = new double[m];
      for (int j = 0; j < m; j++) {
        double w = ball.isFree(j) ? proof.input()[j] : 0;
        if (w != 0) {
          blur[j] += Math.abs(w) + Math.abs(first[j]) + Math.abs(second[j]);
          first[j] -= w;
          second[j] += w;
          onT.add(w * (w > 0 ? state.qLower[j] : state.qUpper[j]));
        }
      }
      for (int i = 0; i < proof.mu().length; i++) {
        if (ball.isSloped()) {
          onT.add(-ball.slopes().most(i, proof.mu()[i]));
        } else {
          total.add(-Math.abs(proof.mu()[i]) * ball.eps());
        }
      }
      total.blur(onT.error() * ball.apart());
      double t = onT.sum();
      if (t > 0) {
        total.add(t * ball.least());
      } else if (t < 0) {
        // t is the difference of the face's input.
        int j = state.face.input();
        blur[j] += Math.abs(t) + Math.abs(first[j]) + Math.abs(second[j]);
        first[j] += state.face.sign() * t;
        second[j] -= state.face.sign() * t;
      }
      for (int j = 0; j < m; j++) {
        double size = Math.abs(ball.center(j)) + ball.reach(j);
        total.blur(Rounding.gamma(8) * blur[j] * size);
        if (ball.isFree(j)) {
          first[j] -= side(0, j, first[j]);
          second[j] -= side(1, j, second[j]);
          total.add(first[j] * ball.center(j));
          total.add(second[j] * ball.center(j));
        } else {
          double both = first[j] + second[j];
          total.blur(Rounding.gamma(2) * Math.abs(both) * size);
          total.add(Math.min(both * ball.sharedLower(j), both * ball.sharedUpper(j)));
        }
      }
      double slope = dual(first);
      if (!ball.isPinned()) {
        slope += dual(second);
      }
      return new Bound(total.down(), Math.nextUp(slope * (1 + Rounding.gamma(4))));
    }

    /** What the sides of the domain take of a coefficient, the rest being left to the ball. */
    private double side(int copy, int j, double c) {
      double left = proof.inBall()[copy][j];
      double s = Double.isNaN(left) ? 0 : c - left;
      double at = s > 0 ? ball.sideLower(j) : ball.sideUpper(j);
      if (s == 0 || Double.isInfinite(at) || (copy == 1 && ball.isPinned())) {
        proof.inBall()[copy][j] = Double.NaN;
        return 0;
      }
      double size = Math.abs(ball.center(j)) + ball.reach(j);
      total.blur(Rounding.gamma(4) * (Math.abs(s) + Math.abs(c)) * size);
      total.add(s * at);
      return s;
    }

    /** The dual norm of the coefficients on the inputs of the ball, rounded up. */
    private double dual(double[] c) {
      double sum = 0;
      double most = 0;
      for (int j = 0; j < c.length; j++) {
        if (ball.isFree(j)) {
          most = Math.max(most, Math.abs(c[j]));
          sum += ball.norm() == Norm.L2 ? c[j] * c[j] : Math.abs(c[j]);
        }
      }
      double up = (1 + Rounding.gamma(c.length + 4)) * sum + Double.MIN_NORMAL;
      return switch (ball.norm()) {
        case L1 -> most;
        case L2 -> Math.nextUp(Math.sqrt(up));
        case LINF -> up;
      };
    }

    private double size(int copy, int k, int i) {
      int p = ball.play(k, i);
      return p >= 0
          ? size(copy, p)
          : Math.max(Math.abs(ball.lower(copy, k, i)), Math.abs(ball.upper(copy, k, i)));
    }

    private double size(int copy, int p) {
      return Math.max(Math.abs(state.zLower[copy][p]), Math.abs(state.zUpper[copy][p]));
    }
  }
}
