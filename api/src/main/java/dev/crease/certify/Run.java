package dev.crease.certify;

import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import dev.crease.encoding.BallEncoding;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.PolyhedralBall;
import dev.crease.encoding.ReluEncoding;
import dev.crease.model.Model;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One answer in the making: the bracket so far, the clock, and the one place where a bound becomes
 * a claim and a pair of points becomes a witness.
 */
final class Run {

  private static final double ROUNDING = 1e-9;
  private static final int WIDTHS = 12;
  private static final double OUTWARD = 1e-5;

  private final MipSolver solver;
  private final Query query;
  private final CertifyOptions options;
  private final CertifyListener listener;
  private final long start = System.nanoTime();
  private final List<String> notes = new ArrayList<>();
  private final Tightener tightener;

  private double certified;
  private Optional<Witness> witness = Optional.empty();
  private Statistics statistics = Statistics.none();
  private StopReason stop = StopReason.COMPLETE;
  private double delta;
  private boolean deltaIsRigorous;
  private double threshold;
  private double largestPad;
  private double provedWithoutDelta;

  Run(
      MipSolver solver,
      Optional<MipSolver> linear,
      Query query,
      CertifyOptions options,
      CertifyListener listener) {
    this.solver = solver;
    this.query = query;
    this.options = options;
    this.listener = listener;
    // Refuses what is out of range before any work is done.
    baseOptions(Map.of());
    this.tightener =
        new Tightener(
            solver, linear, query.isPinned(), options, this::programs, this::note, this::isTimeUp);
    if (options.threads() > 1 && !solver.capabilities().has(Capability.THREADS)) {
      note(solver.id() + " uses one thread");
    }
    if (options.logSink().isPresent() && !solver.capabilities().has(Capability.LOG)) {
      note(solver.id() + " has no log");
    }
  }

  /**
   * The least separation that the solver's tolerances can tell from none: below it, {@code x = x'}
   * passes for separated.
   */
  static double leastDelta(CertifyOptions options) {
    return 100 * Math.max(options.feasibilityTolerance(), options.integralityTolerance());
  }

  void useDelta(double value, boolean rigorous) {
    if (!(value >= leastDelta(options))) {
      throw new BadInput(
          "delta "
              + value
              + " is below "
              + leastDelta(options)
              + ", what the solver's tolerances can tell apart; use a larger delta or smaller"
              + " tolerances");
    }
    delta = value;
    deltaIsRigorous = rigorous;
  }

  void useThreshold(double value) {
    threshold = value;
    delta = value;
  }

  double delta() {
    return delta;
  }

  synchronized double certified() {
    return certified;
  }

  synchronized Optional<Witness> witness() {
    return witness;
  }

  synchronized void note(String text) {
    if (!notes.contains(text)) {
      notes.add(text);
    }
  }

  /** Whether the work must end now; sets why. */
  synchronized boolean isOver() {
    if (options.cancellation().isCancelled()) {
      stop = StopReason.INTERRUPTED;
      return true;
    }
    if (remaining().map(left -> left.isZero() || left.isNegative()).orElse(false)) {
      stop = StopReason.TIME_LIMIT;
      return true;
    }
    return false;
  }

  synchronized void stopFor(SolveStatus status, String message) {
    stop =
        switch (status) {
          case TIME_LIMIT -> StopReason.TIME_LIMIT;
          case INTERRUPTED -> StopReason.INTERRUPTED;
          case NODE_LIMIT, OTHER_LIMIT -> StopReason.LIMIT;
          default -> StopReason.FAILED;
        };
    if (stop == StopReason.FAILED || stop == StopReason.LIMIT) {
      note("solver " + solver.id() + " stopped: " + message);
    }
  }

  /** What tightens the models of this run. */
  Tightener tightener() {
    return tightener;
  }

  private boolean isTimeUp() {
    return options.cancellation().isCancelled()
        || remaining().map(left -> left.isZero() || left.isNegative()).orElse(false);
  }

