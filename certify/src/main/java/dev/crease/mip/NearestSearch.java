package dev.crease.mip;

import dev.crease.certify.Note;
import dev.crease.certify.Proved;
import dev.crease.model.Model;
import dev.crease.solver.SolveResult;
import dev.crease.witness.Witness;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brackets the nearest collision of a part of the question (design 1.3): minimise {@code rho}, so
 * that the solver's dual bound is certified and its incumbent, replayed, refuted. Where no
 * collision is known, {@code rho} is capped by a radius that doubles until there is one. Where the
 * run decides, any collision within the largest radius will do first.
 */
final class NearestSearch {

  private static final int FIRST_STAGES = 5;

  private final Run run;
  private final Formulation formulation;
  private final int threads;
  private final Consumer<Proved> proved;
  private final double reach;
  private double floor;
  private double cap;

  /** Whether the next model asks for any collision, not the nearest. */
  private boolean any;

  /**
   * A search.
   *
   * @param proved is told up to where the part has no collision
   */
  NearestSearch(Run run, Formulation formulation, int threads, Consumer<Proved> proved) {
    this.run = run;
    this.formulation = formulation;
    this.threads = threads;
    this.proved = proved;
    this.reach = run.padding().reach();
    this.floor = run.bracket().lower();
    this.any = run.decides();
    this.cap = any ? reach : Math.max(floor, run.query().maxRadius() / (1 << FIRST_STAGES));
  }

  /** Goes as far as it can. */
  void search() {
    boolean goesOn = true;
    while (goesOn && !run.isOver()) {
      Optional<Witness> known = run.bracket().witness();
      cap = known.isPresent() ? run.cap() : Math.min(cap, reach);
      if (floor > cap || (run.decides() && known.isPresent())) {
        // A collision that contradicts what was proved is left to the end of the run.
        return;
      }
      if (!run.trusts(cap)) {
        run.ending().atLimit();
        return;
      }
      Optional<PairFormulation> model = formulation.between(floor, cap);
      if (model.isPresent()) {
        goesOn = step(model.get(), known.isPresent());
      } else {
        run.notes().add(new Note.Settled());
        goesOn = noneUpToCap(run.padding().none(cap, Proved.Pairs.FAR), known.isPresent());
      }
    }
  }

  /** Solves a model; true when there is more to ask. */
  private boolean step(PairFormulation pair, boolean isKnown) {
    Model asked = any ? pair.model().withoutObjective() : pair.model();
    SolveResult result = run.solving().solve(asked, warmStart(pair), threads);
    Replays.Outcome replay =
        result
            .solution()
            .map(
                s ->
                    run.replays()
                        .offer(pair.x(s.values()), pair.xPrime(s.values()), run.delta().value()))
            .orElse(Replays.Outcome.NONE);
    run.stopFor(result);
    Proved bound = run.padding().nearest(result, cap, Proved.Pairs.FAR);
    return switch (result.status()) {
      case OPTIMAL -> optimum(bound, replay);
      case INFEASIBLE -> noneUpToCap(bound, isKnown);
      case TIME_LIMIT, NODE_LIMIT, OTHER_LIMIT, INTERRUPTED -> {
        if (!any) {
          proved.accept(bound);
        }
        yield false;
      }
      // A solver that is wrong about this is not believed about its bound.
      case UNBOUNDED, INFEASIBLE_OR_UNBOUNDED, ERROR -> false;
    };
  }

  private boolean optimum(Proved bound, Replays.Outcome replay) {
    if (any) {
      // Whatever it is, it need not be the nearest.
      any = false;
      return true;
    }
    if (replay != Replays.Outcome.NONE) {
      proved.accept(bound);
      return false;
    }
    run.spurious();
    if (run.tighten()) {
      return true;
    }
    // What is optimal for the solver and no collision says nothing of its bound either.
    if (run.bracket().witness().isPresent()) {
      proved.accept(bound);
    }
    return false;
  }

  private boolean noneUpToCap(Proved none, boolean isKnown) {
    proved.accept(none);
    // Where a collision is known, it is in another part, or nearer than delta.
    if (cap >= reach || isKnown) {
      return false;
    }
    floor = Math.max(floor, Math.min(cap, none.radius()));
    cap = 2 * cap;
    return true;
  }

  private Map<Integer, Double> warmStart(PairFormulation model) {
    return run.bracket().witness().map(w -> model.warmStart(w.x(), w.xPrime())).orElse(Map.of());
  }
}
