package dev.crease.formats.lowering;

import java.util.Arrays;
import java.util.Optional;

/**
 * An affine form {@code sum_j weights[j] * neuron[ids[j]] + bias} over the neurons of a {@link
 * NeuronGraph}. Immutable; ids are strictly increasing. Arrays are shared between forms, never
 * written to.
 */
public final class Affine {

  private static final int[] NO_IDS = {};
  private static final double[] NO_WEIGHTS = {};

  private final int[] ids;
  private final double[] weights;
  private final double bias;
  private final int origin;

  Affine(int[] ids, double[] weights, double bias) {
    this(ids, weights, bias, Origins.NONE);
  }

  private Affine(int[] ids, double[] weights, double bias, int origin) {
    this.ids = ids;
    this.weights = weights;
    this.bias = bias;
    this.origin = origin;
  }

  /** The value of one neuron. */
  static Affine neuron(int id) {
    return scaledNeuron(id, 1);
  }

  /** A multiple of one neuron. */
  static Affine scaledNeuron(int id, double weight) {
    return new Affine(new int[] {id}, new double[] {weight}, 0);
  }

  /** A constant. */
  public static Affine constant(double value) {
    return new Affine(NO_IDS, NO_WEIGHTS, value);
  }

  int terms() {
    return ids.length;
  }

  /** The neuron of a term; they increase. */
  public int id(int j) {
    return ids[j];
  }

  double weight(int j) {
    return weights[j];
  }

  /** The constant term. */
  public double bias() {
    return bias;
  }

  /** What the file made it with, as {@link Origins} counts. */
  int origin() {
    return origin;
  }

  /** The same form, made with something else. */
  Affine of(int other) {
    return new Affine(ids, weights, bias, other);
  }

  /** Whether this is a multiple of one neuron and nothing else. */
  boolean isScaledNeuron() {
    return ids.length == 1 && bias == 0;
  }

  /** Whether this is the plain value of one neuron. */
  public boolean isNeuron() {
    return isScaledNeuron() && weights[0] == 1;
  }

  /** This form plus a constant, if the bias is not rounded. */
  Optional<Affine> plus(double constant) {
    return Exact.sum(bias, constant)
        ? Optional.of(new Affine(ids, weights, Exact.add(bias, constant)))
        : Optional.empty();
  }

  /** The sum of two forms, if no weight or bias is rounded. */
  Optional<Affine> plus(Affine other) {
    if (other.ids.length == 0) {
      return plus(other.bias);
    }
    if (ids.length == 0) {
      return other.plus(bias);
    }
    if (!Exact.sum(bias, other.bias)) {
      return Optional.empty();
    }
    int[] mergedIds = new int[ids.length + other.ids.length];
    double[] mergedWeights = new double[mergedIds.length];
    int count = 0;
    int i = 0;
    int j = 0;
    while (i < ids.length || j < other.ids.length) {
      if (j == other.ids.length || (i < ids.length && ids[i] < other.ids[j])) {
        mergedIds[count] = ids[i];
        mergedWeights[count++] = weights[i++];
      } else if (i == ids.length || other.ids[j] < ids[i]) {
        mergedIds[count] = other.ids[j];
        mergedWeights[count++] = other.weights[j++];
      } else {
        if (!Exact.sum(weights[i], other.weights[j])) {
          return Optional.empty();
        }
        mergedIds[count] = ids[i];
        mergedWeights[count++] = Exact.add(weights[i++], other.weights[j++]);
      }
    }
    return Optional.of(
        new Affine(
            Arrays.copyOf(mergedIds, count),
            Arrays.copyOf(mergedWeights, count),
            Exact.add(bias, other.bias)));
  }

  /** This form times a constant, if no weight or bias is rounded. */
  Optional<Affine> times(double factor) {
    if (factor == 1) {
      return Optional.of(this);
    }
    if (factor == 0) {
      return Optional.of(constant(0));
    }
    if (!Exact.product(bias, factor)) {
      return Optional.empty();
    }
    double[] scaled = new double[weights.length];
    for (int j = 0; j < weights.length; j++) {
      if (!Exact.product(weights[j], factor)) {
        return Optional.empty();
      }
      scaled[j] = weights[j] * factor;
    }
    return Optional.of(new Affine(ids, scaled, bias == 0 ? bias : bias * factor));
  }

  /** This form divided by a constant, if no weight or bias is rounded. */
  Optional<Affine> dividedBy(double divisor) {
    if (divisor == 1) {
      return Optional.of(this);
    }
    if (!Exact.quotient(bias, divisor)) {
      return Optional.empty();
    }
    double[] quotients = new double[weights.length];
    for (int j = 0; j < weights.length; j++) {
      if (!Exact.quotient(weights[j], divisor)) {
        return Optional.empty();
      }
      quotients[j] = weights[j] / divisor;
    }
    return Optional.of(new Affine(ids, quotients, bias == 0 ? bias : bias / divisor));
  }
}
