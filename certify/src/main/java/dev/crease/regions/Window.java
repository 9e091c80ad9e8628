package dev.crease.regions;

import dev.crease.bounds.Interval;
import java.util.List;

/**
 * A box of inputs.
 *
 * @param sides an interval of positive length for each input
 */
public record Window(List<Interval> sides) {

  /** Checks the sides. */
  public Window {
    sides = List.copyOf(sides);
    if (sides.isEmpty()) {
      throw new IllegalArgumentException("a window needs a side for each input");
    }
    for (Interval side : sides) {
      if (!(side.lower() < side.upper())
          || Double.isInfinite(side.lower())
          || Double.isInfinite(side.upper())) {
        throw new IllegalArgumentException(
            "a window cannot have the side [" + side.lower() + ", " + side.upper() + "]");
      }
    }
  }

  /** The box of a half-width around a point. */
  public static Window around(double[] center, double halfWidth) {
    Interval[] sides = new Interval[center.length];
    for (int i = 0; i < sides.length; i++) {
      sides[i] = new Interval(center[i] - halfWidth, center[i] + halfWidth);
    }
    return new Window(List.of(sides));
  }

  /** Number of inputs. */
  public int dimension() {
    return sides.size();
  }
}
