package dev.crease.bench;

/** What became of a cell. */
public enum Outcome {
  /** Answered in time, and the answer is the true one as far as that is known. */
  SOLVED("solved"),
  /** Contradicts the truth: not a time, but a bug. */
  WRONG("wrong"),
  /** Not done when the time was up. */
  TIMEOUT("timed out"),
  /** Stopped by itself with a bracket that is not closed. */
  OPEN("open"),
  /** Gave up on an error. */
  FAILED("failed"),
  /** Said beforehand that it cannot answer this. */
  REFUSED("refused");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  /** What to call it in a sentence. */
  public String words() {
    return words;
  }
}
