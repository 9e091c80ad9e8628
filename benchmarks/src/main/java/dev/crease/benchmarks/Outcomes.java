package dev.crease.benchmarks;

import dev.crease.campaign.Outcome;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What became of the answers, counted beside their times: named as {@link Outcome#counter()} says.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Outcomes {

  /** {@link Outcome#SOLVED}. */
  public int solved;

  /** {@link Outcome#CLAIMED}. */
  public int claimed;

  /** {@link Outcome#WITHOUT_SOLVER}. */
  public int withoutSolver;

  /** {@link Outcome#WRONG}. */
  public int wrong;

  /** {@link Outcome#TIMEOUT}. */
  public int timeout;

  /** {@link Outcome#OPEN}. */
  public int open;

  /** {@link Outcome#FAILED}. */
  public int failed;

  /** {@link Outcome#REFUSED}. */
  public int refused;

  /** Those of the wrong that are so by a proof or a collision, and not by a claim alone. */
  public int faults;

  /** For JMH. */
  public Outcomes() {}

  void count(Outcome outcome, boolean isFault) {
    faults += isFault ? 1 : 0;
    switch (outcome) {
      case SOLVED -> solved++;
      case CLAIMED -> claimed++;
      case WITHOUT_SOLVER -> withoutSolver++;
      case WRONG -> wrong++;
      case TIMEOUT -> timeout++;
      case OPEN -> open++;
      case FAILED -> failed++;
      case REFUSED -> refused++;
    }
  }
}
