package dev.crease.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.formats.onnx.OnnxRuntimeOracle;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.network.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every network in the examples directory, against ONNX Runtime. */
class ExampleNetworksTest {

  @TestFactory
  Stream<DynamicTest> agreeWithOnnxRuntime() throws IOException {
    List<Path> models;
    try (Stream<Path> files = Files.walk(Path.of("..", "examples"))) {
      models = files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
    assertFalse(models.isEmpty(), "there are no networks in ../examples");
    return models.stream().map(m -> DynamicTest.dynamicTest(m.toString(), () -> check(m)));
  }

  private static void check(Path file) throws IOException {
    ReadNetwork read = NetworkFiles.readWithNotes(file);
    assertEquals(List.of(), read.notes());
    assertEquals(file.getFileName().toString(), read.network().name() + ".onnx");
    List<Layer> layers = read.network().layers();
    for (int k = 0; k < layers.size(); k++) {
      int expected = k < layers.size() - 1 ? layers.get(k).outputs() : 0;
      assertEquals(expected, layers.get(k).reluCount(), "ReLUs of layer " + k);
    }
    assertTrue(layers.size() > 1);
    assertEquals(read.network(), NetworkFiles.read(file));
    OnnxRuntimeOracle.assertAgrees(Files.readAllBytes(file), read.network(), 200, 2);
  }
}
