package dev.crease.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.CreaseException;
import dev.crease.formats.nnet.NnetReaderTest;
import dev.crease.formats.onnx.TestModel;
import dev.crease.formats.source.ReadOptions;
import dev.crease.formats.source.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFilesTest {

  private static final String JSON =
      "{\"layers\": [{\"weights\": [[1, 2]], \"bias\": [0], \"activation\": \"linear\"}]}";

  @TempDir private Path directory;

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private Path write(String name, String content) throws IOException {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] model() {
    return TestModel.floats(3)
        .random("w", 3, 4)
        .random("b", 4)
        .random("v", 4, 2)
        .node("Gemm", "x w b", "z")
        .node("Relu", "z", "h")
        .node("MatMul", "h v", "g")
        .ints("i", 1, 0)
        .node("Gather", "g i", "y", TestModel.integer("axis", 1))
        .output("y")
        .bytes();
  }

  private static void assertRefused(Path file, String... fragments) {
    BadInput refusal = assertThrows(BadInput.class, () -> NetworkFiles.read(file));
    assertOneLine(file.toString(), refusal);
    for (String fragment : fragments) {
      assertTrue(refusal.getMessage().contains(fragment), refusal.getMessage());
    }
  }

  private static void assertOneLine(String label, CreaseException refusal) {
    String message = refusal.getMessage();
    assertTrue(message.startsWith(label + ": "), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains("; "), "no remedy in: " + message);
    assertTrue(!message.contains("protobuf") && !message.contains("Exception"), message);
  }

  @Test
  void choosesTheReaderByExtension() throws IOException {
    assertEquals("a.b", NetworkFiles.read(write("a.b.onnx", model())).name());
    assertEquals(3, NetworkFiles.read(write("A.ONNX", model())).inputs());
    assertEquals(2, NetworkFiles.read(write("w.json", JSON)).inputs());
    assertEquals("1-1", NetworkFiles.read(write("n.nnet", NnetReaderTest.IDENTITY_SCALE)).shape());
  }

  @Test
  void choosesTheReaderByContentOtherwise() throws IOException {
    assertEquals("net", NetworkFiles.read(write("net.model", model())).name());
    assertEquals("net", NetworkFiles.read(write("net", model())).name());
    assertEquals(2, NetworkFiles.read(write("w.txt", "\n " + JSON)).inputs());
    assertEquals(1, NetworkFiles.read(write("n.txt", NnetReaderTest.IDENTITY_SCALE)).inputs());
    assertRefused(write("notes.txt", "hello"), "not a network file that is known", ".onnx");
  }

  @Test
  void refusesWhatIsNoReadableFile() throws IOException {
    assertRefused(directory.resolve("absent.onnx"), "no such file");
    assertRefused(directory, "directory");
    assertRefused(write("empty.onnx", ""), "empty");
    Path pipe = Path.of("/dev/null");
    if (Files.exists(pipe)) {
      assertRefused(pipe, "device or a pipe");
    }
  }

  @Test
  void saysWhereALinkLeads() throws IOException {
    Path loop = Files.createSymbolicLink(directory.resolve("loop.onnx"), Path.of("loop.onnx"));
    assertRefused(loop, "link that leads nowhere");
    Path gone = Files.createSymbolicLink(directory.resolve("gone.onnx"), Path.of("away.onnx"));
    assertRefused(gone, "link to a file that is not there");
    Path folder = Files.createSymbolicLink(directory.resolve("folder"), Path.of("folder"));
    assertRefused(folder.resolve("net.onnx"), "no way to the file");
    assertRefused(write("plain", "x").resolve("net.onnx"), "check the path");
  }

  @Test
  void refusesWeightsThatLeaveTheDoubles() throws IOException {
    String large = JSON.replace("[[1, 2]]", "[[1e308, 5e307]]");
    assertRefused(write("large.json", large), "layer 0", "neuron 0", "rescale");
    String deep =
        "{\"layers\": [%s, %s]}".formatted(layer("1e200", "linear"), layer("1e200", "linear"));
    assertRefused(write("deep.json", deep), "layer 1", "Infinity");
    assertEquals(
        1,
        NetworkFiles.read(write("fine.json", "{\"layers\": [" + layer("1e200", "relu") + "]}"))
            .inputs());
  }

  private static String layer(String weight, String activation) {
    return "{\"weights\": [[%s]], \"bias\": [0], \"activation\": \"%s\"}"
        .formatted(weight, activation);
  }

  @Test
  void readsAFileWithAByteOrderMark() throws IOException {
    assertEquals(2, NetworkFiles.read(write("bom.txt", "\uFEFF" + JSON)).inputs());
    assertEquals(
        1, NetworkFiles.read(write("bom2.txt", "\uFEFF" + NnetReaderTest.IDENTITY_SCALE)).inputs());
  }

  @Test
  void namesOutOfAFileCannotTurnTheDirectionOfText() {
    assertEquals("'a?b?c'", SourceFile.quoted("a\u202Eb\u001Bc"));
  }

  @Test
  void refusesAnUnreadableFile() throws IOException {
    Path file = write("closed.onnx", model());
    // The superuser may read everything, so there is nothing to refuse then.
    if (file.toFile().setReadable(false) && !Files.isReadable(file)) {
      assertRefused(file, "permissions");
    }
  }

  @Test
  void refusesAnOversizedFile() throws IOException {
    Path file = write("big.onnx", model());
    long size = Files.size(file);
    assertEquals(
        3, NetworkFiles.readWithNotes(file, ReadOptions.standard(), size).network().inputs());
    BadInput refusal =
        assertThrows(
            BadInput.class,
            () -> NetworkFiles.readWithNotes(file, ReadOptions.standard(), size - 1));
    assertOneLine(file.toString(), refusal);
    assertTrue(refusal.getMessage().contains(size + " bytes"), refusal.getMessage());
  }

  @Test
  void unpacksGzip() throws IOException {
    Path packed = write("net.onnx.gz", packed(model()));
    assertEquals(NetworkFiles.read(write("net.onnx", model())), NetworkFiles.read(packed));
    assertEquals("net", NetworkFiles.read(packed).name());
    assertEquals(
        2,
        NetworkFiles.read(write("w.json.gz", packed(JSON.getBytes(StandardCharsets.UTF_8))))
            .inputs());
    assertRefused(write("plain.onnx.gz", model()), "no whole gzip file");
    byte[] cut = packed(model());
    assertRefused(write("cut.onnx.gz", Arrays.copyOf(cut, cut.length - 20)), "no whole gzip file");
    // Zeros pack a thousandfold.
    Path bomb = write("bomb.onnx.gz", packed(new byte[1 << 20]));
    BadInput refusal =
        assertThrows(
            BadInput.class,
            () -> NetworkFiles.readWithNotes(bomb, ReadOptions.standard(), 1 << 16));
    assertTrue(refusal.getMessage().contains("unpacked"), refusal.getMessage());
  }

  private static byte[] packed(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void saysHowToExportWhatIsNotRead() throws IOException {
    assertRefused(write("a.keras", "PK\u0003\u0004"), "Keras", "tf2onnx");
    assertRefused(write("a.h5", "any"), "Keras", "tf2onnx");
    assertRefused(write("a.pt", "PK\u0003\u0004"), "PyTorch", "torch.onnx.export");
    assertRefused(write("a.PTH", "any"), "PyTorch");
    assertRefused(write("a.safetensors", "any"), "safetensors", "torch.onnx.export");
    assertRefused(write("a.npz", "PK\u0003\u0004"), "NumPy", "JSON");
    assertRefused(write("a.mat", "MATLAB 5.0 MAT-file"), "MATLAB", "exportONNXNetwork");
    assertRefused(write("a.joblib", "any"), "scikit-learn", "skl2onnx");
    // By content, whatever the name.
    assertRefused(write("a", new byte[] {(byte) 0x89, 'H', 'D', 'F', 13}), "Keras");
    // A network of a known format may have any name.
    assertEquals(3, NetworkFiles.read(write("b.pt", model())).inputs());
  }

  @Test
  void namesAreOfOnnxGraphsAlone() throws IOException {
    Path json = write("w.json", JSON);
    BadInput refusal =
        assertThrows(
            BadInput.class,
            () -> NetworkFiles.readWithNotes(json, ReadOptions.standard().withOutput("y")));
    assertOneLine(json.toString(), refusal);
    Path onnx = write("net.onnx", model());
    assertEquals(
        4,
        NetworkFiles.readWithNotes(onnx, ReadOptions.standard().withOutput("h"))
            .network()
            .outputs());
  }

  @Test
  void refusesWhatIsNotOnnx() throws IOException {
    assertRefused(write("a.onnx", "hello, this is text"), "not an ONNX model", "torch.onnx.export");
    assertRefused(write("b.onnx", "PK\u0003\u0004 checkpoint"), "zip archive");
    assertRefused(write("c.onnx", "<!DOCTYPE html><html>"), "web page");
    assertRefused(write("d.onnx", "version https://git-lfs.github.com/spec/v1\n"), "git lfs pull");
    assertRefused(write("e.onnx", new byte[] {8, 8, 58}), "cut short");
    assertRefused(write("f.onnx", new byte[] {8, 8}), "cut short");
    assertRefused(write("g.onnx", new byte[1000]), "not an ONNX model");
  }

  @Test
  void everyTruncationIsRefusedInOneLine() {
    byte[] model = model();
    SourceFile file = new SourceFile("net.onnx", "net");
    for (int length = 1; length < model.length; length++) {
      byte[] cut = Arrays.copyOf(model, length);
      BadInput refusal = assertThrows(BadInput.class, () -> TestModel.read(file, cut));
      assertOneLine("net.onnx", refusal);
    }
  }

  @Test
  void damageIsRefusedInOneLineOrRead() {
    SourceFile file = new SourceFile("net.onnx", "net");
    Random random = new Random(3);
    int refused = 0;
    for (int round = 0; round < 4000; round++) {
      byte[] damaged = model();
      for (int k = random.nextInt(4); k >= 0; k--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        TestModel.read(file, damaged);
      } catch (CreaseException refusal) {
        assertOneLine("net.onnx", refusal);
        refused++;
      }
    }
    assertTrue(refused > 1000, refused + " refused");
  }

  @Test
  void readsTwiceTheSame() throws IOException {
    Path file = write("net.onnx", model());
    assertEquals(NetworkFiles.readWithNotes(file), NetworkFiles.readWithNotes(file));
  }

  @Test
  @SuppressWarnings("SystemOut") // the point is that nothing is written to it
  void writesNothingToTheErrorStream() throws IOException {
    PrintStream original = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      NetworkFiles.read(write("net.onnx", model()));
    } finally {
      System.setErr(original);
    }
    assertEquals("", captured.toString(StandardCharsets.UTF_8));
    assertSame(original, System.err);
  }
}
