package dev.crease.certify;

/** What a result rests on. */
public enum Assurance {
  /** Every step was checked in rational arithmetic. */
  EXACT,
  /** Every step was done, or checked, in arithmetic rounded outward: no word of a solver's. */
  RIGOROUS,
  /** A solver's proof, under the tolerances and the delta that the result names. */
  SOLVER
}
