package dev.crease.solver;

import dev.crease.Cancellation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * How to solve. Everything has a default; change with the {@code with} methods.
 *
 * @param timeLimit wall-clock limit
 * @param threads threads for one solve, at least 1
 * @param seed random seed, at least 0
 * @param absoluteGap stop when {@code |primal - dual|} is at most this
 * @param relativeGap stop when {@code |primal - dual|} is at most this times {@code |primal|}
 * @param feasibilityTolerance by how much a constraint may be violated
 * @param integralityTolerance by how much an integer variable may be off an integer
 * @param nodeLimit number of nodes at the most
 * @param warmStart values by variable index; partial points are welcome
 * @param logSink takes the solver's log, a line at a time
 * @param cancellation stops the solve from another thread
 * @param parameters the backend's own parameters, by its own names; applied last
 */
public record SolveOptions(
    Optional<Duration> timeLimit,
    int threads,
    int seed,
    double absoluteGap,
    double relativeGap,
    double feasibilityTolerance,
    double integralityTolerance,
    OptionalLong nodeLimit,
    Map<Integer, Double> warmStart,
    Optional<Consumer<String>> logSink,
    Cancellation cancellation,
    Map<String, String> parameters) {

  /** Checks the ranges and copies the maps. */
  public SolveOptions {
    require(threads >= 1, "threads", threads);
    require(seed >= 0, "seed", seed);
    require(absoluteGap >= 0, "absolute gap", absoluteGap);
    require(relativeGap >= 0, "relative gap", relativeGap);
    require(
        feasibilityTolerance >= 1e-10 && feasibilityTolerance <= 1e-2,
        "feasibility tolerance (1e-10 to 1e-2)",
        feasibilityTolerance);
    require(
        integralityTolerance >= 1e-10 && integralityTolerance <= 1e-2,
        "integrality tolerance (1e-10 to 1e-2)",
        integralityTolerance);
    require(timeLimit.isEmpty() || !timeLimit.get().isNegative(), "time limit", timeLimit);
    require(nodeLimit.isEmpty() || nodeLimit.getAsLong() >= 0, "node limit", nodeLimit);
    warmStart = Map.copyOf(warmStart);
    parameters = Map.copyOf(parameters);
  }

  private static void require(boolean holds, String what, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " cannot be " + value);
    }
  }

  /** No limit, one thread, seed 0, gaps 0 and 1e-6, tolerances 1e-7 and 1e-7. */
  public static SolveOptions defaults() {
    return new SolveOptions(
        Optional.empty(),
        1,
        0,
        0,
        1e-6,
        1e-7,
        1e-7,
        OptionalLong.empty(),
        Map.of(),
        Optional.empty(),
        new Cancellation(),
        Map.of());
  }

  /** With a wall-clock limit. */
  public SolveOptions withTimeLimit(Duration limit) {
    return new SolveOptions(
        Optional.of(limit),
        threads,
        seed,
        absoluteGap,
        relativeGap,
        feasibilityTolerance,
        integralityTolerance,
        nodeLimit,
        warmStart,
        logSink,
        cancellation,
        parameters);
  }

  /** With a number of threads. */
  public SolveOptions withThreads(int count) {
    return new SolveOptions(
        timeLimit,
        count,
        seed,
        absoluteGap,
        relativeGap,
        feasibilityTolerance,
        integralityTolerance,
        nodeLimit,
        warmStart,
        logSink,
        cancellation,
        parameters);
  }

  /** With a random seed. */
  public SolveOptions withSeed(int newSeed) {
    return new SolveOptions(
        timeLimit,
        threads,
        newSeed,
        absoluteGap,
        relativeGap,
        feasibilityTolerance,
        integralityTolerance,
        nodeLimit,
        warmStart,
        logSink,
        cancellation,
        parameters);
  }

  /** With an absolute and a relative gap. */
  public SolveOptions withGaps(double absolute, double relative) {
    return new SolveOptions(
        timeLimit,
        threads,
        seed,
        absolute,
        relative,
        feasibilityTolerance,
        integralityTolerance,
        nodeLimit,
        warmStart,
        logSink,
        cancellation,
        parameters);
  }

  /** With tolerances on constraints and on integrality. */
  public SolveOptions withTolerances(double feasibility, double integrality) {
    return new SolveOptions(
        timeLimit,
        threads,
        seed,
        absoluteGap,
        relativeGap,
        feasibility,
        integrality,
        nodeLimit,
        warmStart,
        logSink,
        cancellation,
        parameters);
  }

  /** With a node limit. */
  public SolveOptions withNodeLimit(long limit) {
    return new SolveOptions(
        timeLimit,
        threads,
        seed,
        absoluteGap,
        relativeGap,
        feasibilityTolerance,
        integralityTolerance,
        OptionalLong.of(limit),
        warmStart,
        logSink,
        cancellation,
        parameters);
  }

  /** With a warm start. */
  public SolveOptions withWarmStart(Map<Integer, Double> values) {
    return new SolveOptions(
        timeLimit,
        threads,
        seed,
        absoluteGap,
        relativeGap,
        feasibilityTolerance,
        integralityTolerance,
        nodeLimit,
        values,
        logSink,
        cancellation,
        parameters);
  }

  /** With a sink for the solver's log. */
  public SolveOptions withLogSink(Consumer<String> sink) {
    return new SolveOptions(
        timeLimit,
        threads,
        seed,
        absoluteGap,
        relativeGap,
        feasibilityTolerance,
        integralityTolerance,
        nodeLimit,
        warmStart,
        Optional.of(sink),
        cancellation,
        parameters);
  }

  /** With a way to stop the solve. */
  public SolveOptions withCancellation(Cancellation newCancellation) {
    return new SolveOptions(
        timeLimit,
        threads,
        seed,
        absoluteGap,
        relativeGap,
        feasibilityTolerance,
        integralityTolerance,
        nodeLimit,
        warmStart,
        logSink,
        newCancellation,
        parameters);
  }

  /** With parameters of the backend's own. */
  public SolveOptions withParameters(Map<String, String> newParameters) {
    return new SolveOptions(
        timeLimit,
        threads,
        seed,
        absoluteGap,
        relativeGap,
        feasibilityTolerance,
        integralityTolerance,
        nodeLimit,
        warmStart,
        logSink,
        cancellation,
        newParameters);
  }
}
