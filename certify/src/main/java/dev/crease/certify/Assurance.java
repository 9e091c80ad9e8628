package dev.crease.certify;

/** What a radius rests on. */
public enum Assurance {
  /** Every step was checked in rational arithmetic. */
  EXACT,
  /** Every step was done, or checked, in arithmetic rounded outward: no word of a solver's. */
  RIGOROUS,
  /** A solver's word, under the tolerances and the delta that go with it; nobody checked it. */
  SOLVER
}
