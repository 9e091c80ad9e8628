package dev.crease.network;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a network computes with, as one number: SHA-256 of the UTF-8 text {@code crease-network/1},
 * the number of layers, and for each layer its number of neurons, its number of inputs, the weights
 * row by row, the biases, and for each neuron a byte that is 1 when it has a ReLU. Integers have
 * four bytes and doubles eight, most significant first. The name does not count.
 */
public final class NetworkHash {

  private static final int BUFFER = 1 << 16;

  private NetworkHash() {}

  /** The hash in lower-case hexadecimal digits. */
  public static String sha256(ReluNetwork network) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(
                  new DigestOutputStream(OutputStream.nullOutputStream(), digest), BUFFER))) {
        write(network, out);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new AssertionError("every Java has SHA-256, and nothing is written anywhere", e);
    }
  }

  private static void write(ReluNetwork network, DataOutputStream out) throws IOException {
    out.write("crease-network/1".getBytes(StandardCharsets.UTF_8));
    out.writeInt(network.layers().size());
    for (Layer layer : network.layers()) {
      out.writeInt(layer.outputs());
      out.writeInt(layer.inputs());
      for (int i = 0; i < layer.outputs(); i++) {
        for (double weight : layer.weights().row(i)) {
          out.writeLong(Double.doubleToRawLongBits(weight));
        }
      }
      for (int i = 0; i < layer.outputs(); i++) {
        out.writeLong(Double.doubleToRawLongBits(layer.bias(i)));
      }
      for (int i = 0; i < layer.outputs(); i++) {
        out.writeByte(layer.isRelu(i) ? 1 : 0);
      }
    }
  }
}
