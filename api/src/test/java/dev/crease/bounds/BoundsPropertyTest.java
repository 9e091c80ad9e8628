package dev.crease.bounds;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BoundsPropertyTest {

  private static final double[] RADII = {1e-12, 1e-6, 0.1, 1, 100};
  private static final double[] WEIGHTS = {1e-8, 1, 1e6};

  private static ReluNetwork network(Random random, double size) {
    int[] widths = {
      1 + random.nextInt(3), 1 + random.nextInt(5), 1 + random.nextInt(5), 1 + random.nextInt(3)
    };
    List<Layer> layers = new ArrayList<>();
    for (int k = 1; k < widths.length; k++) {
      double[] w = new double[widths[k] * widths[k - 1]];
      for (int i = 0; i < w.length; i++) {
        w[i] = random.nextInt(6) == 0 ? 0 : size * random.nextGaussian();
      }
      double[] b = new double[widths[k]];
      boolean[] relu = new boolean[widths[k]];
      for (int i = 0; i < b.length; i++) {
        b[i] = size * random.nextGaussian();
        relu[i] = k < widths.length - 1 && random.nextInt(5) > 0;
      }
      layers.add(Layer.of(Matrix.ofRowMajor(widths[k], widths[k - 1], w), b, relu));
    }
    return ReluNetwork.of("random", layers);
  }

  /** A point of the ball, often on its border or in a corner, so that rounding shows. */
  private static double[] pointOfBall(Random random, Norm norm, double[] center, double radius) {
    int m = center.length;
    double[] d = new double[m];
    int kind = random.nextInt(3);
    if (kind == 0) {
      d[random.nextInt(m)] = random.nextBoolean() ? radius : -radius;
    } else {
      for (int i = 0; i < m; i++) {
        d[i] = kind == 1 ? (random.nextBoolean() ? 1 : -1) : 2 * random.nextDouble() - 1;
      }
      double size = norm.of(d);
      double shrink = kind == 1 ? 1 : random.nextDouble();
      for (int i = 0; i < m; i++) {
        d[i] *= size == 0 ? 0 : shrink * radius / size;
      }
    }
    double[] x = new double[m];
    for (int i = 0; i < m; i++) {
      x[i] = center[i] + d[i];
    }
    // Pull in until it is inside, in exact arithmetic.
    while (!isInside(norm, center, radius, x)) {
      for (int i = 0; i < m; i++) {
        x[i] = x[i] + (center[i] - x[i]) * 0x1p-40;
        x[i] = x[i] > center[i] ? Math.nextDown(x[i]) : x[i] < center[i] ? Math.nextUp(x[i]) : x[i];
      }
    }
    return x;
  }

  private static boolean isInside(Norm norm, double[] center, double radius, double[] x) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      BigDecimal size = new BigDecimal(x[i]).subtract(new BigDecimal(center[i])).abs();
      sum =
          switch (norm) {
            case L1 -> sum.add(size);
            case L2 -> sum.add(size.multiply(size));
            case LINF -> sum.max(size);
          };
    }
    BigDecimal r = new BigDecimal(radius);
    return sum.compareTo(norm == Norm.L2 ? r.multiply(r) : r) <= 0;
  }

  /** The pre-activations in exact arithmetic. */
  private static List<BigDecimal[]> exact(ReluNetwork f, double[] at) {
    BigDecimal[] x = new BigDecimal[at.length];
    for (int i = 0; i < at.length; i++) {
      x[i] = new BigDecimal(at[i]);
    }
    List<BigDecimal[]> all = new ArrayList<>();
    for (Layer layer : f.layers()) {
      BigDecimal[] z = new BigDecimal[layer.outputs()];
      BigDecimal[] y = new BigDecimal[layer.outputs()];
      for (int i = 0; i < z.length; i++) {
        BigDecimal sum = new BigDecimal(layer.bias(i));
        for (int j = 0; j < x.length; j++) {
          sum = sum.add(new BigDecimal(layer.weights().get(i, j)).multiply(x[j]));
        }
        z[i] = sum;
        y[i] = layer.isRelu(i) ? sum.max(BigDecimal.ZERO) : sum;
      }
      all.add(z);
      x = y;
    }
    return all;
  }

  private static void assertHold(NetworkBounds bounds, double[] x, String what) {
    List<BigDecimal[]> exact = exact(bounds.network(), x);
    for (int k = 0; k < exact.size(); k++) {
      for (int i = 0; i < exact.get(k).length; i++) {
        BigDecimal z = exact.get(k)[i];
        int layer = k;
        int neuron = i;
        assertTrue(
            z.compareTo(new BigDecimal(bounds.lower(k, i))) >= 0
                && z.compareTo(new BigDecimal(bounds.upper(k, i))) <= 0,
            () ->
                what
                    + ": neuron "
                    + layer
                    + ", "
                    + neuron
                    + " is "
                    + z.doubleValue()
                    + ", outside ["
                    + bounds.lower(layer, neuron)
                    + ", "
                    + bounds.upper(layer, neuron)
                    + "]");
      }
    }
  }

  private static double[] center(Random random, int m) {
    double size = random.nextInt(4) == 0 ? 1000 : 1;
    return random.doubles(m, -size, size).toArray();
  }

  @Property(tries = 150, seed = "42")
  void exactPreActivationsAreWithinTheBounds(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll Norm norm,
      @ForAll @IntRange(min = 0, max = 4) int r,
      @ForAll @IntRange(min = 0, max = 2) int w) {
    Random random = new Random(seed);
    ReluNetwork f = network(random, WEIGHTS[w]);
    double[] c = center(random, f.inputs());
    InputSet set = InputSet.ball(norm, c, RADII[r]);
    for (BoundsMethod method : List.of(BoundsMethod.interval(), BoundsMethod.symbolic())) {
      NetworkBounds bounds = method.bounds(f, set);
      for (int k = 0; k < 15; k++) {
        assertHold(bounds, pointOfBall(random, norm, c, RADII[r]), method.id());
      }
    }
  }

  @Property(tries = 80, seed = "43")
  void parametersRangeOverTheirIntervals(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll Norm norm) {
    Random random = new Random(seed);
    ReluNetwork f = network(random, 1);
    if (f.inputs() < 2) {
      return;
    }
    int p = random.nextInt(f.inputs());
    double a = random.nextGaussian();
    double b = a + random.nextDouble() * random.nextInt(3);
    double[] c = center(random, f.inputs() - 1);
    double radius = random.nextDouble();
    InputSet set = InputSet.of(norm, c, radius, Map.of(p, new Interval(a, b)));
    for (BoundsMethod method : List.of(BoundsMethod.interval(), BoundsMethod.symbolic())) {
      NetworkBounds bounds = method.bounds(f, set);
      for (int k = 0; k < 15; k++) {
        double[] ball = pointOfBall(random, norm, c, radius);
        double[] x = new double[f.inputs()];
        int next = 0;
        for (int i = 0; i < x.length; i++) {
          x[i] =
              i != p
                  ? ball[next++]
                  : switch (k % 3) {
                    case 0 -> a;
                    case 1 -> b;
                    default -> Math.min(b, a + (b - a) * random.nextDouble());
                  };
        }
        assertHold(bounds, x, method.id());
      }
    }
  }

  @Property(tries = 150, seed = "44")
  void symbolicBoundsAreNeverWider(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll Norm norm,
      @ForAll @IntRange(min = 0, max = 4) int r,
      @ForAll @IntRange(min = 0, max = 2) int w) {
    Random random = new Random(seed);
    ReluNetwork f = network(random, WEIGHTS[w]);
    InputSet set = InputSet.ball(norm, center(random, f.inputs()), RADII[r]);
    NetworkBounds interval = BoundsMethod.interval().bounds(f, set);
    NetworkBounds symbolic = BoundsMethod.symbolic().bounds(f, set);
    for (int k = 0; k < f.layers().size(); k++) {
      for (int i = 0; i < f.layers().get(k).outputs(); i++) {
        assertTrue(symbolic.lower(k, i) >= interval.lower(k, i));
        assertTrue(symbolic.upper(k, i) <= interval.upper(k, i));
        assertTrue(symbolic.lower(k, i) <= symbolic.upper(k, i));
      }
    }
    assertTrue(symbolic.unstableCount() <= interval.unstableCount());
  }

  @Property(tries = 150, seed = "45")
  void theLargestValueOverASetIsNotExceeded(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll Norm norm,
      @ForAll @IntRange(min = 0, max = 4) int r) {
    Random random = new Random(seed);
    int m = 1 + random.nextInt(4);
    double[] c = center(random, m);
    double[] a =
        random.doubles(m, -1, 1).map(v -> v * Math.pow(10, random.nextInt(9) - 4)).toArray();
    double largest = InputSet.ball(norm, c, RADII[r]).largest(a);
    for (int k = 0; k < 10; k++) {
      double[] x = pointOfBall(random, norm, c, RADII[r]);
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = 0; i < m; i++) {
        sum = sum.add(new BigDecimal(a[i]).multiply(new BigDecimal(x[i])));
      }
      assertTrue(sum.compareTo(new BigDecimal(largest)) <= 0, sum + " > " + largest);
    }
  }
}
