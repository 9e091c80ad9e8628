package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import dev.crease.certify.Secant;
import dev.crease.network.ReluNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/** Corners of leaves, drawn into the ball, as a first guess at the pair of the least ratio. */
final class BorderSamples {

  private static final int MOST_POINTS = 1200;

  /** Keeps corners in the ball, whatever is rounded. */
  private static final double INSIDE = 1 - 0x1p-40;

  private final Question question;
  private final Secants secants;
  private final List<double[]> points = new ArrayList<>();
  private final List<double[]> outputs = new ArrayList<>();

  BorderSamples(Question question, Secants secants, List<Leaf> leaves) {
    this.question = question;
    this.secants = secants;
    double radius = question.query().maxRadius();
    List<Vertex> corners =
        leaves.stream().flatMap(leaf -> Arrays.stream(leaf.cell().vertices())).distinct().toList();
    int stride = 1 + corners.size() / MOST_POINTS;
    ReluNetwork f = question.query().f();
    for (int c = 0; c < corners.size(); c += stride) {
      double[] x = corners.get(c).x().clone();
      double far = norm().of(inBall(x));
      double draw = far >= radius * INSIDE ? radius / far * INSIDE : 1;
      for (int k : question.ball()) {
        x[k] *= draw;
      }
      points.add(x);
      outputs.add(f.evaluate(whole(x)));
    }
  }

  private Norm norm() {
    return question.norm();
  }

  private double[] inBall(double[] x) {
    double[] y = new double[question.ball().length];
    for (int k = 0; k < y.length; k++) {
      y[k] = x[question.ball()[k]];
    }
    return y;
  }

  private double[] whole(double[] x) {
    BigFraction[] exact = new BigFraction[x.length];
    Arrays.setAll(exact, k -> Rationals.fraction(x[k]));
    return question.input(exact).stream().mapToDouble(Rationals::nearest).toArray();
  }

  /** The pair with the least ratio of those that were looked at. */
  Optional<Secant> best() {
    double least = Double.POSITIVE_INFINITY;
    int first = -1;
    int second = -1;
    for (int i = 0; i < points.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (!isShared(points.get(i), points.get(j))) {
          continue;
        }
        double away = norm().distance(inBall(points.get(i)), inBall(points.get(j)));
        double ratio = norm().distance(outputs.get(i), outputs.get(j)) / away;
        // Too near to each other, rounding is all there is.
        if (ratio < least && away > 1e-6 * question.query().maxRadius()) {
          least = ratio;
          first = i;
          second = j;
        }
      }
    }
    return first < 0 ? Optional.empty() : secants.between(points.get(first), points.get(second));
  }

  private boolean isShared(double[] x, double[] y) {
    for (int k : question.shared().keySet()) {
      if (x[k] != y[k]) {
        return false;
      }
    }
    return true;
  }
}
