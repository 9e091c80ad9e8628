package dev.crease.engine.regions;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The least value of a convex quadratic {@code x Q x + 2 q x} on the part of a cell where some
 * equations hold. It is the least on the affine hull of some face, where a linear system gives it
 * (Karush, Kuhn and Tucker); so the systems of all faces are solved, and the least of the solutions
 * that lie in the cell is taken. Where it is the least in many points, they form a polytope, and
 * one of its corners is the only solution of the face that it is on. For few inputs.
 */
final class LeafMinimum {

  private final Cell cell;
  private final int m;
  private final BigInteger[][] q;
  private final List<BigInteger[]> equations;
  private Optional<BigInteger[]> best = Optional.empty();
  private Quotient least = new Quotient(BigInteger.ZERO, BigInteger.ONE);

  /**
   * @param q m rows of {@code Q}, each with the entry of {@code q} behind it
   * @param equations rows {@code e x + e_m = 0}, independent
   */
  LeafMinimum(Cell cell, BigInteger[][] q, List<BigInteger[]> equations) {
    this.cell = cell;
    this.m = cell.dimension();
    this.q = q;
    this.equations = equations;
  }

  /** Where it is, homogeneous with a positive last entry; empty if the part is. */
  Optional<BigInteger[]> find() {
    List<BigInteger[]> tight = new ArrayList<>(equations);
    if (!solve(tight)) {
      for (int size = 1; size <= m - equations.size(); size++) {
        choose(tight, 0, size);
      }
    }
    return best;
  }

  private void choose(List<BigInteger[]> tight, int facet, int missing) {
    if (missing == 0) {
      solve(tight);
      return;
    }
    Hyperplane[] facets = cell.facets();
    for (int f = facet; f <= facets.length - missing; f++) {
      tight.add(facets[f].exact());
      choose(tight, f + 1, missing - 1);
      tight.remove(tight.size() - 1);
    }
  }

  /** Whether the least on the affine hull is in the cell. */
  private boolean solve(List<BigInteger[]> tight) {
    int size = m + tight.size();
    BigInteger[][] system = new BigInteger[size][size + 1];
    for (BigInteger[] row : system) {
      Arrays.fill(row, BigInteger.ZERO);
    }
    for (int k = 0; k < m; k++) {
      System.arraycopy(q[k], 0, system[k], 0, m);
      system[k][size] = q[k][m];
      for (int t = 0; t < tight.size(); t++) {
        system[k][m + t] = tight.get(t)[k];
        system[m + t][k] = tight.get(t)[k];
      }
    }
    for (int t = 0; t < tight.size(); t++) {
      system[m + t][size] = tight.get(t)[m];
    }
    BigInteger[] pivots = Elimination.reduce(system, size);
    for (BigInteger pivot : pivots) {
      if (pivot.signum() == 0) {
        return false;
      }
    }
    BigInteger[] x = new BigInteger[m + 1];
    x[m] = pivots[0].abs();
    for (int k = 0; k < m; k++) {
      x[k] = pivots[0].signum() > 0 ? system[k][size].negate() : system[k][size];
    }
    x = Rationals.stripped(x);
    if (!cell.holds(x)) {
      return false;
    }
    Quotient value = value(x);
    if (best.isEmpty() || value.compareTo(least) < 0) {
      best = Optional.of(x);
      least = value;
    }
    return true;
  }

  private Quotient value(BigInteger[] x) {
    BigInteger sum = BigInteger.ZERO;
    for (int k = 0; k < m; k++) {
      BigInteger slope = q[k][m].multiply(x[m]).shiftLeft(1);
      for (int l = 0; l < m; l++) {
        slope = slope.add(q[k][l].multiply(x[l]));
      }
      sum = sum.add(slope.multiply(x[k]));
    }
    return new Quotient(sum, x[m].multiply(x[m]));
  }
}
