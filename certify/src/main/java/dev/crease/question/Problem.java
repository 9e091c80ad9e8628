package dev.crease.question;

/** The three problems of Cui et al. (2023). */
public enum Problem {
  /** The largest ball on which the network is one-to-one (their problem 1). */
  LOCAL("local"),
  /** The distance to the nearest other point with the centre's output (their problem 2). */
  PSEUDO("pseudo"),
  /** The largest ball on which one network's output determines another's (their problem 3). */
  TRANSFORMATION("transformation");

  private final String label;

  Problem(String label) {
    this.label = label;
  }

  /** What users write for it. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
