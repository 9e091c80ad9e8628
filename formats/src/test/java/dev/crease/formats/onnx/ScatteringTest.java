package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.integer;
import static dev.crease.formats.onnx.TestModel.raw;
import static dev.crease.formats.onnx.TestModel.string;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.crease.CreaseException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Gathering and scattering by constant indices, of random shapes, against ONNX Runtime. */
class ScatteringTest {

  private static final List<String> REDUCTIONS = List.of("none", "add", "max", "min");

  /** A case, drawn by its number. */
  private static final class Draw {

    private final Random random;
    private final int[] dims;
    private final TestModel model = floats().opset(18);

    Draw(int seed) {
      random = new Random(seed);
      dims = sizes(1 + random.nextInt(4));
    }

    private int[] sizes(int rank) {
      return IntStream.range(0, rank).map(axis -> 1 + random.nextInt(3)).toArray();
    }

    private static int count(int... sizes) {
      return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    }

    /** The input, x, and what is made of it in a tensor's shape. */
    private String activation(String name, int... sizes) {
      if (model.graph().getInputCount() == 0) {
        model.input("x", 1, 3);
      }
      int count = count(sizes);
      model
          .random("w" + name, 3, count)
          .ints("shape" + name, Arrays.stream(sizes).asLongStream().toArray())
          .node("MatMul", "x w" + name, "flat" + name)
          .node("Reshape", "flat" + name + " shape" + name, name);
      return name;
    }

    private String operand(String name, boolean isActivation, int... sizes) {
      if (isActivation) {
        return activation(name, sizes);
      }
      model.random(name, sizes);
      return name;
    }

    /** An index into an axis, at times from its end. */
    private int index(int size) {
      return random.nextInt(2 * size) - size;
    }

    private void indices(int[] values, int... sizes) {
      model.tensor(
          raw("i", DataType.INT64, Arrays.stream(values).asDoubleStream().toArray(), sizes));
    }

    TestModel gatherByTuples() {
      int batch = random.nextInt(dims.length);
      int tuple = 1 + random.nextInt(dims.length - batch);
      int[] outer = Arrays.copyOf(dims, batch + 1 + random.nextInt(2));
      for (int axis = batch; axis < outer.length; axis++) {
        outer[axis] = 1 + random.nextInt(3);
      }
      outer[outer.length - 1] = tuple;
      int[] values = new int[count(outer)];
      Arrays.setAll(values, k -> index(dims[batch + k % tuple]));
      indices(values, outer);
      return model
          .node("GatherND", activation("z", dims) + " i", "g", integer("batch_dims", batch))
          .node("Flatten", "g", "y", integer("axis", 0));
    }

    TestModel scatterElements() {
      int axis = random.nextInt(dims.length);
      String reduction = REDUCTIONS.get(random.nextInt(REDUCTIONS.size()));
      int[] sizes = dims.clone();
      for (int k = 0; k < sizes.length; k++) {
        sizes[k] = 1 + random.nextInt(sizes[k]);
      }
      int inner = count(Arrays.copyOfRange(sizes, axis + 1, sizes.length));
      boolean once = reduction.equals("none");
      sizes[axis] = once ? sizes[axis] : 1 + random.nextInt(4);
      int[] values = new int[count(sizes)];
      Arrays.setAll(values, k -> once ? k / inner % sizes[axis] - dims[axis] : index(dims[axis]));
      return scatter("ScatterElements", values, sizes, sizes, axis, reduction);
    }

    TestModel scatterByTuples() {
      int tuple = 1 + random.nextInt(dims.length);
      String reduction = REDUCTIONS.get(random.nextInt(REDUCTIONS.size()));
      int places = count(Arrays.copyOf(dims, tuple));
      int[] order = IntStream.range(0, places).toArray();
      int rows = reduction.equals("none") ? 1 + random.nextInt(places) : 1 + random.nextInt(5);
      int[] values = new int[rows * tuple];
      for (int row = 0; row < rows; row++) {
        int at = row + random.nextInt(Math.max(1, places - row));
        int place = at;
        if (reduction.equals("none")) {
          place = order[at];
          order[at] = order[row];
        }
        place %= places;
        for (int axis = tuple - 1; axis >= 0; axis--) {
          values[row * tuple + axis] = place % dims[axis] - (random.nextBoolean() ? dims[axis] : 0);
          place /= dims[axis];
        }
      }
      int[] sizes =
          IntStream.concat(IntStream.of(rows), Arrays.stream(dims, tuple, dims.length)).toArray();
      return scatter("ScatterND", values, new int[] {rows, tuple}, sizes, -1, reduction);
    }

