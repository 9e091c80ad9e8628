package dev.crease.network;

import java.util.Arrays;

/**
 * An affine map {@code x -> A x + b}: what a network is on one linear region.
 *
 * @param matrix {@code A}, outputs x inputs
 * @param offset {@code b}, one entry per output; treated as a value, do not modify
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by content
public record AffineMap(Matrix matrix, double[] offset) {

  /** Checks that the shapes fit and copies the offset. */
  public AffineMap {
    if (offset.length != matrix.rows()) {
      throw new IllegalArgumentException(
          "offset of length " + offset.length + " for " + matrix.rows() + " outputs");
    }
    offset = offset.clone();
  }

  /** A copy of {@code b}. */
  @Override
  public double[] offset() {
    return offset.clone();
  }

  /** The value at {@code x}. */
  public double[] apply(double[] x) {
    double[] y = matrix.times(x);
    for (int i = 0; i < y.length; i++) {
      y[i] += offset[i];
    }
    return y;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AffineMap that
        && matrix.equals(that.matrix)
        && Arrays.equals(offset, that.offset);
  }

  @Override
  public int hashCode() {
    return 31 * matrix.hashCode() + Arrays.hashCode(offset);
  }
}
