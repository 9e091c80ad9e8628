package dev.crease.formats.onnx;

/** Numbers of 16 bits: IEEE binary16 and bfloat16, the upper half of a binary32. */
final class HalfPrecision {

  private static final double LARGEST_HALF = 65504;

  private HalfPrecision() {}

  /** The value of an IEEE binary16, exactly. */
  static double half(int bits) {
    double sign = (bits & 0x8000) == 0 ? 1 : -1;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0x1f) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * Math.scalb((double) fraction, -24)
        : sign * Math.scalb((double) (fraction | 0x400), exponent - 25);
  }

  /** The value of a bfloat16, exactly. */
  static double brain(int bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The binary16 nearest to a number, the even one of two. */
  static double toHalf(double value) {
    double rounded = toBits(value, 11, -24);
    return Math.abs(rounded) > LARGEST_HALF
        ? Math.copySign(Double.POSITIVE_INFINITY, value)
        : rounded;
  }

  /** The bfloat16 nearest to a number, the even one of two. */
  static double toBrain(double value) {
    double rounded = toBits(value, 8, -133);
    return Math.abs(rounded) > Float.MAX_VALUE
        ? Math.copySign(Double.POSITIVE_INFINITY, value)
        : rounded;
  }

  /** A number rounded to some bits, the last of them not below {@code 2^least}. */
  private static double toBits(double value, int bits, int least) {
    if (value == 0 || !Double.isFinite(value)) {
      return value;
    }
    int last = Math.max(Math.getExponent(value) - bits + 1, least);
    return Math.scalb(Math.rint(Math.scalb(value, -last)), last);
  }
}
