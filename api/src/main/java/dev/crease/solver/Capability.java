package dev.crease.solver;

/** One thing that a backend may be able to do. */
public enum Capability {
  /** Integer and binary variables. */
  INTEGER("integer"),
  /** Continuous variables alongside integer ones, to floating-point tolerances. */
  CONTINUOUS("continuous"),
  /** Indicator constraints. */
  INDICATOR("indicator"),
  /** Special ordered sets of type 1. */
  SOS1("SOS1"),
  /** Quadratic constraints and objectives, convex and nonconvex. */
  QUADRATIC("quadratic"),
  /** Starts from a given point, complete or partial. */
  WARM_START("warm start"),
  /** A running solve can be stopped from another thread and then gives its incumbent and bound. */
  INTERRUPT("interrupt"),
  /** Reports incumbent and bound while it runs. */
  PROGRESS("progress"),
  /** Sends its log to a sink. */
  LOG("log"),
  /** Stops at a number of nodes. */
  NODE_LIMIT("node limit"),
  /** Gives a valid dual bound when it stops at a limit. */
  BOUND_AT_LIMIT("bound at limit"),
  /** Uses several threads in one solve. */
  THREADS("threads"),
  /** Takes a random seed. */
  SEED("seed"),
  /** Solves one linear program with many objectives and gives its multipliers. */
  LINEAR_SESSION("linear session");

  private final String label;

  Capability(String label) {
    this.label = label;
  }

  /** What to print for it. */
  public String label() {
    return label;
  }
}
