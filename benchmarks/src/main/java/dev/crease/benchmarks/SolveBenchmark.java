package dev.crease.benchmarks;

import dev.crease.campaign.CellRun;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Backends on any instances of the suite, by default on a small random network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 3)
public class SolveBenchmark extends WholeAnswer {

  /** The question; {@code crease bench list} has all, with commas for underscores. */
  @Param({"scaling/width/2-8-8-2/local/inf", "scaling/width/2-8-8-2/pseudo/inf"})
  public String instance = "";

  /** For JMH. */
  public SolveBenchmark() {}

  @Override
  String instance() {
    return instance;
  }

  /** The answer. */
  @Benchmark
  public CellRun.Answer radius(Outcomes outcomes) {
    return answer(outcomes);
  }
}
