package dev.crease.tree;

import dev.crease.SolverFailure;
import dev.crease.certify.Workers;
import dev.crease.question.Query;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import dev.crease.witness.Witness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/**
 * The proof, or its attempt, that no collision lies within one ball: a queue of nodes, the one with
 * the least bound first, and what works on them. A collision that comes up lowers what is to be
 * proved.
 */
final class Search {

  /** A unit of differences is at least this part of the largest. */
  private static final double LEAST_SCALE = 1e-10;

  /** How far a pair is moved off the borders of its regions: the least that does is best. */
  private static final double[] PARTS = {1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2};

  /** The same where points are to be told apart. */
  private static final double VISIBLE = 0.125;

  /** A bound this small, by the radius of the ball, may be 0. */
  private static final double AT_CENTER = 1e-9;

  private final Task task;
  private final Ball ball;
  private final double asked;
  private final Effort effort;
  private final BiConsumer<Double, Optional<Witness>> progress;
  private final BooleanSupplier over;
  private final List<FaceRoot> roots = new ArrayList<>();
  private final List<Branch> trees = new ArrayList<>();

  /**
   * What is looked for, and how.
   *
   * @param resolution a node is done when its bound is this near to the collision, relative to it
   * @param firstEnds whether the first collision within what is asked ends the work
   * @param keeps whether the tree is kept
   * @param seed of the points that are tried
   * @param replay takes the points of a pair that a program ended at for a collision, or does
   *     something else with them
   */
  record Task(
      Query query,
      double resolution,
      boolean firstEnds,
      boolean keeps,
      int seed,
      BiFunction<double[], double[], Optional<Witness>> replay) {

    /** One that looks for collisions of a question. */
    static Task of(Query query, double resolution, boolean firstEnds, boolean keeps, int seed) {
      boolean isExact = query.noise().isNone();
      return new Task(
          query,
          resolution,
          firstEnds,
          keeps,
          seed,
          (x, w) -> isExact ? Witness.exactly(query, x, w) : Witness.confusedExactly(query, x, w));
    }
  }

  // Guarded by this.
  private final PriorityQueue<Node> open = new PriorityQueue<>();
  private final List<Node> inWork = new ArrayList<>();
  private final Random random;
  private Optional<Witness> witness;
  private double closed = Double.POSITIVE_INFINITY;
  private double stuck = Double.POSITIVE_INFINITY;
  private long made;

  /**
   * A search in a ball.
   *
   * @param task what is looked for
   * @param ball where
   * @param asked up to which radius, at most the ball's
   * @param known a collision, within that or not
   * @param effort takes what it costs
   * @param progress is told after each node up to where there is no collision, and of the nearest
   *     one; by several threads
   * @param over whether to stop
   */
  Search(
      Task task,
      Ball ball,
      double asked,
      Optional<Witness> known,
      Effort effort,
      BiConsumer<Double, Optional<Witness>> progress,
      BooleanSupplier over) {
    this.task = task;
    this.ball = ball;
    this.asked = asked;
    this.witness = known;
    this.random = new Random(task.seed());
    this.effort = effort;
    this.progress = progress;
    this.over = over;
    for (Face face : Face.all(ball)) {
      if (over.getAsBoolean()) {
        // A face of which nothing is known.
        stuck = 0;
        return;
      }
      FaceRoot root = FaceRoot.of(ball, face);
      Branch tree = new Branch(task.keeps());
      roots.add(root);
      trees.add(tree);
      open.add(new Node(root.state().copy(), root, tree, 0, 0, made++));
    }
  }

  /** What is asked of a node: that no collision of it is nearer. */
  private double target() {
    return within().map(w -> w.radius() * (1 - task.resolution())).orElse(asked);
  }

  /**
   * Runs until the tree is closed or the work is over.
   *
   * @param threads how many nodes are worked on at once
   * @throws SolverFailure if the backend gives no linear sessions after all
   */
  void run(MipSolver solver, SolveOptions options, int threads) {
    Composed composed = Composed.of(ball);
    double[] scale = new double[ball.inPlay()];
    for (int p = 0; p < scale.length; p++) {
      for (FaceRoot root : roots) {
        double size = Math.max(-root.state().dLower[p], root.state().dUpper[p]);
        scale[p] = Math.max(scale[p], size);
      }
      scale[p] = scale[p] > 0 && Double.isFinite(scale[p]) ? scale[p] : 1;
    }
    // Differences that are nothing but rounding would make coefficients that no program takes.
    double least = LEAST_SCALE * Trim.largest(scale);
    Arrays.setAll(scale, p -> Math.max(least, scale[p]));
    Workers.run(
        threads,
        () -> {
          // Each closes what is its own.
          try (Worker worker =
              Worker.open(ball, composed, scale, solver, options, effort, this::isOver)) {
            work(worker);
          }
        });
  }

