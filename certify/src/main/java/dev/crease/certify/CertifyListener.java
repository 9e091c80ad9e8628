package dev.crease.certify;

import java.time.Duration;
import java.util.OptionalDouble;

/** Is told how an answer comes along. Must return quickly and not throw. */
@FunctionalInterface
public interface CertifyListener {

  /** The work has come this far. */
  void progress(Bracket bracket);

  /** A listener that does nothing. */
  static CertifyListener none() {
    return bracket -> {};
  }

  /**
   * Where an answer stands.
   *
   * @param certified lower end so far
   * @param claimed what a solver says beyond that; empty when it says no more
   * @param refuted upper end so far, replayed; empty when no collision is known
   * @param gap the solver's gap in the model at hand, infinite when unknown
   * @param nodes nodes so far
   * @param elapsed time so far
   */
  record Bracket(
      double certified,
      OptionalDouble claimed,
      OptionalDouble refuted,
      double gap,
      long nodes,
      Duration elapsed) {

    /** Where an answer stands of which nothing is claimed. */
    public Bracket(
        double certified, OptionalDouble refuted, double gap, long nodes, Duration elapsed) {
      this(certified, OptionalDouble.empty(), refuted, gap, nodes, elapsed);
    }
  }
}
