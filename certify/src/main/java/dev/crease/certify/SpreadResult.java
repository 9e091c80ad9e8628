package dev.crease.certify;

import dev.crease.bounds.Norm;
import dev.crease.question.Query;
import dev.crease.witness.Witness;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far {@code g} may differ between two points of a ball that {@code f} cannot tell apart:
 * {@code p* = max ||g(x) - g(x')||} over {@code f(x) = f(x')} (Cui et al. 2023, equation 4),
 * bracketed. For two networks it bounds the error of any calibration of one to the other's outputs.
 *
 * @param query the question, up to the radius
 * @param norm in which the difference is measured
 * @param least the difference of the witness, 0 without one
 * @param most no two such points differ by more; infinite when nothing is proved. With {@link
 *     Trust#SOLVER} a solver's bound, under {@code terms}
 * @param claimed a solver's bound, under {@code terms}, which nobody has checked; empty where it is
 *     taken for {@code most}, or there is none
 * @param witness two points that collide, replayed
 * @param engine id of what answered
 * @param solver name and version of the solver underneath
 * @param terms what a solver's bound holds under
 * @param seconds wall-clock time
 * @param stop why it stopped
 * @param notes what else a reader must know, a line each
 */
public record SpreadResult(
    Query query,
    Norm norm,
    double least,
    double most,
    OptionalDouble claimed,
    Optional<Witness> witness,
    String engine,
    String solver,
    Terms terms,
    double seconds,
    StopReason stop,
    List<Note> notes) {

  /** Checks that the bracket is one. */
  public SpreadResult {
    if (!(least >= 0) || !(most >= least)) {
      throw new IllegalArgumentException("a spread of " + least + " to " + most);
    }
    if (claimed.isPresent() && !(claimed.getAsDouble() >= least && claimed.getAsDouble() < most)) {
      throw new IllegalArgumentException(
          "a spread of " + least + " to " + most + ", claimed " + claimed.getAsDouble());
    }
    notes = List.copyOf(notes);
  }
}
