package dev.crease.formats.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.SourceNode;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Random graphs of operators with full double weights: the network equals the graph in exact
 * arithmetic, digit by digit, and ONNX Runtime up to rounding.
 */
class RandomChainsTest {

  private static final double[] FACTORS = {1, 1, 0.5, -2, 0.3f, -1.7f};

  @Property(tries = 300, seed = "20260101", shrinking = ShrinkingMode.OFF)
  void networkIsExactlyTheGraph(@ForAll long seed) {
    Graph graph = new Graph(new Random(seed));
    graph.grow();
    ReadNetwork read = graph.model.read();
    assertEquals(List.of(), read.notes());
    assertEquals(read, graph.model.read());
    assertEquals(
        read.network().reluCount(),
        read.sources().stream().flatMap(List::stream).mapToInt(SourceNode::relus).sum());
    read.sources().forEach(nodes -> assertNotEquals(List.of(), nodes));
    assertArrayEquals(graph.values.get(graph.output), exactly(read.network(), graph.x));
    OnnxRuntimeOracle.assertAgrees(graph.model.bytes(), read.network(), 2, 1);
  }

  /** The value in exact arithmetic, without trailing zeros. */
  static BigDecimal[] exactly(ReluNetwork network, double[] x) {
    BigDecimal[] y = Arrays.stream(x).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
    for (Layer layer : network.layers()) {
      BigDecimal[] from = y;
      BigDecimal[] z = new BigDecimal[layer.outputs()];
      for (int i = 0; i < z.length; i++) {
        BigDecimal sum = new BigDecimal(layer.bias(i));
        for (int j = 0; j < from.length; j++) {
          sum = sum.add(new BigDecimal(layer.weights().get(i, j)).multiply(from[j]));
        }
        z[i] = (layer.isRelu(i) ? sum.max(BigDecimal.ZERO) : sum).stripTrailingZeros();
      }
      y = z;
    }
    return y;
  }

  /** A growing graph and, next to it, the exact value of each of its vectors at one point. */
  private static final class Graph {

    private final Random random;
    private final TestModel model;
    private final double[] x;
    private final List<String> names = new ArrayList<>();
    private final List<BigDecimal[]> values = new ArrayList<>();
    private int constants;
    private int output;

    Graph(Random random) {
      this.random = random;
      int width = 1 + random.nextInt(3);
      x = numbers(width);
      model = TestModel.doubles().input("x", "batch", width);
      names.add("x");
      values.add(Arrays.stream(x).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new));
    }

    void grow() {
      int steps = 1 + random.nextInt(9);
      for (int k = 0; k < steps; k++) {
        step();
      }
      output = names.size() - 1;
      model.output(names.get(output));
    }

    private void step() {
      // The newest vector is the likeliest operand, so that chains grow long.
      int a = random.nextInt(3) > 0 ? names.size() - 1 : random.nextInt(names.size());
      int b = random.nextInt(names.size());
      BigDecimal[] va = values.get(a);
      BigDecimal[] vb = values.get(b);
      boolean fit = va.length == vb.length || vb.length == 1;
      String na = names.get(a);
      String both = na + " " + names.get(b);
      switch (random.nextInt(16)) {
        case 0, 1 -> gemm(na, va);
        case 2, 3 -> {
          node("Relu", na);
          result(va.length, i -> va[i].max(BigDecimal.ZERO));
        }
        case 4 -> {
          double[] c = numbers(va.length);
          node("Add", constant(c, va.length) + " " + na);
          result(va.length, i -> va[i].add(new BigDecimal(c[i])));
        }
        case 5 -> {
          double[] c = numbers(1);
          node("Sub", constant(c, 1) + " " + na);
          result(va.length, i -> new BigDecimal(c[0]).subtract(va[i]));
        }
        case 6 -> {
          double[] c = numbers(va.length);
          node("Mul", na + " " + constant(c, va.length));
          result(va.length, i -> va[i].multiply(new BigDecimal(c[i])));
        }
        case 7 -> {
          if (fit) {
            node("Add", both);
            result(va.length, i -> va[i].add(vb[vb.length == 1 ? 0 : i]));
          }
        }
        case 8 -> {
          if (fit) {
            node("Sub", both);
            result(va.length, i -> va[i].subtract(vb[vb.length == 1 ? 0 : i]));
          }
        }
        case 9 -> {
          node("Concat", both, TestModel.integer("axis", 1));
          result(va.length + vb.length, i -> i < va.length ? va[i] : vb[i - va.length]);
        }
        case 10 -> {
          if (fit) {
            node("Max", both);
            result(va.length, i -> va[i].max(vb[vb.length == 1 ? 0 : i]));
          }
        }
        case 11 -> {
          if (fit) {
            node("Min", both);
            result(va.length, i -> va[i].min(vb[vb.length == 1 ? 0 : i]));
          }
        }
        case 12 -> {
          double[] slopes = numbers(va.length);
          node("PRelu", na + " " + constant(slopes, va.length));
          result(
              va.length,
              i -> va[i].signum() < 0 ? va[i].multiply(new BigDecimal(slopes[i])) : va[i]);
        }
        case 13 -> {
          node("ReduceSum", na, TestModel.integer("keepdims", 1));
          result(1, i -> Arrays.stream(va).reduce(BigDecimal.ZERO, BigDecimal::add));
        }
        case 14 -> {
          node("ReduceMax", na, TestModel.integer("keepdims", 1));
          result(1, i -> Arrays.stream(va).reduce(va[0], BigDecimal::max));
        }
        default -> {
          long[] indices = random.longs(1 + random.nextInt(4), 0, va.length).toArray();
          String name = "c" + constants++;
          model.ints(name, indices);
          node("Gather", na + " " + name, TestModel.integer("axis", 1));
          result(indices.length, i -> va[(int) indices[i]]);
        }
      }
    }

    private void gemm(String name, BigDecimal[] v) {
      int rows = 1 + random.nextInt(4);
      double[] w = numbers(rows * v.length);
      double[] c = numbers(rows);
      double alpha = FACTORS[random.nextInt(FACTORS.length)];
      double beta = FACTORS[random.nextInt(FACTORS.length)];
      node(
          "Gemm",
          name + " " + constant(w, rows, v.length) + " " + constant(c, rows),
          TestModel.integer("transB", 1),
          TestModel.number("alpha", alpha),
          TestModel.number("beta", beta));
      result(
          rows,
          i -> {
            BigDecimal sum = BigDecimal.ZERO;
            for (int j = 0; j < v.length; j++) {
              sum = sum.add(new BigDecimal(w[i * v.length + j]).multiply(v[j]));
            }
            return sum.multiply(new BigDecimal(alpha))
                .add(new BigDecimal(c[i]).multiply(new BigDecimal(beta)));
          });
    }

    private void node(String op, String inputs, AttributeProto... attributes) {
      names.add("v" + names.size());
      model.node(op, inputs, names.get(names.size() - 1), attributes);
    }

    private void result(int width, IntFunction<BigDecimal> entry) {
      BigDecimal[] result = new BigDecimal[width];
      Arrays.setAll(result, i -> entry.apply(i).stripTrailingZeros());
      values.add(result);
    }

    private String constant(double[] entries, int... dims) {
      String name = "c" + constants++;
      model.tensor(name, entries, dims);
      return name;
    }

    private double[] numbers(int count) {
      double[] numbers = new double[count];
      Arrays.setAll(
          numbers, i -> random.nextInt(5) == 0 ? random.nextInt(5) - 2 : random.nextGaussian());
      return numbers;
    }
  }
}
