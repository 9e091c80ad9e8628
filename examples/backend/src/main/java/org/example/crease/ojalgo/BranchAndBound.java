package org.example.crease.ojalgo;

import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.Variable;
import dev.crease.solver.Progress;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import org.ojalgo.optimisation.Optimisation;

/**
 * Best-bound search with dives. The dual bound is the least bound of all boxes that were not proved
 * empty, so a box that ojAlgo cannot settle costs the proof, but never its truth.
 */
final class BranchAndBound {

  private static final int REPORT_EVERY = 100;

  private final Model model;
  private final Relaxation relaxation;
  private final SolveOptions options;
  private final SolveListener listener;
  private final Clock clock;
  private final PriorityQueue<Node> open =
      new PriorityQueue<>(Comparator.comparingDouble(Node::bound));

  private double[] incumbent = new double[0];
  private double value = Double.POSITIVE_INFINITY;

  /** The least bound of the boxes that are done with, whether they were closed or given up. */
  private double settled = Double.POSITIVE_INFINITY;

  private long nodes;
  private double reported = Double.POSITIVE_INFINITY;
  private String trouble = "";
  private Optimisation.State said = Optimisation.State.UNEXPLORED;

  BranchAndBound(
      Model model,
      Relaxation relaxation,
      SolveOptions options,
      SolveListener listener,
      Clock clock) {
    this.model = model;
    this.relaxation = relaxation;
    this.options = options;
    this.listener = listener;
    this.clock = clock;
  }

  SolveResult run() {
    Optional<Node> next = root();
    while (next.isPresent()) {
      if (limit().isPresent()) {
        open.add(next.get());
        break;
      }
      Optional<Node> child = process(next.get());
      report(child);
      next = child.isPresent() ? child : Optional.ofNullable(open.poll());
    }
    return result();
  }

  private Optional<Node> root() {
    double[] lower = new double[model.variables().size()];
    double[] upper = new double[lower.length];
    relaxation.box(lower, upper);
    for (int j = 0; j < lower.length; j++) {
      if (lower[j] > upper[j]) {
        return Optional.empty();
      }
    }
    return Optional.of(new Node(lower, upper, Double.NEGATIVE_INFINITY));
  }

  private Optional<SolveStatus> limit() {
    if (clock.isCancelled()) {
      return Optional.of(SolveStatus.INTERRUPTED);
    } else if (clock.isOver()) {
      return Optional.of(SolveStatus.TIME_LIMIT);
    } else if (options.limits().nodes().isPresent() && nodes >= options.limits().nodes().getAsLong()) {
      return Optional.of(SolveStatus.NODE_LIMIT);
    }
    return Optional.empty();
  }

  /** Settles a node, or splits it and gives the half to dive into. */
  private Optional<Node> process(Node node) {
    if (node.bound() >= cutoff()) {
      settled = Math.min(settled, node.bound());
      return Optional.empty();
    }
    nodes++;
    Relaxation.Answer answer = relaxation.solve(node.lower(), node.upper(), clock);
    double bound = Math.max(node.bound(), answer.bound());
    if (answer.point().isEmpty()) {
      if (bound < Double.POSITIVE_INFINITY && bound < cutoff()) {
        // The time was up, or ojAlgo could not: the bound of the box stands, nothing better.
        said = answer.said();
        trouble = "a box was given up: ojAlgo said " + said + ", which could not be proved";
      }
      settled = Math.min(settled, bound);
      return Optional.empty();
    }
    double[] point = answer.point().get();
    int j = mostFractional(point);
    if (j < 0) {
      offer(point);
    }
    if (j < 0 || bound >= cutoff()) {
      settled = Math.min(settled, bound);
      return Optional.empty();
    }
    Node down = node.below(j, Math.floor(point[j]), bound);
    Node up = node.above(j, Math.floor(point[j]) + 1, bound);
    boolean upFirst = point[j] - Math.floor(point[j]) > 0.5;
    open.add(upFirst ? down : up);
    return Optional.of(upFirst ? up : down);
  }

