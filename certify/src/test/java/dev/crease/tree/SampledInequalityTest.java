package dev.crease.tree;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Noise;
import dev.crease.question.Query;
import dev.crease.tree.net.Net;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Any multipliers of the right signs prove something that is true: of any two points, whose phases
 * and differences the state allows, the goal and the outputs' difference are not below the bound.
 */
class SampledInequalityTest {

  private static final int TRIES = 3000;

  /** The bounds of one try are taken at these two points. */
  private record Sample(Ball ball, State state, double[] x, double[] w, double t) {}

  private static ReluNetwork network(Random random, int inputs, int outputs) {
    List<Layer> layers = new ArrayList<>();
    int[] shape = {inputs, 3 + random.nextInt(3), 3, outputs};
    for (int k = 1; k < shape.length; k++) {
      double[][] rows = new double[shape[k]][shape[k - 1]];
      double[] bias = new double[shape[k]];
      for (int i = 0; i < rows.length; i++) {
        bias[i] = random.nextGaussian() / 2;
        for (int j = 0; j < rows[i].length; j++) {
          rows[i][j] = random.nextGaussian();
        }
      }
      Matrix weights = Matrix.of(rows);
      layers.add(
          k < shape.length - 1 || random.nextInt(3) == 0
              ? Layer.relu(weights, bias)
              : Layer.linear(weights, bias));
    }
    return ReluNetwork.of("random", layers);
  }

  private static Sample sample(Random random) {
    int m = 1 + random.nextInt(3);
    ReluNetwork f = network(random, m, 1 + random.nextInt(3));
    Norm norm = Norm.values()[random.nextInt(3)];
    double[] c = random.doubles(m, -1, 1).toArray();
    boolean pinned = random.nextBoolean();
    Query query = pinned ? Query.pseudo(f, norm, c) : Query.local(f, norm, c);
    if (m > 1 && random.nextInt(3) == 0) {
      query =
          query.sharing(Map.of(0, new Interval(-0.5, 0.25)), java.util.Arrays.copyOfRange(c, 1, m));
    }
    Net net = Net.of(f);
    Ball ball = Ball.of(query, net, 0.25 + random.nextDouble());
    double[] x = point(random, query, ball);
    double[] w = pinned ? center(ball) : point(random, query, ball);
    for (int j = 0; j < m; j++) {
      if (!ball.isFree(j)) {
        w[j] = x[j];
      }
    }
    int face = -1;
    for (int j = 0; j < m; j++) {
      boolean larger = face < 0 || Math.abs(x[j] - w[j]) > Math.abs(x[face] - w[face]);
      if (ball.isFree(j) && larger) {
        face = j;
      }
    }
    if (!pinned && x[face] < w[face]) {
      double[] swap = x;
      x = w;
      w = swap;
    }
    double t = Math.abs(x[face] - w[face]);
    int sign = x[face] >= w[face] ? 1 : -1;
    if (random.nextBoolean()) {
      query = query.with(new Noise(random.nextDouble(), t * random.nextDouble()));
    }
    if (random.nextBoolean()) {
      query = query.in(domain(random, query, x, w));
    }
    ball = Ball.of(query, net, ball.radius());
    State state = FaceRoot.of(ball, new Face(face, sign)).state().copy();
    List<double[]> zx = f.preActivations(x);
    List<double[]> zw = f.preActivations(w);
    for (int p = 0; p < ball.inPlay(); p++) {
      double a = zx.get(ball.layer(p))[ball.index(p)];
      double b = zw.get(ball.layer(p))[ball.index(p)];
      if (random.nextBoolean()) {
        state.decide(0, p, a >= 0);
      }
      if (random.nextBoolean()) {
        state.decide(1, p, b >= 0);
      }
      double d = (a - b) / t;
      state.dLower[p] = closer(random, state.dLower[p], d);
      state.dUpper[p] = closer(random, state.dUpper[p], d);
      state.zLower[0][p] = closer(random, state.zLower[0][p], a);
      state.zUpper[1][p] = closer(random, state.zUpper[1][p], b);
    }
    assertTrue(!state.settle(), "the sample is in the state");
    return new Sample(ball, state, x, w, t);
  }

  /** A box that holds both points and the centre, often by little. */
  private static List<Interval> domain(Random random, Query query, double[] x, double[] w) {
    double[] a = query.inBall(x);
    double[] b = query.inBall(w);
    List<Interval> box = new ArrayList<>();
    for (int j = 0; j < a.length; j++) {
      double c = query.center()[j];
      double room = random.nextBoolean() ? 1e-9 : random.nextDouble();
      box.add(
          new Interval(
              Math.min(c, Math.min(a[j], b[j])) - room, Math.max(c, Math.max(a[j], b[j])) + room));
    }
    return box;
  }

  /** By how much noise lets outputs differ, weighed. */
  private static double noise(Sample s, double[] mu) {
    return Norm.L1.of(mu) * s.ball().eps();
  }

