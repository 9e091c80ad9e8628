package dev.crease.certify;

import dev.crease.solver.LinearSession;

/** A session that another one does the work of, to be spoiled by a subclass. */
public class ForwardingSession implements LinearSession {

  private final LinearSession session;

  /** Forwards to a session. */
  public ForwardingSession(LinearSession session) {
    this.session = session;
  }

  @Override
  public Outcome solve(double[] cost) {
    return session.solve(cost);
  }

  @Override
  public void setBounds(double[] lower, double[] upper) {
    session.setBounds(lower, upper);
  }

  @Override
  public void setSides(double[] lower, double[] upper) {
    session.setSides(lower, upper);
  }

  @Override
  public void setCoefficient(int row, int variable, double value) {
    session.setCoefficient(row, variable, value);
  }

  @Override
  public void close() {
    session.close();
  }
}
