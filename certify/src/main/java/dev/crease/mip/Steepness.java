package dev.crease.mip;

import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.JacobianBounds;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Note;
import dev.crease.encoding.ReluEncoding;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a solver's word is taken. A tolerance on a neuron moves the next ones by as much times their
 * slopes, and narrow dips are hidden by it; so networks are refused whose slope times tolerance is
 * more than the backend {@linkplain dev.crease.solver.Capabilities#trusted says} its proofs held up
 * to.
 */
final class Steepness {

  private final Query query;
  private final String solver;
  private final double tolerance;
  private final double most;
  private final Map<Double, Optional<Note>> known = new HashMap<>();

  /**
   * The rule for a question.
   *
   * @param query in its normal form
   */
  Steepness(Query query, MipSolver solver, CertifyOptions options) {
    this.query = query;
    this.solver = solver.id();
    this.tolerance = options.tolerances().feasibility();
    // Strategy paper asks in big-M, whatever the options say.
    Capability kind =
        options.strategy().equals("paper")
            ? Capability.INTEGER
            : ReluEncoding.choices().named(options.encoding()).needs().orElse(Capability.INTEGER);
    // Some strategies ask in big-M besides.
    this.most =
        Math.min(
            solver.capabilities().trusted(kind), solver.capabilities().trusted(Capability.INTEGER));
  }

  /** Why a solver's word on the ball of a radius is not taken; empty when it is. */
  synchronized Optional<Note> objection(double radius) {
    return known.computeIfAbsent(radius, this::find);
  }

  private Optional<Note> find(double radius) {
    double[] at = new double[query.f().inputs()];
    double[] center = query.center();
    int next = 0;
    for (int i = 0; i < at.length; i++) {
      at[i] = query.shared().containsKey(i) ? query.shared().get(i).upper() : center[next++];
    }
    double error = query.f().evaluationError(at);
    if (!(error <= tolerance)) {
      return objection(
          String.format(
              Locale.ROOT,
              ": network %s cannot be computed to the tolerance of %s,"
                  + " rounding alone may be %.2g",
              query.f().name(),
              solver,
              error));
    }
    double slope = steepest(radius);
    if (slope * tolerance <= most) {
      return Optional.empty();
    }
    return objection(
        String.format(
            Locale.ROOT,
            " beyond: %s may be as steep as %.2g within %.6g of the"
                + " centre, where the tolerance %s of %s hides too much; smaller tolerances, or"
                + " an engine without a solver, may say more",
            query.f().name(),
            slope,
            radius,
            tolerance,
            solver));
  }

  private static Optional<Note> objection(String why) {
    return Optional.of(new Note.NotAsked(why));
  }

  /** A bound on how much any neuron may change with the inputs, in L-infinity. */
  private double steepest(double radius) {
    boolean[] varies = LinearProof.varies(query);
    double steepest = 0;
    for (ReluNetwork network : Stream.concat(Stream.of(query.f()), query.g().stream()).toList()) {
      JacobianBounds slopes =
          JacobianBounds.of(BoundsMethod.symbolic().bounds(network, query.inputs(radius)));
      for (int k = 0; k < network.layers().size(); k++) {
        for (int i = 0; i < network.layers().get(k).outputs(); i++) {
          double slope = slopes.lipschitz(k, i, varies);
          steepest = slope <= steepest ? steepest : slope;
        }
      }
    }
    return steepest;
  }
}
