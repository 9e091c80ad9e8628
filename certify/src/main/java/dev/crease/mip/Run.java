package dev.crease.mip;

import dev.crease.bounds.Norm;
import dev.crease.certify.Bracket;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Ending;
import dev.crease.certify.Note;
import dev.crease.certify.Notes;
import dev.crease.certify.Padding;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import dev.crease.certify.Trust;
import dev.crease.encoding.BallEncoding;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.PolyhedralBall;
import dev.crease.encoding.ReluEncoding;
import dev.crease.question.NormalizedQuery;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.Progress;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.witness.CenterAnalysis;
import dev.crease.witness.Witness;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One answer in the making: its question, and what works on it together. What is proved goes into
 * the {@link Bracket}, what a solver finds through {@link Replays}.
 */
final class Run {

  /** Looking for collisions takes this part of the time at the most. */
  private static final int SEARCH_SHARE = 4;

  private final Query asked;
  private final NormalizedQuery normal;
  private final CertifyOptions options;
  private final CertifyListener listener;
  private final boolean decides;
  private final Budget budget;
  private final Ending ending = new Ending();
  private final Notes notes = new Notes();
  private final Padding padding;
  private final Bracket bracket;
  private final Solving solving;
  private final Tightener tightener;
  private final Steepness steepness;
  private final CenterAnalysis center;
  private final Replays replays;
  private final ReluEncoding encoding;

  private Delta delta = Delta.none();
  private double threshold;
  private double resolution;

  // Guarded by this.
  private boolean wasSpurious;

  /**
   * An answer in the making.
   *
   * @param linear has linear sessions
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
    this.asked = asked;
    this.normal = asked.normalized();
    this.options = options;
    this.listener = listener;
    this.decides = decides;
    this.budget = Budget.of(options);
    this.encoding = ReluEncoding.choices().named(options.encoding());
    this.steepness = new Steepness(query(), solver, options);
    this.center = CenterAnalysis.of(query());
    this.padding = new Padding(query(), options);
    this.bracket = new Bracket(query(), padding, this::publish);
    // Refuses what is out of range before any work is done.
    this.solving = new Solving(solver, options, budget, this::publish);
    this.tightener =
        new Tightener(
            solver,
            linear,
            asked.isPinned(),
            options,
            solving::programs,
            notes::add,
            budget::isOver);
    this.replays = new Replays(query(), padding, bracket, budget, notes, options.seed());
    // The region of the centre is proved for free, whatever becomes of the rest.
    center.proved(query()).map(Proved::outright).ifPresent(bracket::claim);
    if (options.threads() > 1 && !solving.has(Capability.THREADS)) {
      notes.add(new Note.OneThread(solver.id()));
    }
    if (options.logSink().isPresent() && !solving.has(Capability.LOG)) {
      notes.add(new Note.NoLog(solver.id()));
    }
  }

  // ---- the question

  /** The question as it was asked. */
  Query asked() {
    return asked;
  }

  /** The question in its normal form; all work is done on that. */
  Query query() {
    return normal.query();
  }

  /** How much 1 in a determined value of the normal form is in the units that were asked in. */
  double unit() {
    return normal.unit();
  }

  CertifyOptions options() {
    return options;
  }

  /** Whether the first collision within the largest radius ends the work. */
  boolean decides() {
    return decides;
  }

  /** What the linear region of the centre tells. */
  CenterAnalysis center() {
    return center;
  }

  // ---- what works on it

  Bracket bracket() {
    return bracket;
  }

  Padding padding() {
    return padding;
  }

  Solving solving() {
    return solving;
  }

  /** What tightens the models of this run. */
  Tightener tightener() {
    return tightener;
  }

  Replays replays() {
    return replays;
  }

  Budget budget() {
    return budget;
  }

  Ending ending() {
    return ending;
  }

  Notes notes() {
    return notes;
  }

  /** How the options have formulations written. */
  PairFormulation.Writing writing() {
    return new PairFormulation.Writing(tightener.bounding(), new NetworkEncoder(encoding), balls());
  }

  /** The formulation with cuts, when its encoding wants some. */
  PairFormulation strengthened(PairFormulation pair) {
    return tightener.strengthened(pair, encoding);
  }

  /**
   * How the balls of the models are written: for a backend without quadratic constraints the ball
   * of the norm 2 is a polyhedron around it, which leaves every bound on the radius a bound.
   */
  BallEncoding balls() {
    if (hasExactBalls()) {
      return BallEncoding.exact();
    }
    notes.add(new Note.PolyhedralBall(solving.solver().id(), roundness()));
    return BallEncoding.polyhedral();
  }

  private boolean hasExactBalls() {
    return query().norm() != Norm.L2 || solving.has(Capability.QUADRATIC);
  }

  private double roundness() {
    return PolyhedralBall.error(query().dimension()) - 1;
  }

  // ---- what is looked for

  /** The separation below which collisions are not looked for. */
  Delta delta() {
    return delta;
  }

  /**
   * Sets how far apart the points of a collision must be at the least.
   *
   * @throws dev.crease.BadInput if tolerances cannot tell it from none
   */
  void useDelta(Delta value) {
    delta = value.refuseTooSmall(options, unit());
    bracket.useDelta(delta.value());
  }

  /** Sets up to which difference values count as equal, which is also the separation. */
  void useThreshold(double value) {
    threshold = value;
    delta = new Delta(value, false);
    bracket.useDelta(value);
    refuseVacuous();
  }

