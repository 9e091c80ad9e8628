package dev.crease.certify;

import dev.crease.question.Query;
import java.util.List;
import java.util.Optional;

/**
 * The two-sided Lipschitz constants of a network on a ball, bracketed: {@code alpha ||x - x'|| <=
 * ||f(x) - f(x')|| <= L ||x - x'||} for all {@code x, x'} of the ball, in its norm. Outputs that
 * are known up to {@code eps} determine states up to {@code eps / alpha}.
 *
 * @param query the question, up to the radius
 * @param alpha the lower constant, that is the largest number with which the inequality holds
 * @param upper the upper constant {@code L}, the least one
 * @param flattest two points of the ball whose ratio is near to {@code alpha}
 * @param steepest two points of the ball whose ratio is near to {@code L}
 * @param engine id of what answered
 * @param solver name and version of what is underneath
 * @param assurance what both brackets rest on
 * @param seconds wall-clock time
 * @param stop why it stopped
 * @param notes what else a reader must know, a line each
 */
public record LipschitzResult(
    Query query,
    Ends alpha,
    Ends upper,
    Optional<Secant> flattest,
    Optional<Secant> steepest,
    String engine,
    String solver,
    Assurance assurance,
    double seconds,
    StopReason stop,
    List<Note> notes) {

  /** Copies the notes. */
  public LipschitzResult {
    notes = List.copyOf(notes);
  }

  /**
   * Between what a constant lies.
   *
   * @param least not negative; proved
   * @param most not below {@code least}, infinite where nothing is known; proved
   */
  public record Ends(double least, double most) {

    /** Checks that the bracket is one. */
    public Ends {
      if (!(least >= 0) || !(most >= least)) {
        throw new IllegalArgumentException("a constant of " + least + " to " + most);
      }
    }

    /** How far apart the ends are, relative to the larger one; 0 where both are 0. */
    public double gap() {
      return most == 0 ? 0 : Double.isInfinite(most) ? 1 : (most - least) / most;
    }
  }
}
