package dev.crease.tree;

import dev.crease.SolverFailure;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Ending;
import dev.crease.certify.Evidence;
import dev.crease.certify.Note;
import dev.crease.certify.Notes;
import dev.crease.certify.ProofTree;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Statistics;
import dev.crease.certify.Terms;
import dev.crease.question.Query;
import dev.crease.solver.MipSolver;
import dev.crease.tree.net.Net;
import dev.crease.tree.walk.FoldWalk;
import dev.crease.witness.CenterAnalysis;
import dev.crease.witness.CollisionSearch;
import dev.crease.witness.Witness;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One answer in the making: {@link Search}es in balls that grow, so that what is easy is certified
 * first, until a ball has a collision or is the largest. What it costs to prove a ball is set by
 * how many neurons are in play in it, so the next ball is chosen by that.
 */
final class Growth {

  /** Looking for collisions beforehand takes this part of the time at the most. */
  private static final int SEARCH_SHARE = 8;

  /** So much further than the centre's region is nearby. */
  private static final double NEARBY = 16;

  /** How often it is looked further before it is looked everywhere. */
  private static final int LOOKS = 4;

  /** By so much an auditor's roundings may differ. */
  private static final double ROOM = 1e-11;

  /** A ball is larger than what is asked of it by this part. */
  private static final double BEYOND = 1e-6;

  /** How many neurons may be in play in the first ball. */
  private static final int FIRST = 8;

  /** How many times as many in each further one. */
  private static final int MORE = 2;

  /** A ball this small, by the largest radius, is not looked into. */
  private static final double LEAST_BALL = 1e-6;

  /** The next ball is at least this much larger. */
  private static final double LEAST_GROWTH = 1.05;

  /** How often the size of a ball is halved or narrowed to fit. */
  private static final int HALVINGS = 60;

  /** So many times it is halved once. */
  private static final int SLOW = 20;

  private static final int NARROWINGS = 8;

  /** A bracket is closed to this part of the gap that is asked for. */
  private static final double PART_OF_GAP = 0.25;

  private static final double LEAST_RESOLUTION = 1e-9;

  private final MipSolver solver;
  private final Query query;
  private final CertifyOptions options;
  private final CertifyListener listener;
  private final boolean decides;
  private final Budget budget;
  private final Ending ending = new Ending();
  private final Notes notes = new Notes();
  private final Effort effort = new Effort();
  private final Net net;
  private final Search.Task task;
  private Optional<Witness> witness = Optional.empty();
  private Optional<ProofTree> tree = Optional.empty();
  private double certified;
  private double shown;
  private int mostInPlay;

  Growth(
      MipSolver solver,
      Query query,
      CertifyOptions options,
      CertifyListener listener,
      boolean decides) {
    this.solver = solver;
    this.query = query;
    this.options = options;
    this.listener = listener;
    this.decides = decides;
    this.budget = Budget.of(options);
    this.net = Net.of(query.f());
    this.task =
        Search.Task.of(
            query,
            Math.max(LEAST_RESOLUTION, PART_OF_GAP * options.tolerances().relativeGap()),
            decides,
            options.cover(),
            options.seed());
  }

  RadiusResult answer() {
    boolean isCollapsed = query.noise().isNone() && look();
    if (!query.noise().isNone()) {
      double trivial = query.noise().trivialRadius(query.isPinned());
      // A little less, which a tree proves too where one is wanted.
      certified = Math.min(query.maxRadius(), trivial * (1 - BEYOND));
    }
    publish();
    if (!isCollapsed && !(decides && witness.isPresent())) {
      grow();
    }
    return result();
  }

