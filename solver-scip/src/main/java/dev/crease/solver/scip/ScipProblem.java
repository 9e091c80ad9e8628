package dev.crease.solver.scip;

import static dev.crease.solver.scip.ScipError.check;

import dev.crease.Unsupported;
import dev.crease.model.Constraint;
import dev.crease.model.IndicatorConstraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.QuadraticExpression;
import dev.crease.model.Sos1Constraint;
import dev.crease.model.Variable;
import dev.crease.model.VariableType;
import dev.crease.solver.scip.jni.Scip;
import dev.crease.solver.scip.jni.ScipCons;
import dev.crease.solver.scip.jni.ScipFunctions;
import dev.crease.solver.scip.jni.ScipSol;
import dev.crease.solver.scip.jni.ScipVar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A model as a problem of SCIP. A quadratic objective becomes a free variable that is bounded by it
 * ({@code z >= q(x)} when minimising), because SCIP's objective is linear. Holds a reference to
 * each variable until {@link #release}.
 */
final class ScipProblem {

  private static final int BINARY = 0;
  private static final int INTEGER = 1;
  private static final int CONTINUOUS = 3;

  private static final int MINIMIZE = 1;
  private static final int MAXIMIZE = -1;

  private final Scip scip;
  private final Model model;
  private final double infinity;
  private final List<ScipVar> variables = new ArrayList<>();
  private Optional<ScipVar> objective = Optional.empty();

  private ScipProblem(Scip scip, Model model) {
    this.scip = scip;
    this.model = model;
    this.infinity = ScipFunctions.SCIPinfinity(scip);
  }

  /** An empty problem for a model, which {@link #build} fills. */
  static ScipProblem of(Scip scip, Model model) {
    check("SCIPcreateProbBasic", ScipFunctions.SCIPcreateProbBasic(scip, "model"));
    return new ScipProblem(scip, model);
  }

  /** Adds the variables, the objective and the constraints of the model. */
  void build() {
    boolean minimize = model.objective().isMinimize();
    check("SCIPsetObjsense", ScipFunctions.SCIPsetObjsense(scip, minimize ? MINIMIZE : MAXIMIZE));
    QuadraticExpression goal = model.objective().expression();
    double[] cost = new double[model.variables().size()];
    if (goal.isLinear()) {
      LinearExpression linear = goal.linear();
      for (int k = 0; k < linear.size(); k++) {
        cost[linear.variable(k)] = linear.coefficient(k);
      }
      check("SCIPaddOrigObjoffset", ScipFunctions.SCIPaddOrigObjoffset(scip, linear.constant()));
    }
    for (Variable v : model.variables()) {
      variables.add(variable(v.lower(), v.upper(), cost[v.index()], type(v.type())));
    }
    if (!goal.isLinear()) {
      ScipVar z = variable(-infinity, infinity, 1, CONTINUOUS);
      objective = Optional.of(z);
      double constant = goal.linear().constant();
      // The constant goes to the other side: q(x) - z <= -constant when minimising.
      quadratic(
          goal, Optional.of(z), minimize ? -infinity : -constant, minimize ? -constant : infinity);
    }
    model.constraints().forEach(this::add);
  }

  private static int type(VariableType type) {
    return switch (type) {
      case BINARY -> BINARY;
      case INTEGER -> INTEGER;
      case CONTINUOUS -> CONTINUOUS;
    };
  }

  private ScipVar variable(double lower, double upper, double cost, int type) {
    ScipVar v = new ScipVar(null);
    check(
        "SCIPcreateVarBasic",
        ScipFunctions.SCIPcreateVarBasic(
            scip, v, "x" + variables.size(), lower(lower), upper(upper), cost, type));
    try {
      check("SCIPaddVar", ScipFunctions.SCIPaddVar(scip, v));
    } catch (ScipError e) {
      ScipFunctions.SCIPreleaseVar(scip, v);
      throw e;
    }
    return v;
  }

  private double lower(double bound) {
    if (bound >= infinity) {
      throw tooLarge(bound);
    }
    return Math.max(-infinity, bound);
  }

  private double upper(double bound) {
    if (bound <= -infinity) {
      throw tooLarge(bound);
    }
    return Math.min(infinity, bound);
  }

  /** Beyond SCIP's infinity a bound would cut everything off. */
  private static Unsupported tooLarge(double bound) {
    return new Unsupported(
        "solver "
            + ScipSolver.ID
            + " cannot take the model: a bound of "
            + bound
            + " is infinite to it; scale the model");
  }

  private void add(Constraint constraint) {
    constraint.visit(
        this::linear,
        this::indicator,
        this::sos1,
        c -> quadratic(c.expression(), Optional.empty(), lower(c.lower()), upper(c.upper())));
  }

  private void linear(LinearConstraint c) {
    ScipCons row = new ScipCons(null);
    check(
        "SCIPcreateConsBasicLinear",
        ScipFunctions.SCIPcreateConsBasicLinear(
            scip, row, "row", 0, null, null, lower(c.lower()), upper(c.upper())));
    LinearExpression e = c.expression();
    try {
      for (int k = 0; k < e.size(); k++) {
        check(
            "SCIPaddCoefLinear",
            ScipFunctions.SCIPaddCoefLinear(
                scip, row, variables.get(e.variable(k)), e.coefficient(k)));
      }
      check("SCIPaddCons", ScipFunctions.SCIPaddCons(scip, row));
    } finally {
      ScipFunctions.SCIPreleaseCons(scip, row);
    }
  }

  /** SCIP's indicators imply {@code a x <= b}, so a range takes two. */
  private void indicator(IndicatorConstraint c) {
    ScipVar binary = variables.get(c.indicator().index());
    if (!c.activeValue()) {
      ScipVar negated = new ScipVar(null);
      check("SCIPgetNegatedVar", ScipFunctions.SCIPgetNegatedVar(scip, binary, negated));
      binary = negated;
    }
    LinearConstraint implied = c.implied();
    if (implied.upper() != Double.POSITIVE_INFINITY) {
      indicator(binary, implied.expression(), 1, implied.upper());
    }
    if (implied.lower() != Double.NEGATIVE_INFINITY) {
      indicator(binary, implied.expression(), -1, -implied.lower());
    }
  }

  private void indicator(ScipVar binary, LinearExpression e, int sign, double most) {
    ScipCons row = new ScipCons(null);
    check(
        "SCIPcreateConsBasicIndicator",
        ScipFunctions.SCIPcreateConsBasicIndicator(
            scip, row, "indicator", binary, 0, null, null, upper(most)));
    try {
      for (int k = 0; k < e.size(); k++) {
        check(
            "SCIPaddVarIndicator",
            ScipFunctions.SCIPaddVarIndicator(
                scip, row, variables.get(e.variable(k)), sign * e.coefficient(k)));
      }
      check("SCIPaddCons", ScipFunctions.SCIPaddCons(scip, row));
    } finally {
      ScipFunctions.SCIPreleaseCons(scip, row);
    }
  }

  private void sos1(Sos1Constraint c) {
    ScipCons set = new ScipCons(null);
    check(
        "SCIPcreateConsBasicSOS1",
        ScipFunctions.SCIPcreateConsBasicSOS1(scip, set, "set", 0, null, null));
    try {
      for (int k = 0; k < c.variables().size(); k++) {
        check(
            "SCIPaddVarSOS1",
            ScipFunctions.SCIPaddVarSOS1(
                scip, set, variables.get(c.variables().get(k).index()), k + 1));
      }
      check("SCIPaddCons", ScipFunctions.SCIPaddCons(scip, set));
    } finally {
      ScipFunctions.SCIPreleaseCons(scip, set);
    }
  }

  /** Adds {@code lower <= q(x) - z <= upper}, the constant of {@code q} left out. */
  private void quadratic(QuadraticExpression q, Optional<ScipVar> z, double lower, double upper) {
    LinearExpression linear = q.linear();
    int linears = linear.size() + (z.isPresent() ? 1 : 0);
    int products = q.terms().size();
    ScipCons row = new ScipCons(null);
    try (PointerPointer<ScipVar> vars = new PointerPointer<>(Math.max(1, linears));
        DoublePointer coefficients = new DoublePointer(Math.max(1, linears));
        PointerPointer<ScipVar> first = new PointerPointer<>(Math.max(1, products));
        PointerPointer<ScipVar> second = new PointerPointer<>(Math.max(1, products));
        DoublePointer factors = new DoublePointer(Math.max(1, products))) {
      for (int k = 0; k < linear.size(); k++) {
        vars.put(k, variables.get(linear.variable(k)));
        coefficients.put(k, linear.coefficient(k));
      }
      if (z.isPresent()) {
        vars.put(linear.size(), z.get());
        coefficients.put(linear.size(), -1);
      }
      for (int k = 0; k < products; k++) {
        QuadraticExpression.Term term = q.terms().get(k);
        first.put(k, variables.get(term.first()));
        second.put(k, variables.get(term.second()));
        factors.put(k, term.coefficient());
      }
      check(
          "SCIPcreateConsBasicQuadraticNonlinear",
          ScipFunctions.SCIPcreateConsBasicQuadraticNonlinear(
              scip,
              row,
              "quadratic",
              linears,
              vars,
              coefficients,
              products,
              first,
              second,
              factors,
              lower,
              upper));
    }
    try {
      check("SCIPaddCons", ScipFunctions.SCIPaddCons(scip, row));
    } finally {
      ScipFunctions.SCIPreleaseCons(scip, row);
    }
  }

  /** Offers a partial point; what lies outside a variable's bounds is brought inside. */
  void start(Map<Integer, Double> values) {
    if (values.isEmpty()) {
      return;
    }
    ScipSol start = new ScipSol(null);
    check("SCIPcreatePartialSol", ScipFunctions.SCIPcreatePartialSol(scip, start, null));
    for (Map.Entry<Integer, Double> entry : values.entrySet()) {
      Variable v = model.variables().get(entry.getKey());
      double value = Math.max(v.lower(), Math.min(v.upper(), entry.getValue()));
      if (Double.isFinite(value)) {
        check(
            "SCIPsetSolVal",
            ScipFunctions.SCIPsetSolVal(scip, start, variables.get(entry.getKey()), value));
      }
    }
    check("SCIPaddSolFree", ScipFunctions.SCIPaddSolFree(scip, start, new int[1]));
  }

  /** The values of a solution, one per variable of the model. */
  double[] values(ScipSol solution) {
    double[] values = new double[model.variables().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ScipFunctions.SCIPgetSolVal(scip, solution, variables.get(i));
    }
    return values;
  }

  /** Gives the references to the variables back, before SCIP is freed. */
  void release() {
    for (ScipVar v : variables) {
      ScipFunctions.SCIPreleaseVar(scip, v);
    }
    objective.ifPresent(z -> ScipFunctions.SCIPreleaseVar(scip, z));
    variables.clear();
    objective = Optional.empty();
  }
}
