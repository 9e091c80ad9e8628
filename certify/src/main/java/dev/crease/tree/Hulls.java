package dev.crease.tree;

/**
 * The two lines that bound what a neuron makes of a difference, {@code dy >= low dz + lowConstant}
 * and {@code dy <= up dz + upConstant} over {@code l <= dz <= u}, by the phases of its copies.
 *
 * <p>{@code dy = lambda dz} with {@code lambda} in [0, 1]. Phases leave less of it (closed, so that
 * a kink belongs to either): where {@code x} is active and {@code dz < 0}, {@code x'} is active too
 * and {@code lambda = 1}; where {@code x} is inactive and {@code dz > 0}, {@code x'} is inactive
 * too and {@code lambda = 0}; the same with {@code x'} for the other sign of {@code dz}. On either
 * side of 0 the least and the largest {@code lambda} so give two half-lines each for the lower and
 * the upper end; where they bend the wrong way the chord takes their place. A slope is rounded as
 * it comes, since any will do, and its constant outward at the two ends.
 */
final class Hulls {

  final double[] low;
  final double[] lowConstant;
  final double[] up;
  final double[] upConstant;

  Hulls(int count) {
    low = new double[count];
    lowConstant = new double[count];
    up = new double[count];
    upConstant = new double[count];
  }

  static Hulls of(State state) {
    int count = state.dLower.length;
    Hulls hulls = new Hulls(count);
    for (int p = 0; p < count; p++) {
      hulls.set(state, p);
    }
    return hulls;
  }

  void set(State state, int p) {
    double l = state.dLower[p];
    double u = state.dUpper[p];
    boolean pass = state.passes(p);
    if (pass || state.isLost(p)) {
      low[p] = pass ? 1 : 0;
      up[p] = low[p];
      lowConstant[p] = 0;
      upConstant[p] = 0;
      return;
    }
    double leastBelow = state.isActive(0, p) ? 1 : 0;
    double mostBelow = state.isInactive(1, p) ? 0 : 1;
    double leastAbove = state.isActive(1, p) ? 1 : 0;
    double mostAbove = state.isInactive(0, p) ? 0 : 1;
    if (l >= 0) {
      low[p] = leastAbove;
      up[p] = mostAbove;
    } else if (u <= 0) {
      low[p] = mostBelow;
      up[p] = leastBelow;
    } else {
      low[p] = chord(mostBelow * l, leastAbove * u, l, u);
      up[p] = chord(leastBelow * l, mostAbove * u, l, u);
    }
    lowConstant[p] = 0;
    upConstant[p] = 0;
    if (l < 0 && u > 0) {
      // At the ends, since what lies between is concave below and convex above, or a line.
      lowConstant[p] = Math.min(below(mostBelow, low[p], l), below(leastAbove, low[p], u));
      upConstant[p] = Math.max(-below(-leastBelow, -up[p], l), -below(-mostAbove, -up[p], u));
    }
  }

  private static double chord(double atLower, double atUpper, double l, double u) {
    double slope = (atUpper - atLower) / (u - l);
    return slope >= 0 && slope <= 1 ? slope : slope > 1 ? 1 : 0;
  }

  /** A number not above {@code (lambda - slope) dz}. */
  private static double below(double lambda, double slope, double dz) {
    if (lambda == slope) {
      return 0;
    }
    double value = lambda * dz - slope * dz;
    double magnitude = Math.abs(lambda * dz) + Math.abs(slope * dz);
    return Math.nextDown(value - 4 * dev.crease.Rounding.UNIT * magnitude - Double.MIN_NORMAL);
  }
}
