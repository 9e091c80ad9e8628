package dev.crease.plots;

import dev.crease.bounds.Interval;
import dev.crease.regions.Region;
import dev.crease.regions.RegionMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Regions of the plane with the facets between them, and the sheets that they form: regions of one
 * sign that hang together by facets.
 */
final class Mesh {

  private static final int NONE = -1;
  // Compared with the window; corners are rounded to doubles, so equal ones agree far better.
  private static final double TOLERANCE = 1e-10;

  /**
   * A facet of a region.
   *
   * @param from index of a corner in the region
   * @param to index of the next corner
   * @param region index of the region
   * @param neighbour index of the region on the other side, -1 without one
   */
  record Facet(int from, int to, int region, int neighbour) {}

  private final List<Region> regions;
  private final List<Facet> facets;
  private final int[] sheets;

  private Mesh(List<Region> regions, List<Facet> facets, int[] sheets) {
    this.regions = regions;
    this.facets = facets;
    this.sheets = sheets;
  }

  static Mesh of(RegionMap map) {
    List<Region> regions = map.regions();
    Corners corners = new Corners(map.window().sides().get(0), map.window().sides().get(1));
    Map<Long, Facet> facets = new LinkedHashMap<>();
    int[] sheets = new int[regions.size()];
    for (int r = 0; r < sheets.length; r++) {
      sheets[r] = r;
      List<double[]> vertices = regions.get(r).vertices();
      int region = r;
      for (int k = 0; k < vertices.size(); k++) {
        int next = (k + 1) % vertices.size();
        int from = corners.id(vertices.get(k));
        int to = corners.id(vertices.get(next));
        if (from != to) {
          long key = (long) Math.min(from, to) << Integer.SIZE | Math.max(from, to);
          Facet here = new Facet(k, next, r, NONE);
          facets.merge(key, here, (f, g) -> new Facet(f.from, f.to, f.region, region));
        }
      }
    }
    for (Facet facet : facets.values()) {
      if (facet.neighbour != NONE
          && regions.get(facet.region).sign() == regions.get(facet.neighbour).sign()) {
        sheets[root(sheets, facet.region)] = root(sheets, facet.neighbour);
      }
    }
    for (int r = 0; r < sheets.length; r++) {
      sheets[r] = root(sheets, r);
    }
    return new Mesh(regions, List.copyOf(facets.values()), sheets);
  }

  private static int root(int[] parents, int r) {
    int root = r;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  List<Region> regions() {
    return regions;
  }

  /** A number that regions of the same sheet share. */
  int sheet(int region) {
    return sheets[region];
  }

  /** The indices of the regions: sheet by sheet, those of the most regions first. */
  List<Integer> bySheet() {
    int[] sizes = new int[sheets.length];
    for (int sheet : sheets) {
      sizes[sheet]++;
    }
    return IntStream.range(0, sheets.length)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(r -> -sizes[sheets[r]])
                .thenComparingInt(r -> sheets[r]))
        .toList();
  }

  /** The facets between two regions. */
  List<Facet> inner() {
    return facets.stream().filter(f -> f.neighbour != NONE).toList();
  }

  /** The facets where the sign of the determinant changes. */
  List<Facet> folds() {
    return inner().stream()
        .filter(f -> regions.get(f.region).sign() * regions.get(f.neighbour).sign() < 0)
        .toList();
  }

  /** Gives equal numbers to corners that are the same but for rounding. */
  private static final class Corners {

    private record Cell(long column, long row) {}

    private record Corner(double x, double y, int id) {}

    private final double left;
    private final double bottom;
    private final double width;
    private final double height;
    private final Map<Cell, List<Corner>> cells = new HashMap<>();
    private int count;

    Corners(Interval x, Interval y) {
      left = x.lower();
      bottom = y.lower();
      width = x.upper() - x.lower();
      height = y.upper() - y.lower();
    }

    int id(double[] point) {
      double x = (point[0] - left) / width;
      double y = (point[1] - bottom) / height;
      Cell cell = new Cell((long) Math.floor(x / TOLERANCE), (long) Math.floor(y / TOLERANCE));
      for (long i = cell.column - 1; i <= cell.column + 1; i++) {
        for (long j = cell.row - 1; j <= cell.row + 1; j++) {
          for (Corner corner : cells.getOrDefault(new Cell(i, j), List.of())) {
            if (Math.abs(corner.x - x) <= TOLERANCE && Math.abs(corner.y - y) <= TOLERANCE) {
              return corner.id;
            }
          }
        }
      }
      cells.computeIfAbsent(cell, c -> new ArrayList<>()).add(new Corner(x, y, count));
      return count++;
    }
  }
}
