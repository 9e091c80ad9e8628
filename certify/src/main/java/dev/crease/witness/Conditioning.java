package dev.crease.witness;

import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * How much a network magnifies small changes near a point: the extreme singular values of its
 * Jacobian there, in double arithmetic. It informs; nothing is certified by it.
 *
 * @param least how little the outputs move for each unit by which the inputs do, in norm 2
 * @param most how much
 */
public record Conditioning(double least, double most) {

  /** From this condition on people should know. */
  private static final double ILL = 1e3;

  /** Beyond this rounding may have made the least singular value. */
  private static final double UNKNOWN = 1e13;

  /**
   * At a point.
   *
   * @return nothing where the network has more inputs than outputs, or its Jacobian is 0 or not
   *     finite
   */
  public static Optional<Conditioning> at(ReluNetwork f, double... x) {
    Matrix a = f.localMap(x).matrix();
    double[][] rows = new double[a.rows()][];
    double size = 0;
    for (int i = 0; i < rows.length; i++) {
      rows[i] = a.row(i);
      for (double entry : rows[i]) {
        size = Math.max(size, Math.abs(entry));
      }
    }
    if (a.rows() < a.columns() || !(size > 0) || !Double.isFinite(1 / size)) {
      return Optional.empty();
    }
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] /= size;
      }
    }
    double[] values =
        new SingularValueDecomposition(new Array2DRowRealMatrix(rows, false)).getSingularValues();
    return Double.isFinite(values[0])
        ? Optional.of(new Conditioning(size * values[values.length - 1], size * values[0]))
        : Optional.empty();
  }

  /** The condition of the Jacobian in norm 2. */
  public double number() {
    return most / least;
  }

  /** Whether that is large, and not so large that only rounding may have made it. */
  public boolean isIll() {
    return number() >= ILL && number() <= UNKNOWN;
  }
}
