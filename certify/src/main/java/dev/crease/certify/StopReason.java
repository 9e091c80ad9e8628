package dev.crease.certify;

/** Why a certifier stopped. */
public enum StopReason {
  /** It had the answer. */
  COMPLETE,
  /** The time limit was reached. */
  TIME_LIMIT,
  /** Somebody cancelled it. */
  INTERRUPTED,
  /** The solver stopped at another limit. */
  LIMIT,
  /** The solver failed, or gave an answer that did not hold water. */
  FAILED
}
