package dev.crease.boxes;

import dev.crease.Rounding;
import dev.crease.bounds.InputSet;
import dev.crease.bounds.Norm;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.witness.Witness;
import java.util.ArrayList;
import java.util.List;

/** Two boxes that may hold a collision, after a number of halvings; nearest to the centre first. */
public record BoxPair(SplitBox first, SplitBox second, double distance, int depth)
    implements Comparable<BoxPair> {

  /** Every so many halvings go across the side along which the outputs vary most. */
  private static final int OUTPUTS_EVERY = 3;

  /** Below this width, relative to the radius, halving a box does not help any more. */
  private static final double LEAST_WIDTH = 1e-12;

  private BoxPair(SplitBox first, SplitBox second, int depth) {
    this(first, second, Math.max(first.distance(), second.distance()), depth);
  }

  /** Boxes that hold all pairs of a question up to a distance from the centre. */
  public static BoxPair whole(Query query, double reach) {
    double[] center = query.center();
    InputSet inputs = query.inputs(reach);
    double[] lower = new double[center.length];
    double[] upper = new double[center.length];
    for (int i = 0; i < center.length; i++) {
      lower[i] = inputs.lower(i);
      upper[i] = inputs.upper(i);
    }
    SplitBox whole = new SplitBox(query.f(), query.norm(), center, lower, upper);
    SplitBox other =
        query.isPinned() ? new SplitBox(query.f(), query.norm(), center, center, center) : whole;
    return new BoxPair(whole, other, 0);
  }

  @Override
  public int compareTo(BoxPair other) {
    return Double.compare(distance, other.distance);
  }

  /** The widest side of both boxes. */
  double width() {
    return Math.max(first.width(), second.width());
  }

  /** Whether it is proved that no output is common to both boxes. */
  boolean isApart() {
    return first != second && first.outputsDisjoint(second);
  }

  /** How far a point of each box may be apart in a coordinate, rounded up. */
  double furthest(int i) {
    return first.furthest(second, i);
  }

  /** How far the boxes are apart in a coordinate, rounded down; 0 when they overlap. */
  double nearest(int i) {
    return first.nearest(second, i);
  }

  /** Whether all points of both boxes are less than that apart in L-infinity. */
  public boolean isWithin(double delta) {
    for (int i = 0; i < first.dimension(); i++) {
      if (!(furthest(i) < delta)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all points of both boxes are that far apart at most. */
  boolean isWithin(double distance, Norm norm) {
    double[] most = new double[first.dimension()];
    for (int i = 0; i < most.length; i++) {
      most[i] = furthest(i);
    }
    return norm.of(most) * (1 + Rounding.gamma(most.length + 2)) <= distance;
  }

  /** Whether all outputs of one box are further from those of the other than that. */
  boolean isApart(double distance, Norm norm) {
    double gap = first == second ? 0 : norm.of(first.outputGap(second));
    return gap * (1 - Rounding.gamma(first.bounds().network().outputs() + 2)) > distance;
  }

  /** Whether no points of the boxes are nearer than that in L-infinity. */
  public boolean isFurtherThan(double delta) {
    for (int i = 0; i < first.dimension(); i++) {
      if (nearest(i) >= delta) {
        return true;
      }
    }
    return false;
  }

  /** Whether all of both boxes lies within a distance of the centre. */
  public boolean isInBall(Query query, double radius) {
    return first.isWithin(query.norm(), query.center(), radius)
        && second.isWithin(query.norm(), query.center(), radius);
  }

  /** Whether the points of a collision are in the boxes, in this order or the other one. */
  public boolean holds(Witness witness) {
    double[] x = witness.x();
    double[] w = witness.xPrime();
    return (first.contains(x) && second.contains(w)) || (first.contains(w) && second.contains(x));
  }

  /** Whether halving does not help any more. */
  public boolean isTooSmall(Query query, double reach) {
    // Relative to the coordinates as well: far from 0 doubles are far apart.
    return width() < LEAST_WIDTH * Math.max(1, Math.max(reach, Norm.LINF.of(query.center())));
  }

  /** How many pairs of a network half the memory holds. */
  public static int mostInMemory(ReluNetwork network) {
    int neurons = network.layers().stream().mapToInt(l -> l.outputs()).sum();
    // A pair that is open keeps some four boxes alive, each with its bounds.
    long most = Runtime.getRuntime().maxMemory() / 2 / (4 * (16L * neurons + 500));
    return (int) Math.min(Integer.MAX_VALUE, most);
  }

  /** The unstable neurons of both boxes. */
  public int unstable() {
    return first.bounds().unstableCount() + second.bounds().unstableCount();
  }

  /** The pairs that are left when one of the boxes is halved. */
  public List<BoxPair> halves(Query query) {
    int next = depth + 1;
    // Kinks that cross a box stand in the way of the secant test, wide outputs in that of the
    // other.
    boolean byKinks = next % OUTPUTS_EVERY != 0 && first.kinks() + second.kinks() > 0;
    List<BoxPair> pairs = new ArrayList<>();
    if (first == second) {
      SplitBox[] halves = halves(first, byKinks, query);
      pairs.add(new BoxPair(halves[0], halves[0], next));
      pairs.add(new BoxPair(halves[0], halves[1], next));
      pairs.add(new BoxPair(halves[1], halves[1], next));
    } else if (byKinks ? first.kinks() >= second.kinks() : first.width() >= second.width()) {
      for (SplitBox half : halves(first, byKinks, query)) {
        pairs.add(new BoxPair(half, second, next));
      }
    } else {
      for (SplitBox half : halves(second, byKinks, query)) {
        pairs.add(new BoxPair(first, half, next));
      }
    }
    return pairs;
  }

  private static SplitBox[] halves(SplitBox box, boolean byKinks, Query query) {
    return box.halves(
        byKinks ? box.sideOfKinks() : box.sideOfOutputs(), query.norm(), query.center());
  }
}
