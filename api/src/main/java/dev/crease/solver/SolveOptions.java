package dev.crease.solver;

import dev.crease.Cancellation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to solve. Everything has a default; change with {@link #toBuilder()}.
 *
 * @param limits when to stop
 * @param tolerances how exactly to work
 * @param threads threads for one solve, at least 1
 * @param seed random seed, at least 0
 * @param warmStart values by variable index; partial points are welcome
 * @param logSink takes the solver's log, a line at a time
 * @param parameters the backend's own parameters, by its own names; applied last
 */
public record SolveOptions(
    Limits limits,
    Tolerances tolerances,
    int threads,
    int seed,
    Map<Integer, Double> warmStart,
    Optional<Consumer<String>> logSink,
    Map<String, String> parameters) {

  /** Checks the ranges and copies the maps. */
  public SolveOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads cannot be " + threads);
    }
    if (seed < 0) {
      throw new IllegalArgumentException("seed cannot be " + seed);
    }
    tolerances.check();
    warmStart = Map.copyOf(warmStart);
    parameters = Map.copyOf(parameters);
  }

  /** No limit, one thread, seed 0, gaps 0 and 1e-6, tolerances 1e-7 and 1e-7. */
  public static SolveOptions defaults() {
    return builder().build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these options. */
  public Builder toBuilder() {
    Builder b = new Builder();
    b.limits = limits;
    b.tolerances = tolerances;
    b.threads = threads;
    b.seed = seed;
    b.warmStart = warmStart;
    b.logSink = logSink;
    b.parameters = parameters;
    return b;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private Limits limits = Limits.none();
    private Tolerances tolerances = Tolerances.defaults();
    private int threads = 1;
    private int seed;
    private Map<Integer, Double> warmStart = Map.of();
    private Optional<Consumer<String>> logSink = Optional.empty();
    private Map<String, String> parameters = Map.of();

    private Builder() {}

    /** Sets all limits. */
    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    /** Sets the wall-clock limit. */
    public Builder timeLimit(Duration value) {
      limits = limits.withTime(value);
      return this;
    }

    /** Sets the node limit. */
    public Builder nodeLimit(long value) {
      limits = limits.withNodes(value);
      return this;
    }

    /** Sets what stops the solve. */
    public Builder cancellation(Cancellation value) {
      limits = limits.withCancellation(value);
      return this;
    }

    /** Sets all tolerances. */
    public Builder tolerances(Tolerances value) {
      tolerances = value;
      return this;
    }

    /** Sets the tolerances on constraints and on integrality. */
    public Builder tolerances(double feasibility, double integrality) {
      tolerances = tolerances.within(feasibility, integrality);
      return this;
    }

    /** Sets an absolute and a relative gap. */
    public Builder gaps(double absolute, double relative) {
      tolerances = tolerances.withGaps(absolute, relative);
      return this;
    }

    /** Sets the number of threads. */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /** Sets the random seed. */
    public Builder seed(int value) {
      seed = value;
      return this;
    }

    /** Sets the warm start. */
    public Builder warmStart(Map<Integer, Double> value) {
      warmStart = value;
      return this;
    }

    /** Sets the sink of the solver's log. */
    public Builder logSink(Consumer<String> value) {
      logSink = Optional.of(value);
      return this;
    }

    /** Sets the backend's own parameters. */
    public Builder parameters(Map<String, String> value) {
      parameters = value;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if something is out of range
     */
    public SolveOptions build() {
      return new SolveOptions(limits, tolerances, threads, seed, warmStart, logSink, parameters);
    }
  }
}
