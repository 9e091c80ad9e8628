package dev.crease.question;

import dev.crease.Rounding;
import dev.crease.bounds.Interval;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the points of a question are as inputs of the networks that it was asked about. States have
 * units, metres beside radians a second, and a ball has one radius for all: with a scale {@code
 * s_j} for each of its coordinates it is {@code ||(x - c) / s|| <= r} (division by entry). The
 * question is then about {@code u = (x - c) / s}, whose centre is 0, and about networks with a
 * leading layer {@code x = c + s u}: nothing is rounded, and nobody who answers needs to know of
 * it.
 */
public final class Units {

  private final ReluNetwork f;
  private final Optional<ReluNetwork> g;
  private final double[] center;
  private final Optional<double[]> scale;
  private final boolean[] shared;

  Units(
      ReluNetwork f,
      Optional<ReluNetwork> g,
      double[] center,
      Optional<double[]> scale,
      Iterable<Integer> shared) {
    this.f = f;
    this.g = g;
    this.center = center.clone();
    this.scale = scale.map(double[]::clone);
    this.shared = new boolean[f.inputs()];
    shared.forEach(j -> this.shared[j] = true);
  }

  /** The network that the question was asked about. */
  public ReluNetwork f() {
    return f;
  }

  /** The network that was to be determined; empty for the identity. */
  public Optional<ReluNetwork> g() {
    return g;
  }

  /** A copy of the centre: one entry for each input that is not shared. */
  public double[] center() {
    return center.clone();
  }

  /** Whether there is a scale; else the points of the question are inputs as they are. */
  public boolean isScaled() {
    return scale.isPresent();
  }

  /** A copy of the scale: how far a radius of 1 is in each coordinate of the ball. */
  public double[] scale() {
    return scale
        .map(double[]::clone)
        .orElseGet(() -> IntStream.range(0, center.length).mapToDouble(j -> 1).toArray());
  }

  /**
   * A point of the question as an input of the networks, rounded.
   *
   * @param u one entry for each input, shared ones as they are
   */
  public double[] point(double[] u) {
    double[] x = u.clone();
    places()
        .forEach(
            (j, k) -> x[j] = isScaled() ? Math.fma(scale.orElseThrow()[k], u[j], center[k]) : u[j]);
    return x;
  }

  /**
   * The network that gives the inputs of a question's points, {@code u -> c + s u}; for questions
   * that share no inputs.
   */
  public ReluNetwork inputs() {
    int m = center.length;
    double[] diagonal = new double[m * m];
    double[] scales = scale();
    for (int j = 0; j < m; j++) {
      diagonal[j * m + j] = scales[j];
    }
    double[] origin = isScaled() ? center : new double[m];
    return ReluNetwork.of(
        "inputs of " + f.name(), List.of(Layer.linear(Matrix.ofRowMajor(m, m, diagonal), origin)));
  }

  /** An interval of a coordinate of the networks, as one of the ball's: rounded outward. */
  Interval side(int place, Interval of) {
    if (!isScaled()) {
      return of;
    }
    double s = scale.orElseThrow()[place];
    double from = (of.lower() - center[place]) / s;
    double to = (of.upper() - center[place]) / s;
    return new Interval(Math.min(0, -beyond(-from)), Math.max(0, beyond(to)));
  }

  /** A side after two roundings, and underflow, outward; where it is the centre's, that exactly. */
  private static double beyond(double side) {
    return side == 0
        ? 0
        : Rounding.up(side, Rounding.gamma(3) * Math.abs(side) + Double.MIN_NORMAL);
  }

  /** By input that is not shared, its place in the ball. */
  public Map<Integer, Integer> places() {
    Map<Integer, Integer> places = new TreeMap<>();
    for (int j = 0; j < shared.length; j++) {
      if (!shared[j]) {
        places.put(j, places.size());
      }
    }
    return places;
  }

  /** A network as a function of the points of a question with this scale. */
  ReluNetwork of(ReluNetwork network, double[] by) {
    double[] origin = new double[shared.length];
    double[] scales = new double[shared.length];
    Arrays.fill(scales, 1);
    places()
        .forEach(
            (j, k) -> {
              origin[j] = center[k];
              scales[j] = by[k];
            });
    return network.from(origin, scales);
  }
}
