package dev.crease.solver.ortools;

import com.google.ortools.linearsolver.MPConstraintProto;
import com.google.ortools.linearsolver.MPGeneralConstraintProto;
import com.google.ortools.linearsolver.MPIndicatorConstraint;
import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.linearsolver.MPQuadraticConstraint;
import com.google.ortools.linearsolver.MPQuadraticObjective;
import com.google.ortools.linearsolver.MPSosConstraint;
import com.google.ortools.linearsolver.MPVariableProto;
import com.google.ortools.linearsolver.PartialVariableAssignment;
import dev.crease.model.Constraint;
import dev.crease.model.IndicatorConstraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.QuadraticConstraint;
import dev.crease.model.QuadraticExpression;
import dev.crease.model.Sos1Constraint;
import dev.crease.model.Variable;
import java.util.Map;

/** Models as OR-Tools' protocol messages. Names stay behind: not every solver takes every name. */
final class ModelRequests {

  private ModelRequests() {}

  static MPModelProto proto(Model model, Map<Integer, Double> hint) {
    MPModelProto.Builder proto = MPModelProto.newBuilder();
    proto.setMaximize(!model.objective().isMinimize());
    QuadraticExpression objective = model.objective().expression();
    double[] cost = new double[model.variables().size()];
    for (int k = 0; k < objective.linear().size(); k++) {
      cost[objective.linear().variable(k)] = objective.linear().coefficient(k);
    }
    for (Variable v : model.variables()) {
      proto.addVariable(
          MPVariableProto.newBuilder()
              .setLowerBound(v.lower())
              .setUpperBound(v.upper())
              .setIsInteger(v.isIntegral())
              .setObjectiveCoefficient(cost[v.index()]));
    }
    proto.setObjectiveOffset(objective.linear().constant());
    if (!objective.isLinear()) {
      MPQuadraticObjective.Builder quadratic = MPQuadraticObjective.newBuilder();
      for (QuadraticExpression.Term term : objective.terms()) {
        quadratic
            .addQvar1Index(term.first())
            .addQvar2Index(term.second())
            .addCoefficient(term.coefficient());
      }
      proto.setQuadraticObjective(quadratic);
    }
    for (Constraint constraint : model.constraints()) {
      constraint.visit(
          c -> proto.addConstraint(linear(c)),
          c -> proto.addGeneralConstraint(indicator(c)),
          c -> proto.addGeneralConstraint(sos1(c)),
          c -> proto.addGeneralConstraint(quadratic(c)));
    }
    if (!hint.isEmpty()) {
      PartialVariableAssignment.Builder start = PartialVariableAssignment.newBuilder();
      hint.keySet().stream()
          .sorted()
          .forEach(index -> start.addVarIndex(index).addVarValue(hint.get(index)));
      proto.setSolutionHint(start);
    }
    return proto.build();
  }

  private static MPConstraintProto.Builder linear(LinearConstraint constraint) {
    MPConstraintProto.Builder row =
        MPConstraintProto.newBuilder()
            .setLowerBound(constraint.lower())
            .setUpperBound(constraint.upper());
    LinearExpression e = constraint.expression();
    for (int k = 0; k < e.size(); k++) {
      row.addVarIndex(e.variable(k)).addCoefficient(e.coefficient(k));
    }
    return row;
  }

  private static MPGeneralConstraintProto.Builder indicator(IndicatorConstraint c) {
    return MPGeneralConstraintProto.newBuilder()
        .setIndicatorConstraint(
            MPIndicatorConstraint.newBuilder()
                .setVarIndex(c.indicator().index())
                .setVarValue(c.activeValue() ? 1 : 0)
                .setConstraint(linear(c.implied())));
  }

  private static MPGeneralConstraintProto.Builder sos1(Sos1Constraint c) {
    MPSosConstraint.Builder sos =
        MPSosConstraint.newBuilder().setType(MPSosConstraint.Type.SOS1_DEFAULT);
    for (Variable v : c.variables()) {
      sos.addVarIndex(v.index()).addWeight(sos.getWeightCount() + 1);
    }
    return MPGeneralConstraintProto.newBuilder().setSosConstraint(sos);
  }

  private static MPGeneralConstraintProto.Builder quadratic(QuadraticConstraint c) {
    MPQuadraticConstraint.Builder quadratic =
        MPQuadraticConstraint.newBuilder().setLowerBound(c.lower()).setUpperBound(c.upper());
    LinearExpression e = c.expression().linear();
    for (int k = 0; k < e.size(); k++) {
      quadratic.addVarIndex(e.variable(k)).addCoefficient(e.coefficient(k));
    }
    for (QuadraticExpression.Term term : c.expression().terms()) {
      quadratic
          .addQvar1Index(term.first())
          .addQvar2Index(term.second())
          .addQcoefficient(term.coefficient());
    }
    return MPGeneralConstraintProto.newBuilder().setQuadraticConstraint(quadratic);
  }
}
