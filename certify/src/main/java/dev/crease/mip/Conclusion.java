package dev.crease.mip;

import dev.crease.certify.Assurance;
import dev.crease.certify.Bracket;
import dev.crease.certify.Evidence;
import dev.crease.certify.Note;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.question.Query;
import dev.crease.solver.MipSolver;
import dev.crease.witness.Witness;
import java.util.Optional;

/**
 * Makes the answer of a {@link Run}: what its bracket lets it say, and what must be said beside.
 */
final class Conclusion {

  private final Run run;
  private final MipSolver solver;
  private final Bracket bracket;

  Conclusion(Run run) {
    this.run = run;
    this.solver = run.solving().solver();
    this.bracket = run.bracket();
  }

  /**
   * The answer as it stands.
   *
   * @param strategy the strategy that found it
   */
  RadiusResult result(String strategy) {
    if (!bracket.settle(solver.id(), run.notes())) {
      run.ending().failed();
    }
    Proved proved = bracket.proved();
    Delta left = proved.radius() > 0 && proved.isOfAllPairs() ? Delta.none() : run.delta();
    if (isVacuous(proved, left)) {
      proved = bracket.provedOutright();
      left = Delta.none();
    }
    boolean wasAsked = run.solving().statistics().models() > 0;
    if (proved.radius() == 0 && wasAsked) {
      proved = Proved.nothing(Assurance.SOLVER);
    }
    noteWhatIsOpen(proved);
    bracket.tell();
    noteWhoProved(proved, wasAsked);
    run.noteMeans();
    return answer(strategy, proved, left);
  }

  /** In a ball in which no two points are delta apart a claim would hold for every network. */
  private boolean isVacuous(Proved proved, Delta left) {
    boolean isLocal = !run.query().isPinned() && run.query().g().isEmpty();
    return !left.isRigorous() && isLocal && 2 * proved.radius() < left.value();
  }

  private void noteWhatIsOpen(Proved proved) {
    if (run.ending().reason() == StopReason.COMPLETE
        && !run.isClosed(proved.radius())
        && !run.isOver()) {
      run.ending().atLimit();
      run.notes().add(new Note.NotClosed());
    }
  }

  private void noteWhoProved(Proved proved, boolean wasAsked) {
    if (proved.radius() <= 0) {
      return;
    }
    if (proved.isWithoutSolver()) {
      if (wasAsked) {
        run.notes().add(new Note.WithoutSolver());
      }
    } else if (bracket.outright() > 0) {
      run.notes().add(new Note.SolverBeyond(Math.nextDown(bracket.outright()), solver.id()));
    }
  }

  private RadiusResult answer(String strategy, Proved proved, Delta left) {
    Query asked = run.asked();
    Optional<Witness> found = bracket.witness().map(w -> w.inUnitsOf(asked));
    return RadiusResult.of(asked, proved)
        .witness(found)
        .by(solver.id(), solver.version(), strategy)
        .delta(left.value() * run.unit(), left.isRigorous())
        .terms(run.terms())
        .statistics(run.solving().statistics())
        .seconds(run.budget().seconds())
        .stop(run.ending().reason())
        .notes(run.notes().all())
        .evidence(
            found
                .flatMap(Witness::exact)
                .map(exact -> Evidence.of(asked, proved.radius(), exact))
                .orElseGet(Evidence::none))
        .build();
  }
}
