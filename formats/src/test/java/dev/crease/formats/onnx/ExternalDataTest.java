package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.shaped;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.crease.BadInput;
import dev.crease.formats.NetworkFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights in another file: read from the model's folder and below, and from nowhere else. */
class ExternalDataTest {

  private static final float[] WEIGHTS = {1.5f, -2, 0.25f, 3};

  @TempDir private Path directory;
  private Path folder;

  @BeforeEach
  void writeData() throws IOException {
    folder = Files.createDirectories(directory.resolve("model"));
    Files.createDirectory(folder.resolve("sub"));
    byte[] data = data(8);
    Files.write(directory.resolve("outside.bin"), data);
    Files.write(folder.resolve("w.bin"), data);
    Files.write(folder.resolve("sub/w.bin"), data);
  }

  /** The weights after some bytes, and three more bytes. */
  private static byte[] data(int before) {
    ByteBuffer buffer = ByteBuffer.allocate(before + 4 * WEIGHTS.length + 3);
    buffer.order(ByteOrder.LITTLE_ENDIAN).position(before);
    for (float weight : WEIGHTS) {
      buffer.putFloat(weight);
    }
    return buffer.array();
  }

  private Path model(String... entries) throws IOException {
    TensorProto.Builder tensor =
        shaped("w", DataType.FLOAT, 2, 2).setDataLocation(DataLocation.EXTERNAL);
    for (int k = 0; k < entries.length; k += 2) {
      tensor.addExternalData(
          StringStringEntryProto.newBuilder().setKey(entries[k]).setValue(entries[k + 1]));
    }
    TestModel model = floats(2).tensor(tensor.build()).node("MatMul", "x w", "y").output("y");
    return Files.write(folder.resolve("net.onnx"), model.bytes());
  }

  private void assertRead(String... entries) throws IOException {
    assertArrayEquals(new double[] {2, 4}, NetworkFiles.read(model(entries)).evaluate(1, 2));
  }

  private void assertRefused(String fragment, String... entries) throws IOException {
    Path model = model(entries);
    String message = assertThrows(BadInput.class, () -> NetworkFiles.read(model)).getMessage();
    assertTrue(message.startsWith(model + ": initialiser 'w': "), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains(fragment) && message.contains("; "), message);
  }

  @Test
  void readsFromTheFolderAndBelow() throws IOException {
    assertRead("location", "w.bin", "offset", "8", "length", "16");
    assertRead("location", "w.bin", "offset", "8");
    assertRead("location", "sub/w.bin", "offset", "8", "checksum", "abc");
    assertRead("location", "./w.bin", "offset", "8");
    Files.write(folder.resolve("plain.bin"), data(0));
    assertRead("location", "plain.bin");
  }

  @Test
  void followsALinkWithinTheFolderAndToTheFolder() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.bin"), Path.of("sub/w.bin"));
    assertRead("location", "link.bin", "offset", "8");
    Path linked = Files.createSymbolicLink(directory.resolve("linked"), folder);
    model("location", "w.bin", "offset", "8");
    assertArrayEquals(
        new double[] {2, 4}, NetworkFiles.read(linked.resolve("net.onnx")).evaluate(1, 2));
  }

  @Test
  void refusesWhatLeavesTheFolderByALink() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.bin"), directory.resolve("outside.bin"));
    assertRefused("does not lie in the model's folder", "location", "link.bin", "offset", "8");
    Files.createSymbolicLink(folder.resolve("up"), directory);
    assertRefused("does not lie in the model's folder", "location", "up/outside.bin");
  }

  @ParameterizedTest
  @CsvSource({
    "../outside.bin",
    "sub/../../outside.bin",
    "sub/../w.bin",
    "..\\outside.bin",
    "C:w.bin",
    "//host/w.bin"
  })
  void refusesWhatLeavesTheFolderByItsName(String location) throws IOException {
    assertRefused("does not lie in the model's folder", "location", location);
  }

  @Test
  void refusesAnAbsoluteLocation() throws IOException {
    String here = folder.resolve("w.bin").toAbsolutePath().toString();
    assertRefused("does not lie in the model's folder", "location", here);
    assertRefused("does not lie in the model's folder", "location", "/dev/zero");
  }

  @Test
  void refusesWhatIsNoFile() throws IOException {
    assertRefused("has no name", "offset", "8");
    assertRefused("is not there", "location", "absent.bin");
    assertRefused("not a regular file", "location", "sub");
    assertRefused("a name that no file has", "location", "w.bin\0.txt");
    Path device = Path.of("/dev/zero");
    if (Files.exists(device)) {
      Files.createSymbolicLink(folder.resolve("zero"), device);
      assertRefused("does not lie in the model's folder", "location", "zero");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "offset, -8, no number",
    "offset, 9223372036854775808, no number",
    "offset, eight, no number",
    "offset, 12, '27 bytes, and 16 from byte 12'",
    "offset, 9223372036854775800, from byte 9223372036854775800",
    "length, -1, no number",
    "length, 20, 20 bytes",
    "length, 12, its shape needs 16",
    "location, w.bin, is there twice",
    "basepath, /, not known"
  })
  void refusesOtherNumbers(String key, String value, String fragment) throws IOException {
    assertRefused(fragment, "location", "w.bin", key, value);
  }
}
