package dev.crease.engine.regions;

import dev.crease.Rounding;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A cell on which all networks are affine, with their local maps. */
final class Leaf {

  private static final int UNKNOWN = 2;

  private final Stages stages;
  private final Cell cell;
  private final double key;
  private final double[][][] outputs;
  private final long[] active;
  private final AtomicReferenceArray<ExactRow[]> exact;
  private int sign = UNKNOWN;

  /**
   * @param key how far the cell is, at least
   * @param outputs for each network the rows of its output
   * @param active which neurons are active, as bits
   */
  Leaf(Stages stages, Cell cell, double key, double[][][] outputs, long[] active) {
    this.stages = stages;
    this.cell = cell;
    this.key = key;
    this.outputs = outputs;
    this.active = active;
    this.exact = new AtomicReferenceArray<>(outputs.length);
  }

  Cell cell() {
    return cell;
  }

  double key() {
    return key;
  }

  long[] active() {
    return active;
  }

  /** The rows of a network's output in doubles: m slopes, then the constant. */
  double[][] rows(int network) {
    return outputs[network];
  }

  /** A bound on the error of coefficient {@code k} of output {@code i}. */
  double rowError(int network, int i, int k) {
    return stages.outputErrors(network, k)[i];
  }

  /** The rows of a network's output, exactly. */
  ExactRow[] exactRows(int network) {
    ExactRow[] rows = exact.get(network);
    if (rows == null) {
      rows = stages.exactOutput(network, active);
      exact.set(network, rows);
    }
    return rows;
  }

  /** The exact sign of the determinant of the first network; 0 where it is not square. */
  int sign() {
    if (sign == UNKNOWN) {
      sign = outputs[0].length == cell.dimension() ? determinantSign(0) : 0;
    }
    return sign;
  }

  /** The exact sign of the determinant of a square network's local map. */
  int determinantSign(int network) {
    int m = cell.dimension();
    double[][] rows = outputs[network];
    if (m <= 2) {
      double det = rows[0][0];
      double error = rowError(network, 0, 0);
      if (m == 2) {
        double a = rows[0][0];
        double b = rows[0][1];
        double c = rows[1][0];
        double d = rows[1][1];
        double ea = rowError(network, 0, 0);
        double eb = rowError(network, 0, 1);
        double ec = rowError(network, 1, 0);
        double ed = rowError(network, 1, 1);
        det = a * d - b * c;
        error =
            (Math.abs(a) + ea) * ed
                + Math.abs(d) * ea
                + (Math.abs(b) + eb) * ec
                + Math.abs(c) * eb
                + Rounding.gamma(2) * (Math.abs(a * d) + Math.abs(b * c));
        error = error * (1 + 1e-9) + Double.MIN_NORMAL;
      }
      if (Math.abs(det) > error) {
        return det > 0 ? 1 : -1;
      }
    }
    return Elimination.determinant(jacobian(network)).signum();
  }

  /** The exact Jacobian, over a common positive denominator. */
  private BigInteger[][] jacobian(int network) {
    ExactRow[] rows = exactRows(network);
    int m = cell.dimension();
    BigInteger[][] matrix = new BigInteger[rows.length][m];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i].coefficients(), 0, matrix[i], 0, m);
    }
    return matrix;
  }

  /** Whether a network's local map is one-to-one on the whole space. */
  boolean isInjective(int network) {
    int m = cell.dimension();
    if (outputs[network].length < m) {
      return false;
    }
    if (outputs[network].length == m) {
      return determinantSign(network) != 0;
    }
    BigInteger[][] matrix = jacobian(network);
    for (BigInteger pivot : Elimination.reduce(matrix, m)) {
      if (pivot.signum() == 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the point from which coordinates count is in the closed cell, exactly. */
  boolean holdsOrigin() {
    Hyperplane[] facets = cell.facets();
    for (int f = 0; f < facets.length; f++) {
      if (facets[f].exact()[cell.dimension()].signum() * cell.side(f) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Facet with a label, or -1. */
  int facet(int label) {
    Hyperplane[] facets = cell.facets();
    for (int f = 0; f < facets.length; f++) {
      if (facets[f].label() == label) {
        return f;
      }
    }
    return -1;
  }
}
