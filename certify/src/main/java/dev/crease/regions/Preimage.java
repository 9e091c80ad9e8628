package dev.crease.regions;

import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * A convex set of points with the same output: the convex hull of its corners; nearly always one
 * point. Where the network is degenerate it can be a segment or more.
 *
 * @param corners exact points, one entry per input
 */
public record Preimage(List<List<BigFraction>> corners) {

  /** Copies the corners. */
  public Preimage {
    corners = List.copyOf(corners);
    if (corners.isEmpty()) {
      throw new IllegalArgumentException("a preimage has a point");
    }
  }

  /** Whether it is one point. */
  public boolean isPoint() {
    return corners.size() == 1;
  }

  /** The first corner, rounded to doubles. */
  public double[] point() {
    return corners.get(0).stream().mapToDouble(BigFraction::doubleValue).toArray();
  }
}
