package dev.crease.certify;

import dev.crease.solver.Tolerances;

/**
 * What a claim holds under.
 *
 * @param tolerances of the solver; all 0 where none was asked
 * @param pad what was taken off the solver's bound to be on the safe side
 * @param threshold separation up to which {@code p*} counts as zero; 0 where it is not used
 */
public record Terms(Tolerances tolerances, double pad, double threshold) {

  /** None: it holds as it stands. */
  public static Terms none() {
    return gap(0);
  }

  /** None, but that the bracket counts as closed at a relative gap. */
  public static Terms gap(double relative) {
    return new Terms(new Tolerances(0, 0, 0, relative), 0, 0);
  }
}
