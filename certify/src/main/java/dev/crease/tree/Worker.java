package dev.crease.tree;

import dev.crease.SolverFailure;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Works on one node at a time: bounds it, narrows what is known there, decides phases that no near
 * collision can have otherwise, and says where to split. Everything that changes a state was
 * checked by {@link Directions} or {@link Positions} first. One thread's.
 */
final class Worker implements AutoCloseable {

  private static final int MOST_ROUNDS = 2;

  private static final int MOST_ROUNDS_AT_ROOT = 12;

  /** A bound that moves less than this part of its interval has not moved. */
  private static final double WORTHWHILE = 0.2;

  /** From so many points the middle is taken. */
  private static final int POINTS = 12;

  /** What others find of a radius at the least where bounds may be said in two ways. */
  private static final double UNCLEAR = 1 - 0x1p-26;

  /** Where nothing else tells neurons apart, the one that may be on either side the most. */
  private static final double TIE = 1e-9;

  private final Ball ball;
  private final DirectionProgram directionProgram;
  private final PositionProgram positionProgram;
  private final Positions positions;
  private final double[] influence;
  private final Effort effort;
  private final BooleanSupplier over;

  /** Up to where holds what was decided at the node in work. */
  private double limit;

  private Worker(
      Ball ball,
      Composed composed,
      DirectionProgram directionProgram,
      PositionProgram positionProgram,
      Effort effort,
      BooleanSupplier over) {
    this.ball = ball;
    this.directionProgram = directionProgram;
    this.positionProgram = positionProgram;
    this.positions = new Positions(ball);
    this.effort = effort;
    this.over = over;
    int count = ball.inPlay();
    this.influence = new double[count];
    for (int p = count - 1; p >= 0; p--) {
      influence[p] = composed.influence(p);
      for (int q = p + 1; q < count; q++) {
        influence[p] += Math.abs(composed.onValue(q, p)) * influence[q] / 2;
      }
    }
  }

  /**
   * Opens its programs.
   *
   * @param scale by neuron in play, the size of its difference
   * @throws SolverFailure if the backend gives no linear sessions
   */
  static Worker open(
      Ball ball,
      Composed composed,
      double[] scale,
      MipSolver solver,
      SolveOptions options,
      Effort effort,
      BooleanSupplier over) {
    DirectionProgram first = DirectionProgram.open(ball, composed, scale, solver, options);
    try {
      PositionProgram second = PositionProgram.open(ball, composed, solver, options);
      return new Worker(ball, composed, first, second, effort, over);
    } catch (RuntimeException | Error e) {
      first.close();
      throw e;
    }
  }

  /**
   * What became of a node.
   *
   * @param bound by its last proof no collision of it is nearer than this and the limit
   * @param limit up to where what was decided on the way holds
   * @param copy the copy to split on
   * @param neuron the neuron in play to split on; -1 where it is closed or all phases are decided
   */
  record Outcome(double bound, double limit, int copy, int neuron) {

    /** The same with what was decided before. */
    Outcome within(double before) {
      return new Outcome(bound, Math.min(limit, before), copy, neuron);
    }
  }

  /**
   * Works on a node, whose state it narrows.
   *
   * @param target a node beyond this radius is done
   */
  Outcome work(Node node, double target) {
    limit = Double.POSITIVE_INFINITY;
    State state = node.state();
    double bound = 0;
    effort.node();
    int most = node.depth() == 0 ? MOST_ROUNDS_AT_ROOT : MOST_ROUNDS;
    for (int round = 0; ; round++) {
      if (state.settle()) {
        node.branch().end(new Branch.Empty(Reads.ofCrossing(state)));
        return closed(Double.POSITIVE_INFINITY);
      }
      Hulls hulls = Hulls.of(state);
      directionProgram.move(state, hulls);
      Optional<DirectionProgram.Answer> direction = direct(node, hulls, Goal.none());
      if (direction.isPresent() && isClosed(node, direction.get())) {
        return closed(Double.POSITIVE_INFINITY);
      }
      positionProgram.move(state, hulls);
      effort.program();
      Optional<PositionProgram.Answer> position = positionProgram.nearest(target);
      if (position.isPresent()) {
        double radius = radius(state, hulls, position.get());
        if (radius >= target) {
          node.branch().end(new Branch.NotNear(position.get().proof()));
          return closed(radius);
        }
        // How it ends where nothing is left to split on.
        bound = radius;
        node.branch().end(new Branch.NotNear(position.get().proof()));
      } else {
        bound = 0;
        node.branch().end(new Branch.Open());
      }
      boolean narrowed = false;
      if (round < most && !over.getAsBoolean()) {
        Optional<Boolean> turned = narrow(node, hulls, direction);
        if (turned.isEmpty()) {
          return closed(Double.POSITIVE_INFINITY);
        }
        narrowed = turned.get();
        narrowed |= probe(node, position, target);
      }
      if (!narrowed) {
        return split(state, direction, bound);
      }
    }
  }

