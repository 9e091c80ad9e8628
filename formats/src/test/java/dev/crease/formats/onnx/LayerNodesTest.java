package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.integer;
import static dev.crease.formats.onnx.TestModel.integers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.ReadOptions;
import dev.crease.formats.source.SourceFile;
import dev.crease.formats.source.SourceNode;
import dev.crease.formats.source.SourceOperator;
import dev.crease.formats.weights.WeightsReader;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each layer is told by the nodes that it was made from. */
class LayerNodesTest {

  /** By layer the names of the nodes, with the number of their ReLUs. */
  private static List<String> layers(ReadNetwork read) {
    assertEquals(read.network().layers().size(), read.sources().size());
    assertEquals(
        read.network().reluCount(),
        read.sources().stream().flatMap(List::stream).mapToInt(SourceNode::relus).sum());
    return read.sources().stream()
        .map(
            nodes ->
                nodes.stream()
                    .map(
                        node ->
                            node.name().replace("make_", "")
                                + (node.relus() > 0 ? ":" + node.relus() : ""))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  @Test
  void whatIsMergedStandsTogether() {
    ReadNetwork read =
        floats(3)
            .random("w", 3, 3)
            .random("b", 3)
            .tensor("two", new double[] {2}, 1)
            .node("MatMul", "x w", "p")
            .node("Add", "p b", "q")
            .node("Mul", "q two", "r")
            .node("Relu", "r", "s")
            .node("Flatten", "s", "t")
            .node("MatMul", "t w", "u")
            .output("u")
            .read();
    assertEquals(List.of("p q r s:3", "t u"), layers(read));
    assertEquals(new SourceNode("Relu", "make_s", 3), read.sources().get(0).get(3));
  }

  @Test
  void whatCannotBeMergedStandsInItsOwnLayer() {
    // A product of two float32 numbers is a double; with a third it need not be.
    ReadNetwork read =
        floats(3)
            .random("w", 3, 3)
            .random("f", 3)
            .random("g", 3)
            .node("MatMul", "x w", "p")
            .node("Mul", "p f", "q")
            .node("Mul", "q g", "r")
            .output("r")
            .read();
    assertEquals(List.of("p q", "r"), layers(read));
  }

  /** A linear branch has no layer of its own: it is made where it is added. */
  @Test
  void aBranchStandsWhereItIsMade() {
    ReadNetwork read =
        floats(3)
            .random("w", 3, 3)
            .random("v", 3, 3)
            .tensor("minus", new double[] {-1}, 1)
            .node("Mul", "x minus", "branch")
            .node("MatMul", "x w", "a")
            .node("Relu", "a", "h")
            .node("MatMul", "h v", "b")
            .node("Add", "b branch", "y")
            .output("y")
            .read();
    assertEquals(List.of("a h:3", "branch b y"), layers(read));
  }

  @Test
  void aNodeOfSeveralLayersStandsInEach() {
    ReadNetwork read =
        floats()
            .input("x", 1, 1, 4)
            .random("w", 2, 1, 2)
            .node("Conv", "x w", "a")
            .node("MaxPool", "a", "c", integers("kernel_shape", 3))
            .node("Reshape", "c shape", "d")
            .ints("shape", 1, 2)
            .node("Relu", "d", "e")
            .output("e")
            .read();
    assertEquals(List.of("a c:2", "a c:2", "c d e:2"), layers(read));
  }

  @Test
  void whatIsNotUsedOrNotMadeIsLeftOut() {
    ReadNetwork read =
        floats(4)
            .random("w", 4, 4)
            .node("Split", "x", "l r", integer("axis", 1))
            .node("Abs", "r", "dead")
            .node("Concat", "l dead", "c", integer("axis", 1))
            .node("Split", "c", "k n", integer("axis", 1))
            .node("Constant", "", "one", TestModel.number("value_float", 1))
            .node("Add", "k one", "s")
            .node("Tanh", "s", "y")
            .output("y")
            .read(ReadOptions.standard().withoutLastActivation());
    List<String> layers = layers(read);
    assertEquals(List.of("l c k s"), layers);
    assertTrue(read.operators().contains(new SourceOperator("Abs", 1, 0)), layers.toString());
  }

  @Test
  void filesOfLayersHaveNoNodes() {
    byte[] file =
        "{\"layers\": [{\"weights\": [[1]], \"bias\": [0], \"activation\": \"linear\"}]}"
            .getBytes();
    assertEquals(List.of(), new WeightsReader(new SourceFile("f.json", "f")).read(file).sources());
  }
}