    private TestModel scatter(
        String op, int[] values, int[] sizes, int[] updates, int axis, String reduction) {
      indices(values, sizes);
      int which = random.nextInt(3);
      String inputs = operand("z", which != 1, dims) + " i " + operand("u", which != 2, updates);
      if (axis < 0) {
        model.node(op, inputs, "s", string("reduction", reduction));
      } else {
        model.node(op, inputs, "s", string("reduction", reduction), integer("axis", axis));
      }
      return model.node("Flatten", "s", "y", integer("axis", 0));
    }
  }

  @TestFactory
  Stream<DynamicTest> asOnnxRuntimeDoes() {
    return IntStream.range(0, 90)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "draw " + seed,
                    () -> {
                      Draw draw = new Draw(seed);
                      TestModel model =
                          switch (seed % 3) {
                            case 0 -> draw.gatherByTuples();
                            case 1 -> draw.scatterElements();
                            default -> draw.scatterByTuples();
                          };
                      model.output("y");
                      OnnxRuntimeOracle.assertAgrees(model.bytes(), model.read().network(), 5, 2);
                    }));
  }

  @Test
  void constantsAreScatteredToo() {
    TestModel model =
        floats(3)
            .opset(16)
            .random("c", 1, 3)
            .tensor("u", new double[] {2, 4}, 1, 2)
            .tensor(raw("i", DataType.INT64, new double[] {1, 1}, 1, 2))
            .node("ScatterElements", "c i u", "s", integer("axis", 1), string("reduction", "add"))
            .node("Add", "x s", "y")
            .output("y");
    OnnxRuntimeOracle.assertAgrees(model.bytes(), model.read().network(), 5, 2);
    TestModel old =
        floats()
            .opset(10)
            .input("x", 1, 3)
            .tensor("u", new double[] {2, 4}, 1, 2)
            .tensor(raw("i", DataType.INT64, new double[] {1, 0}, 1, 2))
            .node("Scatter", "x i u", "y", integer("axis", 1))
            .output("y");
    OnnxRuntimeOracle.assertAgrees(old.bytes(), old.read().network(), 5, 2);
  }

  private static void refused(String fragment, TestModel model) {
    String message = assertThrows(CreaseException.class, model.output("y")::read).getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains(fragment), message);
  }

  private static TestModel scattered(int[] indexShape, int updates, String reduction) {
    int count = Arrays.stream(indexShape).reduce(1, (a, b) -> a * b);
    return floats()
        .opset(18)
        .input("x", 1, 3)
        .tensor(raw("i", DataType.INT64, new double[count], indexShape))
        .random("u", 1, updates)
        .node("ScatterElements", "x i u", "y", integer("axis", 1), string("reduction", reduction));
  }

  @Test
  void whatHasNoMeaningIsRefused() {
    refused("two values in one place", scattered(new int[] {1, 2}, 2, "none"));
    refused("multiplies in place", scattered(new int[] {1, 1}, 1, "mul"));
    refused("'sum' is not one of none, add", scattered(new int[] {1, 1}, 1, "sum"));
    refused("shapes [1, 1] and [1, 2] do not fit", scattered(new int[] {1, 2}, 1, "add"));
    refused("shapes [1, 1] and [2, 1] do not fit", scattered(new int[] {2, 1}, 1, "add"));
    refused(
        "'i' is computed from the network's input",
        floats(3)
            .random("u", 1, 3)
            .node("Cast", "x", "i", integer("to", 1))
            .node("ScatterElements", "x i u", "y"));
  }
}
