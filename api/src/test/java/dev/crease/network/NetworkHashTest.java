package dev.crease.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkHashTest {

  private static ReluNetwork network(String name, double weight, double bias, boolean relu) {
    Matrix matrix = Matrix.of(new double[][] {{weight, 2}});
    return ReluNetwork.of(
        name, List.of(Layer.of(matrix, new double[] {bias}, new boolean[] {relu})));
  }

  @Test
  void staysAsItWasDefined() throws Exception {
    byte[] content =
        ByteBuffer.allocate(16 + 3 * 4 + 3 * 8 + 1)
            .put("crease-network/1".getBytes(StandardCharsets.UTF_8))
            .putInt(1)
            .putInt(1)
            .putInt(2)
            .putDouble(0.5)
            .putDouble(2)
            .putDouble(-1)
            .put((byte) 1)
            .array();
    assertEquals(
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)),
        NetworkHash.sha256(network("f", 0.5, -1, true)));
  }

  /**
   * Sparse and dense rows, also longer than what is hashed at once, against the bytes written out.
   */
  @Test
  void zerosThatAreNotStoredCount() throws Exception {
    for (int columns : new int[] {3, 100, 8191, 8192, 20001}) {
      double[][] rows = new double[3][columns];
      rows[0][columns - 1] = 1.5;
      rows[0][columns / 2] = -0.0;
      rows[2][0] = -2;
      Arrays.fill(rows[1], columns < 8192 ? 1 : 0);
      ByteBuffer content =
          ByteBuffer.allocate(16 + 3 * 4 + 3 * columns * 8 + 3 * 8 + 3)
              .put("crease-network/1".getBytes(StandardCharsets.UTF_8))
              .putInt(1)
              .putInt(3)
              .putInt(columns);
      for (double[] row : rows) {
        Arrays.stream(row).forEach(content::putDouble);
      }
      content.putDouble(0.5).putDouble(0).putDouble(7).put((byte) 0).put((byte) 1).put((byte) 0);
      Layer layer =
          Layer.of(Matrix.of(rows), new double[] {0.5, 0, 7}, new boolean[] {false, true, false});
      assertEquals(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.array())),
          NetworkHash.sha256(ReluNetwork.of("f", List.of(layer))),
          columns + " columns");
    }
  }

  @Test
  void countsAllButTheName() {
    String hash = NetworkHash.sha256(network("f", 0.5, -1, true));
    assertEquals(hash, NetworkHash.sha256(network("g", 0.5, -1, true)));
    assertNotEquals(hash, NetworkHash.sha256(network("f", Math.nextUp(0.5), -1, true)));
    assertNotEquals(hash, NetworkHash.sha256(network("f", 0.5, Math.nextUp(-1.0), true)));
    assertNotEquals(hash, NetworkHash.sha256(network("f", 0.5, -1, false)));
    assertNotEquals(
        NetworkHash.sha256(network("f", 0.0, -1, true)),
        NetworkHash.sha256(network("f", -0.0, -1, true)));
  }
}
