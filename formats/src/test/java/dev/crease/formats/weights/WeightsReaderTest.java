package dev.crease.formats.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.SourceFile;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WeightsReaderTest {

  private static final String GOOD =
      """
      {"author": "someone",
       "layers": [
        {"weights": [[1, 2.5], [-0.1, 0], [3e-2, 1]], "bias": [0, 1, -2], "activation": "relu"},
        {"weights": [[1, -1, 0.5]], "bias": [0.25], "activation": "linear"}]}
      """;

  private static ReadNetwork read(String text) {
    return new WeightsReader(new SourceFile("dir/w.json", "w"))
        .read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyEntryIsOneLayer() {
    ReadNetwork read = read(GOOD);
    assertEquals(List.of(), read.notes());
    assertEquals(
        List.of(
            Layer.relu(Matrix.of(new double[][] {{1, 2.5}, {-0.1, 0}, {3e-2, 1}}), 0, 1, -2),
            Layer.linear(Matrix.of(new double[][] {{1, -1, 0.5}}), 0.25)),
        read.network().layers());
    assertEquals("w", read.network().name());
    assertEquals(read, read(GOOD));
  }

  @TestFactory
  Stream<DynamicTest> errorsNameTheLayer() {
    return Stream.of(
        refused("[[1, -1, 0.5]]", "[[1, -1]]", "layer 1: row 0", "has 2 entries", "3 neurons"),
        refused("[-0.1, 0]", "[-0.1]", "layer 0: row 1 of weights has 1 entries and row 0 has 2"),
        refused("[-0.1, 0]", "[]", "layer 0: row 1 of weights is empty"),
        refused("[-0.1, 0]", "7", "layer 0: row 1 of weights is not a list of numbers"),
        refused("-0.1", "\"a\"", "layer 0: entry 0 of row 1 of weights is not a number"),
        refused("-0.1", "null", "layer 0: entry 0 of row 1 of weights is not a number"),
        refused("-0.1", "1e999", "layer 0: entry 0 of row 1 of weights is too large"),
        refused("[[1, -1, 0.5]]", "[]", "layer 1: there is no 'weights'"),
        refused("\"weights\": [[1, -1, 0.5]], ", "", "layer 1: there is no 'weights'"),
        refused("[0.25]", "[0.25, 1]", "layer 1: there are 1 rows of weights and 2 biases"),
        refused("\"bias\": [0.25], ", "", "layer 1: bias is not a list of numbers"),
        refused("\"relu\"", "\"tanh\"", "layer 0: the activation 'tanh' is not known"),
        refused(", \"activation\": \"linear\"", "", "layer 1: there is no 'activation'"),
        refused("\"bias\": [0.25]", "\"biases\": [0.25]", "layer 1: 'biases' is not a key"),
        refused(
            "{\"weights\": [[1, -1, 0.5]], \"bias\": [0.25], \"activation\": \"linear\"}",
            "3",
            "layer 1: it is not an object"),
        refused("\"layers\"", "\"layer\"", "there is no list 'layers'"),
        refused(GOOD, "{\"layers\": []}", "there is no list 'layers'"),
        refused(GOOD, "[]", "there is no list 'layers'"),
        refused(GOOD, " ", "there is no list 'layers'"),
        refused("2.5]", "2.5", "line 3, column", "not valid JSON"),
        refused("-0.1", "NaN", "line 3, column", "not valid JSON"),
        refused("-0.1", "-0.1.2", "not valid JSON"),
        refused("\"linear\"}]}", "\"linear\"}]", "not valid JSON"),
        refused("\"linear\"}]}", "\"linear\"}]} 4", "not valid JSON"),
        refused(GOOD, "[".repeat(100_000), "not valid JSON"),
        refused("\"author\"", "\"layers\": 1, \"author\"", "not valid JSON"));
  }

  private static DynamicTest refused(String original, String replacement, String... fragments) {
    String name =
        fragments[0] + " <- " + replacement.substring(0, Math.min(20, replacement.length()));
    return DynamicTest.dynamicTest(
        name,
        () -> {
          assertTrue(GOOD.contains(original));
          String text = GOOD.replace(original, replacement);
          String message = assertThrows(BadInput.class, () -> read(text)).getMessage();
          assertTrue(message.startsWith("dir/w.json: "), message);
          assertEquals(1, message.lines().count(), message);
          assertTrue(message.contains("; "), "no remedy in: " + message);
          for (String fragment : fragments) {
            assertTrue(message.contains(fragment), message);
          }
        });
  }
}
