package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import dev.crease.witness.ExactCollision;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * How far the points of two leaves that collide within a radius may differ: a linear program for
 * each face of the norm in which they do (its greatest value on a polytope is at a corner). The
 * ball of norm 2 is cut out by tangents (Kelley, 1960), so that what is found is too large by the
 * little that is left outside; a pair within the ball is had by going a little of the way to the
 * nearest one.
 */
final class PairSpread {

  private static final int MOST_CUTS = 60;

  /** Points further out than this part of the radius are cut off. */
  private static final BigFraction CLOSE =
      BigFraction.ONE.add(new BigFraction(BigInteger.ONE, BigInteger.ONE.shiftLeft(40)));

  /** So much of the way to the nearest pair, at the least; halved up to once for each bit. */
  private static final int LEAST_STEP = 40;

  private final Question question;
  private final BigFraction radius;
  private final PairPolytope pairs;

  PairSpread(Question question, Leaf first, Leaf second) {
    this.question = question;
    this.radius = Rationals.fraction(question.query().maxRadius());
    this.pairs = new PairPolytope(question, first, second);
  }

  /**
   * The most of a pair of leaves.
   *
   * @param most no two points differ by more
   * @param least by which those of the collision do
   * @param collision one within the radius; empty where rounding left it open
   */
  record Found(BigFraction most, BigFraction least, Optional<ExactCollision> collision) {}

  /**
   * The most by which points that collide differ.
   *
   * @param norm 1 or infinity
   * @return nothing where none collide
   */
  Optional<Found> solve(Norm norm) {
    pairs.addBall();
    BigInteger[] within = pairs.zeros();
    within[pairs.rho()] = radius.getDenominator().negate();
    within[pairs.variables()] = radius.getNumerator();
    pairs.program().atLeast(within);
    Optional<LinearProgram.Reduced> reduced = pairs.program().reduced();
    if (reduced.isEmpty()) {
      return Optional.empty();
    }
    Optional<LinearProgram.Point> best = Optional.empty();
    BigFraction most = BigFraction.ZERO;
    // The faces come in pairs of opposite ones: which is negated is no matter.
    for (BigInteger[] face : pairs.faces(pairs.differences(), norm)) {
      Optional<LinearProgram.Point> point = furthest(reduced.get(), face);
      if (point.isEmpty()) {
        return Optional.empty();
      }
      BigFraction value = value(point.get(), norm);
      if (value.compareTo(most) > 0) {
        most = value;
        best = point;
      }
    }
    BigFraction bound = most;
    return best.map(p -> within(reduced.get(), p, norm, bound));
  }

  private Optional<LinearProgram.Point> furthest(LinearProgram.Reduced reduced, BigInteger[] face) {
    for (int cut = 0; ; cut++) {
      Optional<LinearProgram.Point> point = reduced.minimize(face);
      if (point.isEmpty() || question.norm() != Norm.L2 || cut == MOST_CUTS) {
        return point;
      }
      int rows = 0;
      for (int offset = 0; offset <= pairs.inputs(); offset += pairs.inputs()) {
        if (isOutside(point.get(), offset, CLOSE)) {
          pairs.tangent(point.get(), offset).ifPresent(reduced::add);
          rows++;
        }
      }
      if (rows == 0) {
        return point;
      }
    }
  }

  private boolean isOutside(LinearProgram.Point point, int offset, BigFraction room) {
    BigFraction[] y = point.fractions();
    BigFraction sum = BigFraction.ZERO;
    for (int k : question.ball()) {
      sum = sum.add(y[offset + k].multiply(y[offset + k]));
    }
    BigFraction most = radius.multiply(room);
    return sum.compareTo(most.multiply(most)) > 0;
  }

  private BigFraction value(LinearProgram.Point point, Norm norm) {
    BigFraction value = BigFraction.ZERO;
    for (PairPolytope.Difference d : pairs.differences()) {
      BigFraction size = d.at(point).abs();
      value = norm == Norm.L1 ? value.add(size) : size.compareTo(value) > 0 ? size : value;
    }
    return value;
  }

  /** A pair within the ball that differs by nearly as much. */
  private Found within(
      LinearProgram.Reduced reduced, LinearProgram.Point far, Norm norm, BigFraction most) {
    if (question.norm() != Norm.L2 || isInside(far)) {
      return new Found(most, most, Optional.of(collision(far)));
    }
    BigInteger[] radiusRow = pairs.zeros();
    radiusRow[pairs.rho()] = BigInteger.ONE;
    LinearProgram.Point near = reduced.minimize(radiusRow).orElseThrow();
    for (int bits = LEAST_STEP; bits >= 0; bits--) {
      LinearProgram.Point between =
          between(far, near, new BigFraction(BigInteger.ONE, BigInteger.ONE.shiftLeft(bits)));
      if (isInside(between)) {
        return new Found(most, value(between, norm), Optional.of(collision(between)));
      }
    }
    // Whether one is inside at all is open: what bounds them still counts.
    return new Found(most, BigFraction.ZERO, Optional.empty());
  }

  private boolean isInside(LinearProgram.Point point) {
    return !isOutside(point, 0, BigFraction.ONE)
        && !isOutside(point, pairs.inputs(), BigFraction.ONE);
  }

  private static LinearProgram.Point between(
      LinearProgram.Point from, LinearProgram.Point to, BigFraction step) {
    BigFraction[] a = from.fractions();
    BigFraction[] b = to.fractions();
    BigInteger denominator = BigInteger.ONE;
    for (int k = 0; k < a.length; k++) {
      a[k] = a[k].add(b[k].subtract(a[k]).multiply(step));
      BigInteger d = a[k].getDenominator();
      denominator = denominator.divide(denominator.gcd(d)).multiply(d);
    }
    BigInteger[] y = new BigInteger[a.length + 1];
    for (int k = 0; k < a.length; k++) {
      y[k] = a[k].getNumerator().multiply(denominator.divide(a[k].getDenominator()));
    }
    y[a.length] = denominator;
    return new LinearProgram.Point(y);
  }

  private ExactCollision collision(LinearProgram.Point point) {
    BigFraction[] y = point.fractions();
    List<BigFraction> x = question.input(Arrays.copyOfRange(y, 0, pairs.inputs()));
    List<BigFraction> xPrime =
        question.input(Arrays.copyOfRange(y, pairs.inputs(), 2 * pairs.inputs()));
    return new ExactCollision(x, xPrime, x, xPrime);
  }
}
