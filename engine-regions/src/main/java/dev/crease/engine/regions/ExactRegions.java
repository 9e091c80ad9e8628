package dev.crease.engine.regions;

import dev.crease.Cancellation;
import dev.crease.Unsupported;
import dev.crease.bounds.Interval;
import dev.crease.certify.CertifyOptions;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.regions.BallRegions;
import dev.crease.regions.Preimage;
import dev.crease.regions.Region;
import dev.crease.regions.RegionEngine;
import dev.crease.regions.RegionMap;
import dev.crease.regions.Window;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hipparchus.fraction.BigFraction;

/** Linear regions and preimages by cutting the whole window. */
public final class ExactRegions implements RegionEngine {

  private static final int MOST_INPUTS = 6;

  /** A creator of the engine. */
  public ExactRegions() {}

  @Override
  public String id() {
    return RegionsCertifier.ID;
  }

  @Override
  public RegionMap regions(ReluNetwork f, Window window, int limit, Cancellation cancellation) {
    Subdivision subdivision = subdivision(f, window);
    List<Region> regions = new ArrayList<>();
    boolean complete =
        subdivision.forEach(
            box(window),
            leaf -> {
              if (cancellation.isCancelled() || regions.size() >= limit) {
                return false;
              }
              regions.add(region(f, leaf));
              return true;
            });
    return new RegionMap(window, regions, complete);
  }

  /**
   * How many linear regions meet a window in more than a face.
   *
   * @return the count, or -1 when cancelled
   * @throws Unsupported if the network has too many inputs
   * @throws IllegalArgumentException if the window does not fit the network
   */
  public long count(ReluNetwork f, Window window, Cancellation cancellation) {
    long[] count = new long[1];
    boolean complete =
        subdivision(f, window)
            .forEach(
                box(window),
                leaf -> {
                  count[0]++;
                  return !cancellation.isCancelled();
                });
    return complete ? count[0] : -1;
  }

  private static Subdivision subdivision(ReluNetwork f, Window window) {
    int m = f.inputs();
    if (m > MOST_INPUTS) {
      throw new Unsupported(
          "linear regions are for up to "
              + MOST_INPUTS
              + " inputs, and "
              + f.name()
              + " has "
              + m
              + "; fix some");
    }
    if (window.dimension() != m) {
      throw new IllegalArgumentException(
          "the window has "
              + window.dimension()
              + " sides, but "
              + f.name()
              + " takes "
              + m
              + " inputs");
    }
    double[] origin = new double[m];
    return new Subdivision(new Stages(List.of(f), origin), origin, cell -> 0);
  }

  private static Cell box(Window window) {
    int m = window.dimension();
    Hyperplane[] sides = new Hyperplane[2 * m];
    for (int k = 0; k < m; k++) {
      Interval side = window.sides().get(k);
      sides[2 * k] = Question.side(m, k, side.lower());
      sides[2 * k + 1] = Question.side(m, k, side.upper());
    }
    return Cell.box(m, sides);
  }

  private static Region region(ReluNetwork f, Leaf leaf) {
    Cell cell = leaf.cell();
    int m = cell.dimension();
    int[] order = m == 2 ? cell.around() : new int[cell.vertices().length];
    if (m != 2) {
      Arrays.setAll(order, v -> v);
    }
    List<double[]> vertices = new ArrayList<>();
    List<double[]> images = new ArrayList<>();
    for (int v : order) {
      double[] x = cell.vertices()[v].x().clone();
      vertices.add(x);
      images.add(image(leaf, x));
    }
    if (m == 2 && isClockwise(vertices)) {
      java.util.Collections.reverse(vertices);
      java.util.Collections.reverse(images);
    }
    boolean square = f.outputs() == m;
    return new Region(
        vertices,
        images,
        square ? determinant(leaf.rows(0), m) : 0,
        square ? leaf.sign() : 0,
        Arrays.stream(leaf.rows(0)).map(row -> Arrays.copyOf(row, m)).toList());
  }

  private static double[] image(Leaf leaf, double[] x) {
    double[][] rows = leaf.rows(0);
    double[] y = new double[rows.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = rows[i][x.length];
      for (int k = 0; k < x.length; k++) {
        y[i] += rows[i][k] * x[k];
      }
    }
    return y;
  }

  private static boolean isClockwise(List<double[]> polygon) {
    double size = 0;
    for (double[] x : polygon) {
      size = Math.max(size, Math.max(Math.abs(x[0]), Math.abs(x[1])));
    }
    // Of the order of 1, so that the products neither overflow nor vanish.
    int shift = -Math.getExponent(size);
    double area = 0;
    for (int i = 0; i < polygon.size(); i++) {
      double[] a = polygon.get(i);
      double[] b = polygon.get((i + 1) % polygon.size());
      area += Math.scalb(a[0], shift) * Math.scalb(b[1], shift);
      area -= Math.scalb(a[1], shift) * Math.scalb(b[0], shift);
    }
    return area < 0;
  }

