package dev.crease.encoding;

import dev.crease.model.IndicatorConstraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.Capability;
import java.util.Optional;

/**
 * {@code y >= 0, y >= z; t = 1 -> y <= z; t = 0 -> y <= 0}, so that {@code t = 1} gives {@code y =
 * z}, and {@code t = 0} gives {@code y = 0} with {@code z <= 0} (design of gurobi-machinelearning
 * and of SCIP's indicator constraints). Needs no bounds; they still help.
 */
final class IndicatorEncoding implements ReluEncoding {

  @Override
  public String id() {
    return "indicator";
  }

  @Override
  public Optional<Capability> needs() {
    return Optional.of(Capability.INDICATOR);
  }

  @Override
  public Optional<Variable> encode(
      Model.Builder model, String name, PreActivation row, Variable y) {
    Variable z = row.z();
    Variable t = model.binary("t" + name);
    LinearExpression gap = LinearExpression.of(y).minus(LinearExpression.of(z));
    model.atLeast(name + ".above", gap, 0);
    model.add(
        new IndicatorConstraint(
            name + ".active",
            t,
            true,
            new LinearConstraint(name + ".y=z", gap, Double.NEGATIVE_INFINITY, 0)));
    model.add(
        new IndicatorConstraint(
            name + ".inactive",
            t,
            false,
            new LinearConstraint(
                name + ".y=0", LinearExpression.of(y), Double.NEGATIVE_INFINITY, 0)));
    return Optional.of(t);
  }
}
