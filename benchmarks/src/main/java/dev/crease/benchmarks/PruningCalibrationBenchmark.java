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

/**
 * Backends on a dense network and a pruned one: up to where each determines the output of the
 * other.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 3)
public class PruningCalibrationBenchmark extends WholeAnswer {

  /** The question; {@code crease bench list} has all, with commas for underscores. */
  @Param({
    "pruning-calibration/dense-to-60/inf/0.5_0.5/r4",
    "pruning-calibration/60-to-dense/inf/0.5_0.5/r4",
    "pruning-calibration/dense-to-50/inf/0.5_0.5/r4",
    "pruning-calibration/50-to-dense/inf/0.5_0.5/r4"
  })
  public String instance = "";

  /** For JMH. */
  public PruningCalibrationBenchmark() {}

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