  /**
   * Certifies what linear programs alone can prove.
   *
   * @return whether that settles the question
   */
  boolean linearProof(Query of) {
    // Where a point collides with the centre, a model for that point is soon solved to the end.
    boolean isHopeless = of.isPinned() && witness().isPresent();
    double cap = witness().map(w -> Math.min(w.radius(), of.maxRadius())).orElse(of.maxRadius());
    double proved = isHopeless ? 0 : tightener.oneToOne(of, cap);
    if (proved > 0) {
      certifyAtAnySeparation(proved);
    }
    return proved >= of.maxRadius();
  }

  /** Certifies a radius whatever the separation of the points. */
  synchronized void certifyAtAnySeparation(double radius) {
    provedWithoutDelta = Math.max(provedWithoutDelta, radius);
    certify(radius);
  }

  /**
   * Pairs nearer than delta are excluded as well.
   *
   * @param all up to where no pair at all collides
   * @param near up to where no pair nearer than delta does
   */
  synchronized void provedNear(double all, double near) {
    if (near > 0) {
      note(
          String.format(
              Locale.ROOT, "no two points less than %.3g apart collide up to %.9g", delta, near));
    }
    if (all > 0) {
      certifyAtAnySeparation(all);
    }
  }

  /** Looks for a collision across the nearest fold to a point. */
  void offerNear(double[] x) {
    CollisionSearch.around(query, x, 2 * delta, options.seed()).ifPresent(this::keep);
  }

  /** Options of the programs that bound neurons. */
  private SolveOptions programs() {
    SolveOptions base = baseOptions(Map.of()).withParameters(Map.of()).withThreads(1);
    return remaining()
        .map(left -> base.withTimeLimit(left.isNegative() ? Duration.ZERO : left))
        .orElse(base);
  }

  private Optional<Duration> remaining() {
    return options.timeLimit().map(limit -> limit.minusNanos(System.nanoTime() - start));
  }

  /**
   * How the balls of the models are written: for a backend without quadratic constraints the ball
   * of the norm 2 is a polyhedron around it, which leaves every bound on the radius a bound.
   */
  BallEncoding balls() {
    if (query.norm() != Norm.L2 || solver.capabilities().has(Capability.QUADRATIC)) {
      return BallEncoding.exact();
    }
    double error = PolyhedralBall.error(query.dimension()) - 1;
    note(
        String.format(
            Locale.ROOT,
            "%s has no quadratic constraints: the ball of norm 2 was a polyhedron around it, so the"
                + " certified radius may be too small by up to %.2g of it",
            solver.id(),
            error));
    return BallEncoding.polyhedral();
  }

  /** What is taken off a solver's bound on the radius before it is claimed. */
  private double pad(double bound) {
    double tolerance =
        10 * Math.max(options.feasibilityTolerance(), options.integralityTolerance());
    double pad = tolerance * Math.max(1, Math.abs(bound));
    if (query.norm() == Norm.L2) {
      // The ball is a constraint on squares, to the same tolerance.
      pad = Math.max(pad, bound - Math.sqrt(Math.max(0, bound * bound - tolerance)));
    }
    largestPad = Math.max(largestPad, pad);
    return pad;
  }

  /**
   * A radius to look up to when a collision is known: so far above it that a solver that finds none
   * contradicts itself beyond its tolerances.
   */
  synchronized double cap(Witness known) {
    double radius = known.radius();
    return Math.min(query.maxRadius(), Math.max(radius * (1 + OUTWARD), radius + 4 * pad(radius)));
  }

  /** What may be claimed when a solver proved that no collision is nearer than {@code bound}. */
  synchronized double padded(double bound) {
    return bound > 0 ? Math.max(0, bound - pad(bound)) : 0;
  }

  /** A solver proved that there is no collision up to {@code radius}, as a question of its own. */
  synchronized void certify(double radius) {
    certified = Math.max(certified, Math.min(radius, query.maxRadius()));
    publish(Double.POSITIVE_INFINITY, -1);
  }

