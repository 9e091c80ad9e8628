package dev.crease.mip;

import dev.crease.bounds.Norm;
import dev.crease.certify.Note;
import dev.crease.certify.SpreadBound;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Trust;
import dev.crease.question.Query;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.witness.CollisionSearch;
import dev.crease.witness.Witness;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far values may differ between two points of a ball that collide: {@code p* = max ||g(x) -
 * g(x')||} (Cui et al. 2023, equation 4), bracketed from below by a replayed pair and from above by
 * a closed solve.
 */
final class Spread {

  private static final double ROUNDING = 1e-9;
  private static final int WIDTHS = 12;

  private final Run run;
  private final Query query;
  private final Norm norm;

  /**
   * The spread over the ball of the question's largest radius.
   *
   * @param norm in which values differ
   */
  Spread(Run run, Norm norm) {
    this.run = run;
    this.query = run.query();
    this.norm = norm;
  }

  SpreadResult answer() {
    if (norm != query.norm()) {
      run.notes().add(new Note.DifferenceInLinf());
    }
    return run.linearProof() ? result(0, false) : result(bound(), true);
  }

  /** The solver's bound, in the units of the normal form; infinite without one. */
  private double bound() {
    double radius = query.maxRadius();
    // The wider apart the better: the search itself goes for the nearest.
    for (int k = 0; k < WIDTHS && run.bracket().witness().isEmpty() && !isTimeUp(); k++) {
      double width = Math.scalb(1.5 * radius, -k);
      CollisionSearch.search(query, width, run.options().seed(), run.budget()::isOver)
          .ifPresent(run.bracket()::keep);
    }
    if (!run.trusts(radius)) {
      run.ending().atLimit();
      return Double.POSITIVE_INFINITY;
    }
    PairFormulation pair =
        run.strengthened(PairFormulation.of(query, 0, radius, run.writing()).furthest(norm));
    SolveResult result = run.solving().solve(pair.model(), Map.of(), run.options().threads());
    result
        .solution()
        .ifPresent(s -> run.replays().offerFurther(pair.x(s.values()), pair.xPrime(s.values())));
    if (result.status() == SolveStatus.INFEASIBLE) {
      run.stopFor(SolveStatus.ERROR, "infeasible, though x = x' is feasible");
      return Double.POSITIVE_INFINITY;
    }
    run.stopFor(result);
    // An attack saw a bound of a solve that was stopped at once, which was too good.
    boolean isBound = result.status() == SolveStatus.OPTIMAL;
    double bound = isBound ? result.dualBound() : Double.POSITIVE_INFINITY;
    return Double.isFinite(bound) ? bound + run.padding().of(bound) : Double.POSITIVE_INFINITY;
  }

  private boolean isTimeUp() {
    return run.budget().isOver();
  }

  private SpreadResult result(double most, boolean isSolvers) {
    Query asked = run.asked();
    Optional<Witness> witness = run.bracket().witness();
    double least = witness.map(w -> SpreadBound.least(asked, norm, w)).orElse(0.0);
    // What is proved without a solver.
    double outright = SpreadBound.of(asked, norm);
    double bound = most * run.unit();
    boolean isWord = isSolvers && bound < outright;
    bound = Math.min(bound, outright);
    // What a replayed pair differs by is known to rounding only: within that the proof counts.
    if (least > bound + ROUNDING * Math.max(1, least)) {
      run.contradicted("that no two values differ by more than " + bound);
      bound = outright;
      isWord = false;
    }
    boolean isClaim = isWord && run.options().trust() != Trust.SOLVER && Double.isFinite(bound);
    if (isWord && !isClaim && Double.isFinite(bound)) {
      run.notes().add(new Note.OnTrust(run.solving().solver().id(), 0));
    }
    StopReason stop = run.ending().reason();
    run.noteMeans();
    return new SpreadResult(
        asked,
        norm,
        Math.min(least, bound),
        isClaim ? outright : bound,
        isClaim ? OptionalDouble.of(bound) : OptionalDouble.empty(),
        witness.map(w -> w.inUnitsOf(asked)),
        run.solving().solver().id(),
        run.solving().solver().version(),
        run.terms(),
        run.budget().seconds(),
        isClaim && stop == StopReason.COMPLETE ? StopReason.CLAIMED : stop,
        run.notes().all());
  }
}
