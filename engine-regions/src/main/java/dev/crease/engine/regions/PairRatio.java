package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import dev.crease.certify.Secant;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * Whether the ratio of two points, one of each of two leaves, is anywhere below a number {@code
 * lambda}: {@code min ||f(x) - f(x')|| - lambda ||x - x'|| >= 0}, which, unlike the ratio, is a
 * linear program wherever {@code ||x - x'||} is linear (Dinkelbach, 1967). It decides pairs with a
 * common border too, where the ratio has no least value but in the limit. The norm of the outputs'
 * difference is a variable above {@code u (f(x) - f(x'))} for some vectors {@code u} of the dual
 * unit ball, and the ball of norm 2 is cut out by tangents; both are added where a solution needs
 * them (Kelley, 1960). All rows are rational and on the safe side, so that a value that is not
 * negative is a proof.
 */
final class PairRatio {

  private static final int MOST_STEPS = 400;
  private static final int UNIT_BITS = 30;
  private static final int CUT_BITS = 60;

  /** A norm that is short of its bound by less than this part is not cut again. */
  private static final double CLOSE = 1e-7;

  private final Question question;
  private final Secants secants;
  private final Norm norm;
  private final Leaf first;
  private final Leaf second;
  private final int m;
  private final int[] ball;
  private final int outputs;
  private final BigInteger box;
  private final ExactRow[] a;
  private final ExactRow[] b;
  private final int scale;
  private final List<BigInteger[]> units = new ArrayList<>();
  private final List<BigInteger[]> cuts = new ArrayList<>();
  private int steps;

  /**
   * @param box more than any output's difference on the ball
   */
  PairRatio(Question question, Secants secants, Leaf first, Leaf second, BigInteger box) {
    this.question = question;
    this.secants = secants;
    this.norm = question.norm();
    this.first = first;
    this.second = second;
    this.m = question.inputs();
    this.ball = question.ball();
    this.outputs = question.query().f().outputs();
    this.box = box.max(question.bound());
    this.a = first.exactRows(0);
    this.b = second.exactRows(0);
    int most = 0;
    for (int i = 0; i < outputs; i++) {
      most = Math.max(most, Math.max(a[i].scale(), b[i].scale()));
    }
    this.scale = most;
    for (int i = 0; i < outputs; i++) {
      for (int sign : new int[] {1, -1}) {
        BigInteger[] u = new BigInteger[outputs];
        Arrays.fill(u, BigInteger.ZERO);
        u[i] = BigInteger.valueOf(sign).shiftLeft(UNIT_BITS);
        units.add(u);
      }
    }
  }

  /** What came of it. */
  enum Outcome {
    /** No ratio is below. */
    PROVED,
    /** A pair has one below. */
    BELOW,
    /** Neither, within the steps that there are. */
    OPEN
  }

  /**
   * An outcome, with the pair where one is below.
   *
   * @param outcome what came of it
   * @param secant the pair, with {@link Outcome#BELOW}
   */
  record Answer(Outcome outcome, Optional<Secant> secant) {}

  /**
   * Decides it.
   *
   * @param lambda not negative
   * @param low of the differences {@code x - x'} in the coordinates of the ball
   * @param high of these
   */
  Answer below(double lambda, double[] low, double[] high) {
    Deque<DirectionCone> cones = new ArrayDeque<>();
    DirectionCone.all(norm, ball.length).stream()
        .filter(cone -> cone.mayHold(low, high))
        .forEach(cones::add);
    while (!cones.isEmpty()) {
      DirectionCone cone = cones.pop();
      Optional<LinearProgram.Point> point = least(cone, lambda);
      if (point.isEmpty()) {
        continue;
      }
      if (steps > MOST_STEPS) {
        return new Answer(Outcome.OPEN, Optional.empty());
      }
      Optional<Secant> secant = secant(point.get(), lambda);
      if (secant.isPresent()) {
        return new Answer(Outcome.BELOW, secant);
      }
      if (cone.isExact()) {
        return new Answer(Outcome.OPEN, Optional.empty());
      }
      cone.halves().stream().filter(c -> c.mayHold(low, high)).forEach(cones::push);
    }
    return new Answer(Outcome.PROVED, Optional.empty());
  }

  /** Where the value is negative in a cone, as far as cuts can tell; nothing where it is not. */
  private Optional<LinearProgram.Point> least(DirectionCone cone, double lambda) {
    LinearProgram program = new LinearProgram(2 * m + 1, box);
    facets(program, first, 0);
    facets(program, second, m);
    for (int k : question.shared().keySet()) {
      BigInteger[] row = zeros();
      row[k] = BigInteger.ONE;
      row[m + k] = BigInteger.ONE.negate();
      program.equal(row);
    }
    for (BigInteger[] row : cone.rows()) {
      program.atLeast(direction(row));
    }
    units.forEach(u -> program.atLeast(above(u)));
    cuts.forEach(program::atLeast);
    Optional<LinearProgram.Reduced> reduced = program.reduced();
    if (reduced.isEmpty()) {
      return Optional.empty();
    }
    BigInteger[] objective = objective(cone, lambda);
    while (true) {
      steps++;
      Optional<LinearProgram.Point> point = reduced.get().minimize(objective);
      if (point.isEmpty() || ExactRow.times(objective, point.get().homogeneous()).signum() >= 0) {
        return Optional.empty();
      }
      if (steps > MOST_STEPS) {
        return point;
      }
      List<BigInteger[]> missing = missing(point.get());
      if (missing.isEmpty()) {
        return point;
      }
      missing.forEach(reduced.get()::add);
    }
  }

  /** {@code N - lambda length(d)}, times a power of two and the denominator. */
  private BigInteger[] objective(DirectionCone cone, double lambda) {
    int lambdaScale = Rationals.scale(lambda);
    BigInteger factor = Rationals.scaled(lambda, lambdaScale);
    BigInteger[] row = direction(cone.length());
    for (int k = 0; k < 2 * m; k++) {
      row[k] = row[k].multiply(factor).negate();
    }
    row[2 * m] = cone.denominator().shiftLeft(lambdaScale);
    return row;
  }

  /** A linear function of {@code x - x'}, given in the coordinates of the ball. */
  private BigInteger[] direction(BigInteger[] coefficients) {
    BigInteger[] row = zeros();
    for (int k = 0; k < ball.length; k++) {
      row[ball[k]] = coefficients[k];
      row[m + ball[k]] = coefficients[k].negate();
    }
    return row;
  }

  /** {@code N - u (f(x) - f(x'))}, for {@code u} over {@link #UNIT_BITS}. */
  private BigInteger[] above(BigInteger[] u) {
    BigInteger[] row = zeros();
    row[2 * m] = BigInteger.ONE.shiftLeft(scale + UNIT_BITS);
    for (int i = 0; i < outputs; i++) {
      if (u[i].signum() == 0) {
        continue;
      }
      BigInteger[] ra = a[i].at(scale);
      BigInteger[] rb = b[i].at(scale);
      for (int k = 0; k < m; k++) {
        row[k] = row[k].subtract(u[i].multiply(ra[k]));
        row[m + k] = row[m + k].add(u[i].multiply(rb[k]));
      }
      row[2 * m + 1] = row[2 * m + 1].subtract(u[i].multiply(ra[m].subtract(rb[m])));
    }
    return row;
  }

  /** Rows that a solution violates: the outputs' difference is larger, or a point is too far. */
  private List<BigInteger[]> missing(LinearProgram.Point point) {
    List<BigInteger[]> rows = new ArrayList<>();
    if (norm == Norm.L2) {
      for (int offset = 0; offset <= m; offset += m) {
        tangent(point, offset).ifPresent(rows::add);
      }
      cuts.addAll(rows);
    }
    if (norm != Norm.LINF) {
      unit(point.homogeneous())
          .ifPresent(
              u -> {
                units.add(u);
                rows.add(above(u));
              });
    }
    return rows;
  }

  /** The vector that gives the norm of the outputs' difference, where N is short of it. */
  private Optional<BigInteger[]> unit(BigInteger[] y) {
    BigInteger[] difference = new BigInteger[outputs];
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < outputs; i++) {
      difference[i] = value(a[i], y, 0).subtract(value(b[i], y, m));
      sum = sum.add(difference[i].abs());
    }
    BigInteger known = y[2 * m].shiftLeft(scale);
    BigInteger[] u = new BigInteger[outputs];
    if (norm == Norm.L1) {
      for (int i = 0; i < outputs; i++) {
        u[i] = BigInteger.valueOf(difference[i].signum()).shiftLeft(UNIT_BITS);
      }
      return known.compareTo(sum) < 0 ? Optional.of(u) : Optional.empty();
    }
    if (sum.signum() == 0) {
      return Optional.empty();
    }
    double[] part = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      part[i] = Rationals.ratio(difference[i], sum);
    }
    double size = norm.of(part);
    if (Rationals.ratio(known, sum) >= size * (1 - CLOSE)) {
      return Optional.empty();
    }
    for (int i = 0; i < outputs; i++) {
      // Towards 0 and a little short, so that it is in the dual ball.
      double shorter = part[i] / size * (1 - 0x1p-40);
      u[i] = BigInteger.valueOf((long) Math.scalb(shorter, UNIT_BITS));
    }
    return Optional.of(u);
  }

  private BigInteger value(ExactRow row, BigInteger[] y, int offset) {
    BigInteger sum = row.coefficients()[m].multiply(y[2 * m + 1]);
    for (int k = 0; k < m; k++) {
      sum = sum.add(row.coefficients()[k].multiply(y[offset + k]));
    }
    return sum.shiftLeft(scale - row.scale());
  }

  /** The tangent {@code u x <= |u| radius} of the ball, where a point is beyond it. */
  private Optional<BigInteger[]> tangent(LinearProgram.Point point, int offset) {
    BigInteger[] y = point.homogeneous();
    double[] x = new double[ball.length];
    for (int k = 0; k < x.length; k++) {
      x[k] = Rationals.ratio(y[offset + ball[k]], y[2 * m + 1]);
    }
    double radius = question.query().maxRadius();
    double far = Norm.L2.of(x);
    if (far <= radius * (1 + CLOSE)) {
      return Optional.empty();
    }
    BigInteger[] row = zeros();
    BigInteger square = BigInteger.ZERO;
    int radiusScale = Rationals.scale(radius);
    for (int k = 0; k < x.length; k++) {
      BigInteger u = BigInteger.valueOf((long) Math.scalb(x[k] / far, CUT_BITS));
      row[offset + ball[k]] = u.negate().shiftLeft(radiusScale);
      square = square.add(u.multiply(u));
    }
    BigInteger length = square.sqrt().add(BigInteger.ONE);
    row[2 * m + 1] = length.multiply(Rationals.scaled(radius, radiusScale));
    return Optional.of(row);
  }

  private void facets(LinearProgram program, Leaf leaf, int offset) {
    Hyperplane[] facets = leaf.cell().facets();
    for (int f = 0; f < facets.length; f++) {
      BigInteger[] exact = facets[f].exact();
      BigInteger[] row = zeros();
      for (int k = 0; k <= m; k++) {
        int column = k < m ? offset + k : 2 * m + 1;
        row[column] = leaf.cell().side(f) > 0 ? exact[k] : exact[k].negate();
      }
      program.atLeast(row);
    }
  }

  private BigInteger[] zeros() {
    BigInteger[] row = new BigInteger[2 * m + 2];
    Arrays.fill(row, BigInteger.ZERO);
    return row;
  }

  /** The pair of a solution, if its ratio is below. */
  private Optional<Secant> secant(LinearProgram.Point point, double lambda) {
    return (norm == Norm.L2 ? drawn(point) : exact(point)).filter(secant -> secant.most() < lambda);
  }

  private Optional<Secant> exact(LinearProgram.Point point) {
    BigFraction[] y = point.fractions();
    BigFraction[] x = Arrays.copyOfRange(y, 0, m);
    BigFraction[] xPrime = Arrays.copyOfRange(y, m, 2 * m);
    return ExactSecant.of(question, x, xPrime, at(a, x), at(b, xPrime)).map(secants::rounded);
  }

  /** The pair drawn towards the centre until it is in the ball. */
  private Optional<Secant> drawn(LinearProgram.Point point) {
    double[] x = new double[m];
    double[] xPrime = new double[m];
    BigInteger[] y = point.homogeneous();
    for (int k = 0; k < m; k++) {
      double draw = question.shared().containsKey(k) ? 1 : 1 - 2 * CLOSE;
      x[k] = Rationals.ratio(y[k], y[2 * m + 1]) * draw;
      xPrime[k] = Rationals.ratio(y[m + k], y[2 * m + 1]) * draw;
    }
    // Of points that are nearly one, rounding is all that is left.
    return norm.distance(x, xPrime) < CLOSE * question.query().maxRadius()
        ? Optional.empty()
        : secants.between(x, xPrime);
  }

  private static BigFraction[] at(ExactRow[] rows, BigFraction[] x) {
    BigFraction[] y = new BigFraction[rows.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = rows[i].at(x);
    }
    return y;
  }
}
