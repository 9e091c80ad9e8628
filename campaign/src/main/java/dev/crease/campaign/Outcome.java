package dev.crease.campaign;

import java.util.Locale;

/** What became of a cell. */
public enum Outcome {
  /** Answered in time by a proof, and the answer is the true one as far as that is known. */
  SOLVED("solved by proof"),
  /** The same by a solver's word, which nobody has checked. */
  CLAIMED("solved by claim"),
  /** Solved by proof, but a solver was to answer, and rounded or rational arithmetic did. */
  WITHOUT_SOLVER("solved without the solver"),
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

  /** What JMH's counter of it is called: {@code withoutSolver} for {@link #WITHOUT_SOLVER}. */
  public String counter() {
    StringBuilder counter = new StringBuilder();
    for (String word : name().toLowerCase(Locale.ROOT).split("_", -1)) {
      counter.append(
          counter.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return counter.toString();
  }

  /** Whether the cell counts in the score of a backend. */
  public boolean isScored() {
    return this != REFUSED && this != WITHOUT_SOLVER;
  }

  /** Whether the radius was found by what was asked, by proof or by claim. */
  public boolean isSolved() {
    return this == SOLVED || this == CLAIMED;
  }

  /** Whether the radius was found, whoever found it. */
  public boolean isAnswered() {
    return isSolved() || this == WITHOUT_SOLVER;
  }
}
