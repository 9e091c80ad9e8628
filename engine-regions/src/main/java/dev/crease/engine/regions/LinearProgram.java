package dev.crease.engine.regions;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * A small linear program with few variables, solved exactly: {@code min c y} subject to {@code A y
 * + a >= 0} and {@code E y + e = 0}. The equations are eliminated; the rest is the dual simplex
 * method on a basis of as many rows as variables are left (Lemke, 1954), by Bland's rule, so that
 * it ends. It starts from the basis at which the same method in doubles ended, which is nearly
 * always the right one already, and otherwise from a box that is known to hold all points.
 */
final class LinearProgram {

  private static final int MOST_FLOATING_STEPS = 200;
  private static final double FLOATING_TOLERANCE = 1e-11;

  private final int variables;
  private final BigInteger box;
  private final List<BigInteger[]> rows = new ArrayList<>();
  private final List<BigInteger[]> equations = new ArrayList<>();

  /**
   * @param box a bound that every variable keeps within, strictly, at every point that is feasible
   */
  LinearProgram(int variables, BigInteger box) {
    this.variables = variables;
    this.box = box;
  }

  /** Demands {@code sum row_k y_k + row_last >= 0}. */
  void atLeast(BigInteger[] row) {
    rows.add(row);
  }

  /** Demands {@code sum row_k y_k + row_last = 0}. */
  void equal(BigInteger[] row) {
    equations.add(row);
  }

  /** The program without its equations: fewer variables, and how to come back. */
  Optional<Reduced> reduced() {
    BigInteger[][] system =
        equations.stream().map(BigInteger[]::clone).toArray(BigInteger[][]::new);
    BigInteger[] pivots = Elimination.reduce(system, variables);
    int rank = 0;
    BigInteger denominator = BigInteger.ONE;
    for (BigInteger pivot : pivots) {
      if (pivot.signum() != 0) {
        rank++;
        denominator = pivot;
      }
    }
    for (int i = rank; i < system.length; i++) {
      if (system[i][variables].signum() != 0) {
        return Optional.empty();
      }
    }
    if (denominator.signum() < 0) {
      denominator = denominator.negate();
      for (int i = 0; i < rank; i++) {
        for (int k = 0; k <= variables; k++) {
          system[i][k] = system[i][k].negate();
        }
      }
    }
    return Optional.of(new Reduced(system, pivots, denominator, variables - rank));
  }

  /** A point, homogeneous, with a positive last entry. */
  record Point(BigInteger[] homogeneous) {

    BigFraction[] fractions() {
      int n = homogeneous.length - 1;
      BigFraction[] result = new BigFraction[n];
      for (int k = 0; k < n; k++) {
        result[k] = new BigFraction(homogeneous[k], homogeneous[n]);
      }
      return result;
    }
  }

  /** The program in the variables that the equations leave free. */
  final class Reduced {
    private final BigInteger[][] system;
    private final BigInteger[] pivots;
    private final BigInteger denominator;
    private final int[] free;
    private final List<BigInteger[]> reducedRows = new ArrayList<>();

    private Reduced(
        BigInteger[][] system, BigInteger[] pivots, BigInteger denominator, int freeCount) {
      this.system = system;
      this.pivots = pivots;
      this.denominator = denominator;
      this.free = new int[freeCount];
      int next = 0;
      for (int k = 0; k < variables; k++) {
        if (pivots[k].signum() == 0) {
          free[next++] = k;
        }
      }
      rows.forEach(row -> reducedRows.add(reduce(row)));
      for (int k = 0; k < freeCount; k++) {
        for (int side : new int[] {1, -1}) {
          BigInteger[] wall = new BigInteger[freeCount + 1];
          Arrays.fill(wall, BigInteger.ZERO);
          wall[k] = BigInteger.valueOf(side);
          wall[freeCount] = box;
          reducedRows.add(wall);
        }
      }
    }

    int dimension() {
      return free.length;
    }

    /** The original variable that a free one is. */
    int variable(int k) {
      return free[k];
    }

    /** One more row, in the original variables. */
    void add(BigInteger[] row) {
      reducedRows.add(0, reduce(row));
    }

    /** The rows, without the box around them. */
    List<BigInteger[]> ownRows() {
      return reducedRows.subList(0, reducedRows.size() - 2 * free.length);
    }

    /** An affine function of the original variables in the free ones, times a positive number. */
    BigInteger[] reduce(BigInteger[] row) {
      int d = free.length;
      BigInteger[] result = new BigInteger[d + 1];
      for (int k = 0; k <= d; k++) {
        int column = k < d ? free[k] : variables;
        BigInteger value = row[column].multiply(denominator);
        int pivotRow = 0;
        for (int c = 0; c < variables; c++) {
          if (pivots[c].signum() != 0) {
            if (row[c].signum() != 0 && system[pivotRow][column].signum() != 0) {
              value = value.subtract(row[c].multiply(system[pivotRow][column]));
            }
            pivotRow++;
          }
        }
        result[k] = value;
      }
      return Rationals.stripped(result);
    }