  /** Polishes and replays a pair; keeps it when it is a witness nearer than the best. */
  boolean offer(double[] x, double[] xPrime) {
    double[] w = query.isPinned() ? pinned(xPrime) : xPrime;
    Optional<Witness> found =
        Newton.collision(query, x, w)
            .flatMap(pair -> Witness.replay(query, pair[0], pair[1]))
            // Polishing must not have brought the points together.
            .filter(f -> f.separation() >= delta / 2 && f.radius() <= query.maxRadius());
    found.ifPresent(this::keep);
    return found.isPresent();
  }

  private double[] pinned(double[] xPrime) {
    double[] w = xPrime.clone();
    double[] center = query.center();
    int next = 0;
    for (int i = 0; i < w.length; i++) {
      if (!query.shared().containsKey(i)) {
        w[i] = center[next++];
      }
    }
    return w;
  }

  synchronized void keep(Witness found) {
    if (witness.isEmpty() || found.radius() < witness.get().radius()) {
      witness = Optional.of(found);
      publish(Double.POSITIVE_INFINITY, -1);
    }
  }

  /** Solves one model within what is left of the time. */
  SolveResult solve(Model model, Map<Integer, Double> warmStart, int threads) {
    return solve(model, baseOptions(warmStart).withThreads(threads));
  }

  /** Solves a small model on one thread, to the end or until that many nodes are done. */
  SolveResult solve(Model model, long nodes) {
    SolveOptions one = baseOptions(Map.of()).withThreads(1);
    // Without a limit on nodes a solver takes what it takes; the limit on time holds.
    return solve(
        model, solver.capabilities().has(Capability.NODE_LIMIT) ? one.withNodeLimit(nodes) : one);
  }

  private SolveResult solve(Model model, SolveOptions limits) {
    SolveOptions solveOptions = limits;
    Optional<Duration> left = remaining();
    if (left.isPresent()) {
      solveOptions =
          solveOptions.withTimeLimit(left.get().isNegative() ? Duration.ZERO : left.get());
    }
    if (options.logSink().isPresent()) {
      solveOptions = solveOptions.withLogSink(options.logSink().get());
    }
    SolveResult result =
        solver.solve(
            model,
            solveOptions,
            // The bound is shown, not claimed: HiGHS reports those of its sub-MIPs on the way.
            progress -> publish(progress.gap(), progress.nodes()));
    synchronized (this) {
      statistics = statistics.plus(model, result.nodes());
    }
    return result;
  }

  private SolveOptions baseOptions(Map<Integer, Double> warmStart) {
    try {
      return SolveOptions.defaults()
          .withThreads(options.threads())
          .withSeed(options.seed())
          .withGaps(0, options.relativeGap())
          .withTolerances(options.feasibilityTolerance(), options.integralityTolerance())
          .withWarmStart(warmStart)
          .withCancellation(options.cancellation())
          .withParameters(options.parameters());
    } catch (IllegalArgumentException e) {
      throw new BadInput(e.getMessage(), e);
    }
  }

  /** Solves for the largest difference and gives the bound that is proved. */
  double furthest(Query of, double radius, Norm norm) {
    // The wider apart the better: the search itself goes for the nearest.
    for (int k = 0; k < WIDTHS && witness().isEmpty() && !isTimeUp(); k++) {
      double width = Math.scalb(1.5 * radius, -k);
      CollisionSearch.search(of, width, options.seed(), options.cancellation())
          .ifPresent(this::keep);
    }
    ReluEncoding encoding = ReluEncoding.byId(options.encoding());
    PairFormulation pair =
        tightener.strengthened(
            PairFormulation.furthest(
                of, radius, norm, tightener.bounding(), new NetworkEncoder(encoding), balls()),
            encoding);
    SolveResult result = solve(pair.model(), Map.of(), options.threads());
    result.solution().ifPresent(s -> offerFurther(pair.x(s.values()), pair.xPrime(s.values())));
    if (result.status() == SolveStatus.INFEASIBLE) {
      stopFor(SolveStatus.ERROR, "infeasible, though x = x' is feasible");
      return Double.POSITIVE_INFINITY;
    }
    if (result.status() != SolveStatus.OPTIMAL) {
      stopFor(result.status(), result.message());
    }
    // An attack saw a bound of a solve that was stopped at once, which was too good.
    boolean isBound = result.status() == SolveStatus.OPTIMAL;
    double bound = isBound ? result.dualBound() : Double.POSITIVE_INFINITY;
    return Double.isFinite(bound) ? bound + pad(bound) : Double.POSITIVE_INFINITY;
  }