  private Outcome closed(double bound) {
    return new Outcome(bound, limit, 0, -1);
  }

  private Optional<DirectionProgram.Answer> direct(Node node, Hulls hulls, Goal goal) {
    effort.program();
    return directionProgram.solve(node.state(), hulls, node.root().directions(), goal);
  }

  /** Whether it is proved that no direction is left. */
  private static boolean isClosed(Node node, DirectionProgram.Answer answer) {
    boolean closed = answer.isInfeasible() && answer.bound() > 0;
    if (closed) {
      node.branch().end(new Branch.NoDirection(answer.proof()));
    }
    return closed;
  }

  private double radius(State state, Hulls hulls, PositionProgram.Answer answer) {
    double radius = positions.derive(state, hulls, answer.proof(), answer.pass()).radius();
    return state.isClear() ? radius : UNCLEAR * radius;
  }

  /** Narrows the differences; empty where nothing is left of the node. */
  private Optional<Boolean> narrow(
      Node node, Hulls hulls, Optional<DirectionProgram.Answer> first) {
    State state = node.state();
    int count = ball.inPlay();
    double[] least = new double[count];
    double[] most = new double[count];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    first.filter(a -> !a.isInfeasible()).ifPresent(a -> see(a.dz(), least, most));
    boolean narrowed = false;
    for (int p = 0; p < count; p++) {
      if (state.passes(p) || state.isLost(p)) {
        continue;
      }
      for (int sign = -1; sign <= 1; sign += 2) {
        double width = state.dUpper[p] - state.dLower[p];
        double slack = WORTHWHILE * width;
        boolean seen =
            sign > 0 ? least[p] <= state.dLower[p] + slack : most[p] >= state.dUpper[p] - slack;
        if (seen || !(width > 0) || over.getAsBoolean()) {
          continue;
        }
        Goal goal = Goal.difference(ball.layer(p), ball.index(p), sign);
        Optional<DirectionProgram.Answer> answer = direct(node, hulls, goal);
        if (answer.isEmpty()) {
          continue;
        }
        if (answer.get().isInfeasible()) {
          if (isClosed(node, answer.get())) {
            return Optional.empty();
          }
          continue;
        }
        see(answer.get().dz(), least, most);
        double value = answer.get().bound();
        boolean moved =
            sign > 0 ? value > state.dLower[p] + slack : -value < state.dUpper[p] - slack;
        if (!moved) {
          continue;
        }
        narrowed = true;
        node.branch().add(new Branch.Narrowed(goal, answer.get().proof()));
        if (sign > 0) {
          state.dLower[p] = value;
        } else {
          state.dUpper[p] = -value;
        }
        if (state.hasCrossed(p)) {
          node.branch().end(new Branch.Empty(Reads.ofCrossing(state)));
          return Optional.empty();
        }
        state.touch(p);
        hulls.set(state, p);
        directionProgram.move(state, hulls);
      }
    }
    return Optional.of(narrowed);
  }

  private static void see(double[] values, double[] least, double[] most) {
    for (int p = 0; p < values.length; p++) {
      least[p] = Math.min(least[p], values[p]);
      most[p] = Math.max(most[p], values[p]);
    }
  }

  /** Decides phases whose opposite no collision within the target can have. */
  private boolean probe(Node node, Optional<PositionProgram.Answer> first, double target) {
    State state = node.state();
    Hulls hulls = Hulls.of(state);
    int count = ball.inPlay();
    boolean[][][] seen = new boolean[2][2][count];
    first.filter(a -> !a.isInfeasible()).ifPresent(a -> see(a, seen));
    boolean decided = false;
    positionProgram.move(state, hulls);
    for (int p = 0; p < count; p++) {
      for (int copy = 0; copy < 2; copy++) {
        for (int side = 0; side < 2; side++) {
          boolean active = side == 0;
          if (state.isDecided(copy, p) || seen[side][copy][p] || over.getAsBoolean()) {
            continue;
          }
          positionProgram.force(state, copy, p, active);
          effort.program();
          Optional<PositionProgram.Answer> answer = positionProgram.nearest(target);
          if (answer.isPresent() && isExcluded(node, answer.get(), copy, p, active, target)) {
            state.settle();
            hulls.set(state, p);
            positionProgram.move(state, hulls);
            decided = true;
          } else {
            positionProgram.release(state, copy, p);
            answer.filter(a -> !a.isInfeasible()).ifPresent(a -> see(a, seen));
          }
        }
      }
    }
    return decided;
  }

