package dev.crease.bench.report;

/** How a run ended. */
enum Outcome {
  SOLVED("solved"),
  WRONG("wrong"),
  TIMEOUT("timed out"),
  OPEN("open"),
  FAILED("failed"),
  /** The backend or the strategy does not take such an instance: no run took place. */
  REFUSED("refused");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
