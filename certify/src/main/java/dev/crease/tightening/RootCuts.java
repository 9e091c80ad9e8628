package dev.crease.tightening;

import dev.crease.Rounding;
import dev.crease.SolverFailure;
import dev.crease.bounds.Interval;
import dev.crease.encoding.EncodedNetwork;
import dev.crease.encoding.PreActivation;
import dev.crease.model.Constraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.Variable;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the relaxation of big-M neurons towards their convex hull (Anderson, Huchette, Ma,
 * Tjandraatmadja and Vielma, Strong mixed-integer programming formulations for trained neural
 * networks, 2020, theorem 1 and proposition 12): for any part {@code I} of a neuron's inputs,
 *
 * <pre>y &lt;= sum over I of w_i (x_i - L_i (1 - t)) + t (b + sum over the others of w_i U_i)</pre>
 *
 * where {@code L_i}, {@code U_i} are the ends of an input's range at which {@code w_i x_i} is least
 * and largest. The most violated one at the optimum of the relaxation is found in linear time. A
 * few rounds of it before the solver starts need nothing of the solver but linear constraints.
 */
public final class RootCuts {

  private static final Logger LOG = LoggerFactory.getLogger(RootCuts.class);

  private static final int ROUNDS = 8;

  /** A cut that is violated by less, relative to the neuron's range, is not added. */
  private static final double LEAST_VIOLATION = 1e-4;

  private final MipSolver solver;
  private final SolveOptions options;
  private final BooleanSupplier over;

  /**
   * A way to cut.
   *
   * @param solver one with linear sessions
   * @param options for the programs
   * @param over whether to stop, and keep the cuts that there are
   */
  public RootCuts(MipSolver solver, SolveOptions options, BooleanSupplier over) {
    this.solver = solver;
    this.options = options;
    this.over = over;
  }

  /**
   * The model with cuts.
   *
   * @param model a minimisation or maximisation with a linear objective
   * @param neurons of the networks that it encodes
   * @return empty when the backend has no linear sessions
   */
  public Optional<Model> strengthened(Model model, List<EncodedNetwork.Neuron> neurons) {
    List<Constraint> constraints = new ArrayList<>(model.constraints());
    double[] cost = cost(model);
    for (int round = 0; round < ROUNDS && !over.getAsBoolean(); round++) {
      Optional<LinearSession.Optimum> optimum;
      try {
        Optional<LinearSession> opened =
            solver.linearSession(relaxation(model, constraints), options);
        if (opened.isEmpty()) {
          return Optional.empty();
        }
        try (LinearSession session = opened.get()) {
          optimum = session.minimize(cost);
        }
      } catch (SolverFailure e) {
        // The cuts that there are hold, and the model is right without any.
        LOG.debug("no more cuts: {}", e.getMessage());
        break;
      }
      int before = constraints.size();
      optimum.ifPresent(o -> separate(neurons, o.values(), constraints));
      if (constraints.size() == before) {
        break;
      }
    }
    return Optional.of(new Model(model.name(), model.variables(), constraints, model.objective()));
  }

  private static double[] cost(Model model) {
    double[] cost = new double[model.variables().size()];
    LinearExpression e = model.objective().expression().linear();
    double sign = model.objective().isMinimize() ? 1 : -1;
    for (int k = 0; k < e.size(); k++) {
      cost[e.variable(k)] = sign * e.coefficient(k);
    }
    return cost;
  }

  private static Model relaxation(Model model, List<Constraint> constraints) {
    Model.Builder relaxed = Model.builder(model.name());
    for (Variable v : model.variables()) {
      relaxed.continuous(v.name(), v.lower(), v.upper());
    }
    constraints.stream().filter(LinearConstraint.class::isInstance).forEach(relaxed::add);
    return relaxed.objective(Objective.minimize(LinearExpression.zero())).build();
  }

  private static void separate(
      List<EncodedNetwork.Neuron> neurons, double[] at, List<Constraint> constraints) {
    for (EncodedNetwork.Neuron neuron : neurons) {
      if (neuron.t().isPresent()) {
        cut(neuron, neuron.t().get(), at).ifPresent(constraints::add);
      }
    }
  }

  private static Optional<LinearConstraint> cut(
      EncodedNetwork.Neuron neuron, Variable binary, double[] at) {
    PreActivation row = neuron.row();
    double t = at[binary.index()];
    double inI = 0;
    double outside = row.bias();
    double magnitude = Math.abs(row.bias());
    double value = 0;
    LinearExpression.Builder sum = LinearExpression.builder();
    for (int j = 0; j < row.weights().length; j++) {
      double w = row.weights()[j];
      Interval range = row.ranges().get(j);
      double least = w * (w >= 0 ? range.lower() : range.upper());
      double most = w * (w >= 0 ? range.upper() : range.lower());
      double here = w * row.inputs().get(j).valueAt(at);
      magnitude += Math.abs(least) + Math.abs(most);
      if (here <= least * (1 - t) + most * t) {
        sum.add(w, row.inputs().get(j));
        inI += least;
        value += here - least * (1 - t);
      } else {
        outside += most;
        value += most * t;
      }
    }
    value += row.bias() * t;
    double violation = at[neuron.y().index()] - value;
    if (!(violation > LEAST_VIOLATION * (row.z().upper() - row.z().lower()))) {
      return Optional.empty();
    }
    // Outward by more than what rounding can have done to the two sums.
    double slack = 4 * Rounding.gamma(row.weights().length + 2) * magnitude;
    LinearExpression cut =
        LinearExpression.of(neuron.y())
            .minus(sum.build())
            .minus(LinearExpression.term(inI + outside + 2 * slack, binary));
    return Optional.of(
        new LinearConstraint(
            "cut_" + neuron.layer() + "_" + neuron.index(),
            cut,
            Double.NEGATIVE_INFINITY,
            -inI + slack));
  }
}
