package dev.crease.verifier.proof;

/**
 * A line {@code slope v + constant} on one side of a function of an interval. The slope is rounded
 * any way, the constant to the side of the line.
 */
public record Line(double slope, double constant) {

  /**
   * The chord of a function that at either end is {@code v} ({@code true}) or 0. Below it lies what
   * is convex, above it what is concave: whatever the slope, the ends decide.
   */
  public static Line chord(double l, boolean atL, double u, boolean atU, boolean isUpper) {
    double rise = (atU ? u : 0) - (atL ? l : 0);
    double slope = atL == atU ? (atL ? 1 : 0) : Math.max(0, Math.min(1, rise / (u - l)));
    return new Line(
        slope,
        isUpper
            ? -Math.min(gap(-l, atL, slope), gap(-u, atU, slope))
            : Math.min(gap(l, atL, slope), gap(u, atU, slope)));
  }

  /** How far the function is above {@code slope v}, rounded down. */
  private static double gap(double v, boolean isV, double slope) {
    return Round.sumDown(isV ? v : 0, -Round.productUp(slope, v));
  }
}
