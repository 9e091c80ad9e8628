package dev.crease.solver.gurobi;

/**
 * Stops a solve from another thread for as long as there is something to stop. A cancellation may
 * run its action after the registration was taken back, and to stop a model that was freed crashes.
 */
final class StopSwitch implements AutoCloseable {

  private final Runnable stop;
  private boolean open = true;

  StopSwitch(Runnable stop) {
    this.stop = stop;
  }

  /** Stops, unless closed. */
  synchronized void stop() {
    if (open) {
      stop.run();
    }
  }

  /** From now on nothing is stopped; whoever is stopping is waited for. */
  @Override
  public synchronized void close() {
    open = false;
  }
}
