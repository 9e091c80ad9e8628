package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import dev.crease.certify.Secant;
import dev.crease.question.Query;
import java.math.BigInteger;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * Pairs of points that show how much a network stretches, evaluated with what rounding may hide.
 */
final class Secants {

  /** How near to a border of a region or of the ball the points are, of the way there. */
  private static final double PART = 0.5;

  private static final int HALVINGS = 50;

  /** By so much of a ratio rounding may blur it. */
  private static final double BLURRED = 1e-6;

  private final Question question;
  private final Query query;
  private final ExactNetwork f;

  Secants(Question question) {
    this.question = question;
    this.query = question.query();
    this.f = new ExactNetwork(query.f(), new double[query.f().inputs()]);
  }

  /**
   * The secant of two points, if both are in the ball and they are not the same.
   *
   * @param x coordinates that count from the origin
   * @param xPrime the other point's
   */
  Optional<Secant> between(double[] x, double[] xPrime) {
    double[] a = input(x);
    double[] b = input(xPrime);
    double away = question.norm().distance(query.inBall(a), query.inBall(b));
    if (!(away > 0) || !isInBall(a) || !isInBall(b)) {
      return Optional.empty();
    }
    Secant quick = Secant.of(query, a, b);
    // Where rounding hides too much, exact evaluation takes its time.
    return quick.most() - quick.least() <= BLURRED * quick.most()
        ? Optional.of(quick)
        : exact(a, b);
  }

  private Optional<Secant> exact(double[] a, double[] b) {
    return ExactSecant.of(question, fractions(a), fractions(b), at(a), at(b)).map(this::rounded);
  }

  /** An exact secant with its points in doubles. */
  Secant rounded(ExactSecant exact) {
    return new Secant(doubles(exact.x()), doubles(exact.xPrime()), exact.least(), exact.most());
  }

  private double[] doubles(BigFraction[] x) {
    return question.input(x).stream().mapToDouble(Rationals::nearest).toArray();
  }

  /** An input of the query's network, rounded. */
  private double[] input(double[] x) {
    BigFraction[] exact = new BigFraction[x.length];
    for (int k = 0; k < x.length; k++) {
      exact[k] = Rationals.fraction(x[k]);
    }
    return doubles(exact);
  }

  /** Exactly. */
  private boolean isInBall(double[] input) {
    return ExactSecant.isInBall(question, fractions(input));
  }

  private BigFraction[] at(double[] input) {
    BigFraction[] exact = new BigFraction[input.length];
    for (int k = 0; k < input.length; k++) {
      exact[k] = Rationals.fraction(input[k]);
    }
    return f.evaluate(exact);
  }

  /** The coordinates of an input that count from the origin, exactly. */
  private BigFraction[] fractions(double[] input) {
    BigFraction[] x = new BigFraction[question.inputs()];
    double[] kept = question.kept(input);
    for (int k = 0; k < x.length; k++) {
      x[k] = Rationals.fraction(kept[k]).subtract(Rationals.fraction(question.origin()[k]));
    }
    return x;
  }

  /**
   * Two points of a leaf in the ball whose difference has some direction.
   *
   * @param direction in the coordinates of the ball
   */
  Optional<Secant> within(Leaf leaf, double[] direction) {
    Cell cell = leaf.cell();
    int m = cell.dimension();
    double[] middle = middle(cell);
    double[] d = new double[m];
    for (int k = 0; k < direction.length; k++) {
      d[question.ball()[k]] = direction[k];
    }
    double step = Double.POSITIVE_INFINITY;
    for (int facet = 0; facet < cell.facets().length; facet++) {
      Hyperplane plane = cell.facets()[facet];
      double value = plane.coefficient(m);
      double rate = 0;
      for (int k = 0; k < m; k++) {
        value += plane.coefficient(k) * middle[k];
        rate += plane.coefficient(k) * d[k];
      }
      if (rate != 0) {
        step = Math.min(step, value * cell.side(facet) / Math.abs(rate));
      }
    }
    if (question.norm() == Norm.L2) {
      double room = question.query().maxRadius() - Norm.L2.of(inBall(middle));
      step = Math.min(step, room / Norm.L2.of(direction));
    }
    step *= PART;
    // Negated for a NaN.
    if (!(step > 0) || Double.isInfinite(step)) {
      return Optional.empty();
    }
    double[] x = new double[m];
    double[] other = new double[m];
    for (int k = 0; k < m; k++) {
      x[k] = middle[k] + step * d[k];
      other[k] = middle[k] - step * d[k];
    }
    return between(x, other);
  }

  private double[] inBall(double[] x) {
    double[] y = new double[question.ball().length];
    for (int k = 0; k < y.length; k++) {
      y[k] = x[question.ball()[k]];
    }
    return y;
  }

  /** A point inside of a cell, in norm 2 of what the ball has of it. */
  private double[] middle(Cell cell) {
    double[] mean = mean(cell);
    double radius = question.query().maxRadius();
    if (question.norm() != Norm.L2 || Norm.L2.of(inBall(mean)) < radius * PART) {
      return mean;
    }
    double[] near = new NearestPoint(question, cell).point();
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double part = (low + high) / 2;
      if (Norm.L2.of(inBall(between(near, mean, part))) <= radius) {
        low = part;
      } else {
        high = part;
      }
    }
    return between(near, mean, low * PART);
  }

  static double[] mean(Cell cell) {
    double[] mean = new double[cell.dimension()];
    for (Vertex v : cell.vertices()) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += v.x(k) / cell.vertices().length;
      }
    }
    return mean;
  }

  static double[] between(double[] a, double[] b, double part) {
    double[] x = new double[a.length];
    for (int k = 0; k < x.length; k++) {
      x[k] = a[k] + part * (b[k] - a[k]);
    }
    return x;
  }

  /** Whether a leaf certainly meets the inside of the ball. */
  boolean isWithin(Leaf leaf) {
    double[] point = middle(leaf.cell());
    int m = point.length;
    int scale = Rationals.scale(point);
    BigInteger[] exact = new BigInteger[m + 1];
    for (int k = 0; k < m; k++) {
      exact[k] = Rationals.scaled(point[k], scale);
    }
    exact[m] = BigInteger.ONE.shiftLeft(scale);
    return question.norm().of(inBall(point)) < query.maxRadius() * (1 - 1e-12)
        && leaf.cell().holds(exact);
  }
}
