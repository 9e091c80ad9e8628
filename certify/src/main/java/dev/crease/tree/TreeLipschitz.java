package dev.crease.tree;

import dev.crease.SolverFailure;
import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.LipschitzBound;
import dev.crease.certify.LipschitzResult;
import dev.crease.certify.Note;
import dev.crease.certify.Notes;
import dev.crease.certify.Secant;
import dev.crease.certify.StopReason;
import dev.crease.question.Query;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import dev.crease.tree.net.Net;
import dev.crease.witness.Witness;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Lipschitz constants by trees, in L-infinity: that no pair of the ball has {@code ||f(x) - f(x')||
 * <= s ||x - x'||} is a question about collisions whose outputs may differ by {@code s t} ({@link
 * Slopes}), and that none has {@code f_i(x) - f_i(x') >= s ||x - x'||} another one, for each output
 * and sign. What is left between what is proved and the flattest and steepest pair known is
 * narrowed by such questions. In the norms 1 and 2 only {@code alpha} is bounded so, by how much
 * norms differ.
 */
final class TreeLipschitz {

  /** Brackets are closed to this part. */
  private static final double GAP = 1e-2;

  /** One question has this part of the time that is left. */
  private static final int SHARE = 4;

  /** What is so much flatter than any pair known is easily refuted. */
  private static final double EASY = 8;

  /** How often the next number is asked about. */
  private static final int MOST_QUESTIONS = 40;

  /** How often a number that was not decided is given up for an easier one. */
  private static final int RETREATS = 8;

  private static final double BEYOND = 1e-6;
  private static final double TOLERANCE = 1e-9;

  private final MipSolver solver;
  private final Query query;
  private final CertifyOptions options;
  private final CertifyListener listener;
  private final Net net;
  private final Budget budget;
  private final Effort effort = new Effort();
  private final Notes notes = new Notes();
  private boolean hasFailed;
  private int inPlay;

  /** The pairs known, by their ratio in L-infinity. */
  private Optional<Secant> flattest;

  private Optional<Secant> steepest;
  private double flat;
  private double steep;

  /** The constants on the ball of the question's largest radius. */
  TreeLipschitz(MipSolver solver, Query query, CertifyOptions options, CertifyListener listener) {
    this.solver = solver;
    this.query = query;
    this.options = options;
    this.listener = listener;
    this.net = Net.of(query.f());
    this.budget = Budget.of(options);
  }

  LipschitzResult answer() {
    LipschitzResult known = LipschitzBound.of(query, options, "by intervals");
    flattest = known.flattest();
    steepest = known.steepest();
    flat = flattest.map(this::ratio).orElse(Double.POSITIVE_INFINITY);
    steep = steepest.map(this::ratio).orElse(0.0);
    double least = flat > 0 ? alpha() : 0;
    double most =
        query.norm() == Norm.LINF ? upper(known.upper().most()) : Double.POSITIVE_INFINITY;
    notes.add(new Note.ByTree(effort.nodes(), effort.programs(), inPlay, solver.id()));
    return result(known, inNorm(least), Math.min(most, known.upper().most()));
  }

  private LipschitzResult result(LipschitzResult known, double least, double most) {
    double flattestAtMost =
        flattest.map(s -> Secant.of(query, s.x(), s.xPrime()).most()).orElse(known.alpha().most());
    double steepestAtLeast =
        steepest
            .map(s -> Secant.of(query, s.x(), s.xPrime()).least())
            .orElse(known.upper().least());
    LipschitzResult.Ends alpha =
        new LipschitzResult.Ends(
            Math.min(least, flattestAtMost), Math.min(flattestAtMost, known.alpha().most()));
    LipschitzResult.Ends upper =
        new LipschitzResult.Ends(
            Math.min(most, Math.max(steepestAtLeast, known.upper().least())), most);
    boolean isClosed = alpha.gap() <= GAP && upper.gap() <= GAP;
    if (query.norm() != Norm.LINF) {
      notes.add(
          new Note.Remark(
              "the tree's constants are those of norm inf; alpha in this norm is at least that by"
                  + " a number of the inputs, and L is bounded by intervals"));
    }
    StopReason open = hasFailed ? StopReason.FAILED : StopReason.LIMIT;
    return new LipschitzResult(
        query,
        alpha,
        upper,
        flattest,
        steepest,
        TreeCertifier.ID,
        solver.version(),
        Assurance.RIGOROUS,
        budget.seconds(),
        isClosed ? StopReason.COMPLETE : budget.over().orElse(open),
        notes.all());
  }

  /** A lower constant of norm inf in the norm of the question, rounded down. */
  private double inNorm(double inf) {
    int m = query.dimension();
    return switch (query.norm()) {
      case LINF -> inf;
      case L1 -> Math.max(0, Math.nextDown(inf / m));
      case L2 -> Math.max(0, Math.nextDown(inf / Math.nextUp(Math.sqrt(m))));
    };
  }

  private double ratio(Secant pair) {
    return ratio(pair.x(), pair.xPrime());
  }

  private double ratio(double[] x, double[] w) {
    double away = Norm.LINF.distance(query.inBall(x), query.inBall(w));
    return Norm.LINF.distance(query.f().evaluate(x), query.f().evaluate(w)) / away;
  }

  /** How a question about a slope ended. */
  private enum Ended {
    PROVED,
    REFUTED,
    OPEN
  }

  /** The largest slope that all pairs are proved to have: from easy questions to hard ones. */
  private double alpha() {
    double proved = 0;
    double asked = flat / EASY;
    int retreats = 0;
    for (int i = 0; i < MOST_QUESTIONS && retreats < RETREATS && !budget.isOver(2); i++) {
      if (!(asked > proved) || proved >= flat * (1 - GAP)) {
        break;
      }
      Ended ended = ask(Slopes.within(net.outputs(), asked), 2, SHARE);
      if (ended == Ended.PROVED) {
        proved = asked;
      } else if (ended == Ended.OPEN) {
        retreats++;
      }
      if (proved == 0) {
        asked = ended == Ended.OPEN ? asked / EASY : flat / EASY;
      } else {
        double goal = ended == Ended.OPEN ? asked : flat * (1 - GAP / 2);
        asked = ended == Ended.PROVED && goal < EASY * proved ? goal : between(proved, goal);
      }
    }
    return proved;
  }

  private static double between(double a, double b) {
    return Math.sqrt(a) * Math.sqrt(b);
  }

  /** The least slope that no pair is proved to have, of all outputs. */
  private double upper(double outright) {
    double[] most = new double[2 * net.outputs()];
    Arrays.fill(most, outright);
    for (int k = 0; k < most.length; k++) {
      int sign = k % 2 == 0 ? 1 : -1;
      int retreats = 0;
      double asked = between(steep, most[k]);
      for (int i = 0; i < MOST_QUESTIONS && retreats < RETREATS && !budget.isOver(); i++) {
        double goal = Math.max(steep * (1 + GAP / 2), Double.MIN_NORMAL);
        if (most[k] <= goal || !(asked < most[k])) {
          break;
        }
        int share = SHARE * (most.length - k);
        Ended ended =
            ask(Slopes.steep(net.outputs(), k / 2, sign, Math.max(goal, asked)), 1, share);
        if (ended == Ended.PROVED) {
          most[k] = Math.max(goal, asked);
          // What is easy is soon over.
          asked = retreats == 0 ? goal : between(goal, most[k]);
        } else {
          retreats += ended == Ended.OPEN ? 1 : 0;
          asked = ended == Ended.OPEN ? between(Math.max(goal, asked), most[k]) : goal;
        }
      }
    }
    return Arrays.stream(most).max().orElse(outright);
  }

  /**
   * Whether a tree proves that no pair of the ball is so flat, or so steep.
   *
   * @param part of the time at whose end all of these are over
   * @param share of the time that is left, which this one has
   */
  private Ended ask(Slopes slopes, int part, int share) {
    Ball ball = Ball.of(query, net, query.maxRadius() * (1 + BEYOND), Optional.of(slopes));
    if (!ball.isFinite()) {
      return Ended.OPEN;
    }
    inPlay = Math.max(inPlay, ball.inPlay());
    double radius = query.maxRadius();
    Budget own =
        Budget.of(
            budget
                .remaining()
                .map(left -> options.toBuilder().timeLimit(left.dividedBy(share)).build())
                .orElse(options));
    double flatBefore = flat;
    double steepBefore = steep;
    Search search =
        new Search(
            new Search.Task(query, TOLERANCE, true, false, options.seed()),
            ball,
            radius,
            Optional.empty(),
            effort,
            (proved, none) -> publish(),
            () -> own.isOver() || budget.isOver(part) || flat < flatBefore || steep > steepBefore,
            this::offer);
    try {
      search.run(solver, solveOptions(), options.threads());
    } catch (SolverFailure e) {
      notes.add(new Note.SolverStopped(solver.id(), e.getMessage()));
      hasFailed = true;
      return Ended.OPEN;
    }
    if (search.isFinished() && search.proved() >= radius) {
      return Ended.PROVED;
    }
    return flat < flatBefore || steep > steepBefore ? Ended.REFUTED : Ended.OPEN;
  }

  /** Takes a pair of a leaf for the flattest or steepest one, if it is. */
  private synchronized Optional<Witness> offer(double[] x, double[] w) {
    boolean isInside =
        query.distance(x) <= query.maxRadius() && query.distance(w) <= query.maxRadius();
    double ratio = isInside ? ratio(x, w) : Double.NaN;
    boolean isFlatter = ratio < flat * (1 - TOLERANCE);
    boolean isSteeper = ratio > steep * (1 + TOLERANCE) && Double.isFinite(ratio);
    if (isFlatter || isSteeper) {
      Secant pair = Secant.of(query, x, w);
      // Where points are hardly apart rounding makes any slope.
      boolean isClear = pair.most() - pair.least() < GAP / 10 * pair.most();
      if (isClear && isFlatter) {
        flat = ratio;
        flattest = Optional.of(pair);
      }
      if (isClear && isSteeper) {
        steep = ratio;
        steepest = Optional.of(pair);
      }
    }
    return Optional.empty();
  }

  private void publish() {
    listener.progress(
        new CertifyListener.Bracket(
            0,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Double.POSITIVE_INFINITY,
            effort.nodes(),
            budget.elapsed()));
  }

  private SolveOptions solveOptions() {
    SolveOptions.Builder solve =
        SolveOptions.builder()
            .cancellation(options.limits().cancellation())
            .tolerances(TOLERANCE, TOLERANCE)
            .seed(options.seed())
            .parameters(options.parameters());
    budget.remaining().ifPresent(solve::timeLimit);
    return solve.build();
  }
}
