package dev.crease.map;

import dev.crease.Cancellation;
import dev.crease.certify.RadiusResult;
import dev.crease.question.Problem;
import dev.crease.regions.RegionEngine;

/**
 * The inverse of a network on a ball on which it is proved one-to-one: outputs in, states out. What
 * it {@linkplain #at gives} is the double nearest to each coordinate of the state that has exactly
 * the given output, as an input of the network whatever the units of the ball are.
 */
public final class Inverse extends OutputMap {

  private Inverse(RadiusResult proof, RegionEngine engine, Cancellation cancellation) {
    super(proof, Problem.LOCAL, engine, cancellation);
  }

  /**
   * The inverse on the ball that is certified.
   *
   * @param proof of local invertibility
   * @param engine finds the linear regions
   * @throws dev.crease.BadInput if nothing is certified, or by a solver's word alone
   * @throws dev.crease.Unsupported if there are too many inputs or linear regions
   * @throws dev.crease.SolverFailure if cancelled
   * @throws IllegalArgumentException if the proof is of another problem, or of shared inputs
   */
  public static Inverse of(RadiusResult proof, RegionEngine engine, Cancellation cancellation) {
    return new Inverse(proof, engine, cancellation);
  }
}
