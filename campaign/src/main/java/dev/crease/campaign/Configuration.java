package dev.crease.campaign;

import dev.crease.Cancellation;
import dev.crease.certify.CertifyOptions;
import java.time.Duration;
import java.util.Comparator;

/**
 * How an instance is answered.
 *
 * @param backend id of the backend
 * @param strategy the strategy; {@value #NONE} where there are none, as the next two
 * @param encoding the ReLU encoding
 * @param bounds how neurons are bounded
 * @param threads threads
 */
public record Configuration(
    String backend, String strategy, String encoding, String bounds, int threads)
    implements Comparable<Configuration> {

  /** Stands for what an engine without a solver has not. */
  public static final String NONE = "-";

  private static final String PAPER = "paper";

  private static final Comparator<Configuration> ORDER =
      Comparator.comparing(Configuration::backend)
          .thenComparing(Configuration::strategy)
          .thenComparing(Configuration::encoding)
          .thenComparing(Configuration::bounds)
          .thenComparingInt(Configuration::threads);

  /** What every comparison starts from. */
  public static Configuration base(Backends.Backend backend) {
    return backend.isSolver()
        ? new Configuration(backend.id(), "direct", "big-m", "auto", 1)
        : new Configuration(backend.id(), NONE, NONE, NONE, 1);
  }

  /** With another strategy. */
  public Configuration withStrategy(String value) {
    return new Configuration(backend, value, encoding, bounds, threads);
  }

  /** With another ReLU encoding. */
  public Configuration withEncoding(String value) {
    return new Configuration(backend, strategy, value, bounds, threads);
  }

  /** With another way to bound neurons. */
  public Configuration withBounds(String value) {
    return new Configuration(backend, strategy, encoding, value, threads);
  }

  Configuration withThreads(int value) {
    return new Configuration(backend, strategy, encoding, bounds, value);
  }

  /** One text for all of it. */
  public String key() {
    return asksSolver()
        ? String.join("/", backend, strategy, encoding, bounds, String.valueOf(threads))
        : backend;
  }

  @Override
  public int compareTo(Configuration other) {
    return ORDER.compare(this, other);
  }

  /** Whether it is the strategy that others are compared with. */
  public boolean isPaper() {
    return strategy.equals(PAPER);
  }

  /** Whether a solver of models is to answer. */
  boolean asksSolver() {
    return !strategy.equals(NONE);
  }

  /**
   * The same as options.
   *
   * @param seed of the solver, and of the search for collisions
   */
  CertifyOptions options(int seed, Duration limit, Cancellation cancellation) {
    CertifyOptions.Builder options =
        CertifyOptions.builder()
            .seed(seed)
            .threads(threads)
            .timeLimit(limit)
            .cancellation(cancellation);
    if (asksSolver()) {
      options.strategy(strategy).encoding(encoding).bounds(bounds);
    }
    return options.build();
  }
}