  private static double determinant(double[][] rows, int m) {
    double[][] square = new double[m][];
    for (int i = 0; i < m; i++) {
      square[i] = Arrays.copyOf(rows[i], m);
    }
    return new org.hipparchus.linear.LUDecomposition(
            new org.hipparchus.linear.Array2DRowRealMatrix(square, false), 0)
        .getDeterminant();
  }

  @Override
  public List<List<Preimage>> preimages(
      ReluNetwork f, List<List<BigFraction>> outputs, Window window, Cancellation cancellation) {
    for (List<BigFraction> y : outputs) {
      if (y.size() != f.outputs()) {
        throw new IllegalArgumentException(
            "an output of " + y.size() + " numbers, but " + f.name() + " gives " + f.outputs());
      }
    }
    Subdivision subdivision = subdivision(f, window);
    List<Set<Set<List<BigFraction>>>> found = new ArrayList<>();
    outputs.forEach(y -> found.add(new LinkedHashSet<>()));
    List<double[][]> ends = outputs.stream().map(ExactRegions::around).toList();
    boolean complete =
        subdivision.forEach(
            box(window),
            leaf -> {
              Image image = Image.of(leaf);
              for (int o = 0; o < outputs.size(); o++) {
                if (mayHold(image, ends.get(o))) {
                  Set<List<BigFraction>> corners =
                      new PreimagePolytope(leaf, outputs.get(o)).corners();
                  if (!corners.isEmpty()) {
                    found.get(o).add(corners);
                  }
                }
              }
              return !cancellation.isCancelled();
            });
    if (!complete) {
      throw new dev.crease.SolverFailure("interrupted: the list would not be complete");
    }
    return found.stream().map(ExactRegions::sorted).toList();
  }

  /** Where an output surely lies, in doubles: from the first to the second of each pair. */
  private static double[][] around(List<BigFraction> y) {
    double[][] ends = new double[y.size()][];
    for (int i = 0; i < ends.length; i++) {
      double nearest = Rationals.nearest(y.get(i));
      ends[i] = new double[] {Math.nextDown(nearest), Math.nextUp(nearest)};
    }
    return ends;
  }

  private static boolean mayHold(Image image, double[][] ends) {
    for (int i = 0; i < ends.length; i++) {
      if (ends[i][1] < image.low(i) || ends[i][0] > image.high(i)) {
        return false;
      }
    }
    return true;
  }

  /** Without those that are part of another: a point on a border is in several cells. */
  private static List<Preimage> sorted(Set<Set<List<BigFraction>>> sets) {
    return sets.stream()
        .filter(
            s -> sets.stream().noneMatch(t -> t != s && t.size() > s.size() && t.containsAll(s)))
        .map(s -> s.stream().sorted(ExactRegions::compare).toList())
        .sorted(Comparator.comparing(corners -> corners.get(0), ExactRegions::compare))
        .map(Preimage::new)
        .toList();
  }

  private static int compare(List<BigFraction> a, List<BigFraction> b) {
    for (int k = 0; k < a.size(); k++) {
      int compared = a.get(k).compareTo(b.get(k));
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  @Override
  public Optional<String> refusal(Query query) {
    if (!query.noise().isNone() || query.domain().isPresent()) {
      return Optional.of(
          "maps are those of whole balls, without noise or a domain around a centre");
    }
    if (query.f().inputs() > MOST_INPUTS) {
      return Optional.of(
          "maps are made from linear regions, for up to "
              + MOST_INPUTS
              + " inputs, and "
              + query.f().name()
              + " has "
              + query.f().inputs()
              + "; fix some");
    }
    return new RegionsCertifier().refusal(query, CertifyOptions.defaults());
  }

  @Override
  public BallRegions ball(Query query, double radius, Cancellation cancellation) {
    if (!query.shared().isEmpty()) {
      throw new IllegalArgumentException("the regions of a ball are for questions that share none");
    }
    if (!(radius > 0) || Double.isInfinite(radius)) {
      throw new IllegalArgumentException("the radius cannot be " + radius);
    }
    Query within = query.upTo(radius);
    refusal(within)
        .ifPresent(
            why -> {
              throw new Unsupported(why);
            });
    return new IndexedBall(new Question(within), radius, cancellation);
  }

  @Override
  public List<BigFraction> evaluate(ReluNetwork f, List<BigFraction> x) {
    return List.of(
        new ExactNetwork(f, new double[f.inputs()]).evaluate(x.toArray(BigFraction[]::new)));
  }

  static BigInteger[] row(BigFraction y, ExactRow row, int m) {
    // row(x) - y, times its denominators.
    BigInteger[] result = new BigInteger[m + 1];
    BigInteger one = BigInteger.ONE.shiftLeft(row.scale());
    for (int k = 0; k <= m; k++) {
      result[k] = row.coefficients()[k].multiply(y.getDenominator());
    }
    result[m] = result[m].subtract(y.getNumerator().multiply(one));
    return result;
  }
}
