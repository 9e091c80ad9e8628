package dev.crease.benchmarks;

import dev.crease.Cancellation;
import dev.crease.campaign.Generators;
import dev.crease.engine.regions.ExactRegions;
import dev.crease.network.ReluNetwork;
import dev.crease.regions.Window;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All linear regions of random networks in the window of half-width 1 around 0: weights as He et
 * al. (2015), biases uniform in +-1/sqrt(inputs of the layer).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class RegionsBenchmark {

  /** The widths. */
  @Param({"2-64-64-2", "2-128-128-2", "2-256-256-2", "2-512-512-512-2"})
  public String shape = "";

  private ReluNetwork network = Generators.random(1, 2, 2);

  /** For JMH. */
  public RegionsBenchmark() {}

  /** Draws the network. */
  @Setup
  public void draw() {
    network =
        Generators.random(
            1, Arrays.stream(shape.split("-", -1)).mapToInt(Integer::parseInt).toArray());
  }

  /** How many there are. */
  @Benchmark
  public long count() {
    return new ExactRegions()
        .count(network, Window.around(new double[] {0, 0}, 1), new Cancellation());
  }
}