  private boolean isOver() {
    return over.getAsBoolean() || (task.firstEnds() && isRefuted());
  }

  private synchronized boolean isRefuted() {
    return within().isPresent();
  }

  /** The collision within what is asked. */
  private Optional<Witness> within() {
    return witness.filter(w -> w.radius() <= asked);
  }

  private void work(Worker worker) {
    Optional<Node> next = take();
    while (next.isPresent()) {
      Node node = next.get();
      Worker.Outcome outcome;
      try {
        outcome = worker.work(node, now());
        if (outcome.neuron() < 0 && outcome.bound() < now()) {
          collide(worker, node);
          // How near the leaf's bound must come is known only now.
          outcome = worker.work(node, now()).within(outcome.limit());
        }
      } catch (RuntimeException | Error e) {
        giveBack(node);
        throw e;
      }
      put(node, outcome);
      progress.accept(proved(), witness());
      next = take();
    }
  }

  private synchronized double now() {
    return target();
  }

  /** The next node, once there is one; empty when there will be none. */
  private synchronized Optional<Node> take() {
    while (!isOver()) {
      // A tree that is kept has no open nodes.
      if (!open.isEmpty() && (task.keeps() || open.peek().bound() < target())) {
        Node node = open.remove();
        inWork.add(node);
        return Optional.of(node);
      }
      if (inWork.isEmpty()) {
        break;
      }
      try {
        wait(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    notifyAll();
    return Optional.empty();
  }

  private synchronized void giveBack(Node node) {
    inWork.remove(node);
    open.add(node);
    notifyAll();
  }

  private synchronized void put(Node node, Worker.Outcome outcome) {
    boolean isLeaf = outcome.neuron() < 0;
    // A node of a tree that is kept ends with the proof that it has itself.
    boolean isOwn = isLeaf || task.keeps();
    double bound = isOwn ? outcome.bound() : Math.max(node.bound(), outcome.bound());
    inWork.remove(node);
    closed = Math.min(closed, outcome.limit());
    if (bound >= target()) {
      closed = Math.min(closed, bound);
    } else if (isLeaf) {
      stuck = Math.min(stuck, bound);
    } else {
      split(node, outcome, bound);
    }
    notifyAll();
  }

  private void split(Node node, Worker.Outcome outcome, double bound) {
    Branch active = node.branch().child();
    Branch inactive = node.branch().child();
    node.branch().end(new Branch.Split(outcome.copy(), outcome.neuron(), active, inactive));
    for (int side = 0; side < 2; side++) {
      State child = node.state().copy();
      child.decide(outcome.copy(), outcome.neuron(), side == 0);
      open.add(
          new Node(
              child, node.root(), side == 0 ? active : inactive, bound, node.depth() + 1, made++));
    }
  }

  /** Looks for the exact collision of a node whose phases are all decided. */
  private void collide(Worker worker, Node node) {
    Optional<Witness> found =
        node.bound() <= AT_CENTER * ball.radius()
            ? pair(worker, node, VISIBLE).flatMap(w -> w.atCenter(task.query()))
            : Optional.empty();
    for (int i = 0; i < PARTS.length && found.isEmpty(); i++) {
      found = pair(worker, node, PARTS[i]);
    }
    if (found.isEmpty()) {
      return;
    }
    // Points that doubles tell apart show it better.
    Witness nearest = found.get();
    Witness shown =
        pair(worker, node, VISIBLE).flatMap(w -> w.from(task.query(), nearest)).orElse(nearest);
    synchronized (this) {
      if (witness.isEmpty() || shown.radius() < witness.get().radius()) {
        witness = Optional.of(shown);
        notifyAll();
      }
    }
  }

  private Optional<Witness> pair(Worker worker, Node node, double part) {
    Random own;
    synchronized (this) {
      own = new Random(random.nextLong());
    }
    return worker.pair(node, part, own).flatMap(p -> task.replay().apply(p[0], p[1]));
  }

  /** The nearest collision that is known. */
  synchronized Optional<Witness> witness() {
    return witness;
  }

  /** Up to where there is no collision, by what is closed and what is open. */
  synchronized double proved() {
    double least = Math.min(asked, Math.min(stuck, closed));
    for (Node node : inWork) {
      least = Math.min(least, node.bound());
    }
    return open.isEmpty() ? least : Math.min(least, open.peek().bound());
  }

  /** Whether nothing is left to do. */
  synchronized boolean isFinished() {
    // The collision of a leaf lies a little beyond its bound.
    return inWork.isEmpty()
        && stuck >= target() * (1 - 3 * task.resolution())
        && (open.isEmpty() || (!task.keeps() && open.peek().bound() >= target()));
  }

  /** The trees, by face, as far as they are kept. */
  List<Branch> trees() {
    return trees;
  }
}
