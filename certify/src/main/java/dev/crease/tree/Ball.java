package dev.crease.tree;

import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.InputSet;
import dev.crease.bounds.Interval;
import dev.crease.bounds.NetworkBounds;
import dev.crease.bounds.Norm;
import dev.crease.question.Query;
import dev.crease.tree.net.Net;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A question on one ball: what is known of the pre-activations of the two copies before any proof,
 * and which neurons are in play, that is may differ in phase between two points of the ball.
 */
final class Ball {

  /** Pre-activations are known to this part of the sizes of what makes them. */
  private static final double NOISE = 1e-13;

  private final Query query;
  private final Net net;
  private final double radius;
  private final Optional<Slopes> slopes;
  private final boolean[] free;
  private final double[] center;
  private final double[] sharedLower;
  private final double[] sharedUpper;
  private final double[] sideLower;
  private final double[] sideUpper;
  private final double[][][] lower;
  private final double[][][] upper;
  private final double[][] noise;
  private final int[][] play;
  private final int[] layer;
  private final int[] index;

  private Ball(
      Query query,
      Net net,
      double radius,
      Optional<Slopes> slopes,
      double[][][] lower,
      double[][][] upper,
      double[][] noise) {
    this.query = query;
    this.net = net;
    this.radius = radius;
    this.slopes = slopes;
    this.lower = lower;
    this.upper = upper;
    this.noise = noise;
    int m = net.inputs();
    free = new boolean[m];
    center = new double[m];
    sharedLower = new double[m];
    sharedUpper = new double[m];
    sideLower = new double[m];
    sideUpper = new double[m];
    Arrays.fill(sideLower, Double.NEGATIVE_INFINITY);
    Arrays.fill(sideUpper, Double.POSITIVE_INFINITY);
    double[] ball = query.center();
    int next = 0;
    for (int j = 0; j < m; j++) {
      Interval interval = query.shared().get(j);
      free[j] = interval == null;
      if (interval == null) {
        Optional<Interval> side = query.side(next);
        if (side.isPresent()) {
          sideLower[j] = side.get().lower();
          sideUpper[j] = side.get().upper();
        }
        center[j] = ball[next++];
        sharedLower[j] = center[j];
        sharedUpper[j] = center[j];
      } else {
        sharedLower[j] = interval.lower();
        sharedUpper[j] = interval.upper();
        center[j] = (interval.lower() + interval.upper()) / 2;
      }
    }
    play = new int[net.depth()][];
    int count = 0;
    for (int k = 0; k < net.depth(); k++) {
      play[k] = new int[net.width(k)];
      for (int i = 0; i < play[k].length; i++) {
        play[k][i] = net.isRelu(k, i) && !isStable(k, i) ? count++ : -1;
      }
    }
    layer = new int[count];
    index = new int[count];
    for (int k = 0; k < net.depth(); k++) {
      for (int i = 0; i < play[k].length; i++) {
        if (play[k][i] >= 0) {
          layer[play[k][i]] = k;
          index[play[k][i]] = i;
        }
      }
    }
  }

  /** Interval arithmetic and back-substitution, rounded outward, on a ball. */
  static Ball of(Query query, Net net, double radius) {
    return of(query, net, radius, Optional.empty());
  }

  /** The same where outputs need not be equal. */
  static Ball of(Query query, Net net, double radius, Optional<Slopes> slopes) {
    InputSet inputs = query.inputs(radius);
    NetworkBounds bounds = BoundsMethod.symbolic().bounds(query.f(), inputs);
    int depth = net.depth();
    double[][][] lower = new double[2][depth][];
    double[][][] upper = new double[2][depth][];
    double[][] noise = new double[depth][];
    List<double[]> values = List.of();
    List<double[]> errors = List.of();
    boolean pinned = query.isPinned() && query.shared().isEmpty();
    // A pinned point varies with the shared inputs only.
    NetworkBounds second =
        query.isPinned() && !pinned
            ? BoundsMethod.symbolic().bounds(query.f(), query.inputs(0))
            : bounds;
    if (pinned) {
      values = query.f().preActivations(query.center());
      errors = query.f().preActivationErrors(query.center());
    }
    for (int k = 0; k < depth; k++) {
      for (int c = 0; c < 2; c++) {
        lower[c][k] = new double[net.width(k)];
        upper[c][k] = new double[net.width(k)];
      }
      noise[k] = new double[net.width(k)];
      for (int i = 0; i < net.width(k); i++) {
        lower[0][k][i] = bounds.lower(k, i);
        upper[0][k][i] = bounds.upper(k, i);
        lower[1][k][i] = second.lower(k, i);
        upper[1][k][i] = second.upper(k, i);
        if (pinned) {
          double z = values.get(k)[i];
          double error = errors.get(k)[i];
          lower[1][k][i] = Math.max(lower[1][k][i], Math.nextDown(z - error));
          upper[1][k][i] = Math.min(upper[1][k][i], Math.nextUp(z + error));
        }
        noise[k][i] = NOISE * terms(net, inputs, lower[0], upper[0], k, i);
        for (int c = 0; c < 2; c++) {
          lower[c][k][i] = clear(lower[c][k][i], noise[k][i]);
          upper[c][k][i] = -clear(-upper[c][k][i], noise[k][i]);
        }
      }
    }
    return new Ball(query, net, radius, slopes, lower, upper, noise);
  }

