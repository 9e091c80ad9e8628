package dev.crease.engine.regions.whole;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * An integer vector that means a direction: a point {@code (x t, t)} in homogeneous coordinates, or
 * an affine function {@code (a, b)} on them. Signs of products are found in doubles where these
 * leave no doubt, in integers otherwise.
 */
final class Vector {

  /** Of few products; what doubles round is less than a hundredth of it. */
  private static final double DOUBT = 1e-13;

  /** Below it products might be lost altogether. */
  private static final double LEAST = 1e-200;

  /** No double has more. */
  private static final int DIGITS = 64;

  private final BigInteger[] entries;
  private final double[] about;

  private Vector(BigInteger[] entries) {
    this.entries = entries;
    int bits = 0;
    for (BigInteger entry : entries) {
      bits = Math.max(bits, entry.bitLength());
    }
    about = new double[entries.length];
    for (int k = 0; k < about.length; k++) {
      int shift = Math.max(0, entries[k].bitLength() - DIGITS);
      about[k] = Math.scalb(entries[k].shiftRight(shift).doubleValue(), shift - bits);
    }
  }

  static Vector of(BigInteger... entries) {
    return new Vector(entries);
  }

  /** The vector in its direction whose entries have no common divisor. */
  static Vector primitive(BigInteger[] entries) {
    BigInteger divisor = BigInteger.ZERO;
    for (BigInteger entry : entries) {
      divisor = divisor.gcd(entry);
      if (divisor.equals(BigInteger.ONE)) {
        return new Vector(entries);
      }
    }
    BigInteger common = divisor.max(BigInteger.ONE);
    return new Vector(
        Arrays.stream(entries).map(entry -> entry.divide(common)).toArray(BigInteger[]::new));
  }

  /** A vector of the standard basis. */
  static Vector unit(int size, int k) {
    BigInteger[] entries = new BigInteger[size];
    Arrays.fill(entries, BigInteger.ZERO);
    entries[k] = BigInteger.ONE;
    return new Vector(entries);
  }

  int size() {
    return entries.length;
  }

  BigInteger entry(int k) {
    return entries[k];
  }

  BigInteger times(Vector other) {
    BigInteger sum = BigInteger.ZERO;
    for (int k = 0; k < entries.length; k++) {
      if (entries[k].signum() != 0 && other.entries[k].signum() != 0) {
        sum = sum.add(entries[k].multiply(other.entries[k]));
      }
    }
    return sum;
  }

  /** The sign of {@link #times}. */
  int sign(Vector other) {
    double sum = 0;
    double size = 0;
    for (int k = 0; k < about.length; k++) {
      double product = about[k] * other.about[k];
      sum += product;
      size += Math.abs(product);
    }
    return size > LEAST && Math.abs(sum) > DOUBT * size
        ? (int) Math.signum(sum)
        : times(other).signum();
  }

  boolean isZero() {
    return Arrays.stream(entries).allMatch(entry -> entry.signum() == 0);
  }

  /** {@code a this + b other}, primitive. */
  Vector combined(BigInteger a, BigInteger b, Vector other) {
    BigInteger[] sum = new BigInteger[entries.length];
    for (int k = 0; k < sum.length; k++) {
      sum[k] = entries[k].multiply(a).add(other.entries[k].multiply(b));
    }
    return primitive(sum);
  }

  Vector negated() {
    return new Vector(Arrays.stream(entries).map(BigInteger::negate).toArray(BigInteger[]::new));
  }
}
