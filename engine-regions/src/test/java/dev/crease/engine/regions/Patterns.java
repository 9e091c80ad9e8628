package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import dev.crease.witness.Fractions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hipparchus.fraction.BigFraction;

/**
 * What points of a ball have an output near one, by brute force and without the engine: for each
 * activation pattern of both networks, possible or not, all corners of the polytope where the
 * pattern holds, the point is in the ball and the output is within the noise. For a handful of
 * neurons, and balls of the norms 1 and infinity.
 */
final class Patterns {

  private final ReluNetwork f;
  private final ReluNetwork g;
  private final int m;
  private final List<BigFraction[]> ball = new ArrayList<>();

  Patterns(ReluNetwork f, ReluNetwork g, Norm norm, double[] center, double radius) {
    this.f = f;
    this.g = g;
    this.m = f.inputs();
    BigFraction r = Fractions.of(radius);
    int sides = norm == Norm.L1 ? 1 << m : 2 * m;
    for (int side = 0; side < sides; side++) {
      BigFraction[] row = new BigFraction[m + 1];
      row[m] = r;
      for (int k = 0; k < m; k++) {
        int sign =
            norm == Norm.L1 ? 1 - 2 * (side >> k & 1) : side / 2 != k ? 0 : 1 - 2 * (side % 2);
        row[k] = new BigFraction(sign);
        row[m] = row[m].subtract(row[k].multiply(Fractions.of(center[k])));
      }
      ball.add(row);
    }
  }

  /** A corner, and the value there. */
  record Corner(BigFraction[] point, BigFraction[] value) {}

  /** All corners: none iff no point of the ball has an output so near. */
  List<Corner> corners(List<BigFraction> output, BigFraction noise) {
    List<Corner> corners = new ArrayList<>();
    affine(
        f,
        ball,
        (constraints, y) -> {
          List<BigFraction[]> near = new ArrayList<>(constraints);
          for (int i = 0; i < y.length; i++) {
            near.add(plus(y[i], noise.subtract(output.get(i))));
            near.add(plus(times(y[i], -1), noise.add(output.get(i))));
          }
          if (isEmpty(near)) {
            return;
          }
          affine(
              g,
              near,
              (all, value) -> vertices(all, x -> corners.add(new Corner(x, at(value, x)))));
        });
    return corners;
  }

  private boolean isEmpty(List<BigFraction[]> constraints) {
    List<BigFraction[]> found = new ArrayList<>();
    vertices(constraints, found::add);
    return found.isEmpty();
  }

  private interface Affine {
    void take(List<BigFraction[]> constraints, BigFraction[][] rows);
  }

  /** Each pattern of a network: where it holds, and the rows of the output there. */
  private void affine(ReluNetwork network, List<BigFraction[]> constraints, Affine visitor) {
    BigFraction[][] identity = new BigFraction[m][m + 1];
    for (int k = 0; k < m; k++) {
      for (int l = 0; l <= m; l++) {
        identity[k][l] = k == l ? BigFraction.ONE : BigFraction.ZERO;
      }
    }
    layer(network.layers(), 0, identity, constraints, visitor);
  }

  private void layer(
      List<Layer> layers,
      int l,
      BigFraction[][] rows,
      List<BigFraction[]> constraints,
      Affine visitor) {
    if (l == layers.size()) {
      visitor.take(constraints, rows);
      return;
    }
    Layer layer = layers.get(l);
    BigFraction[][] z = new BigFraction[layer.outputs()][];
    List<Integer> relus = new ArrayList<>();
    for (int i = 0; i < z.length; i++) {
      z[i] = times(identityRow(), 0);
      z[i][m] = Fractions.of(layer.bias(i));
      for (int j = 0; j < rows.length; j++) {
        BigFraction w = Fractions.of(layer.weights().get(i, j));
        for (int k = 0; k <= m; k++) {
          z[i][k] = z[i][k].add(w.multiply(rows[j][k]));
        }
      }
      if (layer.isRelu(i)) {
        relus.add(i);
      }
    }
    for (int pattern = 0; pattern < 1 << relus.size(); pattern++) {
      BigFraction[][] y = z.clone();
      List<BigFraction[]> more = new ArrayList<>(constraints);
      for (int bit = 0; bit < relus.size(); bit++) {
        int i = relus.get(bit);
        boolean isActive = (pattern >> bit & 1) != 0;
        more.add(isActive ? z[i] : times(z[i], -1));
        y[i] = isActive ? z[i] : times(z[i], 0);
      }
      layer(layers, l + 1, y, more, visitor);
    }
  }

  private BigFraction[] identityRow() {
    BigFraction[] row = new BigFraction[m + 1];
    java.util.Arrays.fill(row, BigFraction.ONE);
    return row;
  }

  private static BigFraction[] times(BigFraction[] row, int factor) {
    BigFraction[] result = new BigFraction[row.length];
    for (int k = 0; k < row.length; k++) {
      result[k] = row[k].multiply(factor);
    }
    return result;
  }

  private static BigFraction[] plus(BigFraction[] row, BigFraction constant) {
    BigFraction[] result = row.clone();
    result[row.length - 1] = row[row.length - 1].add(constant);
    return result;
  }

  private static BigFraction[] at(BigFraction[][] rows, BigFraction[] x) {
    BigFraction[] y = new BigFraction[rows.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = at(rows[i], x);
    }
    return y;
  }

  private static BigFraction at(BigFraction[] row, BigFraction[] x) {
    BigFraction sum = row[x.length];
    for (int k = 0; k < x.length; k++) {
      sum = sum.add(row[k].multiply(x[k]));
    }
    return sum;
  }

  /** In up to two dimensions: where two constraints are tight and all hold. */
  private void vertices(List<BigFraction[]> constraints, Consumer<BigFraction[]> visitor) {
    for (int i = 0; i < constraints.size(); i++) {
      BigFraction[] p = constraints.get(i);
      for (int j = m == 1 ? i : i + 1; j < (m == 1 ? i + 1 : constraints.size()); j++) {
        BigFraction[] q = constraints.get(j);
        BigFraction det = m == 1 ? p[0] : p[0].multiply(q[1]).subtract(p[1].multiply(q[0]));
        if (det.signum() == 0) {
          continue;
        }
        BigFraction[] x =
            m == 1
                ? new BigFraction[] {p[1].negate().divide(det)}
                : new BigFraction[] {
                  p[1].multiply(q[2]).subtract(p[2].multiply(q[1])).divide(det),
                  p[2].multiply(q[0]).subtract(p[0].multiply(q[2])).divide(det)
                };
        if (constraints.stream().allMatch(row -> at(row, x).signum() >= 0)) {
          visitor.accept(x);
        }
      }
    }
  }
}
