package dev.crease.solver.gurobi;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A linear program in Gurobi, or what stands for one in tests. Costs, bounds and values are by
 * variable, sides and multipliers by row.
 */
interface GurobiProgram extends AutoCloseable {

  void setCosts(double[] costs);

  void setBounds(double[] lower, double[] upper);

  void setSides(double[] lower, double[] upper);

  void setCoefficient(int row, int variable, double value);

  /** Minimises; gives Gurobi's status, or nothing where Gurobi failed. */
  OptionalInt minimize();

  double[] values();

  /** Gurobi's {@code Pi}: the change of the least objective with a row's sides. */
  double[] multipliers();

  /** Gurobi's {@code FarkasDual}; empty where it has none. */
  Optional<double[]> farkasDual();

  /** Stops a solve, from any thread. */
  void stop();

  @Override
  void close();
}
