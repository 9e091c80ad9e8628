package dev.crease.solver.ortools;

import com.google.ortools.linearsolver.MPSolver;
import dev.crease.model.Model;
import dev.crease.solver.LinearSession;
import dev.crease.solver.SolveOptions;
import java.util.Optional;

/**
 * One linear program in GLOP. GLOP gives no multipliers of infeasibility: those are the multipliers
 * of a second program, in which every row may be missed at a price (phase one of the simplex
 * method), which is made when it is first wanted.
 */
final class GlopSession implements LinearSession {

  private final GlopProgram program;
  private final SolveOptions options;
  private Optional<GlopProgram> elastic = Optional.empty();
  private boolean open = true;

  GlopSession(Model model, SolveOptions options) {
    this.options = options;
    this.program = GlopProgram.of(model, options);
  }

  @Override
  public Outcome solve(double[] cost) {
    refuse(cost.length, program.columns(), "costs", "variables");
    if (options.limits().cancellation().isCancelled()) {
      return new Undecided();
    }
    MPSolver.ResultStatus status = program.minimize(cost);
    // ABNORMAL and the like are no optimum: the caller keeps the bound that it has.
    return switch (status) {
      case OPTIMAL -> new Optimum(program.values(), program.multipliers());
      case INFEASIBLE -> infeasible();
      default -> new Undecided();
    };
  }

  private Outcome infeasible() {
    GlopProgram phaseOne = elastic.orElseGet(program::elastic);
    elastic = Optional.of(phaseOne);
    return phaseOne.minimize(new double[phaseOne.columns()]) == MPSolver.ResultStatus.OPTIMAL
        ? new Infeasible(phaseOne.multipliers())
        : new Undecided();
  }

  @Override
  public void setBounds(double[] lower, double[] upper) {
    refuse(lower.length, program.columns(), "bounds", "variables");
    refuse(upper.length, program.columns(), "bounds", "variables");
    program.setBounds(lower, upper);
    elastic.ifPresent(e -> e.setBounds(lower, upper));
  }

  @Override
  public void setSides(double[] lower, double[] upper) {
    refuse(lower.length, program.rows(), "sides", "constraints");
    refuse(upper.length, program.rows(), "sides", "constraints");
    program.setSides(lower, upper);
    elastic.ifPresent(e -> e.setSides(lower, upper));
  }

  @Override
  public void setCoefficient(int row, int variable, double value) {
    refuse(1, 1, "", "");
    if (row < 0 || row >= program.rows() || variable < 0 || variable >= program.columns()) {
      throw new IllegalArgumentException("there is no row " + row + " with a variable " + variable);
    }
    program.setCoefficient(row, variable, value);
    elastic.ifPresent(e -> e.setCoefficient(row, variable, value));
  }

  private void refuse(int given, int wanted, String what, String of) {
    if (!open) {
      throw new IllegalStateException("the session is closed");
    }
    if (given != wanted) {
      throw new IllegalArgumentException(given + " " + what + " for " + wanted + " " + of);
    }
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      program.delete();
      elastic.ifPresent(GlopProgram::delete);
    }
  }
}
