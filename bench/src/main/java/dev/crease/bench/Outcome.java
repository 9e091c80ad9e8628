package dev.crease.bench;

/** What became of a cell. */
public enum Outcome {
  /** Answered in time, and the answer is the true one as far as that is known. */
  SOLVED,
  /** Contradicts the truth: not a time, but a bug. */
  WRONG,
  /** Not done when the time was up. */
  TIMEOUT,
  /** Stopped by itself with a bracket that is not closed. */
  OPEN,
  /** Gave up on an error. */
  FAILED,
  /** Said beforehand that it cannot answer this. */
  REFUSED
}
