package dev.crease.formats.onnx;

import dev.crease.formats.lowering.Exact;

/**
 * The sum of the products of two rows of doubles, as if computed with twice the digits and then
 * rounded (Ogita, Rump, Oishi: Accurate sum and dot product, 2005, algorithm Dot2).
 *
 * @param value the sum
 * @param isExact whether nothing is known to have been rounded
 */
record DotProduct(double value, boolean isExact) {

  /**
   * The product of {@code a[i + j]} with {@code b[k + j * stride]}, over {@code j} from 0 to {@code
   * length - 1}.
   */
  static DotProduct of(double[] a, int i, double[] b, int k, int stride, int length) {
    double sum = 0;
    double low = 0;
    boolean exact = true;
    for (int j = 0; j < length; j++) {
      double x = a[i + j];
      double y = b[k + j * stride];
      double product = x * y;
      double next = sum + product;
      double back = next - sum;
      double error = Math.fma(x, y, -product) + ((sum - (next - back)) + (product - back));
      exact &= Exact.product(x, y) && (error == 0 || low == 0 || Exact.sum(low, error));
      low += error;
      sum = next;
    }
    return new DotProduct(sum + low, exact && Double.isFinite(sum) && Exact.sum(sum, low));
  }
}