  /**
   * A bound from below, but clearly below 0 where it is hardly above or below: whoever rounds less
   * takes a copy that this has for decided for decided too.
   */
  private static double clear(double bound, double noise) {
    return bound != 0 && Math.abs(bound) <= noise ? -noise : bound;
  }

  /** The largest sum of the sizes of what makes a pre-activation. */
  private static double terms(
      Net net, InputSet inputs, double[][] lower, double[][] upper, int k, int i) {
    double[] w = net.weights(k, i);
    double sum = Math.abs(net.bias(k, i));
    for (int j = 0; j < w.length; j++) {
      if (w[j] != 0) {
        double size =
            k > 0 ? Math.max(Math.abs(lower[k - 1][j]), Math.abs(upper[k - 1][j])) : inputs.size(j);
        sum += Math.abs(w[j]) * size;
      }
    }
    return sum;
  }

  private boolean isStable(int k, int i) {
    return (lower[0][k][i] >= 0 && lower[1][k][i] >= 0)
        || (upper[0][k][i] <= 0 && upper[1][k][i] <= 0);
  }

  /** Whether all bounds are finite, without which nothing can be proved. */
  boolean isFinite() {
    for (int c = 0; c < 2; c++) {
      for (int k = 0; k < net.depth(); k++) {
        for (int i = 0; i < net.width(k); i++) {
          if (!(Double.isFinite(lower[c][k][i]) && Double.isFinite(upper[c][k][i]))) {
            return false;
          }
        }
      }
    }
    return true;
  }

  Query query() {
    return query;
  }

  Net net() {
    return net;
  }

  double radius() {
    return radius;
  }

  Norm norm() {
    return query.norm();
  }

  boolean isPinned() {
    return query.isPinned();
  }

  boolean isFree(int j) {
    return free[j];
  }

  /** The centre; the middle of a shared input. */
  double center(int j) {
    return center[j];
  }

  double sharedLower(int j) {
    return sharedLower[j];
  }

  double sharedUpper(int j) {
    return sharedUpper[j];
  }

  /** How far a free input may be from the centre at the most. */
  double reach(int j) {
    return free[j] ? radius : Math.max(center[j] - sharedLower[j], sharedUpper[j] - center[j]);
  }

  /** What a free input is at the least in the domain. */
  double sideLower(int j) {
    return sideLower[j];
  }

  /** What a free input is at the most in the domain. */
  double sideUpper(int j) {
    return sideUpper[j];
  }

  /** By how much outputs may differ that count as equal. */
  double eps() {
    return query.noise().eps();
  }

  /** How far two points are apart at the least: {@code t} is not below. */
  double least() {
    return query.noise().within();
  }

  /** What outputs may differ by, {@code t} being taken out; at most, with noise. */
  Slopes slopes() {
    double noise = eps() == 0 ? 0 : Math.nextUp(eps() / least());
    return slopes.orElseGet(() -> Slopes.within(net.outputs(), noise));
  }

  /** Whether outputs are equal, so that they may be mixed. */
  boolean isEqual() {
    return slopes.isEmpty() && eps() == 0;
  }

  /** Whether what outputs differ by grows with {@code t}. */
  boolean isSloped() {
    return slopes.isPresent();
  }

  /** The largest difference of an input between the copies. */
  double apart() {
    return isPinned() ? radius : 2 * radius;
  }

  double lower(int copy, int k, int i) {
    return lower[copy][k][i];
  }

  double upper(int copy, int k, int i) {
    return upper[copy][k][i];
  }

  /** How far bounds of a pre-activation must be apart to be in order whoever rounds. */
  double noise(int k, int i) {
    return noise[k][i];
  }

  /** How many neurons are in play. */
  int inPlay() {
    return layer.length;
  }

  /** The place of a neuron among those in play, or -1. */
  int play(int k, int i) {
    return play[k][i];
  }

  /** The layer of a neuron in play. */
  int layer(int p) {
    return layer[p];
  }

  /** The place of a neuron in play within its layer. */
  int index(int p) {
    return index[p];
  }

  /** Of a neuron that is not in play: whether its difference passes. */
  boolean passes(int k, int i) {
    return !net.isRelu(k, i) || lower[0][k][i] >= 0;
  }
}
