package dev.crease.solver.gurobi;

import dev.crease.model.LinearExpression;
import dev.crease.model.QuadraticExpression;

/**
 * What a model is translated into: Gurobi's calls, or a record of them in tests. Variables are
 * numbered as in the model, types and senses are Gurobi's characters, and infinite is what Gurobi
 * calls infinite.
 *
 * @param <X> what a call may throw
 */
interface GurobiModelSink<X extends Exception> {

  /** All variables, once and first. */
  void variables(double[] lower, double[] upper, char[] types) throws X;

  /** A linear row; the constant of the expression is 0. */
  void row(LinearExpression expression, char sense, double side) throws X;

  /** A linear row that holds when a binary has a value. */
  void indicator(
      int binary, boolean activeValue, LinearExpression expression, char sense, double side)
      throws X;

  /** At most one of the variables is nonzero. */
  void sos1(int[] variables, double[] weights) throws X;

  /** A quadratic row; the constant of the expression is 0. */
  void quadratic(QuadraticExpression expression, char sense, double side) throws X;

  /** The objective, its constant included. */
  void objective(QuadraticExpression expression, boolean minimize) throws X;

  /** Where to start one variable. */
  void start(int variable, double value) throws X;
}
