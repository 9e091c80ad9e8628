package dev.crease.benchmarks;

import dev.crease.Cancellation;
import dev.crease.engine.regions.ExactRegions;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.regions.RegionMap;
import dev.crease.regions.Window;
import java.util.List;
import java.util.Random;
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
 * One crossing from a linear region into the next: of all the neurons of a layer only one changes
 * its sign in the window, which has two regions.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CrossingBenchmark {

  private static final int REGIONS = 2;

  /** Neurons of the layer. */
  @Param({"16", "64", "256"})
  public int neurons;

  private final Window window = Window.around(new double[2], 0.5);
  private ReluNetwork network = network(1);

  /** For JMH. */
  public CrossingBenchmark() {}

  /** Makes the network. */
  @Setup
  public void make() {
    network = network(neurons);
  }

  private static ReluNetwork network(int neurons) {
    Random random = new Random(1);
    double[][] up = new double[neurons][2];
    double[] bias = new double[neurons];
    double[][] down = new double[2][neurons];
    for (int i = 0; i < neurons; i++) {
      for (int j = 0; j < 2; j++) {
        up[i][j] = 2 * random.nextDouble() - 1;
        down[j][i] = 2 * random.nextDouble() - 1;
      }
      // |w x| <= 1 in the window: the others stay on.
      bias[i] = i == 0 ? 0 : 2;
    }
    return ReluNetwork.of(
        "crossing",
        List.of(Layer.relu(Matrix.of(up), bias), Layer.linear(Matrix.of(down), new double[2])));
  }

  /** Both regions. */
  @Benchmark
  public RegionMap regions() {
    RegionMap map = new ExactRegions().regions(network, window, REGIONS + 1, new Cancellation());
    if (map.regions().size() != REGIONS) {
      throw new IllegalStateException(map.regions().size() + " regions");
    }
    return map;
  }
}
