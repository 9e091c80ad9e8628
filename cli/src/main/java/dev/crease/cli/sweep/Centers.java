package dev.crease.cli.sweep;

import dev.crease.BadInput;
import dev.crease.cli.question.Question;
import dev.crease.plots.SweepPicture;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a question is asked, in order.
 *
 * @param points each with a number for each input that is neither fixed nor shared
 * @param arrangement how they lie
 */
record Centers(List<double[]> points, SweepPicture.Arrangement arrangement) {

  /**
   * The first centre at which the question can be asked.
   *
   * @throws BadInput if there is none
   */
  double[] first(Question question) {
    return points.stream()
        .filter(center -> question.outside(center).isEmpty())
        .findFirst()
        .orElseThrow(() -> new BadInput("--domain holds none of the " + counted()));
  }

  /** Tells lists of centres apart: the SHA-256 of their number and of all coordinates as bits. */
  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DataOutputStream out =
          new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
        out.writeInt(points.size());
        for (double[] point : points) {
          out.writeInt(point.length);
          for (double value : point) {
            out.writeLong(Double.doubleToRawLongBits(value));
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new AssertionError("every Java has SHA-256, and nothing is written anywhere", e);
    }
  }

  /** How many there are, for people. */
  String counted() {
    return points.size() + (points.size() == 1 ? " centre" : " centres");
  }
}
