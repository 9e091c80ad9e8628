package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRB;
import dev.crease.Cancellation;
import dev.crease.solver.LinearSession;
import java.util.OptionalInt;

/**
 * One linear program in Gurobi: a solve starts from the basis of the one before it. Of Gurobi only
 * constants are used.
 */
final class GurobiSession implements LinearSession {

  private final GurobiProgram program;
  private final int columns;
  private final int rows;
  private final Cancellation cancellation;
  private final StopSwitch stop;
  private final Cancellation.Registration interrupts;
  private boolean open = true;

  /** A session on a program, which it closes in the end. */
  GurobiSession(GurobiProgram program, int columns, int rows, Cancellation cancellation) {
    this.program = program;
    this.columns = columns;
    this.rows = rows;
    this.cancellation = cancellation;
    this.stop = new StopSwitch(program::stop);
    this.interrupts = cancellation.onCancel(stop::stop);
  }

  @Override
  public Outcome solve(double[] cost) {
    refuse(cost.length, columns, "costs", "variables");
    if (cancellation.isCancelled()) {
      return new Undecided();
    }
    program.setCosts(cost);
    OptionalInt status = program.minimize();
    if (status.isEmpty()) {
      return new Undecided();
    }
    return switch (status.getAsInt()) {
      case GRB.Status.OPTIMAL -> new Optimum(program.values(), program.multipliers());
      case GRB.Status.INFEASIBLE -> infeasible();
      default -> new Undecided();
    };
  }

  /**
   * Gurobi's multipliers say that {@code y A x <= y b} holds for no point within the bounds, so
   * that the least of the left side is above the right one. A session's are those of {@code >=}.
   */
  private Outcome infeasible() {
    return program
        .farkasDual()
        .<Outcome>map(y -> new Infeasible(negated(y)))
        .orElse(new Undecided());
  }

  private static double[] negated(double[] y) {
    double[] negated = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      negated[i] = -y[i];
    }
    return negated;
  }

  @Override
  public void setBounds(double[] lower, double[] upper) {
    refuse(lower.length, columns, "bounds", "variables");
    refuse(upper.length, columns, "bounds", "variables");
    program.setBounds(lower, upper);
  }

  @Override
  public void setSides(double[] lower, double[] upper) {
    refuse(lower.length, rows, "sides", "constraints");
    refuse(upper.length, rows, "sides", "constraints");
    program.setSides(lower, upper);
  }

  @Override
  public void setCoefficient(int row, int variable, double value) {
    refuse(1, 1, "", "");
    if (row < 0 || row >= rows || variable < 0 || variable >= columns) {
      throw new IllegalArgumentException("there is no row " + row + " with a variable " + variable);
    }
    program.setCoefficient(row, variable, value);
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
      interrupts.close();
      stop.close();
      program.close();
    }
  }
}
