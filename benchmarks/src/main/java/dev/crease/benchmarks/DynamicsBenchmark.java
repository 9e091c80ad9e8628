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

/** Backends on the learned Brusselator: up to where it, or its centre, has no second preimage. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 3)
public class DynamicsBenchmark extends WholeAnswer {

  /** The question; {@code crease bench list} has all, with commas for underscores. */
  @Param({
    "dynamics/b/local/inf/1.801_1.23",
    "dynamics/b/pseudo/inf/1.801_1.23",
    "dynamics/tau/local/inf/1.801_1.23",
    "dynamics/tau/pseudo/inf/1.801_1.23"
  })
  public String instance = "";

  /** For JMH. */
  public DynamicsBenchmark() {}

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
