package dev.crease.verifier.tree;

import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import dev.crease.verifier.Certificate;
import dev.crease.verifier.Monitor;
import dev.crease.verifier.Verification;
import dev.crease.verifier.Verifier;
import dev.crease.verifier.proof.Ball;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A certificate of a tree as text, open to be tampered with.
 *
 * @param ball with one interval by input: a point if the input is not shared
 */
public record TreeFile(ReluNetwork f, String text) {

  public static TreeFile of(
      String problem, String norm, ReluNetwork f, Ball ball, double radius, String faces) {
    StringBuilder center = new StringBuilder();
    StringBuilder shared = new StringBuilder();
    StringBuilder share = new StringBuilder();
    for (int k = 0; k < f.inputs(); k++) {
      if (ball.shared[k]) {
        separated(shared)
            .append("\"" + k + "\":[" + exact(ball.low[k]) + "," + exact(ball.high[k]) + "]");
        separated(share).append(k);
      } else {
        separated(center).append(exact(ball.low[k]));
      }
    }
    return new TreeFile(
        f,
        "{\"schema\":\"crease-certificate/2\",\"problem\":\""
            + problem
            + "\",\"norm\":\""
            + norm
            + "\",\"center\":["
            + center
            + "],\"maxRadius\":\"100\",\"shared\":{"
            + shared
            + "},\"network\":{\"name\":\"f\",\"shape\":\""
            + f.shape()
            + "\",\"sha256\":\""
            + NetworkHash.sha256(f)
            + "\"},\"preparation\":{\"fix\":{},\"share\":["
            + share
            + "],\"steps\":1,\"outputs\":[]},\"lower\":{\"assurance\":\"RIGOROUS\",\"radius\":"
            + exact(radius)
            + ",\"ball\":"
            + exact(ball.radius)
            + ",\"faces\":"
            + faces
            + "}}");
  }

  private static StringBuilder separated(StringBuilder list) {
    return list.append(list.isEmpty() ? "" : ",");
  }

  public static String exact(double value) {
    return "\"" + new BigDecimal(value).toPlainString() + "\"";
  }

  /** Another text; what is replaced is there. */
  public TreeFile with(String from, String to) {
    if (!text.contains(from)) {
      throw new AssertionError(from + " is not in " + text);
    }
    return new TreeFile(f, text.replace(from, to));
  }

  public byte[] zipped() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(text.getBytes(StandardCharsets.UTF_8));
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Verification verify() {
    return verify(Monitor.none());
  }

  public Verification verify(Monitor monitor) {
    Certificate certificate = Certificate.read(new ByteArrayInputStream(zipped()));
    return Verifier.verify(certificate, f, Optional.empty(), monitor);
  }

  /** As a VIPR proof; it must be accepted. */
  public String vipr() {
    try {
      Path folder = Files.createTempDirectory("vipr");
      Path file = folder.resolve("f.vipr");
      try {
        Certificate certificate = Certificate.read(new ByteArrayInputStream(zipped()));
        Verification verification =
            Verifier.verify(certificate, f, Optional.empty(), Monitor.none(), Optional.of(file));
        if (!(verification instanceof Verification.Accepted)) {
          throw new AssertionError(verification);
        }
        return Files.readString(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
