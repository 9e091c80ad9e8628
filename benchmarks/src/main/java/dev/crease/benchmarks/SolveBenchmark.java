package dev.crease.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.crease.bench.Configuration;
import dev.crease.bench.Instance;
import dev.crease.bench.Judge;
import dev.crease.bench.Outcome;
import dev.crease.bench.Suite;
import dev.crease.bench.Truth;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifierRegistry;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.solver.Cancellation;
import dev.crease.solver.regions.RegionsCertifier;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole answers, for paired comparisons with error bars: {@code crease bench run} has all instances
 * and all backends, and keeps time-outs. An answer that is not solved, above all a wrong one, is an
 * error here and no time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
public class SolveBenchmark {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MOST_INPUTS = 3;

  /** The question; {@code crease bench list} has all. */
  @Param({"scaling/width/2-8-8-2/local/inf", "scaling/width/2-8-8-2/pseudo/inf"})
  public String instance = "";

  /** What answers; {@code crease solvers} has all. */
  @Param({"regions", "splitting", "ortools-highs"})
  public String backend = "";

  /** The strategy of solvers. */
  @Param("direct")
  public String strategy = "";

  /** The ReLU encoding of solvers. */
  @Param("big-m")
  public String encoding = "";

  /** How solvers have neurons bounded. */
  @Param("auto")
  public String bounds = "";

  private Optional<Instance> asked = Optional.empty();
  private Optional<Certifier> certifier = Optional.empty();
  private Optional<Truth> truth = Optional.empty();
  private Optional<RadiusResult> answer = Optional.empty();
  private CertifyOptions options = CertifyOptions.defaults();
  private long start;

  /** For JMH. */
  public SolveBenchmark() {}

  /** Finds the question, its true answer, and what is to answer it. */
  @Setup
  public void find() {
    Instance found =
        Suite.all().stream()
            .filter(i -> i.id().equals(instance))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no instance " + instance));
    options =
        new Configuration(backend, strategy, encoding, bounds, 1)
            .options(LIMIT, new Cancellation());
    Config config = ConfigFactory.defaultReferenceUnresolved().resolve();
    asked = Optional.of(found);
    certifier =
        Optional.of(
            CertifierRegistry.discover(config).select(backend, found.query(), options).certifier());
    truth = found.known();
    if (truth.isEmpty() && found.inputs() <= MOST_INPUTS) {
      RadiusResult exact =
          new RegionsCertifier()
              .radius(found.query(), CertifyOptions.defaults(), CertifyListener.none());
      truth =
          Optional.of(new Truth(exact.refuted().orElse(exact.certified()), RegionsCertifier.ID));
    }
  }

  /** The answer. */
  @Benchmark
  public RadiusResult radius() {
    start = System.nanoTime();
    RadiusResult result =
        certifier
            .orElseThrow()
            .radius(asked.orElseThrow().query(), options, CertifyListener.none());
    answer = Optional.of(result);
    return result;
  }

  /** Believes nobody. */
  @TearDown(Level.Iteration)
  public void judge() {
    double seconds = (System.nanoTime() - start) / 1e9;
    Judge.Judgement judgement =
        Judge.judge(answer.orElseThrow(), truth, seconds, LIMIT.toSeconds());
    if (judgement.outcome() != Outcome.SOLVED) {
      throw new IllegalStateException(judgement.toString());
    }
  }
}