  private int mostFractional(double[] point) {
    int chosen = -1;
    double most = options.tolerances().integrality();
    for (Variable v : model.variables()) {
      double x = point[v.index()];
      double off = v.isIntegral() ? Math.abs(x - Math.rint(x)) : 0;
      if (off > most) {
        most = off;
        chosen = v.index();
      }
    }
    return chosen;
  }

  /** Takes an integral point if it is better: rounded where the rows allow, else as it is. */
  private void offer(double[] point) {
    double[] rounded = point.clone();
    for (Variable v : model.variables()) {
      if (v.isIntegral()) {
        rounded[v.index()] = Math.rint(point[v.index()]);
      }
    }
    double tolerance = options.tolerances().feasibility();
    double[] taken = model.violation(rounded) <= tolerance ? rounded : point;
    double atTaken = relaxation.valueAt(taken);
    if (atTaken < value
        && model.violation(taken) <= Math.max(tolerance, options.tolerances().integrality())) {
      incumbent = taken;
      value = atTaken;
    }
  }

  /** A box with this bound is not worth a look. */
  private double cutoff() {
    return value - room();
  }

  private double room() {
    if (value == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double objective = Math.abs(value + relaxation.sign() * constant());
    return Math.max(options.tolerances().absoluteGap(), options.tolerances().relativeGap() * objective);
  }

  private double constant() {
    return model.objective().expression().linear().constant();
  }

  /** Nothing is better than this, whatever is still to be looked at. */
  private double bound() {
    double least = Math.min(settled, value);
    return open.isEmpty() ? least : Math.min(least, open.peek().bound());
  }

  private void report(Optional<Node> diving) {
    if (value == reported && nodes % REPORT_EVERY != 0) {
      return;
    }
    reported = value;
    double bound = Math.min(bound(), diving.map(Node::bound).orElse(Double.POSITIVE_INFINITY));
    Progress now = new Progress(outward(value), outward(bound), nodes, clock.elapsed());
    listener.progress(now);
    options
        .logSink()
        .ifPresent(
            sink ->
                sink.accept(
                    "node "
                        + nodes
                        + " incumbent "
                        + now.incumbent()
                        + " bound "
                        + now.dualBound()));
  }

  /** A value of the minimisation as one of the model's objective. */
  private double outward(double minimized) {
    return relaxation.sign() * minimized + constant();
  }

  private SolveResult result() {
    Objective.Sense sense = model.objective().sense();
    double bound = bound();
    if (value == Double.POSITIVE_INFINITY && bound == Double.POSITIVE_INFINITY) {
      String message = "every box is proved to be empty";
      return SolveResult.without(SolveStatus.INFEASIBLE, sense, nodes, clock.elapsed(), message);
    }
    SolveStatus status = isClosed(bound) ? SolveStatus.OPTIMAL : limit().orElseGet(this::stuck);
    if (status == SolveStatus.ERROR) {
      return SolveResult.without(status, sense, nodes, clock.elapsed(), trouble);
    }
    Optional<SolveResult.Solution> solution = Optional.empty();
    if (value < Double.POSITIVE_INFINITY) {
      double objective = model.objective().expression().valueAt(incumbent);
      solution = Optional.of(new SolveResult.Solution(incumbent, objective));
    }
    // Adding the constant rounds once more.
    double below = Math.nextDown(bound + relaxation.sign() * constant());
    return new SolveResult(
        status, solution, relaxation.sign() * below, nodes, clock.elapsed(), trouble);
  }

  private boolean isClosed(double bound) {
    double rounding = options.tolerances().feasibility() * Math.max(1, Math.abs(value));
    return value < Double.POSITIVE_INFINITY && value - bound <= room() + rounding;
  }

  /** Why there is no proof although nothing is left to do. */
  private SolveStatus stuck() {
    if (value < Double.POSITIVE_INFINITY) {
      return SolveStatus.OTHER_LIMIT;
    }
    return bound() == Double.NEGATIVE_INFINITY && said == Optimisation.State.UNBOUNDED
        ? SolveStatus.INFEASIBLE_OR_UNBOUNDED
        : SolveStatus.ERROR;
  }
}