    /** The point with given free variables. */
    Point expand(BigInteger[] z) {
      int d = free.length;
      BigInteger[] y = new BigInteger[variables + 1];
      for (int k = 0; k < d; k++) {
        y[free[k]] = z[k].multiply(denominator);
      }
      y[variables] = z[d].multiply(denominator);
      int pivotRow = 0;
      for (int c = 0; c < variables; c++) {
        if (pivots[c].signum() != 0) {
          BigInteger[] row = system[pivotRow++];
          BigInteger value = row[variables].multiply(z[d]);
          for (int k = 0; k < d; k++) {
            value = value.add(row[free[k]].multiply(z[k]));
          }
          y[c] = value.negate();
        }
      }
      return new Point(Rationals.stripped(y));
    }

    /**
     * The minimum of an affine function of the original variables.
     *
     * @return where it is, or nothing when there is no feasible point
     */
    Optional<Point> minimize(BigInteger[] objective) {
      return minimizeFree(reduce(objective)).map(this::expand);
    }

    /** The same in the free variables. */
    Optional<BigInteger[]> minimizeFree(BigInteger[] c) {
      int d = free.length;
      if (d == 0) {
        for (BigInteger[] row : reducedRows) {
          if (row[0].signum() < 0) {
            return Optional.empty();
          }
        }
        return Optional.of(new BigInteger[] {BigInteger.ONE});
      }
      int[] start = boxBasis(c);
      int[] basis = start;
      int[] guess = new Floating(reducedRows, c, start.clone()).run();
      if (isDualFeasible(guess, c)) {
        basis = guess;
      }
      return new ExactSimplex(c, basis).run();
    }

    /** The corner of the box where the objective is least. */
    private int[] boxBasis(BigInteger[] c) {
      int d = free.length;
      int first = reducedRows.size() - 2 * d;
      int[] basis = new int[d];
      for (int k = 0; k < d; k++) {
        basis[k] = first + 2 * k + (c[k].signum() >= 0 ? 0 : 1);
      }
      return basis;
    }

    private boolean isDualFeasible(int[] basis, BigInteger[] c) {
      Optional<BigInteger[]> multipliers = combination(basis, c);
      return multipliers.isPresent()
          && Arrays.stream(multipliers.get()).allMatch(l -> l.signum() >= 0);
    }

    /**
     * How a vector is combined of the basic rows' coefficients, times a positive number; empty when
     * these are dependent.
     */
    private Optional<BigInteger[]> combination(int[] basis, BigInteger[] vector) {
      int d = free.length;
      BigInteger[][] matrix = new BigInteger[d][d + 1];
      for (int k = 0; k < d; k++) {
        for (int j = 0; j < d; j++) {
          matrix[k][j] = reducedRows.get(basis[j])[k];
        }
        matrix[k][d] = vector[k];
      }
      BigInteger[] pivot = Elimination.reduce(matrix, d);
      BigInteger[] result = new BigInteger[d];
      for (int k = 0; k < d; k++) {
        if (pivot[k].signum() == 0) {
          return Optional.empty();
        }
        result[k] = pivot[k].signum() > 0 ? matrix[k][d] : matrix[k][d].negate();
      }
      return Optional.of(result);
    }

    /** The dual simplex method in integers. */
    private final class ExactSimplex {
      private final BigInteger[] c;
      private final int[] basis;

      ExactSimplex(BigInteger[] c, int[] basis) {
        this.c = c;
        this.basis = basis;
      }

      Optional<BigInteger[]> run() {
        while (true) {
          BigInteger[] z = corner();
          int entering = violated(z);
          if (entering < 0) {
            return Optional.of(z);
          }
          BigInteger[] lambda = combination(basis, c).orElseThrow();
          BigInteger[] mu = combination(basis, reducedRows.get(entering)).orElseThrow();
          int leaving = -1;
          for (int k = 0; k < basis.length; k++) {
            if (mu[k].signum() <= 0) {
              continue;
            }
            if (leaving < 0) {
              leaving = k;
              continue;
            }
            int compared =
                lambda[k].multiply(mu[leaving]).compareTo(lambda[leaving].multiply(mu[k]));
            if (compared < 0 || (compared == 0 && basis[k] < basis[leaving])) {
              leaving = k;
            }
          }
          if (leaving < 0) {
            // The row is a combination of others with the wrong sign (Farkas): nothing is feasible.
            return Optional.empty();
          }
          basis[leaving] = entering;
        }
      }

