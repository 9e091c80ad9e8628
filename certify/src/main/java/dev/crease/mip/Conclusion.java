package dev.crease.mip;

import dev.crease.certify.Assurance;
import dev.crease.certify.Bracket;
import dev.crease.certify.Claim;
import dev.crease.certify.Evidence;
import dev.crease.certify.Note;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import dev.crease.certify.Trust;
import dev.crease.question.Query;
import dev.crease.solver.MipSolver;
import dev.crease.witness.Witness;
import java.util.Optional;

/**
 * Makes the answer of a {@link Run}: what its bracket lets it certify, what is only claimed, and
 * what must be said beside.
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
    Proved said = said();
    RadiusResult.Builder answer =
        run.options().trust() == Trust.SOLVER ? onTrust(said) : proved(said);
    bracket.tell();
    run.noteMeans();
    return answer
        .by(solver.id(), solver.version(), strategy)
        .statistics(run.solving().statistics())
        .seconds(run.budget().seconds())
        .notes(run.notes().all())
        .build();
  }

  /** What anybody says, unless it would hold for every network. */
  private Proved said() {
    Proved said = bracket.proved();
    boolean isLocal = !run.query().isPinned() && run.query().g().isEmpty();
    Delta left = left(said);
    // In a ball in which no two points are delta apart there is nothing to be wrong about.
    boolean isVacuous = !left.isRigorous() && isLocal && 2 * said.radius() < left.value();
    return isVacuous ? bracket.provedOutright() : said;
  }

  /** What a proof leaves out. */
  private Delta left(Proved said) {
    return said.radius() > 0 && said.isOfAllPairs() ? Delta.none() : run.delta();
  }

  /** Certifies what is proved of all pairs without a solver; the rest is claimed. */
  private RadiusResult.Builder proved(Proved said) {
    Proved proved = bracket.provedOutright();
    Optional<Claim> claim =
        Optional.of(said).filter(s -> s.radius() > proved.radius()).map(this::claim);
    boolean isClaimed = claim.isPresent() && run.isClosed(said.radius());
    StopReason stop = stop(proved, isClaimed);
    return answer(proved, stop)
        .claimed(claim)
        .terms(Terms.gap(run.options().tolerances().relativeGap()));
  }

  private Claim claim(Proved said) {
    Delta left = left(said);
    return new Claim(
        said.radius(),
        said.assurance(),
        solver.id(),
        solver.version(),
        left.value() * run.unit(),
        left.isRigorous(),
        run.terms());
  }

  /** Certifies what anybody says. */
  private RadiusResult.Builder onTrust(Proved said) {
    boolean wasAsked = run.solving().statistics().models() > 0;
    Proved proved = said.radius() == 0 && wasAsked ? Proved.nothing(Assurance.SOLVER) : said;
    Delta left = left(said);
    StopReason stop = stop(proved, false);
    noteWhoProved(proved, wasAsked);
    return answer(proved, stop)
        .trust(Trust.SOLVER)
        .delta(left.value() * run.unit(), left.isRigorous())
        .terms(run.terms());
  }

  private void noteWhoProved(Proved proved, boolean wasAsked) {
    if (proved.radius() <= 0) {
      return;
    }
    double outright = bracket.outright() > 0 ? Math.nextDown(bracket.outright()) : 0;
    if (!proved.isWithoutSolver()) {
      run.notes().add(new Note.OnTrust(solver.id(), outright));
    } else if (!proved.isOfAllPairs()) {
      run.notes().add(new Note.LeftOut(outright));
    } else if (wasAsked) {
      run.notes().add(new Note.WithoutSolver());
    }
  }

  /** Why it stopped, by what is certified. */
  private StopReason stop(Proved certified, boolean isClaimed) {
    StopReason reason = run.ending().reason();
    if (reason != StopReason.COMPLETE || run.isClosed(certified.radius()) || run.isOver()) {
      return run.ending().reason();
    }
    if (isClaimed) {
      return StopReason.CLAIMED;
    }
    run.notes().add(new Note.NotClosed());
    return StopReason.LIMIT;
  }

  private RadiusResult.Builder answer(Proved proved, StopReason stop) {
    Query asked = run.asked();
    Optional<Witness> found = bracket.witness().map(w -> w.inUnitsOf(asked));
    return RadiusResult.of(asked, proved)
        .witness(found)
        .stop(stop)
        .evidence(
            found
                .flatMap(Witness::exact)
                .map(exact -> Evidence.of(asked, proved.radius(), exact))
                .orElseGet(Evidence::none));
  }
}
