package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import dev.crease.witness.ExactCollision;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;
import org.hipparchus.fraction.BigFractionField;
import org.hipparchus.linear.Array2DRowFieldMatrix;
import org.hipparchus.linear.ArrayFieldVector;
import org.hipparchus.linear.FieldLUDecomposition;
import org.hipparchus.linear.FieldVector;

/**
 * Collisions between two leaves. The pairs {@code (x, x')} of a leaf each with {@code f(x) = f(x')}
 * form a polytope {@code Q}; those with {@code g(x) = g(x')} are an affine subspace. Unless it
 * holds all of {@code Q} the other pairs are dense in {@code Q}, by convexity, so the infimum of
 * {@code max(||x||, ||x'||)} over the collisions is the minimum over {@code Q}: a linear program
 * for the norms 1 and infinity. For the norm 2 the ball is cut out by tangents (Kelley, 1960) until
 * the bounds meet to double precision, and the point is then proved optimal by its multipliers
 * where it is rational.
 */
final class PairProblem {

  private static final int MOST_CUTS = 100;

  /** Bounds whose difference is less than this fraction of them meet. */
  private static final BigInteger CLOSE = BigInteger.ONE.shiftLeft(50);

  private static final int MOST_TIGHT = 8;

  /** For the share of either point where both are equally far: steps, bits, and least value. */
  private static final int MOST_STEPS = 40;

  private static final int SHARE_BITS = 100;
  private static final BigFraction END = Rationals.fraction(BigInteger.ONE, 20);

  private final Question question;
  private final PairPolytope pairs;
  private final int m;
  private final int variables;
  private final int rho;
  private final LinearProgram program;
  private final List<BigInteger[]> differences;
  private final List<BigInteger[]> cellRows;

  /**
   * @param second for a pinned question a leaf that holds the second point
   */
  PairProblem(Question question, Leaf first, Leaf second) {
    this.question = question;
    this.pairs = new PairPolytope(question, first, second);
    this.m = pairs.inputs();
    this.variables = pairs.variables();
    this.rho = pairs.rho();
    this.program = pairs.program();
    this.differences = pairs.differences().stream().map(PairPolytope.Difference::row).toList();
    this.cellRows = pairs.cellRows();
  }

  private BigInteger[] zeros() {
    return pairs.zeros();
  }

  /** The nearest collisions; empty when there are none. */
  Optional<PairMinimum> solve() {
    pairs.addBall();
    Optional<LinearProgram.Reduced> reduced = program.reduced();
    if (reduced.isEmpty()) {
      return Optional.empty();
    }
    LinearProgram.Reduced r = reduced.get();
    if (differences.stream().allMatch(d -> isZero(r.reduce(d)))) {
      return Optional.empty();
    }
    return question.norm() == Norm.L2 ? round(r) : polyhedral(r);
  }

  private static boolean isZero(BigInteger[] row) {
    return Arrays.stream(row).allMatch(entry -> entry.signum() == 0);
  }

  private BigInteger[] objective() {
    BigInteger[] row = zeros();
    row[rho] = BigInteger.ONE;
    return row;
  }

  private Optional<PairMinimum> polyhedral(LinearProgram.Reduced r) {
    Optional<LinearProgram.Point> nearest = r.minimize(objective());
    if (nearest.isEmpty()) {
      return Optional.empty();
    }
    BigFraction[] y = nearest.get().fractions();
    Optional<ExactCollision> found = collision(r, nearest.get(), y);
    if (found.isPresent()
        && !found.get().isAttained()
        && y[rho].equals(Rationals.fraction(question.query().maxRadius()))) {
      found = attained(r, y[rho]).or(() -> collision(r, nearest.get(), y));
    }
    return found.map(c -> new PairMinimum(y[rho], y[rho], c));
  }

  /**
   * A collision at the least radius itself, where another minimum has one. It matters only when
   * that is the largest radius of the question.
   */
  private Optional<ExactCollision> attained(LinearProgram.Reduced r, BigFraction radius) {
    BigInteger[] row = zeros();
    row[rho] = radius.getDenominator().negate();
    row[variables] = radius.getNumerator();
    r.add(row);
    return r.minimize(objective())
        .flatMap(p -> collision(r, p, p.fractions()))
        .map(c -> new ExactCollision(c.u(), c.uPrime(), c.u(), c.uPrime()));
  }

