package dev.crease.encoding;

import dev.crease.BadInput;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.Capability;
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

  /**
   * Adds the constraints that tie {@code y} and the binary {@code t} to {@code z}; {@code t = 1}
   * when the neuron is active.
   *
   * @param model where to add
   * @param name prefix of the constraints' names
   * @param z the pre-activation, with bounds that hold
   * @param y the post-activation, with bounds {@code [0, u]}
   * @param t a binary variable
   */
  void encode(Model.Builder model, String name, Variable z, Variable y, Variable t);

  /** Big-M. */
  static ReluEncoding bigM() {
    return new BigMEncoding();
  }

  /** Indicator constraints. */
  static ReluEncoding indicator() {
    return new IndicatorEncoding();
  }

  /**
   * The encoding with an id.
   *
   * @throws BadInput if there is none
   */
  static ReluEncoding byId(String id) {
    return switch (id) {
      case "big-m" -> bigM();
      case "indicator" -> indicator();
      default ->
          throw new BadInput("there is no ReLU encoding " + id + "; there are big-m and indicator");
    };
  }
}
