package dev.crease.encoding;

import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.Capability;
import java.util.Optional;

/**
 * {@code y >= 0, y >= z, y <= z - l (1 - t), y <= u t} (Tjeng et al., Evaluating Robustness of
 * Neural Networks with Mixed Integer Programming, 2019, section 4.1). Needs finite bounds; they
 * come rounded outward, so no input of the exact network is cut off.
 */
final class BigMEncoding implements ReluEncoding {

  private final boolean wantsCuts;

  BigMEncoding(boolean wantsCuts) {
    this.wantsCuts = wantsCuts;
  }

  @Override
  public String id() {
    return wantsCuts ? "cuts" : "big-m";
  }

  @Override
  public boolean wantsCuts() {
    return wantsCuts;
  }

  @Override
  public Optional<Capability> needs() {
    return Optional.empty();
  }

  @Override
  public Optional<Variable> encode(
      Model.Builder model, String name, PreActivation row, Variable y) {
    Variable z = row.z();
    Variable t = model.binary("t" + name);
    LinearExpression gap = LinearExpression.of(y).minus(LinearExpression.of(z));
    model.atLeast(name + ".above", gap, 0);
    model.atMost(name + ".active", gap.minus(LinearExpression.term(z.lower(), t)), -z.lower());
    model.atMost(
        name + ".inactive", LinearExpression.of(y).minus(LinearExpression.term(z.upper(), t)), 0);
    return Optional.of(t);
  }
}