  /** The collisions at and near a point of Q; empty when Q holds none. */
  private Optional<ExactCollision> collision(
      LinearProgram.Reduced r, LinearProgram.Point point, BigFraction[] y) {
    if (differs(point)) {
      return Optional.of(collision(y, y));
    }
    for (BigInteger[] difference : differences) {
      BigInteger[] free = r.reduce(difference);
      if (isZero(free)) {
        continue;
      }
      for (int side : new int[] {1, -1}) {
        BigInteger[] down = zeros();
        for (int k = 0; k <= variables; k++) {
          down[k] = side > 0 ? difference[k] : difference[k].negate();
        }
        LinearProgram.Point far = r.minimize(down).orElseThrow();
        if (differs(far)) {
          return Optional.of(collision(y, far.fractions()));
        }
      }
    }
    return Optional.empty();
  }

  private boolean differs(LinearProgram.Point point) {
    return differences.stream().anyMatch(d -> ExactRow.times(d, point.homogeneous()).signum() != 0);
  }

  private ExactCollision collision(BigFraction[] p, BigFraction[] u) {
    return new ExactCollision(
        question.input(Arrays.copyOfRange(p, 0, m)),
        question.input(Arrays.copyOfRange(p, m, 2 * m)),
        question.input(Arrays.copyOfRange(u, 0, m)),
        question.input(Arrays.copyOfRange(u, m, 2 * m)));
  }

  // ---- norm 2

