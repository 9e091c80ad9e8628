package dev.crease.boxes;

import dev.crease.Rounding;
import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.InputSet;
import dev.crease.bounds.Interval;
import dev.crease.bounds.NetworkBounds;
import dev.crease.bounds.Norm;
import dev.crease.network.AffineMap;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A box of inputs with the network's bounds on it, and its halves once they are asked for. Several
 * threads may share one.
 */
public final class SplitBox {

  private static final BoundsMethod BOUNDS = BoundsMethod.symbolic();

  private final ReluNetwork network;
  private final double[] lower;
  private final double[] upper;
  private final double distance;
  private final NetworkBounds bounds;
  private final SplitBox[][] halves;
  private double @Nullable [] kinkScore;
  private double kinks;

  SplitBox(ReluNetwork network, Norm norm, double[] center, double[] lower, double[] upper) {
    this.network = network;
    this.lower = lower;
    this.upper = upper;
    this.distance = distance(norm, center);
    this.halves = new SplitBox[lower.length][];
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
    return length == 0 ? 0 : Math.max(0, length * (1 - Rounding.gamma(14)));
  }

  int dimension() {
    return lower.length;
  }

  double distance() {
    return distance;
  }

  public NetworkBounds bounds() {
    return bounds;
  }

  double width() {
    double widest = 0;
    for (int i = 0; i < lower.length; i++) {
      widest = Math.max(widest, upper[i] - lower[i]);
    }
    return widest;
  }

  boolean contains(double[] x) {
    boolean inside = true;
    for (int i = 0; i < x.length; i++) {
      inside &= lower[i] <= x[i] && x[i] <= upper[i];
    }
    return inside;
  }

  /** Whether all of the box lies within a distance of the centre. */
  boolean isWithin(Norm norm, double[] center, double radius) {
    double[] offset = new double[lower.length];
    for (int i = 0; i < offset.length; i++) {
      offset[i] =
          Math.nextUp(Math.max(Math.abs(upper[i] - center[i]), Math.abs(center[i] - lower[i])));
    }
    return norm.of(offset) * (1 + Rounding.gamma(14)) <= radius;
  }

  /** How far a point of each box may be apart in a coordinate, rounded up. */
  double furthest(SplitBox other, int i) {
    return Math.nextUp(Math.max(upper[i] - other.lower[i], other.upper[i] - lower[i]));
  }

  /** How far the boxes are apart in a coordinate, rounded down; 0 when they overlap. */
  double nearest(SplitBox other, int i) {
    return Math.max(
        0, Math.nextDown(Math.max(lower[i] - other.upper[i], other.lower[i] - upper[i])));
  }

  /** A point of the box, by fractions of its sides. */
  double[] at(double... fractions) {
    double[] x = new double[lower.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.min(upper[i], lower[i] + fractions[i] * (upper[i] - lower[i]));
    }
    return x;
  }

  /** By output, how far those of the boxes are apart at the least, rounded down. */
  double[] outputGap(SplitBox other) {
    double[] gap = new double[network.outputs()];
    for (int i = 0; i < gap.length; i++) {
      double above = bounds.outputLower(i) - other.bounds.outputUpper(i);
      double below = other.bounds.outputLower(i) - bounds.outputUpper(i);
      gap[i] = Math.max(0, Math.nextDown(Math.max(above, below)));
    }
    return gap;
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

  /** How much the pre-activations of the unstable neurons vary over the box: 0 without any. */
  synchronized double kinks() {
    kinkScore();
    return kinks;
  }

  /** The side along which the pre-activations of the unstable neurons vary most. */
  int sideOfKinks() {
    return widest(kinkScore());
  }

  private synchronized double[] kinkScore() {
    if (kinkScore == null) {
      kinkScore = new double[lower.length];
      if (bounds.unstableCount() > 0) {
        List<AffineMap> maps = network.localMaps(network.pattern(at(fractionsOfMiddle())));
        for (int k = 0; k < network.layers().size(); k++) {
          for (int i = 0; i < network.layers().get(k).outputs(); i++) {
            if (bounds.isUnstable(k, i)) {
              addRow(kinkScore, maps.get(k).matrix(), i);
            }
          }
        }
        for (int j = 0; j < lower.length; j++) {
          kinks += (kinkScore[j] + 1e-6) * (upper[j] - lower[j]);
        }
      }
    }
    return kinkScore;
  }

  /** The side along which the outputs vary most. */
  int sideOfOutputs() {
    double[] score = new double[lower.length];
    Matrix a = network.localMap(at(fractionsOfMiddle())).matrix();
    for (int i = 0; i < a.rows(); i++) {
      addRow(score, a, i);
    }
    return widest(score);
  }

  private double[] fractionsOfMiddle() {
    double[] half = new double[lower.length];
    Arrays.fill(half, 0.5);
    return half;
  }

  private static void addRow(double[] score, Matrix matrix, int row) {
    for (int j = 0; j < score.length; j++) {
      score[j] += Math.abs(matrix.get(row, j));
    }
  }

  private int widest(double[] score) {
    int best = 0;
    double most = -1;
    for (int j = 0; j < score.length; j++) {
      double width = upper[j] - lower[j];
      // A little of the width itself, so that no side stays whole for ever.
      double value = width * (score[j] + 1e-6);
      if (width > 0 && value > most) {
        most = value;
        best = j;
      }
    }
    return best;
  }

  /** Both halves across a side. */
  synchronized SplitBox[] halves(int side, Norm norm, double[] center) {
    if (halves[side] == null) {
      double middle = lower[side] / 2 + upper[side] / 2;
      double[] firstUpper = upper.clone();
      firstUpper[side] = middle;
      double[] secondLower = lower.clone();
      secondLower[side] = middle;
      halves[side] =
          new SplitBox[] {
            new SplitBox(network, norm, center, lower, firstUpper),
            new SplitBox(network, norm, center, secondLower, upper)
          };
    }
    return halves[side];
  }
}
