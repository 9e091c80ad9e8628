package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRB;
import dev.crease.Unsupported;
import dev.crease.model.Constraint;
import dev.crease.model.IndicatorConstraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.QuadraticConstraint;
import dev.crease.model.Sos1Constraint;
import dev.crease.model.Variable;
import dev.crease.solver.SolveOptions;
import java.util.Map;

/**
 * Translates a model into Gurobi's calls. Names are left out: they need not be unique, and may be
 * what Gurobi does not take. Of Gurobi only constants are used, which javac copies in.
 *
 * @param <X> what the sink may throw
 */
final class ModelTranslation<X extends Exception> {

  /** From here on Gurobi takes a bound or a side for infinite. */
  private static final double INFINITE = 1e20;

  private final Model model;
  private final SolveOptions options;
  private final GurobiModelSink<X> sink;

  private ModelTranslation(Model model, SolveOptions options, GurobiModelSink<X> sink) {
    this.model = model;
    this.options = options;
    this.sink = sink;
  }

  /**
   * Translates a model whose constant rows hold, and the start.
   *
   * @throws Unsupported if a bound or side is finite, but infinite for Gurobi on the wrong side
   */
  static <X extends Exception> void translate(
      Model model, SolveOptions options, GurobiModelSink<X> sink) throws X {
    new ModelTranslation<>(model, options, sink).translate();
  }

  private void translate() throws X {
    variables();
    for (Constraint constraint : model.constraints()) {
      constraint.<X>visit(
          c -> row(c.name(), c.expression(), c.lower(), c.upper()),
          this::indicator,
          this::sos1,
          this::quadratic);
    }
    sink.objective(model.objective().expression(), model.objective().isMinimize());
    for (Map.Entry<Integer, Double> entry : options.warmStart().entrySet()) {
      // A start is a hint: what Gurobi would refuse is left out.
      boolean known = entry.getKey() >= 0 && entry.getKey() < model.variables().size();
      if (known && Math.abs(entry.getValue()) < INFINITE) {
        sink.start(entry.getKey(), entry.getValue());
      }
    }
  }

  private void variables() throws X {
    int count = model.variables().size();
    double[] lower = new double[count];
    double[] upper = new double[count];
    char[] types = new char[count];
    for (Variable v : model.variables()) {
      checkRange("variable " + v.name(), v.lower(), v.upper());
      lower[v.index()] = v.lower() <= -INFINITE ? -GRB.INFINITY : v.lower();
      upper[v.index()] = v.upper() >= INFINITE ? GRB.INFINITY : v.upper();
      types[v.index()] =
          switch (v.type()) {
            case CONTINUOUS -> GRB.CONTINUOUS;
            case INTEGER -> GRB.INTEGER;
            case BINARY -> GRB.BINARY;
          };
    }
    sink.variables(lower, upper, types);
  }

  private void row(String name, LinearExpression expression, double lower, double upper) throws X {
    if (!expression.isConstant()) {
      sides(name, lower, upper, (sense, side) -> sink.row(expression, sense, side));
    }
  }

  private void indicator(IndicatorConstraint c) throws X {
    LinearConstraint implied = c.implied();
    int binary = c.indicator().index();
    if (!implied.expression().isConstant()) {
      sides(
          c.name(),
          implied.lower(),
          implied.upper(),
          (sense, side) ->
              sink.indicator(binary, c.activeValue(), implied.expression(), sense, side));
    } else if (!ConstantRows.zeroIsBetween(
        implied.lower(), implied.upper(), options.tolerances().feasibility())) {
      // What is implied cannot hold, so the indicator must not be active.
      sink.row(LinearExpression.of(c.indicator()), GRB.EQUAL, c.activeValue() ? 0 : 1);
    }
  }

  private void sos1(Sos1Constraint c) throws X {
    int[] variables = c.variables().stream().mapToInt(Variable::index).toArray();
    double[] weights = new double[variables.length];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = k + 1;
    }
    sink.sos1(variables, weights);
  }

  private void quadratic(QuadraticConstraint c) throws X {
    if (c.expression().isLinear()) {
      row(c.name(), c.expression().linear(), c.lower(), c.upper());
    } else {
      sides(
          c.name(),
          c.lower(),
          c.upper(),
          (sense, side) -> sink.quadratic(c.expression(), sense, side));
    }
  }

  /** One of the two sides of a row. */
  @FunctionalInterface
  private interface Side<X extends Exception> {
    void add(char sense, double side) throws X;
  }

  /** A range as two rows, since Gurobi's own ranges bring a variable along. */
  private static <X extends Exception> void sides(
      String name, double lower, double upper, Side<X> row) throws X {
    checkRange("constraint " + name, lower, upper);
    if (lower == upper) {
      row.add(GRB.EQUAL, lower);
      return;
    }
    if (lower > -INFINITE) {
      row.add(GRB.GREATER_EQUAL, lower);
    }
    if (upper < INFINITE) {
      row.add(GRB.LESS_EQUAL, upper);
    }
  }

  /** A huge upper side only widens the model; a huge lower one would make it infeasible. */
  private static void checkRange(String what, double lower, double upper) {
    if (lower >= INFINITE || upper <= -INFINITE) {
      throw new Unsupported(
          "solver "
              + GurobiSolver.ID
              + " cannot take the model: the range ["
              + lower
              + ", "
              + upper
              + "] of "
              + Text.oneLine(what)
              + " is infinite for it; scale the model");
    }
  }
}
