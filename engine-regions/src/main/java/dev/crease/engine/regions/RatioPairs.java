package dev.crease.engine.regions;

import dev.crease.Rounding;
import dev.crease.bounds.Norm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The pairs of leaves whose ratio may be below a number, as far as boxes can tell: both at once
 * down two trees, without what is certainly not below.
 */
final class RatioPairs {

  /** Room for the rounding of a norm and a product. */
  private static final double SLACK = 1 + 1e-12;

  /** So many leaves around a pair are looked at one by one. */
  private static final int MOST_AROUND = 200;

  private final Question question;
  private final Norm norm;
  private final Stretch stretch;
  private final LeafTree all;
  private final LeafTree asked;
  private final int outputs;

  /**
   * @param all every leaf of the ball
   * @param asked those whose pairs are asked
   */
  RatioPairs(Question question, Stretch stretch, LeafTree all, LeafTree asked) {
    this.question = question;
    this.norm = question.norm();
    this.stretch = stretch;
    this.all = all;
    this.asked = asked;
    this.outputs = question.query().f().outputs();
  }

  /** Two leaves, or one twice. */
  record Pair(LeafTree.Piece first, LeafTree.Piece second) {

    /** Between what {@code x - x'} is, in the coordinates of the ball. */
    void differences(Question question, double[] low, double[] high) {
      for (int k = 0; k < low.length; k++) {
        int c = question.ball()[k];
        low[k] = Math.nextDown(first.low()[c] - second.high()[c]);
        high[k] = Math.nextUp(first.high()[c] - second.low()[c]);
      }
    }
  }

  private record Two(LeafTree.Node first, LeafTree.Node second) {}

  /**
   * The pairs that are left.
   *
   * @param withSelf whether pairs of one leaf count
   * @return nothing when stopped
   */
  Optional<List<Pair>> below(double lambda, boolean withSelf, BooleanSupplier isOver) {
    List<Pair> left = new ArrayList<>();
    List<Two> stack = new ArrayList<>();
    asked.root().ifPresent(root -> stack.add(new Two(root, root)));
    int looked = 0;
    while (!stack.isEmpty()) {
      if (looked++ % 256 == 0 && isOver.getAsBoolean()) {
        return Optional.empty();
      }
      Two two = stack.remove(stack.size() - 1);
      LeafTree.Node a = two.first();
      LeafTree.Node b = two.second();
      boolean isSame = a == b;
      if (isSame && a.isOne() && !withSelf) {
        continue;
      }
      if (isApart(a, b, lambda) || isAbove(a, b, lambda) || isStretched(a, b, lambda)) {
        continue;
      }
      if (isSame && !a.isOne()) {
        stack.add(new Two(a.left(), a.left()));
        stack.add(new Two(a.left(), a.right()));
        stack.add(new Two(a.right(), a.right()));
      } else if (a.isOne() && b.isOne()) {
        left.add(new Pair(asked.piece(a), asked.piece(b)));
      } else if (b.isOne() || (!a.isOne() && a.size() >= b.size())) {
        stack.add(new Two(a.left(), b));
        stack.add(new Two(a.right(), b));
      } else {
        stack.add(new Two(a, b.left()));
        stack.add(new Two(a, b.right()));
      }
    }
    return Optional.of(left);
  }

  /**
   * Whether shared inputs differ on all pairs, or outputs differ by lambda times what inputs can.
   */
  private boolean isApart(LeafTree.Node a, LeafTree.Node b, double lambda) {
    for (int k : question.shared().keySet()) {
      if (a.low(k) > b.high(k) || b.low(k) > a.high(k)) {
        return true;
      }
    }
    double[] gap = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      double between = Math.max(a.imageLow(i) - b.imageHigh(i), b.imageLow(i) - a.imageHigh(i));
      gap[i] = Math.max(0, between);
    }
    double least = norm.of(gap) / SLACK;
    if (!(least > 0)) {
      return false;
    }
    double[] reach = new double[question.ball().length];
    for (int k = 0; k < reach.length; k++) {
      int c = question.ball()[k];
      reach[k] = Math.max(a.high(c) - b.low(c), b.high(c) - a.low(c));
    }
    return least >= lambda * norm.of(reach) * SLACK;
  }

  private boolean isAbove(LeafTree.Node a, LeafTree.Node b, double lambda) {
    return a != b
        && a.isOne()
        && b.isOne()
        && asked.piece(a).corners().isAbove(asked.piece(b).corners(), lambda, norm);
  }

  /** Whether no average of the Jacobians around both stretches less than lambda. */
  private boolean isStretched(LeafTree.Node a, LeafTree.Node b, double lambda) {
    int m = a.low().length;
    double[] low = new double[m];
    double[] high = new double[m];
    for (int k = 0; k < m; k++) {
      low[k] = Math.min(a.low(k), b.low(k));
      high[k] = Math.max(a.high(k), b.high(k));
    }
    LeafTree.Hull hull = all.hull(low, high);
    if (stretch.least(hull.middle(), hull.half()) >= lambda) {
      return true;
    }
    if (!a.isOne() || !b.isOne()) {
      return false;
    }
    Leaf first = asked.piece(a).leaf();
    Leaf second = asked.piece(b).leaf();
    return all.meeting(low, high, MOST_AROUND)
        .map(around -> around.stream().filter(p -> !isBeside(p.leaf(), first, second)).toList())
        .filter(
            between ->
                new Averages(stretch)
                    .isStretched(between.stream().map(LeafTree.Piece::matrix).toList(), lambda))
        .isPresent();
  }

  /**
   * Whether a facet of a leaf certainly has two others on its outer side, or on it: then no segment
   * between inner points of these meets the inside of the leaf.
   */
  private static boolean isBeside(Leaf leaf, Leaf first, Leaf second) {
    if (leaf == first || leaf == second) {
      return false;
    }
    for (int f = 0; f < leaf.cell().facets().length; f++) {
      Hyperplane facet = leaf.cell().facets()[f];
      int side = leaf.cell().side(f);
      if (isOutside(facet, side, first) && isOutside(facet, side, second)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOutside(Hyperplane facet, int side, Leaf leaf) {
    for (Vertex v : leaf.cell().vertices()) {
      int m = leaf.cell().dimension();
      double value = facet.coefficient(m);
      double size = Math.abs(value);
      double inherited = facet.error(m);
      for (int k = 0; k < m; k++) {
        double abs = Math.abs(facet.coefficient(k));
        double far = Math.abs(v.x(k)) + v.error();
        value += facet.coefficient(k) * v.x(k);
        size += abs * far;
        inherited += abs * v.error() + facet.error(k) * far;
      }
      double error = (inherited + Rounding.gamma(m + 4) * size) * SLACK + Double.MIN_NORMAL;
      // Negated for a NaN.
      if (!(value * side < -error) && (value * side > error || facet.exactSign(v) * side > 0)) {
        return false;
      }
    }
    return true;
  }
}
