package dev.crease.regions;

import java.util.List;

/**
 * The part of a linear region that lies within a window: a convex polytope on which the network is
 * affine.
 *
 * @param vertices its corners, rounded to doubles; in the plane in counter-clockwise order
 * @param images what the network gives at the corners, in the same order
 * @param determinant of the Jacobian, rounded; 0 where the network is not square
 * @param sign of that determinant, exactly: -1, 0 or 1; 0 where the network is not square
 * @param jacobian a row for each output, rounded
 */
public record Region(
    List<double[]> vertices,
    List<double[]> images,
    double determinant,
    int sign,
    List<double[]> jacobian) {

  /** Copies the lists. */
  public Region {
    vertices = List.copyOf(vertices);
    images = List.copyOf(images);
    jacobian = List.copyOf(jacobian);
  }
}
