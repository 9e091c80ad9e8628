package dev.crease.regions;

import dev.crease.witness.Fractions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.fraction.BigFraction;

/** A point of a ball that was found by its output, exactly. Immutable. */
public final class Match {

  private final BigInteger[] point;
  private final BigInteger[] output;
  private final BigInteger[] value;

  /**
   * Vectors of rational numbers, each as numerators with their common denominator, which is
   * positive, behind them. They need not be reduced, which would take longer than all the rest.
   *
   * @param point one entry per input
   * @param output what the network gives there
   * @param value what is to be told from the output
   */
  public Match(BigInteger[] point, BigInteger[] output, BigInteger[] value) {
    this.point = point.clone();
    this.output = output.clone();
    this.value = value.clone();
  }

  /** The point, exactly. */
  public List<BigFraction> exactPoint() {
    return exact(point);
  }

  /** What the network gives there, exactly. */
  public List<BigFraction> exactOutput() {
    return exact(output);
  }

  /** What is to be told from the output, exactly. */
  public List<BigFraction> exactValue() {
    return exact(value);
  }

  /** The point, each coordinate the nearest double. */
  public double[] point() {
    return rounded(point);
  }

  /** What the network gives there, each entry the nearest double. */
  public double[] output() {
    return rounded(output);
  }

  /** What is to be told from the output, each entry the nearest double. */
  public double[] value() {
    return rounded(value);
  }

  private static List<BigFraction> exact(BigInteger[] vector) {
    List<BigFraction> entries = new ArrayList<>();
    for (int i = 0; i < vector.length - 1; i++) {
      entries.add(new BigFraction(vector[i], vector[vector.length - 1]));
    }
    return List.copyOf(entries);
  }

  private static double[] rounded(BigInteger[] vector) {
    double[] entries = new double[vector.length - 1];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = Fractions.nearest(vector[i], vector[entries.length]);
    }
    return entries;
  }
}
