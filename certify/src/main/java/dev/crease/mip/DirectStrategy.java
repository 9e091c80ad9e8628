package dev.crease.mip;

import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyOptions;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.ReluEncoding;
import dev.crease.model.Model;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.witness.CenterAnalysis;
import dev.crease.witness.CollisionSearch;
import dev.crease.witness.Witness;
import java.util.Map;
import java.util.Optional;

/**
 * The radius as the optimum of one model: {@code min rho} subject to {@code f(x) = f(x')}, {@code
 * ||g(x) - g(x')|| >= delta}, both points in {@code B_q(c, rho)}. The solver's dual bound is a
 * certified radius and its incumbent a refuted one, so every stop leaves a bracket.
 *
 * <p>A search for a near collision comes first: it caps {@code rho}, which tightens every big-M.
 * Where it finds none, {@code rho} is capped by a radius that doubles until there is a collision.
 * Linear programs come next ({@link LinearProof}): what they prove needs no {@code delta}.
 */
class DirectStrategy implements Strategy {

  private static final int FIRST_STAGES = 5;

  @Override
  public String id() {
    return "direct";
  }

  @Override
  public Norm separationNorm(Query query) {
    return Norm.LINF;
  }

  @Override
  public Optional<Capability> needs(CertifyOptions options) {
    return ReluEncoding.byId(options.encoding()).needs();
  }

  @Override
  public final void answer(Query query, Run run, CertifyOptions options) {
    if (prepare(query, run, options) || run.isOver()) {
      return;
    }
    if (run.decides() && run.witness().isPresent()) {
      return;
    }
    search(query, run, options);
    if (run.mustGoOn() && BoxesStrategy.takes(query)) {
      run.note("strategy boxes went on where the tolerances of the solver ended");
      new BoxesStrategy.Search(query, run, options).search();
    }
    if (!run.decides()) {
      // What the solver found is delta apart; nearer to a fold than that there may be others.
      run.witness()
          .flatMap(w -> CollisionSearch.nearer(query, w, options.seed(), run::isTimeUp))
          .ifPresent(run::keep);
    }
  }

  /** Makes the model of a part of the question between two radii. */
  @FunctionalInterface
  interface Formulation {
    /** Empty when it is proved already that the part has no collision up to {@code cap}. */
    Optional<PairFormulation> between(double floor, double cap);
  }

  /** Brackets the radius, or decides, once everything is prepared. */
  void search(Query query, Run run, CertifyOptions options) {
    nearest(query, run, whole(query, run, options), options.threads(), run::certify);
  }

  /** The question in one model. */
  static Formulation whole(Query query, Run run, CertifyOptions options) {
    ReluEncoding encoding = ReluEncoding.byId(options.encoding());
    NetworkEncoder encoder = new NetworkEncoder(encoding);
    return (floor, cap) ->
        Optional.of(
            run.tightener()
                .strengthened(
                    PairFormulation.nearest(
                        query,
                        floor,
                        cap,
                        run.delta(),
                        run.tightener().bounding(),
                        encoder,
                        run.balls()),
                    encoding));
  }

  /** Takes each bound as it is proved. */
  @FunctionalInterface
  interface Proved {
    void upTo(double radius);
  }

