package dev.crease.regions;

import java.util.List;

/**
 * A convex polygon of outputs, and the affine function that gives the values on it: {@code value +
 * matrix (y - at)}. Counting from a corner keeps the rounding of {@code y} times large slopes out.
 * Where the network flattens a region, the polygon is a segment or a point, with two corners or
 * one.
 *
 * @param vertices the corners, rounded to doubles, counter-clockwise
 * @param edges half-planes {@code e_0 y_0 + e_1 y_1 <= e_2}, with {@code (e_0, e_1)} of length 1,
 *     whose intersection is the polygon, but for rounding
 * @param at an output, from which the function counts
 * @param value what the function gives there
 * @param matrix a row for each entry of the value
 */
public record Piece(
    List<double[]> vertices,
    List<double[]> edges,
    double[] at,
    double[] value,
    List<double[]> matrix) {

  /** Copies the lists. */
  public Piece {
    vertices = List.copyOf(vertices);
    edges = List.copyOf(edges);
    matrix = List.copyOf(matrix);
  }

  /** How far an output is outside: the largest violation of an edge, not positive inside. */
  public double outside(double... y) {
    double most = Double.NEGATIVE_INFINITY;
    for (double[] e : edges) {
      most = Math.max(most, e[0] * y[0] + e[1] * y[1] - e[2]);
    }
    return most;
  }

  /** The affine function, in doubles. */
  public double[] evaluate(double... y) {
    double[] result = value.clone();
    for (int j = 0; j < result.length; j++) {
      result[j] += matrix.get(j)[0] * (y[0] - at[0]) + matrix.get(j)[1] * (y[1] - at[1]);
    }
    return result;
  }
}
