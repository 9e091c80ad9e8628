package dev.crease.certify;

import dev.crease.Cancellation;
import dev.crease.solver.Limits;
import dev.crease.solver.Tolerances;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * How to answer a question. Everything has a default; change with {@link #toBuilder()}.
 *
 * @param strategy {@code auto}, or one of {@code dev.crease.mip.Strategies}
 * @param encoding ReLU encoding, by id
 * @param bounds how neurons are bounded, by id: {@code dev.crease.mip.BoundsKind}
 * @param delta separation below which collisions are not looked for; empty for the default
 * @param limits when to stop the whole answer
 * @param tolerances of the solver
 * @param threads threads for the solver
 * @param seed random seed of the solver and of the search for witnesses
 * @param logSink takes the solver's log
 * @param parameters the backend's own parameters
 * @param trust whose word is taken for what is certified
 * @param cover whether an exact engine should add the {@link Cover} that its claim can be checked
 *     from
 */
public record CertifyOptions(
    String strategy,
    String encoding,
    String bounds,
    OptionalDouble delta,
    Limits limits,
    Tolerances tolerances,
    int threads,
    int seed,
    Optional<Consumer<String>> logSink,
    Map<String, String> parameters,
    Trust trust,
    boolean cover) {

  /** The separation where none is proved, of every strategy but boxes, if nobody says. */
  public static final double DEFAULT_DELTA = 1e-3;

  /** Copies the parameters. */
  public CertifyOptions {
    parameters = Map.copyOf(parameters);
  }

  /** Strategy {@code auto}, big-M, one thread, no limit, nobody's word. */
  public static CertifyOptions defaults() {
    return new Builder().build();
  }

  /** A builder that starts from these options. */
  public Builder toBuilder() {
    Builder b = new Builder();
    b.strategy = strategy;
    b.encoding = encoding;
    b.bounds = bounds;
    b.delta = delta;
    b.limits = limits;
    b.tolerances = tolerances;
    b.threads = threads;
    b.seed = seed;
    b.logSink = logSink;
    b.parameters = parameters;
    b.trust = trust;
    b.cover = cover;
    return b;
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private String strategy = "auto";
    private String encoding = "big-m";
    private String bounds = "auto";
    private OptionalDouble delta = OptionalDouble.empty();
    private Limits limits = Limits.none();
    private Tolerances tolerances = Tolerances.defaults();
    private int threads = 1;
    private int seed;
    private Optional<Consumer<String>> logSink = Optional.empty();
    private Map<String, String> parameters = Map.of();
    private Trust trust = Trust.PROOF;
    private boolean cover;

    private Builder() {}

    /** Sets the strategy. */
    public Builder strategy(String value) {
      strategy = value;
      return this;
    }

    /** Sets the ReLU encoding. */
    public Builder encoding(String value) {
      encoding = value;
      return this;
    }

    /** Sets the bounds method. */
    public Builder bounds(String value) {
      bounds = value;
      return this;
    }

    /** Sets the separation. */
    public Builder delta(double value) {
      delta = OptionalDouble.of(value);
      return this;
    }

    /** Sets the limit on the whole answer. */
    public Builder timeLimit(Duration value) {
      limits = limits.withTime(value);
      return this;
    }

    /**
     * Sets how many nodes of a proof tree are worked on at the most: as often as asked, the same
     * answer on one thread. Integer programs know no such limit.
     */
    public Builder nodeLimit(long value) {
      limits = limits.withNodes(value);
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

    /** Sets the solver's tolerances. */
    public Builder tolerances(double feasibility, double integrality) {
      tolerances = tolerances.within(feasibility, integrality);
      return this;
    }

    /** Sets the relative gap at which the solver may stop. */
    public Builder relativeGap(double value) {
      tolerances = tolerances.withGaps(0, value);
      return this;
    }

    /** Sets what stops the work. */
    public Builder cancellation(Cancellation value) {
      limits = limits.withCancellation(value);
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

    /** Sets whose word is taken for what is certified; nobody's otherwise. */
    public Builder trust(Trust value) {
      trust = value;
      return this;
    }

    /** Asks for a {@link Cover}. */
    public Builder cover(boolean value) {
      cover = value;
      return this;
    }

    /** The options. */
    public CertifyOptions build() {
      return new CertifyOptions(
          strategy,
          encoding,
          bounds,
          delta,
          limits,
          tolerances,
          threads,
          seed,
          logSink,
          parameters,
          trust,
          cover);
    }
  }
}
