package dev.crease.certify;

import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.network.ActivationPattern;
import dev.crease.network.Fractions;
import dev.crease.network.ReluNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hipparchus.fraction.BigFraction;
import org.hipparchus.fraction.BigFractionField;
import org.hipparchus.linear.Array2DRowFieldMatrix;
import org.hipparchus.linear.ArrayFieldVector;
import org.hipparchus.linear.FieldDecompositionSolver;
import org.hipparchus.linear.FieldLUDecomposition;

/**
 * Makes an exact collision of one in doubles: the second point stays, the first moves to where its
 * own linear region gives the second's output, in rational arithmetic. What comes out is checked by
 * evaluating the networks exactly, so nothing rests on how it was found.
 */
final class ExactRepair {

  /** More neurons than this in one layer take too long in fractions. */
  private static final int MOST_NEURONS = 256;

  private ExactRepair() {}

  /**
   * A result with the exact collision that is near its witness, where there is one.
   *
   * @return the result as it was, when its region is singular or its map not square
   */
  static RadiusResult refined(RadiusResult result) {
    Query query = result.query();
    Optional<ExactCollision> found = result.witness().flatMap(w -> collision(query, w));
    if (found.isEmpty()) {
      return result;
    }
    boolean squared = query.norm() == Norm.L2;
    BigFraction upper =
        max(distance(query, found.get().p()), distance(query, found.get().pPrime()));
    BigFraction most = Fractions.of(query.maxRadius());
    BigFraction lower = Fractions.of(result.certified());
    if (squared) {
      most = most.multiply(most);
      lower = lower.multiply(lower);
    }
    if (upper.compareTo(most) > 0 || lower.compareTo(upper) > 0) {
      return result;
    }
    return result.with(
        new Evidence(Optional.of(new ExactRadius(lower, upper, squared)), found, Optional.empty()));
  }

  /**
   * Whether two points collide exactly, or the first collides with the second after a move.
   *
   * @param allowed how far it may move, in L-infinity
   */
  static boolean isExact(Query query, double[] x, double[] xPrime, double allowed) {
    ReluNetwork f = query.f();
    List<BigFraction> first = ExactMap.point(x);
    ExactMap.Value atX = ExactMap.evaluate(f, first);
    BigFraction[] image = ExactMap.evaluate(f, ExactMap.point(xPrime)).outputs();
    if (Arrays.equals(atX.outputs(), image)) {
      return true;
    }
    return Stream.of(f.pattern(x), atX.pattern())
        .flatMap(pattern -> collision(query, x, xPrime, pattern).stream())
        .anyMatch(found -> isNear(found.p(), x, allowed));
  }

  private static boolean isNear(List<BigFraction> p, double[] x, double allowed) {
    for (int i = 0; i < x.length; i++) {
      if (!(Math.abs(p.get(i).doubleValue() - x[i]) <= allowed)) {
        return false;
      }
    }
    return true;
  }

  static Optional<ExactCollision> collision(Query query, Witness witness) {
    double[] x = witness.x();
    return collision(query, x, witness.xPrime(), query.f().pattern(x));
  }

  /** Moves the first point to where the map of a pattern has the second's output. */
  private static Optional<ExactCollision> collision(
      Query query, double[] x, double[] xPrime, ActivationPattern pattern) {
    ReluNetwork f = query.f();
    int[] ball =
        java.util.stream.IntStream.range(0, f.inputs())
            .filter(i -> !query.shared().containsKey(i))
            .toArray();
    boolean isWide = f.layers().stream().anyMatch(l -> l.outputs() > MOST_NEURONS);
    if (f.outputs() != ball.length || isWide) {
      return Optional.empty();
    }
    List<BigFraction> second = ExactMap.point(xPrime);
    List<BigFraction> first = ExactMap.point(x);
    for (Map.Entry<Integer, Interval> parameter : query.shared().entrySet()) {
      first.set(parameter.getKey(), second.get(parameter.getKey()));
    }
    BigFraction[] image = ExactMap.evaluate(f, second).outputs();
    BigFraction[][] rows = ExactMap.local(f, pattern);
    int n = ball.length;
    BigFraction[][] matrix = new BigFraction[n][n];
    BigFraction[] right = new BigFraction[n];
    for (int i = 0; i < n; i++) {
      right[i] = image[i].subtract(rows[i][f.inputs()]);
      for (int k : query.shared().keySet()) {
        right[i] = right[i].subtract(rows[i][k].multiply(first.get(k)));
      }
      for (int j = 0; j < n; j++) {
        matrix[i][j] = rows[i][ball[j]];
      }
    }
    FieldDecompositionSolver<BigFraction> solver =
        new FieldLUDecomposition<>(new Array2DRowFieldMatrix<>(matrix, false)).getSolver();
    if (!solver.isNonSingular()) {
      return Optional.empty();
    }
    BigFraction[] solution =
        solver.solve(new ArrayFieldVector<>(BigFractionField.getInstance(), right)).toArray();
    for (int j = 0; j < n; j++) {
      first.set(ball[j], solution[j]);
    }
    boolean isCollision =
        Arrays.equals(ExactMap.evaluate(f, first).outputs(), image)
            && differs(query, ball, first, second);
    return isCollision
        ? Optional.of(new ExactCollision(first, second, first, second))
        : Optional.empty();
  }

  private static boolean differs(
      Query query, int[] ball, List<BigFraction> first, List<BigFraction> second) {
    if (query.g().isPresent()) {
      ReluNetwork g = query.g().get();
      return !Arrays.equals(
          ExactMap.evaluate(g, first).outputs(), ExactMap.evaluate(g, second).outputs());
    }
    return Arrays.stream(ball).anyMatch(i -> !first.get(i).equals(second.get(i)));
  }

  /** The distance from the centre, for the norm 2 its square. */
  private static BigFraction distance(Query query, List<BigFraction> x) {
    BigFraction result = BigFraction.ZERO;
    int next = 0;
    for (int i = 0; i < x.size(); i++) {
      if (query.shared().containsKey(i)) {
        continue;
      }
      BigFraction d = x.get(i).subtract(Fractions.of(query.center()[next++])).abs();
      result =
          switch (query.norm()) {
            case L1 -> result.add(d);
            case L2 -> result.add(d.multiply(d));
            case LINF -> max(result, d);
          };
    }
    return result;
  }

  private static BigFraction max(BigFraction a, BigFraction b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