  private Optional<PairMinimum> round(LinearProgram.Reduced r) {
    BigFraction lower = BigFraction.ZERO;
    BigFraction upper = BigFraction.ZERO;
    LinearProgram.Point best = null;
    for (int step = 0; step < MOST_CUTS; step++) {
      Optional<LinearProgram.Point> nearest = r.minimize(objective());
      if (nearest.isEmpty()) {
        return Optional.empty();
      }
      BigFraction[] y = nearest.get().fractions();
      BigFraction square = square(y);
      lower = lower.compareTo(y[rho].multiply(y[rho])) > 0 ? lower : y[rho].multiply(y[rho]);
      if (best == null || square.compareTo(upper) < 0) {
        upper = square;
        best = nearest.get();
      }
      if (isClose(lower, upper)) {
        break;
      }
      for (int offset = 0; offset <= m; offset += m) {
        pairs.tangent(nearest.get(), offset).ifPresent(r::add);
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    BigFraction least = lower;
    LinearProgram.Point from = best;
    Optional<LinearProgram.Point> exact = stationary(r, from, 0).or(() -> stationary(r, from, m));
    if (exact.isPresent()) {
      BigFraction[] y = exact.get().fractions();
      BigFraction square = square(y);
      return collision(r, exact.get(), y).map(c -> new PairMinimum(square, square, c));
    }
    Bracket cut = new Bracket(least, upper, from);
    Bracket bracket = isClose(least, upper) ? cut : balanced(r, from).orElse(cut);
    BigFraction most = bracket.upper();
    return collision(r, bracket.point(), bracket.point().fractions())
        .map(
            c ->
                new PairMinimum(
                    bracket.lower().compareTo(most) < 0 ? bracket.lower() : most, most, c));
  }

  private static boolean isClose(BigFraction lower, BigFraction upper) {
    return upper.subtract(lower).multiply(CLOSE).compareTo(upper) <= 0;
  }

  /** The larger of the squared norms of the two points. */
  private BigFraction square(BigFraction[] y) {
    BigFraction a = square(y, 0);
    BigFraction b = square(y, m);
    return a.compareTo(b) > 0 ? a : b;
  }

  private BigFraction square(BigFraction[] y, int offset) {
    BigFraction sum = BigFraction.ZERO;
    for (int k : question.ball()) {
      sum = sum.add(y[offset + k].multiply(y[offset + k]));
    }
    return sum;
  }

  /**
   * The rational point near another one that is optimal by the conditions of Karush, Kuhn and
   * Tucker for the squared norm of one of the points alone, on the facets that are tight there. If
   * the other point is not further away, the least of this norm is the least of both.
   *
   * @param offset which point: that of the variables from there on
   */
  private Optional<LinearProgram.Point> stationary(
      LinearProgram.Reduced r, LinearProgram.Point near, int offset) {
    BigFraction share = offset == 0 ? BigFraction.ZERO : BigFraction.ONE;
    for (List<BigInteger[]> tight : faces(r, near)) {
      Optional<LinearProgram.Point> found =
          stationary(r, share, tight)
              .filter(s -> isOptimal(s))
              .map(Stationary::point)
              .filter(
                  p -> {
                    BigFraction[] y = p.fractions();
                    return square(y, offset).compareTo(square(y, m - offset)) >= 0;
                  });
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Bounds on the squared radius, and the point at the upper one. */
  private record Bracket(BigFraction lower, BigFraction upper, LinearProgram.Point point) {}

  /**
   * Bounds that meet where both points are equally far. With {@code a} and {@code b} for their
   * squared norms, the least of {@code max(a, b)} is at least that of {@code (1 - t) a + t b},
   * which {@link #stationary} finds; the more {@code t}, the more of {@code a} and the less of
   * {@code b} is there, so a {@code t} is sought at which they agree to double precision.
   */
  private Optional<Bracket> balanced(LinearProgram.Reduced r, LinearProgram.Point near) {
    for (List<BigInteger[]> tight : faces(r, near)) {
      Optional<Bracket> found = balanced(r, tight);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Bracket> balanced(LinearProgram.Reduced r, List<BigInteger[]> tight) {
    BigFraction low = END;
    BigFraction high = BigFraction.ONE.subtract(END);
    BigFraction atLow = BigFraction.ZERO;
    BigFraction atHigh = BigFraction.ZERO;
    for (int step = 0; step < MOST_STEPS; step++) {
      BigFraction t = step == 0 ? low : step == 1 ? high : between(low, atLow, high, atHigh);
      Optional<Stationary> s = stationary(r, t, tight);
      if (s.isEmpty()) {
        return Optional.empty();
      }
      BigFraction[] y = s.get().point().fractions();
      BigFraction a = square(y, 0);
      BigFraction b = square(y, m);
      BigFraction difference = b.subtract(a);
      if (difference.abs().multiply(CLOSE).compareTo(square(y)) <= 0) {
        return s.filter(found -> isOptimal(found))
            .map(found -> new Bracket(a.add(t.multiply(difference)), square(y), found.point()));
      }
      boolean isLow = difference.signum() > 0;
      if (step < 2) {
        if (isLow != (step == 0)) {
          return Optional.empty();
        }
        atLow = isLow ? difference : atLow;
        atHigh = isLow ? atHigh : difference;
      } else if (isLow) {
        low = t;
        atLow = difference;
        atHigh = atHigh.divide(2);
      } else {
        high = t;
        atHigh = difference;
        atLow = atLow.divide(2);
      }
    }
    return Optional.empty();
  }

  /** Where a line from a positive value to a negative one is zero, to {@link #SHARE_BITS}. */
  private static BigFraction between(
      BigFraction low, BigFraction atLow, BigFraction high, BigFraction atHigh) {
    BigFraction width = high.subtract(low).multiply(atLow).divide(atLow.subtract(atHigh));
    BigFraction zero = low.add(width);
    BigInteger rounded = zero.getNumerator().shiftLeft(SHARE_BITS).divide(zero.getDenominator());
    return Rationals.fraction(rounded, SHARE_BITS);
  }

  /** Sets of independent facets among those that are tight at a point, in reduced variables. */
  private List<List<BigInteger[]>> faces(LinearProgram.Reduced r, LinearProgram.Point near) {
    List<BigInteger[]> tight = new ArrayList<>();
    for (BigInteger[] row : cellRows) {
      if (ExactRow.times(row, near.homogeneous()).signum() == 0) {
        tight.add(r.reduce(row));
      }
    }
    List<List<BigInteger[]>> faces = new ArrayList<>();
    int subsets = 1 << Math.min(tight.size(), MOST_TIGHT);
    for (int chosen = 0; chosen < subsets; chosen++) {
      List<BigInteger[]> rows = new ArrayList<>();
      for (int t = 0; t < tight.size() && t < MOST_TIGHT; t++) {
        if ((chosen >> t & 1) != 0) {
          rows.add(tight.get(t));
        }
      }
      if (rows.size() < r.dimension()
          && rank(rows.toArray(BigInteger[][]::new), r.dimension()) == rows.size()) {
        faces.add(rows);
      }
    }
    return faces;
  }

  /** A point where a function stands still on a face, and the multipliers of the face's facets. */
  private record Stationary(LinearProgram.Point point, List<BigFraction> multipliers) {}

  /** Whether it is in the polytope and the multipliers are not negative. */
  private boolean isOptimal(Stationary found) {
    for (BigFraction multiplier : found.multipliers()) {
      if (multiplier.signum() < 0) {
        return false;
      }
    }
    for (BigInteger[] row : cellRows) {
      if (ExactRow.times(row, found.point().homogeneous()).signum() < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where the mean of the two squared norms stands still on a face.
   *
   * @param share of the second norm in the mean
   */
  private Optional<Stationary> stationary(
      LinearProgram.Reduced r, BigFraction share, List<BigInteger[]> tight) {
    int d = r.dimension();
    int size = d + tight.size();
    Array2DRowFieldMatrix<BigFraction> matrix =
        new Array2DRowFieldMatrix<>(BigFractionField.getInstance(), size, size);
    BigFraction[] right = new BigFraction[size];
    Arrays.fill(right, BigFraction.ZERO);
    for (int offset = 0; offset <= m; offset += m) {
      BigFraction part = offset == 0 ? BigFraction.ONE.subtract(share) : share;
      if (part.signum() != 0) {
        addSquares(r, offset, part, matrix, right);
      }
    }
    for (int t = 0; t < tight.size(); t++) {
      for (int k = 0; k < d; k++) {
        BigFraction value = new BigFraction(tight.get(t)[k]);
        matrix.setEntry(k, d + t, value.negate());
        matrix.setEntry(d + t, k, value);
      }
      right[d + t] = new BigFraction(tight.get(t)[d].negate());
    }
    // The radius itself stands still.
    for (int k = 0; k < d; k++) {
      if (r.variable(k) == rho) {
        matrix.setEntry(k, k, BigFraction.ONE);
      }
    }
    var solver = new FieldLUDecomposition<>(matrix).getSolver();
    if (!solver.isNonSingular()) {
      return Optional.empty();
    }
    FieldVector<BigFraction> solution =
        solver.solve(new ArrayFieldVector<>(BigFractionField.getInstance(), right));
    List<BigFraction> multipliers = new ArrayList<>();
    for (int t = 0; t < tight.size(); t++) {
      multipliers.add(solution.getEntry(d + t));
    }
    return Optional.of(new Stationary(r.expand(homogeneous(solution, d)), multipliers));
  }

  /** Half the gradient of the squared norm of one of the points, times a factor. */
  private void addSquares(
      LinearProgram.Reduced r,
      int offset,
      BigFraction factor,
      Array2DRowFieldMatrix<BigFraction> matrix,
      BigFraction[] right) {
    int d = r.dimension();
    for (int c : question.ball()) {
      BigInteger[] unit = zeros();
      unit[offset + c] = BigInteger.ONE;
      BigInteger[] x = r.reduce(unit);
      BigFraction weight = weight(r, offset + c, x).multiply(factor);
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          matrix.addToEntry(i, j, weight.multiply(x[i]).multiply(x[j]));
        }
        right[i] = right[i].subtract(weight.multiply(x[i]).multiply(x[d]));
      }
    }
  }

  /** The positive factor, squared, by which {@link LinearProgram.Reduced#reduce} scaled a row. */
  private BigFraction weight(LinearProgram.Reduced r, int variable, BigInteger[] reduced) {
    BigInteger[] z = new BigInteger[r.dimension() + 1];
    // Two points at which the function differs tell the factor.
    Arrays.fill(z, BigInteger.ZERO);
    z[r.dimension()] = BigInteger.ONE;
    for (int k = -1; k < r.dimension(); k++) {
      if (k >= 0) {
        z[k] = BigInteger.ONE;
      }
      BigInteger value = ExactRow.times(reduced, z);
      if (value.signum() != 0) {
        BigFraction factor = r.expand(z).fractions()[variable].divide(value);
        return factor.multiply(factor);
      }
    }
    return BigFraction.ZERO;
  }

  private static int rank(BigInteger[][] rows, int d) {
    BigInteger[][] copy = new BigInteger[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
    }
    int rank = 0;
    for (BigInteger pivot : Elimination.reduce(copy, d)) {
      rank += pivot.signum() != 0 ? 1 : 0;
    }
    return rank;
  }

  private static BigInteger[] homogeneous(FieldVector<BigFraction> solution, int d) {
    BigInteger denominator = BigInteger.ONE;
    for (int k = 0; k < d; k++) {
      BigInteger own = solution.getEntry(k).getDenominator();
      denominator = denominator.multiply(own).divide(denominator.gcd(own));
    }
    BigInteger[] z = new BigInteger[d + 1];
    for (int k = 0; k < d; k++) {
      BigFraction entry = solution.getEntry(k);
      z[k] = entry.getNumerator().multiply(denominator.divide(entry.getDenominator()));
    }
    z[d] = denominator;
    return z;
  }
}
