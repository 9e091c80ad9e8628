package dev.crease.map;

import dev.crease.Cancellation;
import dev.crease.certify.RadiusResult;
import dev.crease.question.Problem;
import dev.crease.regions.RegionEngine;

/**
 * The calibration of a network {@code f1} to another, {@code f2}: the function {@code h} with
 * {@code f2 = h o f1} on a ball on which {@code f1} is proved to determine {@code f2}. So a pruned
 * network in front of it does what the dense one does. {@code f1} need not be one-to-one: where it
 * is not, {@code f2} does not tell the states apart either.
 */
public final class Calibration extends OutputMap {

  private Calibration(RadiusResult proof, RegionEngine engine, Cancellation cancellation) {
    super(proof, Problem.TRANSFORMATION, engine, cancellation);
  }

  /**
   * The calibration on the ball that is certified.
   *
   * @param proof of the transformation from {@code f1} to {@code f2}
   * @param engine finds the linear regions
   * @throws dev.crease.BadInput if nothing is certified, or by a solver's word alone
   * @throws dev.crease.Unsupported if there are too many inputs or linear regions
   * @throws dev.crease.SolverFailure if cancelled
   * @throws IllegalArgumentException if the proof is of another problem, or of shared inputs
   */
  public static Calibration of(RadiusResult proof, RegionEngine engine, Cancellation cancellation) {
    return new Calibration(proof, engine, cancellation);
  }
}
