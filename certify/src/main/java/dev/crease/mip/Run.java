package dev.crease.mip;

import dev.crease.BadInput;
import dev.crease.SolverFailure;
import dev.crease.Unsupported;
import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.NetworkBounds;
import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Evidence;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.Statistics;
import dev.crease.certify.StopReason;
import dev.crease.certify.Tolerances;
import dev.crease.encoding.BallEncoding;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.PolyhedralBall;
import dev.crease.encoding.ReluEncoding;
import dev.crease.model.Model;
import dev.crease.question.NormalizedQuery;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.witness.CenterAnalysis;
import dev.crease.witness.CollisionSearch;
import dev.crease.witness.Newton;
import dev.crease.witness.Witness;
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

  /** Looking for collisions takes this part of the time at the most. */
  private static final int SEARCH_SHARE = 4;

  /** What all solvers take. */
  private static final double TIGHTEST = 1e-9;

  /** How a pair that a solver found does in its replay. */
  enum Replay {
    /** It is a collision within the largest radius. */
    COLLISION,
    /** It is a collision further away than is asked about. */
    BEYOND,
    /** It is none. */
    NONE
  }

  private final MipSolver solver;
  private final Query asked;
  private final Query query;
  private final double unit;
  private final CertifyOptions options;
  private final CertifyListener listener;
  private final Budget budget;
  private final List<String> notes = new ArrayList<>();
  private final Tightener tightener;
  private final Steepness steepness;
  private final boolean decides;
  private final CenterAnalysis center;

  private double certified;
  private double provedWithoutSolver;
  private double provedWithoutDelta;
  private double provedOutright;
  private Optional<Witness> witness = Optional.empty();

  /** The nearest that a solver should have seen: its points are delta apart. */
  private Optional<Witness> apart = Optional.empty();

  private Statistics statistics = Statistics.none();
  private StopReason stop = StopReason.COMPLETE;
  private double delta;
  private boolean deltaIsRigorous;
  private double threshold;
  private double largestPad;
  private double resolution;
  private double tolerance;
  private boolean wasSpurious;
  private boolean isTightened;

  /**
   * An answer in the making.
   *
   * @param asked the question as it was asked; the work is done on its {@link #query() normal form}
   * @param decides whether the first collision within the largest radius ends the work
   */
  Run(
      MipSolver solver,
      Optional<MipSolver> linear,
      Query asked,
      CertifyOptions options,
      CertifyListener listener,
      boolean decides) {
    this.solver = solver;
    this.asked = asked;
    NormalizedQuery normalized = asked.normalized();
    this.query = normalized.query();
    this.unit = normalized.unit();
    this.options = options;
    this.listener = listener;
    this.decides = decides;
    this.budget = Budget.of(options);
    this.tolerance = options.feasibilityTolerance();
    this.steepness = new Steepness(query, solver, options);
    this.center = CenterAnalysis.of(query);
    // Refuses what is out of range before any work is done.
    baseOptions(Map.of());
    this.tightener =
        new Tightener(
            solver, linear, asked.isPinned(), options, this::programs, this::note, this::isTimeUp);
    // The region of the centre is proved for free, whatever becomes of the rest.
    center.proved(query).ifPresent(this::certifyWithoutSolver);
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

  /** The question in its normal form; all work is done on that. */
  Query query() {
    return query;
  }

  /** Whether the first collision within the largest radius ends the work. */
  boolean decides() {
    return decides;
  }

  /** A separation that a user gave, in the units of the normal form. */
  double normalized(double separation) {
    return separation / unit;
  }

  /**
   * Sets how far apart the points of a collision must be at the least, or for two networks the
   * outputs of the second.
   *
   * @param value in the units of the normal form
   */
  void useDelta(double value, boolean rigorous) {
    if (!(value >= leastDelta(options))) {
      throw new BadInput(
          "delta "
              + value * unit
              + " is below "
              + leastDelta(options) * unit
              + ", what the solver's tolerances can tell apart; use a larger delta or smaller"
              + " tolerances");
    }
    delta = value;
    deltaIsRigorous = rigorous;
  }

  void useThreshold(double value) {
    threshold = value;
    delta = value;
    refuseVacuous();
  }

  /**
   * Refuses a separation that no two points of the ball have: the claim would hold for every
   * network.
   *
   * @throws BadInput if it is so
   */
  void refuseVacuous() {
    double widest = widest();
    if (!deltaIsRigorous && !(widest >= delta)) {
      String what = asked.g().map(g -> "outputs of " + g.name()).orElse("points");
      throw new BadInput(
          "no two "
              + what
              + " of the ball of radius "
              + asked.maxRadius()
              + " are "
              + delta * unit
              + " apart, the least separation that would be looked at: nothing would be tested; use"
              + " a smaller delta, a larger radius, or an engine without a solver");
    }
  }

  /** How far apart, in L-infinity, a pair of the ball can be in what is to be determined. */
  private double widest() {
    double radius = query.maxRadius();
    if (query.g().isEmpty()) {
      return query.isPinned() ? radius : 2 * radius;
    }
    NetworkBounds bounds = BoundsMethod.symbolic().bounds(query.g().get(), query.inputs(radius));
    double widest = 0;
    for (int i = 0; i < query.g().get().outputs(); i++) {
      widest = Math.max(widest, bounds.outputUpper(i) - bounds.outputLower(i));
    }
    return widest;
  }

  /** The bracket counts as closed when it is no wider than this, besides gap and padding. */
  void useResolution(double value) {
    resolution = value;
  }

  /** Whether a solver's word on the ball of a radius is taken; if not, the notes say why. */
  boolean trusts(double radius) {
    Optional<String> objection = steepness.objection(radius);
    objection.ifPresent(this::note);
    return objection.isEmpty();
  }

  /** The work cannot go on, though no time is up and nothing failed. */
  synchronized void stopAtLimit() {
    if (stop == StopReason.COMPLETE) {
      stop = StopReason.LIMIT;
    }
  }

  /** What the linear region of the centre tells. */
  CenterAnalysis center() {
    return center;
  }

  /** A radius so far beyond the largest one that a proof up to there holds up to that. */
  double reach() {
    return beyond(query.maxRadius());
  }

  /** A radius so far beyond another one that a solver's proof up to there holds up to that. */
  double beyond(double radius) {
    double room = 2 * 10 * Math.max(options.feasibilityTolerance(), options.integralityTolerance());
    double reach = radius + room * Math.max(1, radius);
    return query.norm() == Norm.L2 ? Math.max(reach, Math.sqrt(radius * radius + room)) : reach;
  }

  /** A pair that the solver found was none: tolerances hid what keeps its points apart. */
  synchronized void spurious() {
    wasSpurious = true;
    note("a collision or a fold that the solver found did not survive its replay");
  }

  /** Whether the work is to go on with other means after a {@link #spurious} pair. */
  synchronized boolean mustGoOn() {
    return wasSpurious && stop == StopReason.COMPLETE && !isClosed(certified);
  }

  /**
   * Makes the solver's tolerances tighter, once.
   *
   * @return whether that could be done
   */
  synchronized boolean tighten() {
    if (isTightened || tolerance <= TIGHTEST) {
      return false;
    }
    isTightened = true;
    tolerance = Math.max(TIGHTEST, tolerance / 100);
    note("the tolerances of " + solver.id() + " were tightened to " + tolerance);
    return true;
  }

  double delta() {
    return delta;
  }

  /** Whether it is proved that no points nearer than delta collide. */
  boolean isDeltaRigorous() {
    return deltaIsRigorous;
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
    Optional<StopReason> over = budget.over();
    over.ifPresent(why -> stop = why);
    return over.isPresent();
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

  /** Whether looking for collisions is to end, so that time is left for proofs. */
  boolean isSearchOver() {
    return budget.isOver(SEARCH_SHARE);
  }

  /** Whether the time is up, or somebody cancelled. */
  boolean isTimeUp() {
    return budget.isOver();
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
    double proved = isHopeless ? 0 : tightener.oneToOne(of, cap, certified());
    if (proved > 0) {
      certifyWithoutSolver(proved);
    }
    return proved >= of.maxRadius();
  }

  /** Whether what is certified so far is so without a solver's word. */
  synchronized boolean isWithoutSolver() {
    return certified <= provedWithoutSolver;
  }

  /** Whether what is certified so far leaves no pair out for being nearer than delta. */
  synchronized boolean isWithoutDelta() {
    return certified <= provedWithoutDelta;
  }

  /** Certifies a radius by arithmetic that is rounded outward, with no word of a solver's in it. */
  synchronized void certifyWithoutSolver(double radius) {
    claim(radius, true, true);
  }

  /** Certifies a radius whatever the separation of the points. */
  synchronized void certifyAtAnySeparation(double radius) {
    claim(radius, false, true);
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
    CollisionSearch.around(query, x, 2 * delta, options.seed(), this::isTimeUp)
        .ifPresent(this::keep);
  }

  /** Options of the programs that bound neurons. */
  private SolveOptions programs() {
    SolveOptions base = baseOptions(Map.of()).withParameters(Map.of()).withThreads(1);
    return budget.remaining().map(base::withTimeLimit).orElse(base);
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
    return Math.min(reach(), Math.max(radius * (1 + OUTWARD), radius + 4 * pad(radius)));
  }

  /** What may be claimed when a solver proved that no collision is nearer than {@code bound}. */
  synchronized double padded(double bound) {
    return bound > 0 ? Math.max(0, bound - pad(bound)) : 0;
  }

  /** A solver proved that there is no collision up to {@code radius}, as a question of its own. */
  synchronized void certify(double radius) {
    claim(radius, false, false);
  }

  /**
   * Certifies a radius.
   *
   * @param withoutSolver whether no word of a solver's is in the proof
   * @param withoutDelta whether it leaves no pair out for being nearer than delta
   */
  synchronized void claim(double radius, boolean withoutSolver, boolean withoutDelta) {
    double within = Math.min(radius, query.maxRadius());
    certified = Math.max(certified, within);
    if (withoutSolver) {
      provedWithoutSolver = Math.max(provedWithoutSolver, within);
    }
    if (withoutDelta) {
      provedWithoutDelta = Math.max(provedWithoutDelta, within);
    }
    if (withoutSolver && withoutDelta) {
      provedOutright = Math.max(provedOutright, within);
    }
    publish(Double.POSITIVE_INFINITY, -1);
  }

  /** Polishes and replays a pair; keeps it when it is a witness nearer than the best. */
  Replay offer(double[] x, double[] xPrime) {
    return offer(x, xPrime, delta);
  }

  /** The same of a pair that was to be separated by a delta of one's own. */
  Replay offer(double[] x, double[] xPrime, double apart) {
    double[] w = query.isPinned() ? pinned(xPrime) : xPrime;
    Optional<Witness> found =
        Newton.collision(query, x, w, this::isTimeUp)
            .flatMap(pair -> Witness.replay(query, pair[0], pair[1]));
    if (found.isEmpty()) {
      return Replay.NONE;
    }
    if (found.get().radius() > query.maxRadius()) {
      if (found.get().radius() > reach()) {
        return Replay.NONE;
      }
      note("a collision lies beyond what was asked about by less than tolerances can tell");
      return Replay.BEYOND;
    }
    keep(found.get());
    // Polishing must not have brought the points together.
    return found.get().separation() >= apart / 2 ? Replay.COLLISION : Replay.NONE;
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
    if (found.separation() >= delta && (apart.isEmpty() || found.radius() < apart.get().radius())) {
      apart = Optional.of(found);
    }
    if (found.radius() <= query.maxRadius()
        && (witness.isEmpty() || found.radius() < witness.get().radius())) {
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
    Optional<Duration> left = budget.remaining();
    if (left.isPresent()) {
      solveOptions = solveOptions.withTimeLimit(left.get());
    }
    if (options.logSink().isPresent()) {
      solveOptions = solveOptions.withLogSink(options.logSink().get());
    }
    SolveResult result;
    try {
      result =
          solver.solve(
              model,
              solveOptions,
              // The bound is shown, not claimed: some report those of their sub-MIPs on the way.
              progress -> publish(progress.gap(), progress.nodes()));
    } catch (SolverFailure | Unsupported e) {
      // What was proved before is kept.
      result =
          SolveResult.without(
              SolveStatus.ERROR, model.objective().sense(), -1, Duration.ZERO, e.getMessage());
    }
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
          .withTolerances(
              Math.min(tolerance, options.feasibilityTolerance()), options.integralityTolerance())
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
      CollisionSearch.search(of, width, options.seed(), this::isTimeUp).ifPresent(this::keep);
    }
    if (!trusts(radius)) {
      stopAtLimit();
      return Double.POSITIVE_INFINITY;
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
    Newton.collision(query, x, query.isPinned() ? pinned(xPrime) : xPrime, this::isTimeUp)
        .flatMap(pair -> Witness.replay(query, pair[0], pair[1]))
        .filter(w -> w.radius() <= query.maxRadius())
        .filter(w -> witness.isEmpty() || w.separation() > witness.get().separation())
        .ifPresent(
            w -> {
              witness = Optional.of(w);
              apart = witness;
            });
  }

  synchronized SpreadResult spread(Norm norm, double most) {
    double least =
        witness
            .map(w -> norm.distance(asked.determined(w.x()), asked.determined(w.xPrime())))
            .orElse(0.0);
    double bound = most * unit;
    // What a replayed pair differs by is known to rounding only: within that the proof counts.
    if (least > bound + ROUNDING * Math.max(1, least)) {
      contradicted("that no two values differ by more than " + bound);
      bound = Double.POSITIVE_INFINITY;
    }
    tightener.report();
    solver.capabilities().notes().forEach(this::note);
    return new SpreadResult(
        asked,
        norm,
        Math.min(least, bound),
        bound,
        witness.map(w -> w.inUnitsOf(asked)),
        solver.id(),
        solver.version(),
        tolerances(),
        budget.seconds(),
        stop,
        notes);
  }

  private Tolerances tolerances() {
    return new Tolerances(
        options.feasibilityTolerance(),
        options.integralityTolerance(),
        options.relativeGap(),
        largestPad,
        threshold * unit);
  }

  private synchronized void publish(double gap, long nodes) {
    OptionalDouble refuted =
        witness.map(w -> OptionalDouble.of(w.radius())).orElseGet(OptionalDouble::empty);
    double lower = Math.min(certified, refuted.orElse(Double.POSITIVE_INFINITY));
    listener.progress(
        new CertifyListener.Bracket(
            lower, refuted, gap, statistics.nodes() + Math.max(0, nodes), budget.elapsed()));
  }

  /** A claim and a collision exclude each other: one is wrong, and the collision was replayed. */
  synchronized void contradicted(String claim) {
    note(
        "solver "
            + solver.id()
            + " claims "
            + claim
            + ", but a collision lies at "
            + apart.map(Witness::radius).orElseThrow()
            + ": its claims are dropped");
    stop = StopReason.FAILED;
    certified = provedWithoutSolver;
    provedWithoutDelta = provedOutright;
  }

  /** Whether the best collision lies within a radius that should have none, tolerances or not. */
  synchronized boolean contradicts(double bound) {
    return apart.filter(w -> bound > w.radius() + 2 * pad(w.radius())).isPresent();
  }

  /** Whether nothing is left open: a yes or a no, or the radius to the gap that was asked for. */
  synchronized boolean isClosed(double lower) {
    if (lower >= query.maxRadius()) {
      return true;
    }
    if (witness.isEmpty()) {
      return false;
    }
    double radius = witness.get().radius();
    double slack = Math.max(options.relativeGap() * radius, resolution) + 4 * pad(radius);
    if (query.norm() == Norm.L2 && !solver.capabilities().has(Capability.QUADRATIC)) {
      slack += radius * (PolyhedralBall.error(query.dimension()) - 1);
    }
    return decides || radius - lower <= slack;
  }

  /** The collision that contradicts a solver which denies it. */
  synchronized Optional<Witness> apart() {
    return apart;
  }

  synchronized RadiusResult result(String strategy) {
    refine();
    double lower = certified;
    if (witness.isPresent()) {
      double radius = witness.get().radius();
      if (contradicts(lower)) {
        contradicted(String.valueOf(lower));
        lower = certified;
      }
      if (provedOutright > radius || contradicts(provedWithoutSolver)) {
        note(
            "a proof up to "
                + provedWithoutSolver
                + " and a collision at "
                + radius
                + " exclude each other, so nothing is certified: please report this with the"
                + " network");
        stop = StopReason.FAILED;
        lower = 0;
      }
      lower = Math.min(lower, witness.get().below(query));
    }
    boolean isOutright = lower <= provedOutright;
    // Two proofs that each leave something out make none that leaves nothing out.
    boolean isRigorous = isOutright || (lower <= provedWithoutSolver && lower > provedWithoutDelta);
    if (lower > 0 && lower <= provedWithoutDelta) {
      delta = 0;
      deltaIsRigorous = true;
    }
    if (!deltaIsRigorous && !query.isPinned() && query.g().isEmpty() && 2 * lower < delta) {
      // In a ball this small no two points are delta apart: it would hold for every network.
      lower = provedOutright;
      isRigorous = true;
      delta = 0;
      deltaIsRigorous = true;
    }
    if (stop == StopReason.COMPLETE && !isClosed(lower) && !isOver()) {
      stop = StopReason.LIMIT;
      note("the bracket is not closed: what is left is beyond what this strategy can tell");
    }
    certified = lower;
    publish(Double.POSITIVE_INFINITY, -1);
    whoProved(lower, isRigorous);
    tightener.report();
    solver.capabilities().notes().forEach(this::note);
    Optional<Witness> found = witness.map(w -> w.inUnitsOf(asked));
    RadiusResult result =
        new RadiusResult(
            asked,
            lower,
            found,
            isRigorous && (lower > 0 || statistics.models() == 0)
                ? Assurance.RIGOROUS
                : Assurance.SOLVER,
            solver.id(),
            solver.version(),
            strategy,
            delta * unit,
            deltaIsRigorous,
            tolerances(),
            statistics,
            budget.seconds(),
            stop,
            notes);
    return found
        .flatMap(Witness::exact)
        .map(exact -> result.with(Evidence.of(asked, result.certified(), exact)))
        .orElse(result);
  }

  /** Where an exact collision is at hand, it is the one that counts, wherever it lies. */
  private void refine() {
    if (witness.isEmpty()) {
      return;
    }
    Witness found = witness.get().refined(query);
    witness = Optional.of(found);
    if (found.radius() > query.maxRadius()) {
      note(
          "the collision that was found lies, made exact, at "
              + found.radius()
              + ", further away than was asked about");
      witness = Optional.empty();
    }
  }

  private void whoProved(double lower, boolean isRigorous) {
    if (lower <= 0) {
      return;
    }
    if (isRigorous) {
      if (statistics.models() > 0) {
        note("what is certified is proved without a solver's word, in arithmetic rounded outward");
      }
    } else if (provedOutright > 0) {
      note(
          String.format(
              Locale.ROOT,
              "up to %.9g proved without a solver's word, in arithmetic rounded outward; beyond it,"
                  + " by %s",
              Math.nextDown(provedOutright),
              solver.id()));
    }
  }
}
