package dev.crease.testkit;

import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.solver.Availability;
import dev.crease.solver.Capabilities;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A backend for 0-1 knapsacks and covers of one row, by depth-first branch and bound without
 * heuristics; its clock counts nodes. It does what a test plants in it.
 */
record KnapsackSolver(Bug bug) implements MipSolver {

  private static final double NODES_PER_MILLISECOND = 20;

  /** What is wrong with it. */
  enum Bug {
    NONE,
    INCUMBENT_AS_BOUND_AT_NODES,
    INCUMBENT_AS_BOUND_AT_TIME,
    NODES_CALLED_OPTIMAL,
    TIME_CALLED_OPTIMAL
  }

  @Override
  public String id() {
    return "knapsack";
  }

  @Override
  public String version() {
    return "Knapsack 1";
  }

  @Override
  public Availability availability() {
    return Availability.available();
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.of(Capability.INTEGER, Capability.NODE_LIMIT, Capability.BOUND_AT_LIMIT);
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    return new Search(model, options).run();
  }

  private final class Search {
    private final Model model;
    private final SolveOptions options;
    private final boolean isCover;
    private final double[] weight;
    private final double[] worth;
    private final double capacity;
    private final double all;
    private final int[] order;
    private final boolean[] taken;
    private boolean[] best = {};
    private double bestWorth = Double.NEGATIVE_INFINITY;
    private double open = Double.NEGATIVE_INFINITY;
    private long nodes;
    private Optional<SolveStatus> stopped = Optional.empty();

    Search(Model model, SolveOptions options) {
      this.model = model;
      this.options = options;
      this.isCover = model.objective().isMinimize();
      LinearConstraint row = (LinearConstraint) model.constraints().get(0);
      int n = model.variables().size();
      this.weight = dense(row.expression(), n);
      this.worth = dense(model.objective().expression().linear(), n);
      this.all = Arrays.stream(worth).sum();
      // What a cover leaves out is a knapsack.
      this.capacity = isCover ? Arrays.stream(weight).sum() - row.lower() : row.upper();
      this.order =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(j -> -worth[j] / weight[j]))
              .mapToInt(j -> j)
              .toArray();
      this.taken = new boolean[n];
    }

    private static double[] dense(LinearExpression e, int n) {
      double[] dense = new double[n];
      for (int k = 0; k < e.size(); k++) {
        dense[e.variable(k)] += e.coefficient(k);
      }
      return dense;
    }

    SolveResult run() {
      branch(0, 0, 0);
      boolean isAtNodes = stopped.equals(Optional.of(SolveStatus.NODE_LIMIT));
      SolveStatus status = stopped.orElse(SolveStatus.OPTIMAL);
      double bound = Math.max(bestWorth, open);
      boolean hasPoint = best.length > 0;
      switch (bug) {
        case INCUMBENT_AS_BOUND_AT_NODES -> bound = hasPoint && isAtNodes ? bestWorth : bound;
        case INCUMBENT_AS_BOUND_AT_TIME -> bound = hasPoint && !isAtNodes ? bestWorth : bound;
        case NODES_CALLED_OPTIMAL -> status = hasPoint && isAtNodes ? SolveStatus.OPTIMAL : status;
        case TIME_CALLED_OPTIMAL -> status = hasPoint && !isAtNodes ? SolveStatus.OPTIMAL : status;
        case NONE -> {}
      }
      return new SolveResult(
          status,
          hasPoint ? Optional.of(point()) : Optional.empty(),
          isCover ? all - bound : bound,
          nodes,
          Duration.ZERO,
          "knapsack");
    }

    private SolveResult.Solution point() {
      double[] values = new double[best.length];
      for (int j = 0; j < best.length; j++) {
        values[j] = best[j] != isCover ? 1 : 0;
      }
      return new SolveResult.Solution(values, model.objective().expression().valueAt(values));
    }

    private void branch(int depth, double load, double value) {
      double bound = value + relaxation(depth, capacity - load);
      if (load > capacity || bound <= bestWorth) {
        return;
      }
      if (stopped.isPresent() || isOver()) {
        open = Math.max(open, bound);
        return;
      }
      nodes++;
      if (depth == order.length) {
        best = taken.clone();
        bestWorth = value;
        return;
      }
      int j = order[depth];
      taken[j] = true;
      branch(depth + 1, load + weight[j], value + worth[j]);
      taken[j] = false;
      branch(depth + 1, load, value);
    }

    private boolean isOver() {
      if (options.limits().nodes().isPresent() && nodes >= options.limits().nodes().getAsLong()) {
        stopped = Optional.of(SolveStatus.NODE_LIMIT);
      } else if (options.limits().time().isPresent()
          && nodes >= options.limits().time().get().toMillis() * NODES_PER_MILLISECOND) {
        stopped = Optional.of(SolveStatus.TIME_LIMIT);
      }
      return stopped.isPresent();
    }

    /** What fills the room, the last item in part. */
    private double relaxation(int depth, double room) {
      double left = Math.max(0, room);
      double sum = 0;
      for (int k = depth; k < order.length && left > 0; k++) {
        int j = order[k];
        double part = Math.min(1, left / weight[j]);
        sum += part * worth[j];
        left -= part * weight[j];
      }
      return sum;
    }
  }
}
