package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.certify.RadiusResult;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random networks, among them those with small integers as weights, in which many lines meet or
 * coincide, and pruned ones: every answer is proved by the independent checker, at both ends, to
 * eight units in the last place. {@code -Dcrease.networks=N} tries as many as one likes.
 */
class ProvedPropertiesTest {

  private static final int NETWORKS = Integer.getInteger("crease.networks", 6);

  private enum Kind {
    NORMAL,
    INTEGER,
    PRUNED
  }

  private static ReluNetwork random(Kind kind, long seed, int... widths) {
    Random random = new Random(seed);
    List<Layer> layers = new ArrayList<>();
    for (int k = 1; k < widths.length; k++) {
      double[][] w = new double[widths[k]][widths[k - 1]];
      double[] b = new double[widths[k]];
      for (int i = 0; i < w.length; i++) {
        for (int j = 0; j < w[i].length; j++) {
          w[i][j] = value(kind, random, 1 / Math.sqrt(w[i].length));
        }
        b[i] = value(kind, random, 0.5);
      }
      Matrix weights = Matrix.of(w);
      layers.add(k == widths.length - 1 ? Layer.linear(weights, b) : Layer.relu(weights, b));
    }
    return ReluNetwork.of(kind + "-" + seed, layers);
  }

  private static double value(Kind kind, Random random, double size) {
    return switch (kind) {
      case NORMAL -> size * random.nextGaussian();
      case INTEGER -> random.nextInt(5) - 2;
      case PRUNED -> random.nextBoolean() ? 0 : size * random.nextGaussian();
    };
  }

  private static double[] center(Kind kind, Random random, int m) {
    return random
        .doubles(m, -1, 1)
        .map(x -> kind == Kind.INTEGER ? Math.rint(2 * x) / 2 : x)
        .toArray();
  }

  @ParameterizedTest
  @EnumSource
  void answersInThePlaneAreProved(Norm norm) {
    each(
        norm,
        (kind, seed, random) -> {
          ReluNetwork f = random(kind, seed, 2, 5, 4, 2);
          double[] c = center(kind, random, 2);
          RadiusResult local = Proofs.proved(Query.local(f, norm, c).upTo(2));
          RadiusResult pseudo = Proofs.proved(Query.pseudo(f, norm, c).upTo(2));
          assertTrue(local.certified() <= pseudo.refuted().orElse(2));
        });
  }

  @ParameterizedTest
  @EnumSource
  void answersOnTheLineAreProved(Norm norm) {
    each(
        norm,
        (kind, seed, random) -> {
          ReluNetwork f = random(kind, seed, 1, 6, 5, 1);
          double[] c = center(kind, random, 1);
          Proofs.proved(Query.local(f, norm, c).upTo(2));
          Proofs.proved(Query.pseudo(f, norm, c).upTo(2));
          ReluNetwork curve = random(kind, seed, 1, 6, 5, 2);
          Proofs.proved(Query.local(curve, norm, c).upTo(2));
          Proofs.proved(Query.transformation(f, curve, norm, c).upTo(2));
        });
  }

  @ParameterizedTest
  @EnumSource
  void transformationsAreProved(Norm norm) {
    each(
        norm,
        (kind, seed, random) -> {
          ReluNetwork f = random(kind, seed, 2, 4, 2);
          double[] c = center(kind, random, 2);
          Proofs.proved(Query.transformation(f, random(kind, ~seed, 2, 3, 2), norm, c).upTo(1));
          // What is computed from f is determined by it, folds or not.
          ReluNetwork after = f.then(random(kind, seed + 1, 2, 3, 1));
          RadiusResult all = Proofs.proved(Query.transformation(f, after, norm, c).upTo(1));
          assertTrue(all.holdsEverywhere(), all::toString);
        });
  }

  private interface Trial {
    void run(Kind kind, long seed, Random random);
  }

  private static void each(Norm norm, Trial trial) {
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < NETWORKS; i++) {
        long seed = 1000L * norm.ordinal() + i;
        try {
          trial.run(kind, seed, new Random(seed));
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(kind + ", seed " + seed + ": " + e.getMessage(), e);
        }
      }
    }
  }
}
