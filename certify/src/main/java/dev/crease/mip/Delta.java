package dev.crease.mip;

import dev.crease.BadInput;
import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.NetworkBounds;
import dev.crease.certify.CertifyOptions;
import dev.crease.question.Query;

/**
 * The separation below which collisions are not looked for, in the units of the question's normal
 * form: of the points in L-infinity, or for two networks of the outputs of the second.
 *
 * @param value the separation; 0 looks for all
 * @param isRigorous whether it is proved that no points nearer than it collide
 */
record Delta(double value, boolean isRigorous) {

  /** So many times the solver's tolerances tell points apart. */
  private static final double TIMES = 100;

  /** Looks for all. */
  static Delta none() {
    return new Delta(0, true);
  }

  /**
   * The least separation that the solver's tolerances can tell from none: below it, {@code x = x'}
   * passes for separated.
   */
  static double least(CertifyOptions options) {
    return TIMES * options.tolerances().largest();
  }

  /**
   * Refuses a separation that tolerances cannot tell from none.
   *
   * @param unit of the normal form
   * @throws BadInput if it is so
   */
  Delta refuseTooSmall(CertifyOptions options, double unit) {
    if (!(value >= least(options))) {
      throw new BadInput(
          "delta "
              + value * unit
              + " is below "
              + least(options) * unit
              + ", what the solver's tolerances can tell apart; use a larger delta or smaller"
              + " tolerances");
    }
    return this;
  }

  /**
   * Refuses a separation that no two points of the ball have: the claim would hold for every
   * network.
   *
   * @param asked the question as it was asked, for the words
   * @param query in its normal form
   * @throws BadInput if it is so
   */
  void refuseVacuous(Query asked, Query query, double unit) {
    if (!isRigorous && !(widest(query) >= value)) {
      String what = asked.g().map(g -> "outputs of " + g.name()).orElse("points");
      throw new BadInput(
          "no two "
              + what
              + " of the ball of radius "
              + asked.maxRadius()
              + " are "
              + value * unit
              + " apart, the least separation that would be looked at: nothing would be tested; use"
              + " a smaller delta, a larger radius, or an engine without a solver");
    }
  }

  /** How far apart, in L-infinity, a pair of the ball can be in what is to be determined. */
  private static double widest(Query query) {
    double radius = query.maxRadius();
    if (query.g().isEmpty()) {
      return query.isPinned() ? radius : 2 * radius;
    }
    NetworkBounds bounds = BoundsMethod.symbolic().bounds(query.g().get(), query.inputs(radius));
    double widest = 0;
    for (int i = 0; i < query.g().get().outputs(); i++) {
      widest = Math.max(widest, bounds.outputUpper(i) - bounds.outputLower(i));
    }
    return widest;
  }
}
