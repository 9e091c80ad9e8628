package dev.crease.certify;

import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.InputSet;
import dev.crease.bounds.Interval;
import dev.crease.bounds.NetworkBounds;
import dev.crease.bounds.Norm;
import dev.crease.network.ReluNetwork;
import java.util.HashMap;
import java.util.Map;

/** A box of inputs with the network's bounds on it, and its halves once they are asked for. */
final class SplitBox {

  private static final BoundsMethod BOUNDS = BoundsMethod.symbolic();

  private final ReluNetwork network;
  private final double[] lower;
  private final double[] upper;
  private final double distance;
  private final NetworkBounds bounds;
  private SplitBox[] halves = {};

  SplitBox(ReluNetwork network, Norm norm, double[] center, double[] lower, double[] upper) {
    this.network = network;
    this.lower = lower;
    this.upper = upper;
    this.distance = distance(norm, center);
    Map<Integer, Interval> sides = new HashMap<>();
    for (int i = 0; i < lower.length; i++) {
      sides.put(i, new Interval(lower[i], upper[i]));
    }
    this.bounds = BOUNDS.bounds(network, InputSet.of(norm, new double[0], 0, sides));
  }

  /** The distance of the box from the centre, rounded down. */
  private double distance(Norm norm, double[] center) {
    double[] gap = new double[lower.length];
    for (int i = 0; i < gap.length; i++) {
      double outside = Math.max(lower[i] - center[i], center[i] - upper[i]);
      gap[i] = outside > 0 ? Math.nextDown(outside) : 0;
    }
    double length = norm.of(gap);
    return length == 0 ? 0 : Math.max(0, length * (1 - 0x1p-48));
  }

  double distance() {
    return distance;
  }

  NetworkBounds bounds() {
    return bounds;
  }

  double width() {
    double widest = 0;
    for (int i = 0; i < lower.length; i++) {
      widest = Math.max(widest, upper[i] - lower[i]);
    }
    return widest;
  }

  /** A point of the box, by fractions of its sides. */
  double[] at(double... fractions) {
    double[] x = new double[lower.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.min(upper[i], lower[i] + fractions[i] * (upper[i] - lower[i]));
    }
    return x;
  }

  /** Whether no output is common to both boxes. */
  boolean outputsDisjoint(SplitBox other) {
    for (int i = 0; i < network.outputs(); i++) {
      if (bounds.outputLower(i) > other.bounds.outputUpper(i)
          || bounds.outputUpper(i) < other.bounds.outputLower(i)) {
        return true;
      }
    }
    return false;
  }

  /** Both halves across the widest side. */
  SplitBox[] halves(Norm norm, double[] center) {
    if (halves.length == 0) {
      int side = 0;
      for (int i = 1; i < lower.length; i++) {
        if (upper[i] - lower[i] > upper[side] - lower[side]) {
          side = i;
        }
      }
      double middle = lower[side] / 2 + upper[side] / 2;
      double[] firstUpper = upper.clone();
      firstUpper[side] = middle;
      double[] secondLower = lower.clone();
      secondLower[side] = middle;
      halves =
          new SplitBox[] {
            new SplitBox(network, norm, center, lower, firstUpper),
            new SplitBox(network, norm, center, secondLower, upper)
          };
    }
    return halves;
  }
}
