package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRB;
import com.gurobi.gurobi.GRBException;
import com.gurobi.gurobi.GRBLinExpr;
import com.gurobi.gurobi.GRBModel;
import com.gurobi.gurobi.GRBQuadExpr;
import com.gurobi.gurobi.GRBVar;
import dev.crease.model.LinearExpression;
import dev.crease.model.QuadraticExpression;

/** Builds a model of Gurobi's. */
final class GurobiSink implements GurobiModelSink<GRBException> {

  private static final String NO_NAME = "";

  private final GRBModel model;
  private GRBVar[] variables = {};

  GurobiSink(GRBModel model) {
    this.model = model;
  }

  /** Gurobi's variables, in the order of the model. */
  GRBVar[] variables() {
    return variables;
  }

  @Override
  public void variables(double[] lower, double[] upper, char[] types) throws GRBException {
    variables = model.addVars(lower, upper, null, types, null);
    // Before this a variable takes no start.
    model.update();
  }

  @Override
  public void row(LinearExpression expression, char sense, double side) throws GRBException {
    model.addConstr(linear(expression), sense, side, NO_NAME);
  }

  @Override
  public void indicator(
      int binary, boolean activeValue, LinearExpression expression, char sense, double side)
      throws GRBException {
    model.addGenConstrIndicator(
        variables[binary], activeValue ? 1 : 0, linear(expression), sense, side, NO_NAME);
  }

  @Override
  public void sos1(int[] indices, double[] weights) throws GRBException {
    GRBVar[] members = new GRBVar[indices.length];
    for (int k = 0; k < indices.length; k++) {
      members[k] = variables[indices[k]];
    }
    model.addSOS(members, weights, GRB.SOS_TYPE1);
  }

  @Override
  public void quadratic(QuadraticExpression expression, char sense, double side)
      throws GRBException {
    model.addQConstr(quadratic(expression), sense, side, NO_NAME);
  }

  @Override
  public void objective(QuadraticExpression expression, boolean minimize) throws GRBException {
    int sense = minimize ? GRB.MINIMIZE : GRB.MAXIMIZE;
    if (expression.isLinear()) {
      model.setObjective(linear(expression.linear()), sense);
    } else {
      model.setObjective(quadratic(expression), sense);
    }
  }

  @Override
  public void start(int variable, double value) throws GRBException {
    variables[variable].set(GRB.DoubleAttr.Start, value);
  }

  private GRBLinExpr linear(LinearExpression expression) {
    GRBLinExpr linear = new GRBLinExpr();
    for (int k = 0; k < expression.size(); k++) {
      linear.addTerm(expression.coefficient(k), variables[expression.variable(k)]);
    }
    linear.addConstant(expression.constant());
    return linear;
  }

  private GRBQuadExpr quadratic(QuadraticExpression expression) throws GRBException {
    GRBQuadExpr quadratic = new GRBQuadExpr();
    quadratic.add(linear(expression.linear()));
    for (QuadraticExpression.Term term : expression.terms()) {
      quadratic.addTerm(term.coefficient(), variables[term.first()], variables[term.second()]);
    }
    return quadratic;
  }
}