      /** Where the basic rows are 0, homogeneous. */
      private BigInteger[] corner() {
        int d = free.length;
        BigInteger[][] matrix = new BigInteger[d][];
        for (int j = 0; j < d; j++) {
          matrix[j] = reducedRows.get(basis[j]).clone();
        }
        BigInteger pivot = Elimination.reduce(matrix, d)[0];
        BigInteger[] z = new BigInteger[d + 1];
        for (int k = 0; k < d; k++) {
          z[k] = pivot.signum() > 0 ? matrix[k][d].negate() : matrix[k][d];
        }
        z[d] = pivot.abs();
        return Rationals.stripped(z);
      }

      /** The first row that the point violates, or -1. */
      private int violated(BigInteger[] z) {
        for (int i = 0; i < reducedRows.size(); i++) {
          if (ExactRow.times(reducedRows.get(i), z).signum() < 0) {
            return i;
          }
        }
        return -1;
      }
    }
  }

  /** The dual simplex method in doubles: only a guess at the basis comes out of it. */
  private static final class Floating {
    private final double[][] a;
    private final double[] c;
    private final int[] basis;

    Floating(List<BigInteger[]> rows, BigInteger[] objective, int[] basis) {
      this.a = new double[rows.size()][];
      for (int i = 0; i < a.length; i++) {
        a[i] = normalized(rows.get(i));
      }
      this.c = normalized(objective);
      this.basis = basis;
    }

    private static double[] normalized(BigInteger[] row) {
      int bits = 0;
      for (int k = 0; k < row.length - 1; k++) {
        bits = Math.max(bits, row[k].bitLength());
      }
      BigInteger one = BigInteger.ONE.shiftLeft(bits);
      double[] result = new double[row.length];
      for (int k = 0; k < row.length; k++) {
        result[k] = Rationals.ratio(row[k], one);
      }
      return result;
    }

    int[] run() {
      int d = basis.length;
      for (int step = 0; step < MOST_FLOATING_STEPS; step++) {
        double[][] inverse = inverse();
        if (inverse.length == 0) {
          return basis;
        }
        double[] z = new double[d];
        for (int k = 0; k < d; k++) {
          for (int j = 0; j < d; j++) {
            z[k] -= inverse[k][j] * a[basis[j]][d];
          }
        }
        int entering = -1;
        double worst = -FLOATING_TOLERANCE;
        for (int i = 0; i < a.length; i++) {
          double value = a[i][d];
          double size = Math.abs(value);
          for (int k = 0; k < d; k++) {
            value += a[i][k] * z[k];
            size = Math.max(size, Math.abs(a[i][k] * z[k]));
          }
          if (size > 0 && value / size < worst) {
            worst = value / size;
            entering = i;
          }
        }
        if (entering < 0) {
          return basis;
        }
        int leaving = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < d; j++) {
          double lambda = 0;
          double mu = 0;
          for (int k = 0; k < d; k++) {
            lambda += c[k] * inverse[k][j];
            mu += a[entering][k] * inverse[k][j];
          }
          if (mu > 1e-12 && lambda / mu < least) {
            least = lambda / mu;
            leaving = j;
          }
        }
        if (leaving < 0) {
          return basis;
        }
        basis[leaving] = entering;
      }
      return basis;
    }

    /** Of the basic rows' coefficients; empty when they are nearly dependent. */
    private double[][] inverse() {
      int d = basis.length;
      double[][] work = new double[d][2 * d];
      for (int j = 0; j < d; j++) {
        System.arraycopy(a[basis[j]], 0, work[j], 0, d);
        work[j][d + j] = 1;
      }
      for (int col = 0; col < d; col++) {
        int best = col;
        for (int i = col + 1; i < d; i++) {
          if (Math.abs(work[i][col]) > Math.abs(work[best][col])) {
            best = i;
          }
        }
        if (Math.abs(work[best][col]) < 1e-13) {
          return new double[0][];
        }
        double[] swap = work[col];
        work[col] = work[best];
        work[best] = swap;
        double pivot = work[col][col];
        for (int k = 0; k < 2 * d; k++) {
          work[col][k] /= pivot;
        }
        for (int i = 0; i < d; i++) {
          double factor = work[i][col];
          if (i != col && factor != 0) {
            for (int k = 0; k < 2 * d; k++) {
              work[i][k] -= factor * work[col][k];
            }
          }
        }
      }
      double[][] inverse = new double[d][d];
      for (int k = 0; k < d; k++) {
        System.arraycopy(work[k], d, inverse[k], 0, d);
      }
      return inverse;
    }
  }
}