  /**
   * Refuses a separation that no two points of the ball have.
   *
   * @throws dev.crease.BadInput if it is so
   */
  void refuseVacuous() {
    delta.refuseVacuous(asked, query(), unit());
  }

  /** The bracket counts as closed when it is no wider than this, besides gap and padding. */
  void useResolution(double value) {
    resolution = value;
  }

  // ---- whether to go on

  /** Whether the work must end now; remembers why. */
  boolean isOver() {
    return ending.isOver(budget);
  }

  /** Whether looking for collisions is to end, so that time is left for proofs. */
  boolean isSearchOver() {
    return budget.isOver(SEARCH_SHARE);
  }

  /** A solve ended the work. */
  void stopFor(SolveStatus status, String message) {
    StopReason why = ending.by(status);
    if (why == StopReason.FAILED || why == StopReason.LIMIT) {
      notes.add(new Note.SolverStopped(solving.solver().id(), message));
    }
  }

  /** A solve ended the work, unless it was solved to the end. */
  void stopFor(SolveResult result) {
    if (result.status() != SolveStatus.OPTIMAL && result.status() != SolveStatus.INFEASIBLE) {
      stopFor(result.status(), result.message());
    }
  }

  /**
   * Whether a solver's word on the ball of a radius is taken; if not, the notes say why, and the
   * answer cannot be complete.
   */
  boolean trusts(double radius) {
    Optional<Note> objection = steepness.objection(radius);
    objection.ifPresent(notes::add);
    return objection.isEmpty();
  }

  /** A pair that the solver found was none: tolerances hid what keeps its points apart. */
  synchronized void spurious() {
    wasSpurious = true;
    notes.add(new Note.DidNotReplay());
  }

  /** Whether the work is to go on with other means after a {@link #spurious} pair. */
  synchronized boolean mustGoOn() {
    return wasSpurious && ending.reason() == StopReason.COMPLETE && !isClosed(bracket.lower());
  }

  /**
   * Makes the solver's tolerances tighter, once.
   *
   * @return whether that could be done
   */
  boolean tighten() {
    Optional<Double> tolerance = solving.tighten();
    tolerance.ifPresent(t -> notes.add(new Note.Tightened(solving.solver().id(), t)));
    return tolerance.isPresent();
  }

  /** A radius to look up to: beyond the nearest collision, or else beyond the largest radius. */
  double cap() {
    return bracket.witness().map(w -> padding.cap(w.radius())).orElse(padding.reach());
  }

  /** A solver denies a collision that is known, though its points are delta apart. */
  void contradicted(String claim) {
    notes.add(
        new Note.ClaimDropped(
            solving.solver().id(), claim, bracket.apart().map(Witness::radius).orElseThrow()));
    ending.failed();
    bracket.dropSolvers();
  }

  /** Whether nothing is left open: a yes or a no, or the radius to the gap that was asked for. */
  boolean isClosed(double lower) {
    if (lower >= query().maxRadius()) {
      return true;
    }
    Optional<Witness> witness = bracket.witness();
    if (witness.isEmpty()) {
      return false;
    }
    double radius = witness.get().radius();
    double slack =
        Math.max(options.tolerances().relativeGap() * radius, resolution) + 4 * padding.of(radius);
    if (!hasExactBalls()) {
      slack += radius * roundness();
    }
    return decides || radius - lower <= slack;
  }

  /**
   * Takes what linear programs alone can prove.
   *
   * @return whether that settles the question
   */
  boolean linearProof() {
    Query of = query();
    Optional<Witness> known = bracket.witness();
    // Where a point collides with the centre, a model for that point is soon solved to the end.
    if (of.isPinned() && known.isPresent()) {
      return false;
    }
    double cap = known.map(w -> Math.min(w.radius(), of.maxRadius())).orElse(of.maxRadius());
    Proved proved = tightener.oneToOne(of, cap, bracket.lower());
    if (proved.radius() > 0) {
      bracket.claim(proved);
    }
    return proved.radius() >= of.maxRadius();
  }

  // ---- the answer

  private void publish(double outright, double lower, OptionalDouble refuted) {
    publish(outright, lower, refuted, Double.POSITIVE_INFINITY, 0);
  }

  private void publish(Progress progress) {
    OptionalDouble refuted =
        bracket.witness().map(w -> OptionalDouble.of(w.radius())).orElseGet(OptionalDouble::empty);
    double most = refuted.orElse(Double.POSITIVE_INFINITY);
    double lower = Math.min(bracket.lower(), most);
    // The bound itself is not even a claim: some report those of their sub-MIPs on the way.
    publish(
        Math.min(bracket.outright(), lower),
        lower,
        refuted,
        progress.gap(),
        Math.max(0, progress.nodes()));
  }

  private void publish(
      double outright, double lower, OptionalDouble refuted, double gap, long more) {
    double certified = options.trust() == Trust.SOLVER ? lower : outright;
    listener.progress(
        new CertifyListener.Bracket(
            certified,
            lower > certified ? OptionalDouble.of(lower) : OptionalDouble.empty(),
            refuted,
            gap,
            solving.statistics().nodes() + more,
            budget.elapsed()));
  }

  /** What a solver's word holds under. */
  Terms terms() {
    return new Terms(options.tolerances(), padding.largest(), threshold * unit());
  }

  /** Adds what there is to say of the solver and of what helped it. */
  void noteMeans() {
    tightener.report();
    solving.solver().capabilities().notes().forEach(n -> notes.add(new Note.Remark(n)));
  }

  /** The answer as it stands. */
  RadiusResult result(String strategy) {
    return new Conclusion(this).result(strategy);
  }
}