  /** A bound nearer to a value, by chance. */
  private static double closer(Random random, double bound, double value) {
    if (Math.abs(bound - value) < 1e-6) {
      // As near as rounding of the sample lets it be.
      return bound;
    }
    return switch (random.nextInt(3)) {
      case 0 -> bound;
      case 1 -> bound + random.nextDouble() * 0.999 * (value - bound);
      default -> value + 1e-7 * Math.signum(bound - value);
    };
  }

  private static double[] center(Ball ball) {
    double[] c = new double[ball.net().inputs()];
    for (int j = 0; j < c.length; j++) {
      c[j] = ball.center(j);
    }
    return c;
  }

  private static double[] point(Random random, Query query, Ball ball) {
    while (true) {
      double[] x = center(ball);
      for (int j = 0; j < x.length; j++) {
        x[j] =
            ball.isFree(j)
                ? x[j] + ball.radius() * (2 * random.nextDouble() - 1)
                : ball.sharedLower(j)
                    + random.nextDouble() * (ball.sharedUpper(j) - ball.sharedLower(j));
      }
      if (query.distance(x) <= ball.radius()) {
        return x;
      }
    }
  }

  private static double[] random(Random random, int count, boolean signed) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      double value = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
      values[i] = signed ? value : Math.abs(value);
    }
    return values;
  }

  /** What is left to the ball of each input; of every other one all. */
  private static double[] left(Random random, int count) {
    double[] left = random(random, count, true);
    for (int j = 0; j < count; j++) {
      left[j] = random.nextBoolean() ? left[j] : Double.NaN;
    }
    return left;
  }

  private static double outputs(Sample s, double[] mu) {
    double[] a = s.ball().query().f().evaluate(s.x());
    double[] b = s.ball().query().f().evaluate(s.w());
    double sum = 0;
    for (int i = 0; i < mu.length; i++) {
      sum += mu[i] * (a[i] - b[i]);
    }
    return sum;
  }

  @Test
  void whatDirectionsProveIsTrue() {
    Random random = new Random(7);
    int close = 0;
    for (int k = 0; k < TRIES; k++) {
      Sample s = sample(random);
      Net net = s.ball().net();
      FaceRoot root = FaceRoot.of(s.ball(), s.state().face);
      DirectionProof proof =
          new DirectionProof(
              random(random, net.outputs(), true),
              random(random, s.ball().inPlay(), true),
              new Reads());
      Goal goal = Goal.none();
      double value = outputs(s, proof.mu()) / s.t();
      if (random.nextBoolean()) {
        int layer = random.nextInt(net.depth());
        int index = random.nextInt(net.width(layer));
        int sign = random.nextBoolean() ? 1 : -1;
        goal = Goal.difference(layer, index, sign);
        double a = s.ball().query().f().preActivations(s.x()).get(layer)[index];
        double b = s.ball().query().f().preActivations(s.w()).get(layer)[index];
        value += sign * (a - b) / s.t();
      }
      double bound =
          root.directions().bound(s.state(), Hulls.of(s.state()), goal, proof)
              + noise(s, proof.mu()) / (s.ball().eps() > 0 ? s.ball().least() : 1);
      double room = 1e-9 * (1 + Math.abs(value) + Math.abs(bound));
      assertTrue(value >= bound - room, "try " + k + ": " + value + " is below " + bound);
      close += value - bound < 0.1 ? 1 : 0;
    }
    assertTrue(close > TRIES / 100, "bounds that are never near prove nothing here: " + close);
  }

  @Test
  void whatPositionsProveIsTrue() {
    Random random = new Random(8);
    int close = 0;
    for (int k = 0; k < TRIES; k++) {
      Sample s = sample(random);
      int count = s.ball().inPlay();
      Net net = s.ball().net();
      PositionProof proof =
          new PositionProof(
              random(random, net.outputs(), true),
              random(random, count, false),
              random(random, count, false),
              random(random, count, true),
              new double[][] {random(random, count, false), random(random, count, false)},
              new double[][] {random(random, count, true), random(random, count, true)},
              random(random, net.inputs(), true),
              new double[][] {left(random, net.inputs()), left(random, net.inputs())},
              new Reads());
      double value = outputs(s, proof.mu());
      PositionProof.Bound bound =
          new Positions(s.ball()).bound(s.state(), Hulls.of(s.state()), proof);
      double r = Math.max(s.ball().query().distance(s.x()), s.ball().query().distance(s.w()));
      double least = bound.value() + noise(s, proof.mu()) - r * bound.slope();
      double room = 1e-9 * (1 + Math.abs(value) + Math.abs(least));
      assertTrue(value >= least - room, "try " + k + ": " + value + " is below " + least);
      close += value - least < 0.3 ? 1 : 0;
    }
    assertTrue(close > TRIES / 200, "bounds that are never near prove nothing here: " + close);
  }
}
