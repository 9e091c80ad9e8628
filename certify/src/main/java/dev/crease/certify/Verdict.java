package dev.crease.certify;

/** The answer to a yes-or-no question. */
public enum Verdict {
  /** It holds, by a proof. */
  HOLDS,
  /** It does not, by a witness. */
  REFUTED,
  /** Neither a proof nor a witness was found, whatever a solver may claim. */
  UNDECIDED
}
