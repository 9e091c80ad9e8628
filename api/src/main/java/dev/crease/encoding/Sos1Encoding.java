package dev.crease.encoding;

import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Sos1Constraint;
import dev.crease.model.Variable;
import dev.crease.solver.Capability;
import java.util.List;
import java.util.Optional;

/**
 * {@code y = z + s}, {@code y, s >= 0}, at most one of them nonzero: no binary variable (design.md
 * 1.2; Turner et al., PySCIPOpt-ML, 2023, section 2). The chord {@code y <= u (z - l) / (u - l)} is
 * added, since the set alone has a weak relaxation.
 */
final class Sos1Encoding implements ReluEncoding {

  @Override
  public String id() {
    return "sos1";
  }

  @Override
  public Optional<Capability> needs() {
    return Optional.of(Capability.SOS1);
  }

  @Override
  public Optional<Variable> encode(
      Model.Builder model, String name, PreActivation row, Variable y) {
    Variable z = row.z();
    Variable s = model.continuous("s" + name, 0, -z.lower());
    LinearExpression gap = LinearExpression.of(y).minus(LinearExpression.of(z));
    model.equal(name + ".sum", gap.minus(LinearExpression.of(s)), 0);
    model.add(new Sos1Constraint(name + ".one", List.of(y, s)));
    Chords chords = Chords.of(z.lower(), z.upper());
    model.atMost(
        name + ".chord",
        LinearExpression.of(y).minus(LinearExpression.term(chords.upSlope(), z)),
        chords.upConstant());
    return Optional.empty();
  }
}
