package dev.crease.engine.regions;

import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.question.Units;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/**
 * A query as the engine works on it: shared inputs whose interval is one value are fixed, and the
 * coordinates of the ball count from the centre.
 */
final class Question {

  private final Query query;
  private final ReluNetwork f;
  private final Optional<ReluNetwork> g;
  private final Map<Integer, Double> fixed = new TreeMap<>();
  private final int[] ball;
  private final Map<Integer, Interval> shared = new TreeMap<>();
  private final double[] origin;

  Question(Query query) {
    this.query = query;
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < query.f().inputs(); i++) {
      Interval interval = query.shared().get(i);
      if (interval == null) {
        kept.add(i);
      } else if (interval.lower() == interval.upper()) {
        fixed.put(i, interval.lower());
      } else {
        shared.put(kept.size(), interval);
        kept.add(i);
      }
    }
    f = carrying(query.f().fixInputs(fixed), shared.keySet());
    g = query.g().map(network -> network.fixInputs(fixed));
    int m = kept.size();
    ball = new int[query.dimension()];
    origin = new double[m];
    int next = 0;
    for (int k = 0; k < m; k++) {
      if (!shared.containsKey(k)) {
        origin[k] = query.center()[next];
        ball[next++] = k;
      }
    }
  }

  /** The network with some of its inputs as outputs behind its own. */
  private static ReluNetwork carrying(ReluNetwork network, Set<Integer> inputs) {
    if (inputs.isEmpty()) {
      return network;
    }
    List<Layer> layers = new ArrayList<>();
    int extra = inputs.size();
    for (Layer layer : network.layers()) {
      boolean first = layers.isEmpty();
      int columns = layer.inputs() + (first ? 0 : extra);
      double[][] weights = new double[layer.outputs() + extra][columns];
      boolean[] relu = new boolean[layer.outputs() + extra];
      for (int i = 0; i < layer.outputs(); i++) {
        System.arraycopy(layer.weights().row(i), 0, weights[i], 0, layer.inputs());
        relu[i] = layer.isRelu(i);
      }
      int next = 0;
      for (int input : inputs) {
        weights[layer.outputs() + next][first ? input : layer.inputs() + next] = 1;
        next++;
      }
      double[] bias = Arrays.copyOf(layer.bias(), layer.outputs() + extra);
      layers.add(Layer.of(Matrix.of(weights), bias, relu));
    }
    return ReluNetwork.of(network.name(), layers);
  }

  Query query() {
    return query;
  }

  /**
   * The network of the query, with the shared inputs added to its outputs: these must agree too.
   */
  ReluNetwork f() {
    return f;
  }

  Optional<ReluNetwork> g() {
    return g;
  }

  /** Number of inputs that are not fixed. */
  int inputs() {
    return origin.length;
  }

  Norm norm() {
    return query.norm();
  }

  /** The coordinates that make up the ball. */
  int[] ball() {
    return ball;
  }

  Map<Integer, Interval> shared() {
    return shared;
  }

  boolean isPinned() {
    return query.isPinned();
  }

  /** Where coordinates count from: the centre, and 0 for shared inputs. */
  double[] origin() {
    return origin;
  }

  /** Whether f has as many outputs as inputs. */
  boolean isSquare() {
    return f.outputs() == inputs();
  }

  /** The networks to cut by. */
  List<ReluNetwork> networks() {
    return g.isPresent() ? List.of(f, g.get()) : List.of(f);
  }

  /** The box around the ball of a radius, as far as it lies in the domain. */
  Cell window(double radius) {
    int m = inputs();
    Hyperplane[] sides = new Hyperplane[2 * m];
    int next = 0;
    for (int k = 0; k < m; k++) {
      Interval interval = shared.get(k);
      double lower = interval == null ? -radius : interval.lower();
      double upper = interval == null ? radius : interval.upper();
      sides[2 * k] = side(m, k, lower);
      sides[2 * k + 1] = side(m, k, upper);
      if (interval == null) {
        cut(sides, k, next++, radius);
      }
    }
    return Cell.box(m, sides);
  }

  /** Takes sides of the domain where they are nearer than those of the box. */
  private void cut(Hyperplane[] sides, int k, int place, double radius) {
    if (query.domain().isEmpty()) {
      return;
    }
    Units units = query.units();
    BigFraction center = Rationals.fraction(units.center()[place]);
    BigFraction scale = Rationals.fraction(units.scale()[place]);
    BigFraction most = Rationals.fraction(radius);
    Interval side = query.domain().get().get(place);
    BigFraction lower = Rationals.fraction(side.lower()).subtract(center).divide(scale);
    BigFraction upper = Rationals.fraction(side.upper()).subtract(center).divide(scale);
    if (lower.compareTo(most.negate()) > 0) {
      sides[2 * k] = side(inputs(), k, lower, scale);
    }
    if (upper.compareTo(most) < 0) {
      sides[2 * k + 1] = side(inputs(), k, upper, scale);
    }
  }

  /** The hyperplane {@code scale x_k = scale at}, where both sides are dyadic. */
  private static Hyperplane side(int m, int k, BigFraction at, BigFraction scale) {
    BigFraction right = at.multiply(scale);
    int bits = Math.max(scale.getDenominator().bitLength(), right.getDenominator().bitLength()) - 1;
    BigInteger[] exact = new BigInteger[m + 1];
    Arrays.fill(exact, BigInteger.ZERO);
    exact[k] = scale.getNumerator().shiftLeft(bits).divide(scale.getDenominator());
    exact[m] = right.getNumerator().shiftLeft(bits).divide(right.getDenominator()).negate();
    double[] coefficients = new double[m + 1];
    double[] errors = new double[m + 1];
    coefficients[k] = Rationals.nearest(scale);
    coefficients[m] = -Rationals.nearest(right);
    errors[m] = Math.ulp(coefficients[m]);
    return new Hyperplane(coefficients, errors, Hyperplane.WINDOW, () -> new ExactRow(exact, bits));
  }

  /** Whether the points of the engine are inputs of the query's networks as they are. */
  boolean isPlain() {
    return shared.isEmpty() && fixed.isEmpty();
  }

  /** The hyperplane {@code x_k = at}. */
  static Hyperplane side(int m, int k, double at) {
    double[] coefficients = new double[m + 1];
    coefficients[k] = 1;
    coefficients[m] = -at;
    BigInteger[] exact = new BigInteger[m + 1];
    Arrays.fill(exact, BigInteger.ZERO);
    int scale = Rationals.scale(at);
    exact[k] = BigInteger.ONE.shiftLeft(scale);
    exact[m] = Rationals.scaled(-at, scale);
    return new Hyperplane(
        coefficients, new double[m + 1], Hyperplane.WINDOW, () -> new ExactRow(exact, scale));
  }

  /** A point of the engine's as an input of the query's network. */
  List<BigFraction> input(BigFraction[] x) {
    List<BigFraction> whole = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < query.f().inputs(); i++) {
      Double value = fixed.get(i);
      if (value != null) {
        whole.add(Rationals.fraction(value));
      } else {
        whole.add(x[next].add(Rationals.fraction(origin[next])));
        next++;
      }
    }
    return whole;
  }

  /** The entries of an input of the query's network that are not fixed. */
  double[] kept(double[] input) {
    return IntStream.range(0, input.length)
        .filter(i -> !fixed.containsKey(i))
        .mapToDouble(i -> input[i])
        .toArray();
  }

  /** An integer that no coordinate of a point up to the largest radius reaches, nor its norms. */
  BigInteger bound() {
    double most = query.maxRadius();
    for (Interval interval : shared.values()) {
      most = Math.max(most, Math.max(Math.abs(interval.lower()), Math.abs(interval.upper())));
    }
    BigFraction exact = Rationals.fraction(most);
    return exact
        .getNumerator()
        .divide(exact.getDenominator())
        .add(BigInteger.ONE)
        .multiply(BigInteger.valueOf(16L * (inputs() + 1)));
  }
}
