package dev.crease.encoding;

import dev.crease.Rounding;

/**
 * The convex hull of {@code dy = lambda dz}, {@code lambda} in [0, 1], {@code l <= dz <= u}: {@code
 * lowSlope dz + lowConstant <= dy <= upSlope dz + upConstant}, rounded outward. For {@code l < 0 <
 * u} the upper line goes through {@code (l, 0)} and {@code (u, u)}, the lower one through {@code
 * (l, l)} and {@code (u, 0)}.
 *
 * @param upSlope slope of the upper line
 * @param upConstant its value at 0
 * @param lowSlope slope of the lower line
 * @param lowConstant its value at 0
 */
public record Chords(double upSlope, double upConstant, double lowSlope, double lowConstant) {

  /**
   * The hull over an interval.
   *
   * @param l lower end
   * @param u upper end, not below {@code l}
   */
  public static Chords of(double l, double u) {
    if (l >= 0) {
      return new Chords(1, 0, 0, 0);
    }
    if (u <= 0) {
      return new Chords(0, 0, 1, 0);
    }
    // Any slope s with constant c is above max(0, dz) when s l + c >= 0 and s u + c >= u.
    double up = Math.min(1, u / (u - l));
    double upConstant = outward(Math.max(-up * l, u - up * u), u - l);
    double low = Math.min(1, -l / (u - l));
    double lowConstant = -outward(Math.max(low * u, -l + low * l), u - l);
    return new Chords(up, upConstant, low, lowConstant);
  }

  private static double outward(double value, double scale) {
    return Math.nextUp(value + Rounding.gamma(14) * scale);
  }
}
