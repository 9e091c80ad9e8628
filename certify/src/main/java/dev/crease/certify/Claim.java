package dev.crease.certify;

/**
 * A radius up to which somebody says that nothing collides, and nobody has proved it: a solver's
 * bound, or a proof that leaves out pairs nearer than delta.
 *
 * @param radius up to where
 * @param assurance what it rests on
 * @param engine the id of who says it
 * @param solver name and version of the solver underneath
 * @param delta separation below which collisions were not looked for, in the L-infinity norm: of
 *     the points, or for two networks of the outputs of the second; 0 leaves out none
 * @param deltaIsRigorous whether it was proved that no collision is closer than that
 * @param terms what it holds under, if it does
 */
public record Claim(
    double radius,
    Assurance assurance,
    String engine,
    String solver,
    double delta,
    boolean deltaIsRigorous,
    Terms terms) {

  /** Checks that something is claimed. */
  public Claim {
    if (!(radius > 0) || !(delta >= 0)) {
      throw new IllegalArgumentException("a claim of " + radius + ", delta " + delta);
    }
  }

  /** The same, not reaching further than a radius, which is above 0. */
  public Claim upTo(double limit) {
    return limit < radius
        ? new Claim(limit, assurance, engine, solver, delta, deltaIsRigorous, terms)
        : this;
  }
}
