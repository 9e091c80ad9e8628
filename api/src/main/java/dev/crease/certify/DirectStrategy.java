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
 */
final class DirectStrategy implements Strategy {

  private static final int FIRST_STAGES = 5;

  /** How much smaller the ball is in which a pair is looked for that polishing keeps inside. */
  private static final double INWARD = 1e-5;

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
  public void radius(Query query, Run run, CertifyOptions options) {
    if (prepare(query, run, options)) {
      return;
    }
    Bounding bounds = run.bounding();
    ReluEncoding encoding = ReluEncoding.byId(options.encoding());
    NetworkEncoder encoder = new NetworkEncoder(encoding);
    // A little above the collision that is known, so that a model without it is a wrong answer.
    double cap =
        run.witness()
            .map(w -> Math.min(query.maxRadius(), w.radius() * (1 + 1e-5)))
            .orElse(query.maxRadius() / (1 << FIRST_STAGES));
    double floor = 0;
    while (!run.isOver()) {
      PairFormulation nearest =
          run.strengthened(
              PairFormulation.nearest(query, floor, cap, run.delta(), bounds, encoder, run.balls()),
              encoding);
      SolveResult result = run.solve(nearest.model(), warmStart(nearest, run));
      result
          .solution()
          .ifPresent(
              s -> {
                if (!run.offer(nearest.x(s.values()), nearest.xPrime(s.values()))) {
                  run.note("a collision that the solver found did not survive its replay");
                }
              });
      switch (result.status()) {
        case OPTIMAL -> {
          run.certifyBound(result.dualBound());
          if (run.witness().isEmpty()) {
            run.stopFor(SolveStatus.OTHER_LIMIT, "its optimum is no collision that replays");
          }
          return;
        }
        case INFEASIBLE -> {
          if (run.witness().map(w -> w.separation() >= run.delta()).orElse(false)) {
            run.contradicted("that there is none up to " + cap);
            return;
          }
          if (cap >= query.maxRadius()) {
            run.certify(query.maxRadius());
            return;
          }
          run.certifyBound(cap);
          if (run.witness().isPresent()) {
            // Nearer than delta, it is not in the model; nothing further out matters.
            return;
          }
          floor = Math.min(cap, run.certified());
          cap = Math.min(2 * cap, query.maxRadius());
        }
        case TIME_LIMIT, NODE_LIMIT, OTHER_LIMIT, INTERRUPTED -> {
          run.certifyBound(result.dualBound());
          run.stopFor(result.status(), result.message());
          return;
        }
        case UNBOUNDED, INFEASIBLE_OR_UNBOUNDED, ERROR -> {
          // A solver that is wrong about this is not believed about its bound.
          run.stopFor(result.status(), result.message());
          return;
        }
      }
    }
  }

  private static Map<Integer, Double> warmStart(PairFormulation model, Run run) {
    return run.witness().map(w -> model.warmStart(w.x(), w.xPrime())).orElse(Map.of());
  }

  @Override
  public void check(Query query, Run run, CertifyOptions options) {
    if (prepare(query, run, options) || run.witness().isPresent() || run.isOver()) {
      return;
    }
    find(query, run, options, query.maxRadius(), false);
  }

  private static void find(
      Query query, Run run, CertifyOptions options, double radius, boolean isInner) {
    ReluEncoding encoding = ReluEncoding.byId(options.encoding());
    PairFormulation any =
        run.strengthened(
            PairFormulation.any(
                query,
                radius,
                run.delta(),
                run.bounding(),
                new NetworkEncoder(encoding),
                run.balls()),
            encoding);
    SolveResult result = run.solve(any.model(), Map.of());
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

  /** Sets delta and looks for a collision; true when the answer is known. */
  private static boolean prepare(Query query, Run run, CertifyOptions options) {
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
        rigorous.orElse(options.delta().orElse(CertifyOptions.DEFAULT_DELTA)),
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
            query, query.isPinned() ? 0 : run.delta(), options.seed(), options.cancellation())
        .ifPresent(run::keep);
    return false;
  }
}