  /** Looks for a collision beforehand. Returns whether the centre's own region has some. */
  private boolean look() {
    CenterAnalysis center = CenterAnalysis.of(query);
    certified = center.proved(query).orElse(0.0);
    witness = center.collapse().map(w -> w.atCenter(query).orElse(w));
    // The largest radius may be any number: nearby first.
    double near = certified * NEARBY;
    for (int i = 0; i < LOOKS && witness.isEmpty() && near > 0 && near < query.maxRadius(); i++) {
      witness = walk(query.upTo(near));
      near *= NEARBY * NEARBY;
    }
    if (witness.isEmpty() && certified < query.maxRadius()) {
      witness = CollisionSearch.quick(query, options.seed(), () -> budget.isOver(SEARCH_SHARE));
      witness = walk(query);
    }
    return center.collapse().isPresent();
  }

  private Optional<Witness> walk(Query upTo) {
    try {
      return FoldWalk.nearest(
          upTo,
          new FoldWalk.Means(
              solver,
              ProgramOptions.of(options, budget),
              options.seed(),
              () -> budget.isOver(SEARCH_SHARE)),
          witness);
    } catch (SolverFailure e) {
      // Said again by whoever needs it.
      return witness;
    }
  }

  private void grow() {
    boolean done = certified >= query.maxRadius() && !options.cover();
    int inPlay = 0;
    while (!done && !isOver()) {
      double cap = cap();
      if (cap == 0) {
        return;
      }
      // A collision as near as that may be one of many on the way to the centre.
      // What is certified of a kept tree is a little less than asked.
      double wide = Math.max(cap, LEAST_BALL * query.maxRadius()) * (1 + 2 * ROOM);
      // Where the tree is wanted, the centre's region wants one too.
      double most =
          options.cover() && tree.isEmpty() && certified > 0 ? Math.min(certified, wide) : wide;
      Optional<Around> next = next(most, Math.max(FIRST, MORE * inPlay));
      if (next.isEmpty()) {
        stopOpen();
        return;
      }
      Ball ball = next.get().ball();
      double asked = next.get().asked();
      inPlay = ball.inPlay();
      mostInPlay = Math.max(mostInPlay, inPlay);
      Search search = new Search(task, ball, asked, witness, effort, this::publish, this::isOver);
      try {
        search.run(solver, ProgramOptions.of(options, budget), options.threads());
      } catch (SolverFailure e) {
        // What is proved stays so.
        notes.add(new Note.SolverStopped(solver.id(), e.getMessage()));
        ending.failed();
      }
      witness = search.witness();
      take(ball, search);
      publish();
      boolean isRefuted = witness.filter(w -> w.radius() <= asked).isPresent();
      if (!search.isFinished() && !(decides && isRefuted)) {
        stopOpen();
        return;
      }
      done = isRefuted || asked >= wide;
    }
  }

  private boolean isOver() {
    if (ending.isOver(budget)) {
      return true;
    }
    OptionalLong most = options.limits().nodes();
    return most.isPresent() && effort.nodes() >= most.getAsLong();
  }

  /** Something is open that nobody works on any more. */
  private void stopOpen() {
    if (!ending.isOver(budget)) {
      ending.atLimit();
      notes.add(new Note.NotClosed());
    }
  }

  /** Takes what a search proved; where the tree is wanted, only of one that is closed. */
  private synchronized void take(Ball ball, Search search) {
    double proved = search.proved();
    if (!options.cover()) {
      certified = Math.max(certified, Math.max(shown, proved));
    } else if (search.isFinished()) {
      Optional<ProofTree> kept = Kept.of(ball, search.trees());
      if (kept.isPresent() && (tree.isEmpty() || proved > certified)) {
        tree = kept;
        certified = Math.min(query.maxRadius(), proved * (1 - ROOM));
      }
    }
  }

  /** No collision further away than this matters. */
  private double cap() {
    return Math.min(
        query.maxRadius(), witness.map(Witness::radius).orElse(Double.POSITIVE_INFINITY));
  }

