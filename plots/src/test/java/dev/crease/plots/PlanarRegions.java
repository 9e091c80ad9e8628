package dev.crease.plots;

import dev.crease.bounds.Interval;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.regions.Region;
import dev.crease.regions.RegionMap;
import dev.crease.regions.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a window of the plane neuron by neuron, in doubles: good enough to draw. */
final class PlanarRegions {

  private static final double SLIVER = 1e-11;

  private PlanarRegions() {}

  /** A polygon, and what a layer gives on it: a row of two slopes and a constant for each value. */
  private record Piece(List<double[]> polygon, List<double[]> rows) {}

  static RegionMap of(ReluNetwork f, Window window) {
    Interval x = window.sides().get(0);
    Interval y = window.sides().get(1);
    List<double[]> corners =
        List.of(
            new double[] {x.lower(), y.lower()},
            new double[] {x.upper(), y.lower()},
            new double[] {x.upper(), y.upper()},
            new double[] {x.lower(), y.upper()});
    List<Piece> pieces =
        List.of(new Piece(corners, List.of(new double[] {1, 0, 0}, new double[] {0, 1, 0})));
    for (Layer layer : f.layers()) {
      List<Piece> next = new ArrayList<>();
      for (Piece piece : pieces) {
        next.addAll(through(layer, piece));
      }
      pieces = next;
    }
    return new RegionMap(window, pieces.stream().map(PlanarRegions::region).toList(), true);
  }

  private static List<Piece> through(Layer layer, Piece piece) {
    Matrix slopes = layer.weights().times(Matrix.of(piece.rows.toArray(new double[0][])));
    double[][] rows = new double[layer.outputs()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = slopes.row(i);
      rows[i][2] += layer.bias(i);
    }
    List<Piece> pieces = List.of(new Piece(piece.polygon, List.of(rows)));
    for (int i = 0; i < rows.length; i++) {
      if (layer.isRelu(i)) {
        List<Piece> next = new ArrayList<>();
        for (Piece whole : pieces) {
          List<double[]> active = part(whole.polygon, rows[i], 1);
          List<double[]> inactive = part(whole.polygon, rows[i], -1);
          if (area(active) > SLIVER) {
            next.add(new Piece(active, whole.rows));
          }
          if (area(inactive) > SLIVER) {
            List<double[]> without = new ArrayList<>(whole.rows);
            without.set(i, new double[3]);
            next.add(new Piece(inactive, without));
          }
        }
        pieces = next;
      }
    }
    return pieces;
  }

  private static double at(double[] row, double[] point) {
    return row[0] * point[0] + row[1] * point[1] + row[2];
  }

  private static List<double[]> part(List<double[]> polygon, double[] row, int side) {
    List<double[]> part = new ArrayList<>();
    for (int i = 0; i < polygon.size(); i++) {
      double[] p = polygon.get(i);
      double[] q = polygon.get((i + 1) % polygon.size());
      double atP = side * at(row, p);
      double atQ = side * at(row, q);
      if (atP >= 0) {
        part.add(p);
      }
      if (atP * atQ < 0) {
        double t = atP / (atP - atQ);
        part.add(new double[] {p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])});
      }
    }
    return part;
  }

  private static double area(List<double[]> polygon) {
    double twice = 0;
    for (int i = 0; i < polygon.size(); i++) {
      double[] p = polygon.get(i);
      double[] q = polygon.get((i + 1) % polygon.size());
      twice += p[0] * q[1] - q[0] * p[1];
    }
    return twice / 2;
  }

  private static Region region(Piece piece) {
    List<double[]> images = new ArrayList<>();
    for (double[] vertex : piece.polygon) {
      double[] image = new double[piece.rows.size()];
      for (int i = 0; i < image.length; i++) {
        image[i] = at(piece.rows.get(i), vertex);
      }
      images.add(image);
    }
    double[][] a = piece.rows.toArray(new double[0][]);
    double determinant = a.length == 2 ? a[0][0] * a[1][1] - a[0][1] * a[1][0] : 0;
    List<double[]> jacobian = piece.rows.stream().map(row -> Arrays.copyOf(row, 2)).toList();
    return new Region(piece.polygon, images, determinant, (int) Math.signum(determinant), jacobian);
  }
}
