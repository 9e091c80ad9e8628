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
 * How near to the centre two points of two leaves are whose outputs noise may confuse, though what
 * they determine differs by some amount: a linear program for each face of the norm in which it
 * does. The ball of norm 2 is cut out by tangents (Kelley, 1960).
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
   * The nearest pair.
   *
   * @param apart by how much what is determined differs, at the least
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
      reduced.get().add(row);
      Optional<PairMinimum> found = nearest(pairs, reduced.get());
      if (found.isPresent()
          && (best.isEmpty() || found.get().lower().compareTo(best.get().lower()) < 0)) {
        best = found;
      }
    }
    return best;
  }

  private Optional<PairMinimum> nearest(PairPolytope pairs, LinearProgram.Reduced reduced) {
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
        return Optional.of(new PairMinimum(least, least, pair(pairs, y)));
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
        return Optional.of(new PairMinimum(bound, max(bound, most), pair(pairs, y)));
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

  private ExactCollision pair(PairPolytope pairs, BigFraction[] y) {
    List<BigFraction> x = question.input(Arrays.copyOfRange(y, 0, pairs.inputs()));
    List<BigFraction> xPrime =
        question.input(Arrays.copyOfRange(y, pairs.inputs(), 2 * pairs.inputs()));
    return new ExactCollision(x, xPrime, x, xPrime);
  }
}