  /**
   * A ball for a radius as large as it may be with no more neurons in play than a number, about;
   * empty where nothing can be bounded, or the work is over.
   */
  private Optional<Around> next(double cap, int most) {
    Around whole = around(cap);
    // A few more cost less than another ball.
    if (whole.fits(most + most / 4)) {
      return Optional.of(whole);
    }
    double low = Math.min(cap, certified * LEAST_GROWTH);
    double high = cap;
    if (low == 0) {
      low = cap / 2;
      for (int i = 0; i < HALVINGS && !isOver() && !around(low).fits(most); i++) {
        high = low;
        // By halves at first; the largest radius may be any number.
        low = Math.scalb(low, -Math.max(1, i - SLOW));
      }
    }
    Around best = around(low);
    for (int i = 0; i < NARROWINGS && !isOver() && high > low * LEAST_GROWTH; i++) {
      double middle = Math.sqrt(low) * Math.sqrt(high);
      Around ball = around(middle);
      if (ball.fits(most)) {
        low = middle;
        best = ball;
      } else {
        high = middle;
      }
    }
    return best.ball().isFinite() && !isOver() ? Optional.of(best) : Optional.empty();
  }

  /**
   * A ball for what is asked of it.
   *
   * @param ball a little larger than asked, so that kinks on the border are clearly in play
   */
  private record Around(double asked, Ball ball) {

    boolean fits(int most) {
      return ball.isFinite() && ball.inPlay() <= most;
    }
  }

  private Around around(double radius) {
    return new Around(radius, Ball.of(query, net, radius * (1 + BEYOND)));
  }

  private void publish() {
    publish(certified, witness);
  }

  private synchronized void publish(double proved, Optional<Witness> known) {
    // Whatever was proved at one time stays so; where the tree is wanted, it must be closed.
    shown = Math.max(shown, options.cover() ? certified : proved);
    OptionalDouble refuted =
        known.map(w -> OptionalDouble.of(w.radius())).orElseGet(OptionalDouble::empty);
    listener.progress(
        new CertifyListener.Bracket(
            Math.min(shown, refuted.orElse(Double.POSITIVE_INFINITY)),
            refuted,
            Double.POSITIVE_INFINITY,
            effort.nodes(),
            budget.elapsed()));
  }

  private RadiusResult result() {
    Optional<Witness> found = witness.map(w -> w.refined(query));
    if (found.isPresent() && found.get().radius() > query.maxRadius()) {
      notes.add(new Note.ExactlyBeyond(found.get().radius()));
      found = Optional.empty();
    }
    double near = query.maxRadius() * (1 - options.tolerances().relativeGap());
    if (found.isEmpty() && certified < near) {
      ending.atLimit();
    }
    double upper = found.map(w -> w.below(query)).orElse(query.maxRadius());
    if (certified > found.map(Witness::radius).orElse(Double.POSITIVE_INFINITY)) {
      notes.add(new Note.ProofContradicted(certified, found.orElseThrow().radius()));
      certified = 0;
      ending.failed();
    }
    Proved proved = Proved.outright(Math.min(certified, upper));
    if (effort.nodes() > 0) {
      notes.add(new Note.ByTree(effort.nodes(), effort.programs(), mostInPlay, solver.id()));
    }
    return RadiusResult.of(query, proved)
        .witness(found)
        .by(TreeCertifier.ID, solver.version(), TreeCertifier.ID)
        .terms(Terms.gap(options.tolerances().relativeGap()))
        .statistics(new Statistics((int) effort.programs(), effort.nodes(), 0, 0, 0))
        .seconds(budget.seconds())
        .stop(ending.reason())
        .notes(notes.all())
        .evidence(evidence(found, proved))
        .build();
  }

  private Evidence evidence(Optional<Witness> found, Proved proved) {
    Evidence evidence =
        found
            .flatMap(Witness::exact)
            .map(exact -> Evidence.of(query, proved.radius(), exact))
            .orElseGet(Evidence::none);
    return proved.radius() > 0 ? tree.map(evidence::with).orElse(evidence) : evidence;
  }
}
