package dev.crease.solver;

/** Whether a backend can run here, and if not, why. */
public sealed interface Availability {

  /** The backend can run. */
  record Available() implements Availability {}

  /**
   * The backend cannot run.
   *
   * @param reason why, in one line: the missing library, licence or platform, in the backend's own
   *     words
   * @param remedy what a user can do about it, in one line
   */
  record Unavailable(String reason, String remedy) implements Availability {}

  /** The backend can run. */
  static Availability available() {
    return new Available();
  }

  /** The backend cannot run, for a reason, with a remedy. */
  static Availability unavailable(String reason, String remedy) {
    return new Unavailable(reason, remedy);
  }
}
