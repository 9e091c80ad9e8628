package dev.crease.verifier;

import static dev.crease.verifier.TestMesh.rational;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crease.bounds.Norm;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Certificates changed at random: what is accepted all the same must be true. For the norm inf, the
 * truth is what a clean mesh of the very ball says.
 */
class RandomTamperingTest {

  private static final int RADIX = 36;

  @ParameterizedTest
  @CsvSource({"LOCAL, 1", "LOCAL, 2", "LOCAL, 3", "PSEUDO, 4", "PSEUDO, 5", "PAIRS, 2", "PAIRS, 6"})
  void whatIsAcceptedIsTrue(String kind, long seed) {
    Random random = new Random(seed);
    int accepted = 0;
    for (int round = 0; round < 20; round++) {
      ReluNetwork f = bent(random);
      double reach = 0.125 * (1 + random.nextInt(8));
      TestMesh mesh = TestMesh.box(new double[2], rational(1.25 * reach), 1).cut(f);
      TestCertificate clean = TestCertificate.of(query(kind, f, 0, 0), mesh, rational(reach));
      for (int i = 0; i < 25; i++) {
        TestCertificate changed = clean.copy();
        double[] center = new double[2];
        double radius = reach;
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
          switch (random.nextInt(8)) {
            case 0 -> radius *= 0.25 + 0.25 * random.nextInt(5);
            case 1 -> center[random.nextInt(2)] += 0.125 * (random.nextInt(5) - 2);
            default -> changeMesh(changed, random);
          }
        }
        changed.lower().put("radius", new BigDecimal(radius).toPlainString());
        ArrayNode c = changed.json().putArray("center");
        for (double x : center) {
          c.add(new BigDecimal(x).toPlainString());
        }
        if (changed.verify() instanceof Verification.Accepted) {
          accepted++;
          Query claim = query(kind, f, center);
          assertInstanceOf(
              Verification.Accepted.class,
              VerifierTest.boxed(claim, radius, 1).verify(),
              claim + " within " + radius);
        }
      }
    }
    assertTrue(accepted > 10, accepted + " were accepted");
  }

  /** A residual block that is one-to-one near most points, and folds somewhere. */
  private static ReluNetwork bent(Random random) {
    double[][] up = new double[3][2];
    double[][] down = new double[2][3];
    double[] bias = new double[3];
    for (int i = 0; i < 3; i++) {
      bias[i] = random.nextGaussian() / 2;
      for (int k = 0; k < 2; k++) {
        up[i][k] = random.nextGaussian();
        down[k][i] = 0.6 * random.nextGaussian();
      }
    }
    return ReluNetwork.residualBlock("bent", Matrix.of(up), bias, Matrix.of(down), new double[2]);
  }

  private static Query query(String kind, ReluNetwork f, double... center) {
    return switch (kind) {
      case "LOCAL" -> Query.local(f, Norm.LINF, center);
      case "PSEUDO" -> Query.pseudo(f, Norm.LINF, center);
      default ->
          Query.transformation(
              f, VerifierTest.linear(new double[] {1, 0}, new double[] {0, 1}), Norm.LINF, center);
    };
  }

  private static void changeMesh(TestCertificate certificate, Random random) {
    ArrayNode simplices = certificate.simplices();
    ArrayNode vertices = certificate.vertices();
    if (simplices.isEmpty()) {
      return;
    }
    int simplex = random.nextInt(simplices.size());
    ArrayNode corners = (ArrayNode) simplices.get(simplex);
    switch (random.nextInt(6)) {
      case 0 -> simplices.remove(simplex);
      case 1 -> simplices.add(corners.deepCopy());
      case 2 -> corners.add(corners.remove(0));
      case 3 -> corners.set(random.nextInt(3), random.nextInt(vertices.size()));
      case 4 -> vertices.add(vertices.get(0));
      default -> {
        ArrayNode vertex = (ArrayNode) vertices.get(random.nextInt(vertices.size()));
        for (int k = 0; k < 3; k++) {
          BigInteger x = new BigInteger(vertex.get(k).asText(), RADIX).shiftLeft(8);
          BigInteger by = x.shiftRight(1 + random.nextInt(8)).add(BigInteger.ONE);
          vertex.set(k, (k > 0 && random.nextBoolean() ? x.add(by) : x).toString(RADIX));
        }
      }
    }
  }
}
