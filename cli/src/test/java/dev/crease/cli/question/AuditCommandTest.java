package dev.crease.cli.question;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.certificate.CertificateWriter;
import dev.crease.certificate.Preparation;
import dev.crease.certify.Cover;
import dev.crease.certify.Evidence;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.cli.CommandRun;
import dev.crease.formats.NetworkFiles;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.witness.ExactCollision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditCommandTest {

  /** (x, b) -> |x| + b. */
  private static final String MOVED =
      """
      {"layers": [
        {"weights": [[1, 0], [-1, 0], [0, 1]], "bias": [0, 0, 0], "activation": "relu"},
        {"weights": [[1, 1, 1]], "bias": [0], "activation": "linear"}
      ]}
      """;

  @TempDir private Path folder;
  private Path network = Path.of("");
  private Path certificate = Path.of("");

  @BeforeEach
  void write() throws IOException {
    network = folder.resolve("moved.json");
    certificate = folder.resolve("moved.json.gz");
    Files.writeString(network, MOVED);
  }

  private CommandRun audit(String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("audit", certificate.toString(), "--network", network.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static List<BigFraction> point(int numerator, int denominator) {
    return List.of(new BigFraction(numerator, denominator));
  }

  /** From 2 the kink at 0 is 2 away; a mesh of one interval certifies 3/2. */
  private void writeExact(int lower) throws IOException {
    ReluNetwork f = NetworkFiles.read(network).fixInputs(Map.of(1, 0.5));
    List<List<BigFraction>> ends = List.of(point(4 - lower, 2), point(4 + lower, 2));
    RadiusResult result =
        RadiusResult.of(Query.local(f, Norm.LINF, 2), Proved.exact(lower / 2.0))
            .by("hand", "none", "none")
            .evidence(
                new Evidence(
                    Optional.empty(),
                    Optional.of(
                        new ExactCollision(point(0, 1), point(0, 1), point(1, 3), point(-1, 3))),
                    Optional.of(
                        new Cover(new BigFraction(lower, 2), ends, List.of(List.of(0, 1))))))
            .build();
    try (OutputStream out = Files.newOutputStream(certificate)) {
      CertificateWriter.write(result, new Preparation(Map.of(1, 0.5), Set.of(), 1, List.of()), out);
    }
  }

  @Test
  void saysWhatIsProved() throws IOException {
    writeExact(3);
    CommandRun run = audit();
    assertEquals(
        """
        PROVED: local of moved, input 1 fixed to 0.5, at (2.0), norm inf
          lower: no two points share an output within 1.5: checked, on 1 simplex, 2 vertices
          upper: points collide as near as 2.0: checked
        """,
        run.out());
    assertEquals(0, run.code(), run.err());
  }

  @Test
  void theOldNameSaysTheSame() throws IOException {
    writeExact(3);
    CommandRun old =
        CommandRun.of("verify", certificate.toString(), "--network", network.toString());
    assertEquals(0, old.code(), old.err());
    assertEquals(audit().out(), old.out());
    assertTrue(CommandRun.of("verify", "--help").out().contains("Usage: crease audit"));
  }

  /** Of the pairs whose larger point is further right, f is 3/2 away from the kink one-to-one. */
  private void writeTree(String node) throws IOException {
    writeTree(node, "inf");
  }

  private void writeTree(String node, String norm) throws IOException {
    ReluNetwork f = NetworkFiles.read(network).fixInputs(Map.of(1, 0.5));
    String text =
        "{\"schema\":\"crease-certificate/2\",\"problem\":\"local\",\"norm\":\""
            + (norm + "\",")
            + "\"center\":[\"2\"],\"maxRadius\":\"2\",\"shared\":{},\"network\":{\"name\":\"moved\","
            + ("\"shape\":\"" + f.shape() + "\",\"sha256\":\"" + NetworkHash.sha256(f) + "\"},")
            + "\"preparation\":{\"fix\":{\"1\":\"0.5\"},\"share\":[],\"steps\":1,\"outputs\":[]},"
            + "\"lower\":{\"assurance\":\"RIGOROUS\",\"radius\":\"1.5\",\"ball\":\"1.75\","
            + ("\"faces\":[{\"input\":0,\"sign\":1,\"node\":" + node + "}]}}");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(certificate))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static byte[] zipped(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }

  private static byte[] unzipped(byte[] file) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes();
  }

  /** What is read is told by the bytes: files of before had any name. */
  @ParameterizedTest
  @ValueSource(strings = {"regions", "tree"})
  void theNameSaysWhetherItIsCompressedAndBothAreRead(String solver) throws IOException {
    byte[] plain = new byte[0];
    for (String name : List.of("p.json", "p.json.gz", "p.GZ", "p")) {
      Path path = folder.resolve(name);
      CommandRun run =
          CommandRun.of(
              "radius",
              "local",
              "--network",
              network.toString(),
              "--fix",
              "1=0.5",
              "--center",
              "2",
              "--solver",
              solver,
              "--certificate",
              path.toString());
      assertEquals(0, run.code(), run.err());
      byte[] bytes = Files.readAllBytes(path);
      boolean isZipped = bytes[0] == 0x1f;
      assertEquals(name.toLowerCase(Locale.ROOT).endsWith("gz"), isZipped, name);
      byte[] text = isZipped ? unzipped(bytes) : bytes;
      plain = plain.length == 0 ? text : plain;
      assertArrayEquals(plain, text);
      Files.write(certificate, bytes);
      CommandRun audited = audit();
      assertEquals(0, audited.code(), audited.out() + audited.err());
    }
    Files.write(certificate, Arrays.copyOf(plain, plain.length + 1));
    assertEquals(65, audit().code());
    Files.write(
        certificate,
        (new String(plain, StandardCharsets.UTF_8) + "{}").getBytes(StandardCharsets.UTF_8));
    assertEquals(65, audit().code());
    Files.write(certificate, Arrays.copyOf(plain, plain.length - 1));
    assertTrue(audit().err().endsWith(": the certificate is cut off\n"), audit().err());
  }

  @Test
  void treesAreChecked() throws IOException {
    writeTree("[{\"direction\":{\"mu\":[1]}}]");
    CommandRun proved = audit();
    assertEquals(
        """
        PROVED: local of moved, input 1 fixed to 0.5, at (2.0), norm inf
          lower: no two points share an output nearer than 1.5: checked, up to 1.75, on 1 leaf, 1 step
        """,
        proved.out());
    assertEquals(0, proved.code(), proved.err());
    assertEquals(2, audit("--time-limit", "0.000001s").code());
    writeTree("[{\"direction\":{\"mu\":[0]}}]");
    CommandRun refused = audit();
    assertEquals(1, refused.code());
    assertEquals(
        "REFUSED: lower.faces[0].node, step 1 does not prove that no direction is left\n",
        refused.out());
    writeTree("[{\"direction\":{\"mu\":[true]}}]");
    CommandRun bad = audit();
    assertEquals(65, bad.code());
    assertTrue(bad.err().startsWith("crease: " + certificate + ": certificate: lower.faces[0]"));
  }

  @Test
  void treesAreWrittenAsVipr() throws IOException {
    Path vipr = folder.resolve("f.vipr");
    writeTree("[{\"direction\":{\"mu\":[1]}}]");
    CommandRun proved = audit("--vipr", vipr.toString());
    assertEquals(0, proved.code(), proved.err());
    assertEquals(
        audit().out() + "  vipr: lower, less 1e-12 of it, as a proof in " + vipr + "\n",
        proved.out());
    String text = Files.readString(vipr);
    assertTrue(text.contains("\nVER 1.1\nVAR ") && text.contains("\nRTP range 0 0\n"), text);
    assertEquals(64, audit("--vipr").code());
    assertEquals(65, audit("--vipr", "-").code());
    assertEquals(65, audit("--vipr", folder.resolve("none/f.vipr").toString()).code());

    // What is not proved leaves what was there.
    writeTree("[{\"direction\":{\"mu\":[0]}}]");
    assertEquals(1, audit("--vipr", vipr.toString()).code());
    writeTree("[{\"direction\":{\"mu\":[true]}}]");
    assertEquals(65, audit("--vipr", vipr.toString()).code());
    writeTree("[{\"direction\":{\"mu\":[1]}}]");
    assertEquals(2, audit("--vipr", vipr.toString(), "--time-limit", "0.000001s").code());
    assertEquals(text, Files.readString(vipr));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(3, files.count());
    }
  }

  @Test
  void whatIsNotLinearOrNoTreeIsNotWrittenAsVipr() throws IOException {
    Path vipr = folder.resolve("f.vipr");
    writeTree("[{\"direction\":{\"mu\":[1]}}]", "2");
    CommandRun round = audit("--vipr", vipr.toString());
    assertEquals(64, round.code());
    assertTrue(
        round
            .err()
            .startsWith("crease: --vipr: VIPR is linear, and a ball of norm 2 is not; ask in norm"),
        round.err());
    writeExact(3);
    CommandRun mesh = audit("--vipr", vipr.toString());
    assertEquals(64, mesh.code());
    assertTrue(
        mesh.err().startsWith("crease: --vipr: only proof trees are written as VIPR"), mesh.err());
    assertEquals("", mesh.out());
    assertFalse(Files.exists(vipr));
  }

  @Test
  void refusesWithACodeOfItsOwn() throws IOException {
    writeExact(3);
    Files.writeString(network, MOVED.replace("[1, 1, 1]", "[1, 1.5, 1]"));
    CommandRun other = audit();
    assertEquals(1, other.code(), other.err());
    assertEquals(
        "REFUSED: network: the certificate is for another network, or prepared otherwise\n",
        other.out());
    Files.writeString(network, MOVED);
    writeExact(4);
    CommandRun high = audit();
    assertEquals(1, high.code());
    assertEquals("REFUSED: lower.radius is not below the upper end\n", high.out());
    CommandRun two = audit("--other", network.toString());
    assertEquals(64, two.code());
    assertTrue(two.err().startsWith("crease: --other goes with problem transformation"), two.err());
  }

  @Test
  void asksForTheSecondNetwork() {
    String f = network.toString();
    CommandRun run =
        CommandRun.of(
            "radius",
            "transformation",
            "--network",
            f,
            "--other",
            f,
            "--center",
            "2,0",
            "--max-radius",
            "0.1",
            "--certificate",
            certificate.toString());
    assertEquals(0, run.code(), run.err());
    CommandRun without = audit();
    assertEquals(64, without.code());
    assertTrue(without.err().contains("transformation: it needs --other FILE"), without.err());
    assertEquals("", without.out());
    assertEquals(0, audit("--other", f).code());
  }

  @Test
  void saysThatTheLowerEndIsNotClaimed() {
    CommandRun run =
        CommandRun.of(
            "radius",
            "local",
            "--network",
            network.toString(),
            "--fix",
            "1=0.5",
            "--center",
            "0",
            "--certificate",
            certificate.toString());
    assertTrue(run.out().contains("  certified  0 "), run.out());
    assertTrue(run.out().contains("  exactly    0\n"), run.out());
    assertTrue(audit().out().contains("\n  lower: not claimed\n  upper: "), audit().out());
  }

  @Test
  void saysWhatRestsOnASolver() {
    CommandRun run =
        CommandRun.of(
            "radius",
            "local",
            "--network",
            network.toString(),
            "--fix",
            "1=0.5",
            "--center",
            "2",
            "--solver",
            "ortools-highs",
            "--trust",
            "solver",
            "--certificate",
            certificate.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().contains("note: the certificate has no proof of the lower end"), run.out());
    CommandRun verified = audit();
    assertEquals(2, verified.code(), verified.err());
    assertTrue(
        verified.out().startsWith("NOT ALL PROVED: local of moved, input 1"), verified.out());
    assertTrue(verified.out().contains("rests on ortools-highs ("), verified.out());
    assertTrue(verified.out().contains("not checked"), verified.out());
    // The collision was repaired to an exact one.
    assertTrue(verified.out().contains("upper: points collide as near as"), verified.out());
  }

  @Test
  void sharedInputsAndStepsArePreparedAgain() {
    CommandRun run =
        CommandRun.of(
            "radius",
            "pseudo",
            "--network",
            network.toString(),
            "--share",
            "1=0:1",
            "--steps",
            "2",
            "--center",
            "2",
            "--solver",
            "ortools-highs",
            "--trust",
            "solver",
            "--certificate",
            certificate.toString());
    assertEquals(0, run.code(), run.err());
    CommandRun verified = audit();
    assertEquals(2, verified.code(), verified.out() + verified.err());
    assertTrue(verified.out().contains("input 1 shared in [0.0, 1.0]"), verified.out());
  }

  @Test
  void filesThatCannotBeReadAreBadInput() throws IOException {
    writeExact(3);
    byte[] whole = Files.readAllBytes(certificate);
    String neither = "the certificate is neither JSON nor JSON that is compressed by gzip, as";
    Map<byte[], String> bad =
        Map.of(
            new byte[0],
            "the certificate is empty\n",
            "no certificate".getBytes(StandardCharsets.UTF_8),
            neither,
            new byte[] {(byte) 0x89, 'P', 'N', 'G'},
            neither,
            zipped("no certificate".getBytes(StandardCharsets.UTF_8)),
            neither,
            "{}".getBytes(StandardCharsets.UTF_8),
            "certificate: ",
            Arrays.copyOf(whole, 1),
            "the certificate is cut off\n",
            Arrays.copyOf(whole, whole.length / 2),
            "the certificate is cut off\n",
            Arrays.copyOf(unzipped(whole), 200),
            "the certificate is cut off\n",
            new byte[] {0x1f, (byte) 0x8b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
            "the certificate is damaged: it cannot be unpacked as gzip\n");
    for (Map.Entry<byte[], String> entry : bad.entrySet()) {
      Files.write(certificate, entry.getKey());
      CommandRun run = audit();
      assertEquals(65, run.code(), entry.getValue());
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(
          run.err().startsWith("crease: " + certificate + ": " + entry.getValue()), run.err());
    }
    Files.delete(certificate);
    CommandRun missing = audit();
    assertEquals(65, missing.code());
    assertTrue(missing.err().contains("cannot be read"), missing.err());
    writeExact(3);
    Files.delete(network);
    assertEquals(65, audit().code());
    Files.createDirectory(network);
    assertEquals(65, audit().code());
    CommandRun folderInstead =
        CommandRun.of("audit", folder.toString(), "--network", network.toString());
    assertEquals(65, folderInstead.code());
    assertEquals(1, folderInstead.err().lines().count(), folderInstead.err());
  }

  @Test
  void certificatesThatCannotBeWrittenAreSaidSoBeforehand() {
    CommandRun run =
        CommandRun.of(
            "radius",
            "local",
            "--network",
            network.toString(),
            "--center",
            "2,0",
            "--certificate",
            "/nonexistent/c.json.gz");
    assertEquals(65, run.code());
    assertTrue(run.err().contains("--certificate /nonexistent/c.json.gz cannot be written"));
  }

  @Test
  void aCheckThatIsStoppedIsUndecided() throws IOException {
    writeExact(1);
    CommandRun run = audit("--time-limit", "0.000001s");
    assertEquals(2, run.code(), run.err());
    assertEquals(1, run.out().lines().count(), run.out());
    assertTrue(
        run.out().startsWith("UNDECIDED: stopped at the time limit of 0.000001s"), run.out());
    assertEquals(0, audit("--time-limit", "1h").code());
    CommandRun bad = audit("--time-limit", "soon");
    assertEquals(65, bad.code());
    assertTrue(bad.err().contains("--time-limit"), bad.err());
  }

  @Test
  void saysWhyACertificateCannotBeRead() {
    CommandRun none = audit();
    assertEquals(65, none.code());
    assertTrue(none.err().contains("no such file") || none.err().contains("is such a file"));
    certificate = folder;
    CommandRun directory = audit();
    assertEquals(65, directory.code());
    assertTrue(directory.err().contains("irectory"), directory.err());
    assertEquals(1, directory.err().lines().count(), directory.err());
  }
}
