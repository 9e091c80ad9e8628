package dev.crease.verifier.tree;

import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.verifier.proof.Ball;
import dev.crease.verifier.proof.Layers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random network, a ball, and two points in it with all their values, exactly. */
public final class Sample {

  public final ReluNetwork f;
  public final Layers net;
  public final Ball ball;
  public final String norm;
  public final int input;
  public final int sign;

  /** By copy: the point, all {@code z}, and the outputs. */
  public final BigDecimal[][] x = new BigDecimal[2][];

  public final BigDecimal[][] z = new BigDecimal[2][];
  public final BigDecimal[][] y = new BigDecimal[2][];
  public final BigDecimal t;

  /** The distance of the further point from the centre, rounded up where it is a root. */
  public final BigDecimal distance;

  private final Random random;

  public Sample(Random random) {
    this(random, true);
  }

  /** One that may have noise and a domain, or has none. */
  public Sample(Random random, boolean hasMore) {
    this.random = random;
    int m = 1 + random.nextInt(1 + random.nextInt(3));
    f = network(random, m);
    net = new Layers(f);
    boolean[] shared = new boolean[m];
    double[] low = new double[m];
    double[] high = new double[m];
    double radius = random.nextInt(4) == 0 ? 0.25 : random.nextDouble();
    boolean isPseudo = random.nextInt(3) == 0;
    norm = List.of("1", "2", "inf").get(random.nextInt(3));
    int free = random.nextInt(m);
    for (int k = 0; k < m; k++) {
      shared[k] = k != free && random.nextInt(4) == 0;
      low[k] = number();
      high[k] = shared[k] ? low[k] + random.nextDouble() : low[k];
    }
    Ball whole = new Ball(norm, low, high, shared, radius, isPseudo);
    double[][] points = {point(whole, 0), point(whole, 1)};
    for (int k = 0; k < m; k++) {
      points[1][k] = shared[k] ? points[0][k] : points[1][k];
    }
    int most = free;
    for (int k = 0; k < m; k++) {
      if (!shared[k] && size(points, k).compareTo(size(points, most)) > 0) {
        most = k;
      }
    }
    boolean swap = !isPseudo && points[0][most] < points[1][most];
    input = most;
    for (int copy = 0; copy < 2; copy++) {
      x[copy] = exact(points[swap ? 1 - copy : copy]);
      evaluate(copy);
    }
    BigDecimal difference = x[0][most].subtract(x[1][most]);
    sign = difference.signum() < 0 ? -1 : 1;
    t = difference.abs();
    ball = hasMore ? inDomain(withNoise(whole), points) : whole;
    distance = distance(0).max(distance(1));
  }

  /** Often with noise, the points being just so far apart at times. */
  private Ball withNoise(Ball whole) {
    double apart = Math.nextDown(t.doubleValue());
    return random.nextBoolean() || !(apart > 0)
        ? whole
        : whole.with(
            random.nextDouble(), random.nextBoolean() ? apart : apart * random.nextDouble());
  }

  /** Often in a domain that ends at one of the points, or beyond. */
  private Ball inDomain(Ball whole, double[][] points) {
    if (random.nextBoolean()) {
      return whole;
    }
    double[] from = new double[net.inputs()];
    double[] to = new double[net.inputs()];
    for (int k = 0; k < from.length; k++) {
      double room = random.nextBoolean() ? 0 : random.nextDouble();
      double least = Math.min(points[0][k], points[1][k]);
      double most = Math.max(points[0][k], points[1][k]);
      from[k] = Math.min(whole.low[k], least) - room;
      to[k] = Math.max(whole.high[k], most) + room;
    }
    return whole.in(from, to);
  }

  private static BigDecimal size(double[][] points, int k) {
    return new BigDecimal(points[0][k]).subtract(new BigDecimal(points[1][k])).abs();
  }

  private static BigDecimal[] exact(double[] values) {
    BigDecimal[] exact = new BigDecimal[values.length];
    for (int k = 0; k < values.length; k++) {
      exact[k] = new BigDecimal(values[k]);
    }
    return exact;
  }

  /** Gaussian, or a multiple of a quarter: then ties are frequent. */
  public double number() {
    return random.nextInt(3) == 0 ? (random.nextInt(9) - 4) / 4.0 : random.nextGaussian();
  }

