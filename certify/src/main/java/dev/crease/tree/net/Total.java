package dev.crease.tree.net;

import dev.crease.Rounding;

/** A sum whose rounding errors are bounded, and errors of its terms with it. */
public final class Total {

  private double sum;
  private double magnitude;
  private double error;
  private int terms;

  /** Adds a product of two doubles, or what has no more than a few roundings. */
  public void add(double term) {
    sum += term;
    magnitude += Math.abs(term);
    terms++;
  }

  /** Takes note of an error of something that was added or left out. */
  public void blur(double atMost) {
    error += atMost;
    terms++;
  }

  public double sum() {
    return sum;
  }

  /** A bound on how far the sum of the exact terms is from {@link #sum}. */
  public double error() {
    // Each term may carry some roundings of its own besides those of the sums.
    double bound = error * (1 + Rounding.gamma(terms)) + Rounding.gamma(terms + 8) * magnitude;
    return Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound + Double.MIN_NORMAL;
  }

  /** A number not above the exact sum. */
  public double down() {
    double least = Rounding.down(sum, error());
    return Double.isNaN(least) ? Double.NEGATIVE_INFINITY : least;
  }

  /** A number not below the exact sum. */
  public double up() {
    double most = Rounding.up(sum, error());
    return Double.isNaN(most) ? Double.POSITIVE_INFINITY : most;
  }
}
