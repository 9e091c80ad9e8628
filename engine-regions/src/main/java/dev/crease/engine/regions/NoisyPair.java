package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import dev.crease.question.Noise;
import dev.crease.witness.ExactCollision;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * How near to the centre two points of two leaves come whose outputs noise may confuse, though what
 * they determine differs by more than some amount: a linear program for each face of the norm in
 * which it does. The ball of norm 2 is cut out by tangents (Kelley, 1960).
 *
 * <p>Pairs that differ by no less than the amount make up a polytope, and those that differ by more
 * are all of it but a face, or none: so where some pair differs by more, such pairs come as near as
 * the nearest of the polytope, along the way from it to that one.
 */
final class NoisyPair {

  private static final int MOST_CUTS = 60;

  /** The square of a norm is found when it is this near to that of the cut ball. */
  private static final BigFraction CLOSE =
      BigFraction.ONE.add(new BigFraction(BigInteger.ONE, BigInteger.ONE.shiftLeft(40)));

  private final Question question;
  private final Leaf first;
  private final Leaf second;

  NoisyPair(Question question, Leaf first, Leaf second) {
    this.question = question;
    this.first = first;
    this.second = second;
  }

  /**
   * The nearest pairs.
   *
   * @param apart what is determined differs by more
   * @return nothing where there is no such pair
   */
  Optional<PairMinimum> nearest(BigFraction apart) {
    Norm norm = Noise.norm(question.norm());
    PairPolytope pairs = new PairPolytope(question, first, second);
    pairs.addBall();
    List<BigInteger[]> faces = pairs.faces(pairs.differences(), norm);
    int scale = pairs.scaleOfDifferences();
    Optional<PairMinimum> best = Optional.empty();
    for (BigInteger[] face : faces) {
      BigInteger[] row = face.clone();
      for (int k = 0; k < row.length; k++) {
        row[k] = row[k].multiply(apart.getDenominator());
      }
      row[pairs.variables()] =
          row[pairs.variables()].subtract(apart.getNumerator().shiftLeft(scale));
      Optional<LinearProgram.Reduced> reduced = pairs.program().reduced();
      if (reduced.isEmpty()) {
        return Optional.empty();
      }
      Optional<LinearProgram.Point> furthest = reduced.get().minimize(negated(row));
      if (furthest.isEmpty() || ExactRow.times(row, furthest.get().homogeneous()).signum() <= 0) {
        continue;
      }
      reduced.get().add(row);
      Optional<PairMinimum> found = nearest(pairs, reduced.get(), furthest.get().fractions());
      if (found.isPresent()
          && (best.isEmpty() || found.get().lower().compareTo(best.get().lower()) < 0)) {
        best = found;
      }
    }
    return best;
  }

  private static BigInteger[] negated(BigInteger[] row) {
    return Arrays.stream(row).map(BigInteger::negate).toArray(BigInteger[]::new);
  }

  private Optional<PairMinimum> nearest(
      PairPolytope pairs, LinearProgram.Reduced reduced, BigFraction[] furthest) {
    BigInteger[] rho = pairs.zeros();
    rho[pairs.rho()] = BigInteger.ONE;
    for (int cut = 0; ; cut++) {
      Optional<LinearProgram.Point> point = reduced.minimize(rho);
      if (point.isEmpty()) {
        return Optional.empty();
      }
      BigFraction[] y = point.get().fractions();
      BigFraction least = y[pairs.rho()];
      if (question.norm() != Norm.L2) {
        return Optional.of(new PairMinimum(least, least, pairs(pairs, y, furthest)));
      }
      BigFraction bound = least.multiply(least);
      BigFraction most = max(squared(y, 0), squared(y, pairs.inputs()));
      int rows = 0;
      if (most.compareTo(bound.multiply(CLOSE)) > 0 && cut < MOST_CUTS) {
        for (int offset = 0; offset <= pairs.inputs(); offset += pairs.inputs()) {
          Optional<BigInteger[]> tangent = pairs.tangent(point.get(), offset);
          tangent.ifPresent(reduced::add);
          rows += tangent.isPresent() ? 1 : 0;
        }
      }
      if (rows == 0) {
        return Optional.of(new PairMinimum(bound, max(bound, most), pairs(pairs, y, furthest)));
      }
    }
  }

  private BigFraction squared(BigFraction[] y, int offset) {
    BigFraction sum = BigFraction.ZERO;
    for (int k : question.ball()) {
      sum = sum.add(y[offset + k].multiply(y[offset + k]));
    }
    return sum;
  }

  private static BigFraction max(BigFraction a, BigFraction b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  private ExactCollision pairs(PairPolytope pairs, BigFraction[] near, BigFraction[] far) {
    int m = pairs.inputs();
    return new ExactCollision(
        question.input(Arrays.copyOfRange(near, 0, m)),
        question.input(Arrays.copyOfRange(near, m, 2 * m)),
        question.input(Arrays.copyOfRange(far, 0, m)),
        question.input(Arrays.copyOfRange(far, m, 2 * m)));
  }
}