  /** Decides a phase where its opposite is excluded. */
  private boolean isExcluded(
      Node node, PositionProgram.Answer answer, int copy, int p, boolean active, double target) {
    State other = node.state().copy();
    other.decide(copy, p, active);
    boolean empty = other.settle();
    double radius = empty ? Double.POSITIVE_INFINITY : radius(other, Hulls.of(other), answer);
    if (!(radius >= target)) {
      return false;
    }
    limit = Math.min(limit, radius);
    Optional<PositionProof> proof = empty ? Optional.empty() : Optional.of(answer.proof());
    Reads reads = empty ? Reads.ofCrossing(other) : answer.proof().reads();
    node.branch().add(new Branch.Decided(copy, p, !active, proof, reads));
    node.state().decide(copy, p, !active);
    return true;
  }

  /** A point on a side of a kink: no probe can decide that neuron against it. */
  private static void see(PositionProgram.Answer answer, boolean[][][] seen) {
    for (int copy = 0; copy < 2; copy++) {
      for (int p = 0; p < seen[0][copy].length; p++) {
        double z = answer.z()[copy][p];
        seen[0][copy][p] |= z > 0;
        seen[1][copy][p] |= z < 0;
      }
    }
  }

  /**
   * Splits on the neuron whose difference is furthest from passing and from being lost, by what it
   * does to the outputs.
   */
  private Outcome split(State state, Optional<DirectionProgram.Answer> direction, double bound) {
    int bestCopy = 0;
    int best = -1;
    double most = -1;
    for (int p = 0; p < ball.inPlay(); p++) {
      for (int copy = 0; copy < 2; copy++) {
        if (state.isDecided(copy, p)) {
          continue;
        }
        double score = TIE * Math.min(-state.zLower[copy][p], state.zUpper[copy][p]);
        if (direction.isPresent() && !direction.get().isInfeasible()) {
          double dz = direction.get().dz()[p];
          double dy = direction.get().dy()[p];
          score += Math.min(Math.abs(dy), Math.abs(dz - dy));
        }
        score *= influence[p];
        if (score > most) {
          most = score;
          best = p;
          bestCopy = copy;
        }
      }
    }
    return new Outcome(bound, limit, bestCopy, best);
  }

  /**
   * A pair of points of a node whose phases are all decided, where the program is exact: nearly the
   * nearest, and moved a little towards the middle of all such pairs, so that rounding does not
   * take it out.
   *
   * @param part how far it is moved, by the way to the middle
   */
  Optional<double[][]> pair(Node node, double part, Random random) {
    State state = node.state();
    positionProgram.move(state, Hulls.of(state));
    effort.program();
    Optional<PositionProgram.Answer> nearest = positionProgram.nearest(Double.POSITIVE_INFINITY);
    if (nearest.isEmpty() || nearest.get().isInfeasible()) {
      return Optional.empty();
    }
    double[] x = nearest.get().x();
    double[] w = nearest.get().xPrime();
    double[] middle = new double[x.length];
    double[] middlePrime = new double[x.length];
    int points = 0;
    positionProgram.within(1);
    for (int i = 0; i < POINTS; i++) {
      effort.program();
      // In a thin ball no corner but that one has its points apart.
      int weight = i == 0 ? POINTS : 1;
      Optional<PositionProgram.Answer> point =
          i == 0 ? positionProgram.apart() : positionProgram.somewhere(random);
      if (point.isPresent() && !point.get().isInfeasible()) {
        points += weight;
        for (int j = 0; j < x.length; j++) {
          middle[j] += weight * point.get().x()[j];
          middlePrime[j] += weight * point.get().xPrime()[j];
        }
      }
    }
    if (points == 0) {
      return Optional.empty();
    }
    for (int j = 0; j < x.length; j++) {
      x[j] += part * (middle[j] / points - x[j]);
      if (!ball.isFree(j)) {
        w[j] = x[j];
      } else if (!ball.isPinned()) {
        w[j] += part * (middlePrime[j] / points - w[j]);
      }
    }
    return Optional.of(new double[][] {x, w});
  }

  @Override
  public void close() {
    directionProgram.close();
    positionProgram.close();
  }
}
