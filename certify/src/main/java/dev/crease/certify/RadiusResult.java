package dev.crease.certify;

import dev.crease.question.Query;
import dev.crease.witness.Witness;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A bracket {@code [certified, refuted]} of a radius, with its evidence.
 *
 * @param query what was asked
 * @param certified no collision with a separation of {@code delta} or more has both points within
 *     this distance of the centre; 0 claims nothing
 * @param witness a collision, replayed in doubles
 * @param assurance what {@code certified} rests on
 * @param engine id of what answered
 * @param solver name and version of the solver underneath
 * @param strategy name of the strategy
 * @param delta separation, in the L-infinity norm, below which collisions were not looked for
 * @param deltaIsRigorous whether it was proved that no collision is closer than {@code delta}, so
 *     that {@code certified} holds for every collision
 * @param tolerances what {@code certified} holds under
 * @param statistics what it cost
 * @param seconds wall-clock time
 * @param stop why it stopped
 * @param notes what else a reader must know, a line each
 * @param evidence what is known beyond doubles
 */
public record RadiusResult(
    Query query,
    double certified,
    Optional<Witness> witness,
    Assurance assurance,
    String engine,
    String solver,
    String strategy,
    double delta,
    boolean deltaIsRigorous,
    Tolerances tolerances,
    Statistics statistics,
    double seconds,
    StopReason stop,
    List<String> notes,
    Evidence evidence) {

  /** Checks that the bracket is one. */
  public RadiusResult {
    if (!(certified >= 0) || certified > query.maxRadius()) {
      throw new IllegalArgumentException("a radius of " + certified + " cannot be certified");
    }
    notes = List.copyOf(notes);
    OptionalDouble refuted = refuted(witness, evidence);
    if (refuted.isPresent() && certified > refuted.getAsDouble()) {
      throw new IllegalArgumentException(
          "certified " + certified + ", refuted " + refuted.getAsDouble());
    }
  }

  /** A result without evidence beyond doubles. */
  public RadiusResult(
      Query query,
      double certified,
      Optional<Witness> witness,
      Assurance assurance,
      String engine,
      String solver,
      String strategy,
      double delta,
      boolean deltaIsRigorous,
      Tolerances tolerances,
      Statistics statistics,
      double seconds,
      StopReason stop,
      List<String> notes) {
    this(
        query,
        certified,
        witness,
        assurance,
        engine,
        solver,
        strategy,
        delta,
        deltaIsRigorous,
        tolerances,
        statistics,
        seconds,
        stop,
        notes,
        Evidence.none());
  }

  /**
   * The upper end of the bracket: empty when no collision is known. The witness may lie a little
   * further out, where collisions come as near to the radius as one likes.
   */
  public OptionalDouble refuted() {
    return refuted(witness, evidence);
  }

  private static OptionalDouble refuted(Optional<Witness> witness, Evidence evidence) {
    if (evidence.collision().isPresent() && evidence.radius().isPresent()) {
      return OptionalDouble.of(evidence.radius().get().refuted());
    }
    return witness.map(w -> OptionalDouble.of(w.radius())).orElseGet(OptionalDouble::empty);
  }

  /** Whether a collision is known. */
  public boolean isRefuted() {
    return witness.isPresent() || evidence.collision().isPresent();
  }

  /** The same result with other evidence. */
  public RadiusResult with(Evidence newEvidence) {
    return new RadiusResult(
        query,
        certified,
        witness,
        assurance,
        engine,
        solver,
        strategy,
        delta,
        deltaIsRigorous,
        tolerances,
        statistics,
        seconds,
        stop,
        notes,
        newEvidence);
  }

  /** Whether the whole range that was asked about is certified. */
  public boolean holdsEverywhere() {
    return certified >= query.maxRadius();
  }
}
