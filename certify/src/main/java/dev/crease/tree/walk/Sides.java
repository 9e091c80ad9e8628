package dev.crease.tree.walk;

import dev.crease.tree.net.Net;
import java.util.Arrays;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Two steps from a point of a facet at which a network's outputs change alike.
 *
 * @param first by free input
 * @param second by free input
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Sides(double[] first, double[] second) {

  /** How far from the facet a pair in a singular region is, by how far its points are apart. */
  private static final double INTO = 2;

  /** Of the facet of a fold. */
  static Optional<Sides> of(Net net, Facet facet, int[] free) {
    LocalMap off = LocalMap.of(net, facet.off());
    LocalMap on = LocalMap.of(net, facet.on());
    double[] normal = new double[free.length];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = on.row(facet.neuron())[free[i]];
    }
    if (off.sign(free) == 0) {
      return Optional.of(within(off, free, normal, -1));
    }
    return on.sign(free) == 0
        ? Optional.of(within(on, free, normal, 1))
        : across(off, on, free, normal);
  }

  /** Along what a singular region loses, some way off its border. */
  private static Sides within(LocalMap map, int[] free, double[] normal, int sign) {
    RealMatrix jacobian = new Array2DRowRealMatrix(map.jacobian(free), false);
    RealMatrix v = new SingularValueDecomposition(jacobian).getV();
    double[] lost = v.getColumn(v.getColumnDimension() - 1);
    double length = Math.sqrt(Arrays.stream(normal).map(a -> a * a).sum());
    double[] first = new double[free.length];
    double[] second = new double[free.length];
    for (int i = 0; i < free.length; i++) {
      double into = INTO * sign * normal[i] / length;
      first[i] = into + lost[i];
      second[i] = into - lost[i];
    }
    return new Sides(first, second);
  }

  /** {@code f(x + first) = f(x) + on first = f(x) + off second}. */
  private static Optional<Sides> across(LocalMap off, LocalMap on, int[] free, double[] normal) {
    LUDecomposition lu = new LUDecomposition(new Array2DRowRealMatrix(on.jacobian(free), false));
    if (!lu.getSolver().isNonSingular()) {
      return Optional.empty();
    }
    double[] second = new double[free.length];
    for (int i = 0; i < second.length; i++) {
      second[i] = -normal[i];
    }
    RealMatrix other = new Array2DRowRealMatrix(off.jacobian(free), false);
    return Optional.of(new Sides(lu.getSolver().solve(other).operate(second), second));
  }
}