  /** Keeps the pair whose values differ most. */
  private synchronized void offerFurther(double[] x, double[] xPrime) {
    Newton.collision(query, x, query.isPinned() ? pinned(xPrime) : xPrime)
        .flatMap(pair -> Witness.replay(query, pair[0], pair[1]))
        .filter(w -> w.radius() <= query.maxRadius())
        .filter(w -> witness.isEmpty() || w.separation() > witness.get().separation())
        .ifPresent(w -> witness = Optional.of(w));
  }

  synchronized SpreadResult spread(Norm norm, double most) {
    double least =
        witness
            .map(w -> norm.distance(query.determined(w.x()), query.determined(w.xPrime())))
            .orElse(0.0);
    double bound = most;
    // What a replayed pair differs by is known to rounding only: within that the proof counts.
    if (least > bound + ROUNDING * Math.max(1, least)) {
      contradicted("that no two values differ by more than " + bound);
      bound = Double.POSITIVE_INFINITY;
    }
    tightener.report();
    solver.capabilities().notes().forEach(this::note);
    return new SpreadResult(
        query,
        norm,
        Math.min(least, bound),
        bound,
        witness,
        solver.id(),
        solver.version(),
        tolerances(),
        (System.nanoTime() - start) / 1e9,
        stop,
        notes);
  }

  private Tolerances tolerances() {
    return new Tolerances(
        options.feasibilityTolerance(),
        options.integralityTolerance(),
        options.relativeGap(),
        largestPad,
        threshold);
  }

  private synchronized void publish(double gap, long nodes) {
    OptionalDouble refuted =
        witness.map(w -> OptionalDouble.of(w.radius())).orElseGet(OptionalDouble::empty);
    double lower = Math.min(certified, refuted.orElse(Double.POSITIVE_INFINITY));
    listener.progress(
        new CertifyListener.Bracket(
            lower,
            refuted,
            gap,
            statistics.nodes() + Math.max(0, nodes),
            Duration.ofNanos(System.nanoTime() - start)));
  }

  /** A claim and a collision exclude each other: one is wrong, and the collision was replayed. */
  synchronized void contradicted(String claim) {
    note(
        "solver "
            + solver.id()
            + " claims "
            + claim
            + ", but a collision lies at "
            + witness.map(Witness::radius).orElseThrow()
            + ": its claims are dropped");
    stop = StopReason.FAILED;
    certified = 0;
  }

  /** Whether the best collision lies within a radius that should have none, tolerances or not. */
  synchronized boolean contradicts(double bound) {
    return witness
        .filter(w -> w.separation() >= delta && bound > w.radius() + 2 * pad(w.radius()))
        .isPresent();
  }

  synchronized RadiusResult result(String strategy) {
    double lower = certified;
    if (lower > 0 && lower <= provedWithoutDelta) {
      delta = 0;
      deltaIsRigorous = true;
    }
    if (witness.isPresent()) {
      double radius = witness.get().radius();
      if (contradicts(lower)) {
        contradicted(String.valueOf(lower));
        lower = 0;
      }
      lower = Math.min(lower, radius);
    }
    if (!query.isPinned() && query.g().isEmpty() && 2 * lower < delta) {
      // In a ball this small no two points are delta apart: it would hold for every network.
      lower = 0;
    }
    tightener.report();
    solver.capabilities().notes().forEach(this::note);
    return ExactRepair.refined(
        new RadiusResult(
            query,
            lower,
            witness,
            Assurance.SOLVER,
            solver.id(),
            solver.version(),
            strategy,
            delta,
            deltaIsRigorous,
            tolerances(),
            statistics,
            (System.nanoTime() - start) / 1e9,
            stop,
            notes));
  }
}
