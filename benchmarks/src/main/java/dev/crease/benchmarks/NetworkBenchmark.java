package dev.crease.benchmarks;

import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.InputSet;
import dev.crease.bounds.NetworkBounds;
import dev.crease.bounds.Norm;
import dev.crease.campaign.Generators;
import dev.crease.network.ActivationPattern;
import dev.crease.network.AffineMap;
import dev.crease.network.ReluNetwork;
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

/** What every engine does all the time: forward passes, local maps, bounds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NetworkBenchmark {

  private static final double RADIUS = 0.1;

  /** The widths. */
  @Param({"2-64-64-2", "2-256-256-2", "4-16-16-16-4"})
  public String shape = "";

  private ReluNetwork network = Generators.random(1, 2, 2);
  private double[] x = new double[0];
  private InputSet ball = InputSet.ball(Norm.LINF, new double[2], RADIUS);

  /** For JMH. */
  public NetworkBenchmark() {}

  /** Draws the network. */
  @Setup
  public void draw() {
    int[] widths = Arrays.stream(shape.split("-", -1)).mapToInt(Integer::parseInt).toArray();
    network = Generators.random(1, widths);
    x = new double[widths[0]];
    Arrays.fill(x, 0.25);
    ball = InputSet.ball(Norm.LINF, x, RADIUS);
  }

  /** A forward pass. */
  @Benchmark
  public double[] evaluate() {
    return network.evaluate(x);
  }

  /** Which neurons are active. */
  @Benchmark
  public ActivationPattern pattern() {
    return network.pattern(x);
  }

  /** The affine map of the region. */
  @Benchmark
  public AffineMap localMap() {
    return network.localMap(x);
  }

  /** Interval arithmetic over a small ball. */
  @Benchmark
  public NetworkBounds interval() {
    return BoundsMethod.interval().bounds(network, ball);
  }

  /** Symbolic bounds over it. */
  @Benchmark
  public NetworkBounds symbolic() {
    return BoundsMethod.symbolic().bounds(network, ball);
  }
}
