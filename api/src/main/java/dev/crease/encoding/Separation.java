package dev.crease.encoding;

import dev.crease.Rounding;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.QuadraticConstraint;
import dev.crease.model.QuadraticExpression;
import dev.crease.model.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code p <= ||d||_q}, the nonconvex side of a norm: what a separation {@code ||d|| >= delta} and
 * the objective {@code max ||d||} need. L-infinity takes one binary per face of the ball, {@code p
 * <= +-d_i + M (1 - b)}; L1 one per coordinate for the sign of {@code d_i}; L2 is the nonconvex
 * {@code p^2 <= sum d_i^2} and needs a backend with quadratic constraints. {@code M} follows from
 * the ranges of the {@code d_i}, which must be finite.
 */
public final class Separation {

  private final Norm norm;
  private final boolean symmetric;

  private Separation(Norm norm, boolean symmetric) {
    this.norm = norm;
    this.symmetric = symmetric;
  }

  /** Separation in a norm. */
  public static Separation in(Norm norm) {
    return new Separation(norm, false);
  }

  /**
   * The same for a model that is unchanged when {@code d} becomes {@code -d}, as it is with two
   * copies of one network that may be exchanged: one sign of each face is then enough for
   * L-infinity.
   */
  public Separation symmetric() {
    return new Separation(norm, true);
  }

  /** The largest norm that the ranges allow: an upper bound of {@code p}. */
  public double largest(List<Interval> ranges) {
    return Math.nextUp(
        norm.of(ranges.stream().mapToDouble(Interval::magnitude).toArray())
            * (1 + Rounding.gamma(2)));
  }

  /**
   * Adds {@code p <= ||d||_q}.
   *
   * @param model where to add
   * @param name prefix of names
   * @param d the components
   * @param ranges a finite range for each component
   * @param p a number, or an expression whose value is never above {@code largest(ranges)}
   */
  public void add(
      Model.Builder model,
      String name,
      List<LinearExpression> d,
      List<Interval> ranges,
      LinearExpression p) {
    switch (norm) {
      case LINF -> addFaces(model, name, d, ranges, p);
      case L1 -> addSigns(model, name, d, ranges, p);
      case L2 -> {
        List<QuadraticExpression.Term> terms =
            new ArrayList<>(QuadraticExpression.sumOfSquares(d).terms());
        QuadraticExpression squares = QuadraticExpression.sumOfSquares(d);
        QuadraticExpression goal = QuadraticExpression.sumOfSquares(List.of(p));
        for (QuadraticExpression.Term t : goal.terms()) {
          terms.add(new QuadraticExpression.Term(t.first(), t.second(), -t.coefficient()));
        }
        model.add(
            new QuadraticConstraint(
                name,
                new QuadraticExpression(terms, squares.linear().minus(goal.linear())),
                0,
                Double.POSITIVE_INFINITY));
      }
    }
  }

  private void addFaces(
      Model.Builder model,
      String name,
      List<LinearExpression> d,
      List<Interval> ranges,
      LinearExpression p) {
    double most = p.isConstant() ? p.constant() : largest(ranges);
    LinearExpression.Builder chosen = LinearExpression.builder();
    for (int i = 0; i < d.size(); i++) {
      for (int sign = 1; sign >= (symmetric ? 1 : -1); sign -= 2) {
        double least = sign > 0 ? ranges.get(i).lower() : -ranges.get(i).upper();
        Variable face = model.binary("b" + name + "_" + i + (sign > 0 ? "p" : "n"));
        chosen.add(1, face);
        // p - sign d_i <= M (1 - face), M the largest that the left side can be.
        double m = Math.max(0, Math.nextUp(most - least));
        model.atMost(
            name + "_" + i + (sign > 0 ? ".p" : ".n"),
            p.minus(d.get(i).times(sign)).plus(LinearExpression.term(m, face)),
            m);
      }
    }
    model.equal(name + ".face", chosen.build(), 1);
  }

  private static void addSigns(
      Model.Builder model,
      String name,
      List<LinearExpression> d,
      List<Interval> ranges,
      LinearExpression p) {
    LinearExpression.Builder sum = LinearExpression.builder();
    for (int i = 0; i < d.size(); i++) {
      Interval range = ranges.get(i);
      Variable size = model.continuous("s" + name + "_" + i, 0, range.magnitude());
      Variable positive = model.binary("b" + name + "_" + i);
      // size <= d_i + 2 |lower| (1 - b) and size <= -d_i + 2 |upper| b.
      double below = 2 * range.magnitude();
      model.atMost(
          name + "_" + i + ".p",
          LinearExpression.of(size).minus(d.get(i)).plus(LinearExpression.term(below, positive)),
          below);
      model.atMost(
          name + "_" + i + ".n",
          LinearExpression.of(size).plus(d.get(i)).minus(LinearExpression.term(below, positive)),
          0);
      sum.add(1, size);
    }
    model.atLeast(name, sum.build().minus(p), 0);
  }
}