  private ReluNetwork network(Random random, int m) {
    List<Layer> layers = new ArrayList<>();
    int depth = 1 + random.nextInt(3);
    int before = m;
    for (int k = 0; k < depth; k++) {
      int width = 1 + random.nextInt(4);
      double[][] weights = new double[width][before];
      double[] bias = new double[width];
      boolean[] relu = new boolean[width];
      for (int i = 0; i < width; i++) {
        bias[i] = number();
        relu[i] = k == depth - 1 ? random.nextInt(8) == 0 : random.nextInt(8) > 0;
        for (int j = 0; j < before; j++) {
          weights[i][j] = random.nextInt(6) == 0 ? 0 : number();
        }
      }
      layers.add(Layer.of(Matrix.of(weights), bias, relu));
      before = width;
    }
    return ReluNetwork.of("random", layers);
  }

  /** A point of the ball, often on its border; within it exactly. */
  private double[] point(Ball in, int copy) {
    double[] low = in.low;
    double[] high = in.high;
    int m = low.length;
    double[] point = new double[m];
    double reach = in.radius(copy);
    double left = reach;
    for (int k = 0; k < m; k++) {
      if (in.shared[k]) {
        point[k] =
            random.nextBoolean() ? low[k] : low[k] + random.nextDouble() * (high[k] - low[k]);
        point[k] = Math.min(point[k], high[k]);
        continue;
      }
      double part =
          switch (random.nextInt(3)) {
            case 0 -> 1;
            case 1 -> random.nextDouble();
            default -> 0.5;
          };
      double step = part * left;
      // For the norms 1 and 2: what one coordinate takes, the others no longer have.
      left = norm.equals("inf") ? reach : left - step;
      point[k] = low[k] + (random.nextBoolean() ? step : -step);
      while (new BigDecimal(point[k])
              .subtract(new BigDecimal(low[k]))
              .abs()
              .compareTo(new BigDecimal(step))
          > 0) {
        point[k] += Math.ulp(point[k]) * Math.signum(low[k] - point[k]);
      }
    }
    return point;
  }

  private BigDecimal distance(int copy) {
    BigDecimal distance = BigDecimal.ZERO;
    for (int k = 0; k < net.inputs(); k++) {
      if (!ball.shared[k]) {
        BigDecimal size = x[copy][k].subtract(new BigDecimal(ball.low[k])).abs();
        distance =
            norm.equals("inf")
                ? distance.max(size)
                : norm.equals("2") ? distance.add(size.multiply(size)) : distance.add(size);
      }
    }
    return norm.equals("2")
        ? distance.sqrt(new MathContext(60, RoundingMode.UP)).add(new BigDecimal("1e-50"))
        : distance;
  }

  private void evaluate(int copy) {
    z[copy] = new BigDecimal[net.neurons()];
    BigDecimal[] values = x[copy];
    for (int k = 0; k < net.depth(); k++) {
      BigDecimal[] next = new BigDecimal[net.bias[k].length];
      for (int i = 0; i < next.length; i++) {
        BigDecimal sum = new BigDecimal(net.bias[k][i]);
        for (int j = 0; j < values.length; j++) {
          sum = sum.add(values[j].multiply(new BigDecimal(net.weights[k][i][j])));
        }
        z[copy][net.first[k] + i] = sum;
        next[i] = net.relu[net.first[k] + i] ? sum.max(BigDecimal.ZERO) : sum;
      }
      values = next;
    }
    y[copy] = values;
  }

  /** {@code mu (f(x) - f(x'))}. */
  public BigDecimal outputs(double[] mu) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < mu.length; i++) {
      sum = sum.add(new BigDecimal(mu[i]).multiply(y[0][i].subtract(y[1][i])));
    }
    return sum;
  }

  /** What noise may be of that at the most. */
  public BigDecimal noise(double[] mu) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : mu) {
      sum = sum.add(new BigDecimal(Math.abs(value)).multiply(new BigDecimal(ball.eps)));
    }
    return sum;
  }

  public BigDecimal difference(int h) {
    return z[0][h].subtract(z[1][h]);
  }
}
