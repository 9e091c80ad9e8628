package dev.crease.engine.regions;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hipparchus.fraction.BigFraction;

/**
 * The points of a leaf with a given output: a point where the local map is one-to-one, otherwise a
 * polytope, given by its corners.
 */
final class PreimagePolytope {

  private final Leaf leaf;
  private final List<BigFraction> output;
  private final int m;

  PreimagePolytope(Leaf leaf, List<BigFraction> output) {
    this.leaf = leaf;
    this.output = output;
    this.m = leaf.cell().dimension();
  }

  /**
   * The corners; empty when no point has the output. Each is the one solution of the equations with
   * as many facets made tight as they leave dimensions.
   */
  Set<List<BigFraction>> corners() {
    ExactRow[] rows = leaf.exactRows(0);
    List<BigInteger[]> equations = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      equations.add(ExactRegions.row(output.get(i), rows[i], m));
    }
    Set<List<BigFraction>> corners = new HashSet<>();
    choose(equations, 0, m - rank(equations), corners);
    return corners;
  }

  private int rank(List<BigInteger[]> equations) {
    BigInteger[][] matrix = copy(equations);
    return (int) Arrays.stream(Elimination.reduce(matrix, m)).filter(p -> p.signum() != 0).count();
  }

  private static BigInteger[][] copy(List<BigInteger[]> equations) {
    return equations.stream().map(BigInteger[]::clone).toArray(BigInteger[][]::new);
  }

  private void choose(
      List<BigInteger[]> equations, int facet, int missing, Set<List<BigFraction>> corners) {
    if (missing == 0) {
      solve(equations, corners);
      return;
    }
    Hyperplane[] facets = leaf.cell().facets();
    for (int f = facet; f < facets.length; f++) {
      equations.add(facets[f].exact());
      choose(equations, f + 1, missing - 1, corners);
      equations.remove(equations.size() - 1);
    }
  }

  private void solve(List<BigInteger[]> equations, Set<List<BigFraction>> corners) {
    BigInteger[][] matrix = copy(equations);
    BigInteger[] pivots = Elimination.reduce(matrix, m);
    if (Arrays.stream(pivots).anyMatch(p -> p.signum() == 0)) {
      return;
    }
    for (int i = m; i < matrix.length; i++) {
      if (matrix[i][m].signum() != 0) {
        return;
      }
    }
    BigInteger[] point = new BigInteger[m + 1];
    boolean positive = pivots[0].signum() > 0;
    point[m] = pivots[0].abs();
    for (int k = 0; k < m; k++) {
      point[k] = positive ? matrix[k][m].negate() : matrix[k][m];
    }
    Hyperplane[] facets = leaf.cell().facets();
    for (int f = 0; f < facets.length; f++) {
      if (ExactRow.times(facets[f].exact(), point).signum() * leaf.cell().side(f) < 0) {
        return;
      }
    }
    corners.add(Arrays.asList(new LinearProgram.Point(point).fractions()));
  }
}
