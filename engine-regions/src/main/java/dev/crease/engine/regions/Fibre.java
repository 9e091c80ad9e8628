package dev.crease.engine.regions;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/** The points of a leaf, and of a ball of the norm 2 around the origin, that have an output. */
final class Fibre {

  private final Leaf leaf;
  private final Optional<BigFraction> squaredRadius;
  private final BigInteger bound;

  /**
   * @param squaredRadius of the ball; empty if the leaf is within the ball anyway
   * @param bound that no coordinate of a point of the leaf reaches
   */
  Fibre(Leaf leaf, Optional<BigFraction> squaredRadius, BigInteger bound) {
    this.leaf = leaf;
    this.squaredRadius = squaredRadius;
    this.bound = bound;
  }

  /** A point, homogeneous, if there is one. */
  Optional<BigInteger[]> point(List<BigFraction> output) {
    Cell cell = leaf.cell();
    int m = cell.dimension();
    ExactRow[] rows = leaf.exactRows(0);
    BigInteger[][] system = new BigInteger[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      system[i] = ExactRegions.row(output.get(i), rows[i], m);
    }
    if (m == 2 && system.length == 2) {
      BigInteger[] x = cross(system[0], system[1]);
      if (x[2].signum() != 0) {
        return Optional.of(x).filter(cell::holds).filter(this::isInBall);
      }
    }
    BigInteger[] pivots = Elimination.reduce(system, m);
    int rank = 0;
    for (BigInteger pivot : pivots) {
      rank += pivot.signum() != 0 ? 1 : 0;
    }
    for (int i = rank; i < system.length; i++) {
      if (system[i][m].signum() != 0) {
        return Optional.empty();
      }
    }
    List<BigInteger[]> equations = Arrays.asList(system).subList(0, rank);
    if (rank < m) {
      return anyOf(equations);
    }
    BigInteger[] x = new BigInteger[m + 1];
    x[m] = pivots[0].abs();
    for (int k = 0; k < m; k++) {
      x[k] = pivots[0].signum() > 0 ? system[k][m].negate() : system[k][m];
    }
    return Optional.of(Rationals.stripped(x)).filter(cell::holds).filter(this::isInBall);
  }

  /** Where two lines meet, with a last entry that is not negative: 0 if they are parallel. */
  private static BigInteger[] cross(BigInteger[] p, BigInteger[] q) {
    BigInteger[] x = {
      p[1].multiply(q[2]).subtract(p[2].multiply(q[1])),
      p[2].multiply(q[0]).subtract(p[0].multiply(q[2])),
      p[0].multiply(q[1]).subtract(p[1].multiply(q[0]))
    };
    return Rationals.stripped(x[2].signum() < 0 ? negated(x) : x);
  }

  /** A point where equations hold that leave more than a point. */
  private Optional<BigInteger[]> anyOf(List<BigInteger[]> equations) {
    int m = leaf.cell().dimension();
    LinearProgram program = program(leaf.cell(), bound);
    equations.forEach(program::equal);
    BigInteger[] zero = new BigInteger[m + 1];
    Arrays.fill(zero, BigInteger.ZERO);
    Optional<BigInteger[]> corner =
        program
            .reduced()
            .flatMap(r -> r.minimize(zero))
            .map(LinearProgram.Point::homogeneous)
            .map(Rationals::stripped);
    if (corner.isEmpty() || isInBall(corner.get())) {
      return corner;
    }
    BigInteger[][] square = new BigInteger[m][m + 1];
    for (int k = 0; k < m; k++) {
      Arrays.fill(square[k], BigInteger.ZERO);
      square[k][k] = BigInteger.ONE;
    }
    return new LeafMinimum(leaf.cell(), square, new ArrayList<>(equations))
        .find()
        .filter(this::isInBall);
  }

  private boolean isInBall(BigInteger[] x) {
    if (squaredRadius.isEmpty()) {
      return true;
    }
    BigInteger sum = BigInteger.ZERO;
    int m = x.length - 1;
    for (int k = 0; k < m; k++) {
      sum = sum.add(x[k].multiply(x[k]));
    }
    BigFraction square = squaredRadius.get();
    return sum.multiply(square.getDenominator())
            .compareTo(square.getNumerator().multiply(x[m]).multiply(x[m]))
        <= 0;
  }

  /** The point of the leaf whose output is nearest to one in the Euclidean norm, homogeneous. */
  BigInteger[] nearest(List<BigFraction> output) {
    int m = leaf.cell().dimension();
    ExactRow[] rows = leaf.exactRows(0);
    // All rows at one scale: the sum of squares times a positive number.
    int scale = 0;
    BigInteger denominator = BigInteger.ONE;
    for (int i = 0; i < rows.length; i++) {
      scale = Math.max(scale, rows[i].scale());
      BigInteger own = output.get(i).getDenominator();
      denominator = denominator.multiply(own).divide(denominator.gcd(own));
    }
    BigInteger[][] q = new BigInteger[m][m + 1];
    for (BigInteger[] row : q) {
      Arrays.fill(row, BigInteger.ZERO);
    }
    for (int i = 0; i < rows.length; i++) {
      BigInteger[] row = rows[i].at(scale);
      BigInteger target =
          output
              .get(i)
              .getNumerator()
              .multiply(denominator.divide(output.get(i).getDenominator()))
              .shiftLeft(scale);
      for (int k = 0; k <= m; k++) {
        row[k] = row[k].multiply(denominator);
      }
      row[m] = row[m].subtract(target);
      for (int k = 0; k < m; k++) {
        for (int l = 0; l <= m; l++) {
          q[k][l] = q[k][l].add(row[k].multiply(row[l]));
        }
      }
    }
    return new LeafMinimum(leaf.cell(), q, List.of())
        .find()
        .orElseThrow(() -> new IllegalStateException("a cell has no point"));
  }

  /** The points of a cell, as the constraints of a program. */
  static LinearProgram program(Cell cell, BigInteger bound) {
    LinearProgram program = new LinearProgram(cell.dimension(), bound);
    for (int f = 0; f < cell.facets().length; f++) {
      BigInteger[] row = cell.facets()[f].exact();
      program.atLeast(cell.side(f) > 0 ? row : negated(row));
    }
    return program;
  }

  static BigInteger[] negated(BigInteger[] row) {
    return Arrays.stream(row).map(BigInteger::negate).toArray(BigInteger[]::new);
  }
}
