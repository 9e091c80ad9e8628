package dev.crease.engine.regions.whole;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * An affine map from {@code R^m} to itself for small {@code m}, in integers over a common
 * denominator.
 */
final class AffineMap {

  private final Vector[] rows;
  private final BigInteger determinant;

  /**
   * @param rows an affine function for each of the m outputs
   */
  AffineMap(Vector[] rows) {
    this.rows = rows;
    this.determinant = determinant(matrix());
  }

  /** The sign of the determinant. */
  int sign() {
    return determinant.signum();
  }

  /** The image of a point, over the denominator of the map: homogeneous. */
  BigInteger[] at(Vector point) {
    int m = rows.length;
    BigInteger[] image = new BigInteger[m + 1];
    for (int i = 0; i < m; i++) {
      image[i] = rows[i].times(point);
    }
    image[m] = point.entry(m);
    return image;
  }

  /** The point with an image, by Cramer's rule, where the determinant is not 0. */
  Vector preimage(BigInteger[] image) {
    int m = rows.length;
    BigInteger[] point = new BigInteger[m + 1];
    BigInteger sign = BigInteger.valueOf(sign());
    for (int k = 0; k < m; k++) {
      BigInteger[][] replaced = matrix();
      for (int i = 0; i < m; i++) {
        replaced[i][k] = image[i].subtract(rows[i].entry(m).multiply(image[m]));
      }
      point[k] = determinant(replaced).multiply(sign);
    }
    point[m] = determinant.abs().multiply(image[m]);
    return Vector.primitive(point);
  }

  private BigInteger[][] matrix() {
    int m = rows.length;
    BigInteger[][] matrix = new BigInteger[m][m];
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < m; k++) {
        matrix[i][k] = rows[i].entry(k);
      }
    }
    return matrix;
  }

  /** By the first column (Laplace): for three rows there is nothing shorter. */
  private static BigInteger determinant(BigInteger[][] matrix) {
    if (matrix.length == 0) {
      return BigInteger.ONE;
    }
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < matrix.length; i++) {
      if (matrix[i][0].signum() == 0) {
        continue;
      }
      BigInteger[][] minor = new BigInteger[matrix.length - 1][];
      for (int j = 0; j < minor.length; j++) {
        BigInteger[] row = matrix[j < i ? j : j + 1];
        minor[j] = Arrays.copyOfRange(row, 1, row.length);
      }
      BigInteger term = matrix[i][0].multiply(determinant(minor));
      sum = i % 2 == 0 ? sum.add(term) : sum.subtract(term);
    }
    return sum;
  }
}
