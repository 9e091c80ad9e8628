package dev.crease.certify;

import dev.crease.network.AffineMap;
import dev.crease.question.Query;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Pairs of points of a ball that are tried for Lipschitz constants: pairs at random, and around
 * random points the singular directions of the network there.
 */
final class LipschitzSamples {

  private static final int POINTS = 2000;
  private static final long SEED = 1;

  /** How far apart the points of a pair around one point are, by the radius. */
  private static final double STEP = 1e-4;

  /** Keeps points in the ball, whatever is rounded. */
  private static final double INSIDE = 1 - 1e-9;

  private final Query query;
  private final Random random = new Random(SEED);
  private Optional<Secant> flattest = Optional.empty();
  private Optional<Secant> steepest = Optional.empty();

  LipschitzSamples(Query query, Budget budget) {
    this.query = query;
    for (int i = 0; i < POINTS && !budget.isOver(); i++) {
      double[] x = point(1 - 2 * STEP);
      double[] other = point(1);
      for (int shared : query.shared().keySet()) {
        other[shared] = x[shared];
      }
      offer(x, other);
      for (double[] direction : directions(x)) {
        double[] near = x.clone();
        List<Integer> free = query.freeInputs();
        double size = query.norm().of(direction);
        for (int k = 0; k < direction.length; k++) {
          near[free.get(k)] += STEP * query.maxRadius() * direction[k] / size;
        }
        offer(x, near);
      }
    }
  }

  private double[] point(double part) {
    double[] center = query.center();
    List<Integer> free = query.freeInputs();
    double[] step = new double[center.length];
    do {
      Arrays.setAll(step, k -> 2 * random.nextDouble() - 1);
    } while (query.norm().of(step) > 1);
    double[] x = new double[query.f().inputs()];
    query
        .shared()
        .forEach(
            (i, side) -> {
              double at = side.lower() + random.nextDouble() * (side.upper() - side.lower());
              x[i] = Math.min(at, side.upper());
            });
    for (int k = 0; k < step.length; k++) {
      x[free.get(k)] = center[k] + INSIDE * part * query.maxRadius() * step[k];
    }
    return x;
  }

  /** The directions in which the network changes least and most around a point. */
  private List<double[]> directions(double[] x) {
    AffineMap map = query.f().localMap(x);
    List<Integer> free = query.freeInputs();
    double[][] rows = new double[query.f().outputs()][free.size()];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < free.size(); k++) {
        rows[i][k] = map.matrix().get(i, free.get(k));
        if (!Double.isFinite(rows[i][k])) {
          return List.of();
        }
      }
    }
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(rows, false));
    int last = svd.getV().getColumnDimension() - 1;
    return List.of(svd.getV().getColumn(0), svd.getV().getColumn(last));
  }

  private void offer(double[] x, double[] other) {
    if (!(query.distance(x) <= query.maxRadius())
        || !(query.distance(other) <= query.maxRadius())
        || Arrays.equals(query.inBall(x), query.inBall(other))) {
      return;
    }
    Secant secant = Secant.of(query, x, other);
    if (flattest.isEmpty() || secant.most() < flattest.get().most()) {
      flattest = Optional.of(secant);
    }
    if (steepest.isEmpty() || secant.least() > steepest.get().least()) {
      steepest = Optional.of(secant);
    }
  }

  Optional<Secant> flattest() {
    return flattest;
  }

  Optional<Secant> steepest() {
    return steepest;
  }
}
