package dev.crease.certify;

import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.ReluEncoding;
import dev.crease.solver.Capability;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
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

  /** How much smaller the ball is in which a pair is looked for that polishing keeps inside. */
  private static final double INWARD = 1e-5;

  /**
   * A cap lies a little above the collision that is known: a model without it is a wrong answer.
   */
  private static final double OUTWARD = 1e-5;

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
  public final void radius(Query query, Run run, CertifyOptions options) {
    if (!prepare(query, run, options) && !run.isOver()) {
      search(query, run, options);
    }
  }

  /** Makes the model of a part of the question between two radii. */
  @FunctionalInterface
  interface Formulation {
    /** Empty when it is proved already that the part has no collision up to {@code cap}. */
    Optional<PairFormulation> between(double floor, double cap);
  }

  /** Finds the radius once everything is prepared. */
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
   * Brackets the nearest collision of a part of the question.
   *
   * @param proved is told up to where the part has no collision
   */
  static void nearest(Query query, Run run, Formulation formulation, int threads, Proved proved) {
    double floor = run.certified();
    double cap = Math.max(floor, query.maxRadius() / (1 << FIRST_STAGES));
    while (!run.isOver()) {
      Optional<Witness> known = run.witness();
      cap = known.map(run::cap).orElse(Math.min(cap, query.maxRadius()));
      if (floor > cap) {
        // A collision is known that contradicts what was proved; the end of the run says so.
        return;
      }
      Optional<PairFormulation> model = formulation.between(floor, cap);
      SolveStatus status = SolveStatus.INFEASIBLE;
      double bound = cap;
      if (model.isPresent()) {
        SolveResult result = run.solve(model.get().model(), warmStart(model.get(), run), threads);
        offer(model.get(), run, result);
        status = result.status();
        if (status != SolveStatus.INFEASIBLE) {
          bound = result.dualBound();
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
          if (run.witness().isEmpty()) {
            // What is optimal for the solver and no collision says nothing of its bound either.
            run.stopFor(SolveStatus.OTHER_LIMIT, "its optimum is no collision that replays");
            return;
          }
          proved.upTo(bound);
          return;
        }
        case INFEASIBLE -> {
          if (cap >= query.maxRadius()) {
            // A question of its own, with a yes for an answer.
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
          proved.upTo(bound);
          return;
        }
        case UNBOUNDED, INFEASIBLE_OR_UNBOUNDED, ERROR -> {
          // A solver that is wrong about this is not believed about its bound.
          return;
        }
      }
    }
  }

  private static void offer(PairFormulation model, Run run, SolveResult result) {
    result
        .solution()
        .ifPresent(
            s -> {
              if (!run.offer(model.x(s.values()), model.xPrime(s.values()))) {
                run.note("a collision that the solver found did not survive its replay");
              }
            });
  }

  private static Map<Integer, Double> warmStart(PairFormulation model, Run run) {
    return run.witness().map(w -> model.warmStart(w.x(), w.xPrime())).orElse(Map.of());
  }

  @Override
  public void check(Query query, Run run, CertifyOptions options) {
    if (prepare(query, run, options) || run.witness().isPresent() || run.isOver()) {
      return;
    }
    decide(query, run, options);
  }

  /** Finds a collision within the ball, or a proof of none, once everything is prepared. */
  void decide(Query query, Run run, CertifyOptions options) {
    find(query, run, options, query.maxRadius(), false);
  }

  private static void find(
      Query query, Run run, CertifyOptions options, double radius, boolean isInner) {
    ReluEncoding encoding = ReluEncoding.byId(options.encoding());
    PairFormulation any =
        run.tightener()
            .strengthened(
                PairFormulation.any(
                    query,
                    radius,
                    run.delta(),
                    run.tightener().bounding(),
                    new NetworkEncoder(encoding),
                    run.balls()),
                encoding);
    SolveResult result = run.solve(any.model(), Map.of(), options.threads());
    switch (result.status()) {
      case INFEASIBLE -> {
        if (!isInner) {
          run.certify(query.maxRadius());
        }
      }
      case OPTIMAL -> {
        double[] values = result.solution().orElseThrow().values();
        if (!run.offer(any.x(values), any.xPrime(values)) && !isInner) {
          // Polishing may push a pair on the border of the ball out of it: look a little further
          // in.
          double inner = radius * (1 - INWARD);
          find(query, run, options, inner, true);
        }
        if (run.witness().isEmpty() && !isInner) {
          run.stopFor(
              SolveStatus.OTHER_LIMIT, "a collision that it found did not survive its replay");
        }
      }
      default -> {
        result.solution().ifPresent(s -> run.offer(any.x(s.values()), any.xPrime(s.values())));
        run.stopFor(result.status(), result.message());
      }
    }
  }

  /** The separation below which collisions are not looked for, if nobody says. */
  double defaultDelta(Query query, CertifyOptions options) {
    return CertifyOptions.DEFAULT_DELTA;
  }

  /** How far apart the points of a collision must be that is looked for beforehand. */
  double searchSeparation(Query query, Run run) {
    return query.isPinned() ? 0 : run.delta();
  }

  /** Sets delta and looks for a collision and a proof; true when the answer is known. */
  private boolean prepare(Query query, Run run, CertifyOptions options) {
    CenterAnalysis center = CenterAnalysis.of(query);
    Optional<Double> rigorous =
        query.isPinned()
            ? center
                .rigorousDelta()
                .map(d -> Math.min(d, query.maxRadius()))
                .filter(d -> d >= Run.leastDelta(options))
            : Optional.empty();
    // A delta of the user's that is smaller than the rigorous one is rigorous too, but no better.
    run.useDelta(
        rigorous.orElse(options.delta().orElse(defaultDelta(query, options))),
        rigorous.isPresent());
    if (!query.isPinned() && query.g().isEmpty() && 2 * query.maxRadius() < run.delta()) {
      throw new BadInput(
          "delta "
              + run.delta()
              + " is more than the ball of radius "
              + query.maxRadius()
              + " is wide: nothing would be tested; use a smaller delta, or solver splitting");
    }
    if (center.collapse().isPresent()) {
      run.keep(center.collapse().get());
      run.note(CenterAnalysis.collapseNote(query));
      return true;
    }
    if (rigorous.isPresent() && rigorous.get() >= query.maxRadius()) {
      run.certify(query.maxRadius());
      return true;
    }
    // The centre's own region holds no collision with it, and the ball of that radius lies within.
    rigorous.ifPresent(run::certify);
    CollisionSearch.search(
            query, searchSeparation(query, run), options.seed(), options.cancellation())
        .ifPresent(run::keep);
    return isProved(query, run);
  }

  /** Proves what needs no integer program; true when that is all. */
  boolean isProved(Query query, Run run) {
    return run.linearProof(query);
  }
}
