package dev.crease.encoding;

import dev.crease.Choices;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.Capability;
import java.util.List;
import java.util.Optional;

/**
 * A way to write {@code y = max(0, z)} for an unstable neuron, {@code l <= z <= u} with {@code l <
 * 0 < u} finite. Stable neurons need no encoding.
 */
public interface ReluEncoding {

  /** The name by which configuration selects it. */
  String id();

  /** The constraint kind that a backend must have; empty when linear constraints do. */
  Optional<Capability> needs();

  /** Whether the relaxation is to be cut by valid inequalities before the model is solved. */
  default boolean wantsCuts() {
    return false;
  }

  /**
   * Adds the constraints that tie {@code y} to the pre-activation.
   *
   * @param model where to add
   * @param name prefix of the names of constraints and variables
   * @param row the pre-activation, with bounds that hold
   * @param y the post-activation, with bounds {@code [0, u]}
   * @return the binary variable that is 1 when the neuron is active, where the encoding has one
   */
  Optional<Variable> encode(Model.Builder model, String name, PreActivation row, Variable y);

  /** Big-M. */
  static ReluEncoding bigM() {
    return new BigMEncoding(false);
  }

  /** Indicator constraints. */
  static ReluEncoding indicator() {
    return new IndicatorEncoding();
  }

  /** Special ordered sets of type 1. */
  static ReluEncoding sos1() {
    return new Sos1Encoding();
  }

  /** The partition-based encoding with two parts. */
  static ReluEncoding extended() {
    return new ExtendedEncoding(2);
  }

  /** Big-M whose relaxation is cut by valid inequalities before the model is solved. */
  static ReluEncoding cuts() {
    return new BigMEncoding(true);
  }

  /** All encodings, by id. */
  static Choices<ReluEncoding> choices() {
    return Choices.of(
        "ReLU encoding",
        ReluEncoding::id,
        List.of(bigM(), indicator(), sos1(), extended(), cuts()));
  }
}