  /**
   * Brackets the nearest collision of a part of the question; where the run decides, any collision
   * within the largest radius will do first.
   *
   * @param proved is told up to where the part has no collision
   */
  static void nearest(Query query, Run run, Formulation formulation, int threads, Proved proved) {
    double floor = run.certified();
    double reach = run.reach();
    boolean any = run.decides();
    double cap = any ? reach : Math.max(floor, query.maxRadius() / (1 << FIRST_STAGES));
    while (!run.isOver()) {
      Optional<Witness> known = run.witness();
      cap = known.map(run::cap).orElse(Math.min(cap, reach));
      if (floor > cap || (run.decides() && known.isPresent())) {
        // A collision that contradicts what was proved is left to the end of the run.
        return;
      }
      if (!run.trusts(cap)) {
        run.stopAtLimit();
        return;
      }
      Optional<PairFormulation> model = formulation.between(floor, cap);
      SolveStatus status = SolveStatus.INFEASIBLE;
      Run.Replay replay = Run.Replay.NONE;
      double bound = cap;
      if (model.isPresent()) {
        PairFormulation pair = model.get();
        Model asked = any ? pair.model().withoutObjective() : pair.model();
        SolveResult result = run.solve(asked, warmStart(pair, run), threads);
        replay =
            result
                .solution()
                .map(s -> run.offer(pair.x(s.values()), pair.xPrime(s.values())))
                .orElse(replay);
        status = result.status();
        if (status != SolveStatus.INFEASIBLE) {
          bound = any ? floor : result.dualBound();
        }
        if (status != SolveStatus.OPTIMAL && status != SolveStatus.INFEASIBLE) {
          run.stopFor(status, result.message());
        }
        bound = run.padded(bound);
      } else {
        run.note(Tightener.SETTLED);
      }
      switch (status) {
        case OPTIMAL -> {
          if (any) {
            // Whatever it is, it need not be the nearest.
            any = false;
          } else if (replay != Run.Replay.NONE) {
            proved.upTo(bound);
            return;
          } else {
            run.spurious();
            if (!run.tighten()) {
              // What is optimal for the solver and no collision says nothing of its bound either.
              if (run.witness().isPresent()) {
                proved.upTo(bound);
              }
              return;
            }
          }
        }
        case INFEASIBLE -> {
          if (cap >= reach) {
            proved.upTo(query.maxRadius());
            return;
          }
          proved.upTo(bound);
          if (known.isPresent()) {
            // The collision is in another part, or nearer than delta.
            return;
          }
          floor = Math.max(floor, Math.min(cap, bound));
          cap = 2 * cap;
        }
        case TIME_LIMIT, NODE_LIMIT, OTHER_LIMIT, INTERRUPTED -> {
          if (!any) {
            proved.upTo(bound);
          }
          return;
        }
        case UNBOUNDED, INFEASIBLE_OR_UNBOUNDED, ERROR -> {
          // A solver that is wrong about this is not believed about its bound.
          return;
        }
      }
    }
  }

  private static Map<Integer, Double> warmStart(PairFormulation model, Run run) {
    return run.witness().map(w -> model.warmStart(w.x(), w.xPrime())).orElse(Map.of());
  }

  /** The separation below which collisions are not looked for, if nobody says. */
  double defaultDelta(Query query, CertifyOptions options) {
    return CertifyOptions.DEFAULT_DELTA;
  }

  /** Sets delta and looks for a collision and a proof; true when the answer is known. */
  private boolean prepare(Query query, Run run, CertifyOptions options) {
    CenterAnalysis center = run.center();
    Optional<Double> rigorous =
        query.isPinned()
            ? center
                .rigorousDelta()
                .map(d -> Math.min(d, query.maxRadius()))
                .filter(d -> d >= Run.leastDelta(options))
            : Optional.empty();
    // A delta of the user's that is smaller than the rigorous one is rigorous too, but no better.
    double delta =
        options.delta().isPresent()
            ? run.normalized(options.delta().getAsDouble())
            : defaultDelta(query, options);
    run.useDelta(rigorous.orElse(delta), rigorous.isPresent());
    if (center.collapse().isPresent()) {
      run.keep(center.collapse().get());
      run.useResolution(center.collapse().get().radius());
      run.note(CenterAnalysis.collapseNote(query));
      return true;
    }
    if (run.certified() >= query.maxRadius()) {
      return true;
    }
    run.refuseVacuous();
    CollisionSearch.search(
            query, query.isPinned() ? 0 : run.delta(), options.seed(), run::isSearchOver)
        .ifPresent(run::keep);
    // At a fold the points of a collision are as near as one likes: these count as well.
    run.witness()
        .map(w -> CollisionSearch.nearer(query, w, options.seed(), run::isSearchOver))
        .orElseGet(() -> CollisionSearch.search(query, 0, options.seed(), run::isSearchOver))
        .ifPresent(run::keep);
    return isProved(query, run);
  }

  /** Proves what needs no integer program; true when that is all. */
  boolean isProved(Query query, Run run) {
    return run.linearProof(query);
  }
}
