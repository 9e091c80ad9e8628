package dev.crease.certify;

/** Why a certifier stopped. */
public enum StopReason {
  /** It had the answer: the bracket is closed, or the property holds as far as was asked. */
  COMPLETE,
  /** The solver closed the bracket by its own word, which nobody has checked. */
  CLAIMED,
  /** The time limit was reached. */
  TIME_LIMIT,
  /** Somebody cancelled it. */
  INTERRUPTED,
  /** The solver stopped at another limit. */
  LIMIT,
  /** The solver failed, or gave an answer that did not hold water. */
  FAILED
}
