package dev.crease.encoding;

import dev.crease.Rounding;
import dev.crease.bounds.Interval;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.Capability;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The partition-based encoding (Tsay, Kronqvist, Thebelt and Misener, Partition-based formulations
 * for mixed-integer optimization of trained ReLU neural networks, 2021, equations 9 to 14). The sum
 * is cut into {@code N} parts by the size of the weights, and the convex hull of "inactive" and
 * "active" is written over the parts: {@code v_n} is part {@code n} where the neuron is inactive,
 * the rest of the part where it is active. {@code N = 1} is big-M, {@code N} the number of inputs
 * the hull of all; parts between give most of the hull for few variables.
 */
final class ExtendedEncoding implements ReluEncoding {

  private final int parts;

  ExtendedEncoding(int parts) {
    this.parts = parts;
  }

  @Override
  public String id() {
    return "extended";
  }

  @Override
  public Optional<Capability> needs() {
    return Optional.empty();
  }

  @Override
  public Optional<Variable> encode(
      Model.Builder model, String name, PreActivation row, Variable y) {
    Variable t = model.binary("t" + name);
    int[][] part = partition(row.weights());
    LinearExpression.Builder inactive = LinearExpression.builder();
    LinearExpression.Builder active = LinearExpression.builder();
    for (int n = 0; n < part.length; n++) {
      Interval range = range(row, part[n]);
      LinearExpression.Builder whole = LinearExpression.builder();
      for (int j : part[n]) {
        whole.add(row.weights()[j], row.inputs().get(j));
      }
      // A constant of an input goes with its part: it is within the part's range.
      LinearExpression sum = whole.build();
      Variable v =
          model.continuous(
              "v" + name + "_" + n, Math.min(0, range.lower()), Math.max(0, range.upper()));
      LinearExpression off = LinearExpression.of(v);
      LinearExpression on = sum.minus(off);
      // Inactive: (1 - t) l <= v <= (1 - t) u.
      model.atLeast(
          name + "." + n + ".off.lo",
          off.plus(LinearExpression.term(range.lower(), t)),
          range.lower());
      model.atMost(
          name + "." + n + ".off.up",
          off.plus(LinearExpression.term(range.upper(), t)),
          range.upper());
      // Active: t l <= part - v <= t u.
      model.atLeast(
          name + "." + n + ".on.lo", on.minus(LinearExpression.term(range.lower(), t)), 0);
      model.atMost(name + "." + n + ".on.up", on.minus(LinearExpression.term(range.upper(), t)), 0);
      inactive.add(1, off);
      active.add(1, on);
    }
    LinearExpression bias = LinearExpression.term(row.bias(), t);
    // The sum is not above 0 where inactive, and is y where active.
    model.atMost(name + ".inactive", inactive.build().minus(bias), -row.bias());
    model.equal(name + ".active", active.build().plus(bias).minus(LinearExpression.of(y)), 0);
    model.atMost(
        name + ".most", LinearExpression.of(y).minus(LinearExpression.term(row.z().upper(), t)), 0);
    return Optional.of(t);
  }

  /** Inputs by the size of their weights, in parts of equal number. */
  private int[][] partition(double[] weights) {
    int[] order =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> weights[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    int count = Math.max(1, Math.min(parts, order.length));
    int[][] result = new int[count][];
    for (int n = 0; n < count; n++) {
      result[n] =
          Arrays.copyOfRange(order, n * order.length / count, (n + 1) * order.length / count);
    }
    return result;
  }

  /** A range of a part's sum, rounded outward. */
  private static Interval range(PreActivation row, int[] part) {
    double lower = 0;
    double upper = 0;
    double magnitude = 0;
    for (int j : part) {
      double atLower = row.weights()[j] * row.ranges().get(j).lower();
      double atUpper = row.weights()[j] * row.ranges().get(j).upper();
      lower += Math.min(atLower, atUpper);
      upper += Math.max(atLower, atUpper);
      magnitude += Math.max(Math.abs(atLower), Math.abs(atUpper));
    }
    double error = 2 * Rounding.gamma(part.length) * magnitude + Double.MIN_NORMAL;
    return new Interval(Math.nextDown(lower - error), Math.nextUp(upper + error));
  }
}
