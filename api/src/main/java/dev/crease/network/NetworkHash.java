package dev.crease.network;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a network computes with, as one number: SHA-256 of the UTF-8 text {@code crease-network/1},
 * the number of layers, and for each layer its number of neurons, its number of inputs, the weights
 * row by row, the biases, and for each neuron a byte that is 1 when it has a ReLU. Integers have
 * four bytes and doubles eight, most significant first. The name does not count.
 */
public final class NetworkHash {

  private static final String MAGIC = "crease-network/1";

  /** Bytes that are hashed at once: with many blocks of 64 the processor's own instructions pay. */
  private static final int BUFFER = 1 << 16;

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

  private NetworkHash(MessageDigest digest) {
    this.digest = digest;
  }

  /** The hash in lower-case hexadecimal digits. */
  public static String sha256(ReluNetwork network) {
    try {
      NetworkHash hash = new NetworkHash(MessageDigest.getInstance("SHA-256"));
      hash.put(network);
      hash.flush();
      return HexFormat.of().formatHex(hash.digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private void put(ReluNetwork network) {
    room(MAGIC.length() + Integer.BYTES);
    buffer.put(MAGIC.getBytes(StandardCharsets.UTF_8)).putInt(network.layers().size());
    for (Layer layer : network.layers()) {
      room(2 * Integer.BYTES);
      buffer.putInt(layer.outputs()).putInt(layer.inputs());
      for (int i = 0; i < layer.outputs(); i++) {
        put(layer.weights(), i);
      }
      for (int i = 0; i < layer.outputs(); i++) {
        put(layer.bias(i));
      }
      for (int i = 0; i < layer.outputs(); i++) {
        room(1);
        buffer.put((byte) (layer.isRelu(i) ? 1 : 0));
      }
    }
  }

  /** A row with its zeros, of which there may be thousands between two entries. */
  private void put(Matrix weights, int row) {
    int column = 0;
    for (int k = weights.start(row); k < weights.end(row); k++) {
      putZeros(weights.column(row, k) - column);
      put(weights.stored(k));
      column = weights.column(row, k) + 1;
    }
    putZeros(weights.columns() - column);
  }

  private void put(double value) {
    room(Double.BYTES);
    buffer.putLong(Double.doubleToRawLongBits(value));
  }

  private void putZeros(int doubles) {
    long left = (long) doubles * Double.BYTES;
    while (left > 0) {
      room(1);
      int count = (int) Math.min(left, buffer.remaining());
      Arrays.fill(buffer.array(), buffer.position(), buffer.position() + count, (byte) 0);
      buffer.position(buffer.position() + count);
      left -= count;
    }
  }

  /** Makes room for so many bytes. */
  private void room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
