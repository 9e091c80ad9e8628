package dev.crease.verifier.tree;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.verifier.proof.Layers;
import dev.crease.verifier.proof.Multipliers;
import dev.crease.verifier.proof.Node;
import dev.crease.verifier.proof.Proofs;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What multipliers are said to prove holds at pairs of points, in exact arithmetic: whatever the
 * bounds that hold of the pair, and whatever the multipliers.
 */
class InequalityTest {

  private static final int TRIES = 1000;
  private static final int STEPS = 40;

  /** Slack below this, relative to the whole, is none. */
  private static final double TIGHT = 1e-12;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void boundsHold(long seed) {
    Random random = new Random(seed);
    int tightDirections = 0;
    int tightPositions = 0;
    for (int i = 0; i < TRIES; i++) {
      Sample sample = new Sample(random);
      if (sample.t.signum() == 0) {
        continue;
      }
      Proofs proofs = new Proofs(sample.net, sample.ball);
      Node node = proofs.root(proofs.positions(), sample.input, sample.sign);
      assertHolds(sample, node, "root, try " + i);
      narrow(sample, node, random);
      assertHolds(sample, node, "node, try " + i);
      Multipliers by = multipliers(sample, random);

      int goal = random.nextInt(sample.net.neurons() + 1) - 1;
      int sign = goal < 0 ? 0 : random.nextBoolean() ? 1 : -1;
      BigDecimal left = sample.outputs(by.mu());
      BigDecimal ofDirections =
          goal < 0 ? left : left.add(sample.difference(goal).multiply(BigDecimal.valueOf(sign)));
      double bound =
          best(
              by,
              random,
              m -> goal < 0 ? proofs.directions(node, m) : proofs.directions(node, m, goal, sign));
      BigDecimal noise = sample.noise(by.mu());
      if (noise.signum() > 0) {
        noise =
            noise
                .multiply(sample.t)
                .divide(new BigDecimal(sample.ball.within), MathContext.DECIMAL128);
      }
      tightDirections +=
          slack(
              ofDirections,
              new BigDecimal(bound).multiply(sample.t).add(noise),
              "directions, try " + i);

      if (random.nextBoolean()) {
        absorb(sample.net, node, by);
      }
      double distance = sample.distance.doubleValue();
      Proofs.Far[] far = new Proofs.Far[1];
      best(
          by,
          random,
          m -> {
            Proofs.Far found = proofs.positions(node, m);
            double value = found.value() - distance * found.slope();
            far[0] =
                far[0] == null || value >= far[0].value() - distance * far[0].slope()
                    ? found
                    : far[0];
            return value;
          });
      BigDecimal right =
          new BigDecimal(far[0].value())
              .subtract(new BigDecimal(far[0].slope()).multiply(sample.distance))
              .add(sample.noise(by.mu()));
      tightPositions += slack(left, right, "positions, try " + i);
    }
    // Otherwise the test could not tell much.
    assertTrue(tightDirections > TRIES / 20, tightDirections + " are tight");
    assertTrue(tightPositions > TRIES / 100, tightPositions + " are tight");
  }

  /**
   * The best bound that is found from some multipliers with the same {@code mu}: where a proof is
   * as good as it gets, an error shows.
   */
  private static double best(
      Multipliers start, Random random, ToDoubleFunction<Multipliers> bound) {
    Multipliers by = TreeMaker.copy(start);
    double best = bound.applyAsDouble(by);
    for (int i = 0; i < STEPS; i++) {
      double[][] all = {
        by.low(),
        by.up(),
        by.pair(),
        by.above()[0],
        by.above()[1],
        by.pass()[0],
        by.pass()[1],
        by.inputs(),
        by.ball()[0],
        by.ball()[1]
      };
      int which = random.nextInt(all.length);
      double[] numbers = all[which];
      int k = random.nextInt(numbers.length);
      double old = numbers[k];
      double from = Double.isNaN(old) ? 0 : old;
      boolean isLeft = List.of(2, 5, 6, 8, 9).contains(which);
      double next =
          switch (random.nextInt(3)) {
            case 0 -> isLeft && random.nextBoolean() ? Double.NaN : 0;
            case 1 -> from + random.nextInt(5) - 2;
            default -> from + random.nextGaussian();
          };
      numbers[k] = List.of(0, 1, 3, 4).contains(which) ? Math.abs(next) : next;
      double found = bound.applyAsDouble(by);
      best = Math.max(best, found);
      numbers[k] = found >= best ? numbers[k] : old;
    }
    return best;
  }

  /** Whether the left is about the right; it must not be below. */
  private static int slack(BigDecimal left, BigDecimal right, String what) {
    assertTrue(left.compareTo(right) >= 0, () -> what + ": " + left + " is below " + right);
    double slack = left.subtract(right).doubleValue();
    return slack < TIGHT * (1 + left.abs().doubleValue()) && left.signum() != 0 ? 1 : 0;
  }

  private static void assertHolds(Sample sample, Node node, String what) {
    assertTrue(!node.isEmpty(), what);
    for (int h = 0; h < sample.net.neurons(); h++) {
      BigDecimal dz = sample.difference(h);
      String where = what + ", neuron " + h;
      assertTrue(new BigDecimal(node.l[h]).multiply(sample.t).compareTo(dz) <= 0, where);
      assertTrue(new BigDecimal(node.u[h]).multiply(sample.t).compareTo(dz) >= 0, where);
      for (int copy = 0; copy < 2; copy++) {
        assertTrue(new BigDecimal(node.a[copy][h]).compareTo(sample.z[copy][h]) <= 0, where);
        assertTrue(new BigDecimal(node.b[copy][h]).compareTo(sample.z[copy][h]) >= 0, where);
      }
    }
  }

  /** Bounds between those there and what the pair has, and phases. */
  private static void narrow(Sample sample, Node node, Random random) {
    double keep = random.nextDouble();
    for (int h = 0; h < sample.net.neurons(); h++) {
      for (int copy = 0; copy < 2; copy++) {
        BigDecimal z = sample.z[copy][h];
        if (random.nextDouble() > keep) {
          node.a[copy][h] = between(node.a[copy][h], below(z), random);
        }
        if (random.nextDouble() > keep) {
          node.b[copy][h] = between(node.b[copy][h], above(z), random);
        }
        if (random.nextDouble() > keep) {
          node.decide(h, copy, z.signum() == 0 ? random.nextBoolean() : z.signum() > 0);
        }
      }
      node.order(h);
      double dz = sample.difference(h).doubleValue() / sample.t.doubleValue();
      double room = 4 * Math.ulp(dz);
      if (random.nextDouble() > keep) {
        node.narrow(h, between(node.l[h], Math.max(node.l[h], dz - room), random), node.u[h]);
      }
      if (random.nextDouble() > keep) {
        node.narrow(h, node.l[h], between(node.u[h], Math.min(node.u[h], dz + room), random));
      }
    }
  }

  private static double between(double far, double near, Random random) {
    return random.nextInt(3) > 0
        ? near
        : Math.max(Math.min(far, near), Math.min(Math.max(far, near), (far + near) / 2));
  }

  private static double below(BigDecimal value) {
    double near = value.doubleValue();
    return new BigDecimal(near).compareTo(value) <= 0 ? near : Math.nextDown(near);
  }

  private static double above(BigDecimal value) {
    return -below(value.negate());
  }

  /** Takes all of the difference of the outputs to the inputs by lines, and there to {@code t}. */
  private static void absorb(Layers net, Node node, Multipliers by) {
    double[] dy = by.mu();
    for (int k = net.depth() - 1; k >= 0; k--) {
      double[] before = new double[net.weights[k][0].length];
      for (int i = 0; i < dy.length; i++) {
        int h = net.first[k] + i;
        by.low()[h] = Math.max(0, dy[i]);
        by.up()[h] = Math.max(0, -dy[i]);
        by.pair()[h] = Double.NaN;
        for (int copy = 0; copy < 2; copy++) {
          by.above()[copy][h] = 0;
          by.pass()[copy][h] = Double.NaN;
        }
        double dz = dy[i] * node.line(h, dy[i] < 0).slope();
        for (int j = 0; j < before.length; j++) {
          before[j] += dz * net.weights[k][i][j];
        }
      }
      dy = before;
    }
    System.arraycopy(dy, 0, by.inputs(), 0, dy.length);
  }

  private static Multipliers multipliers(Sample sample, Random random) {
    Multipliers by = Multipliers.none(sample.net);
    double dense = random.nextInt(3) == 0 ? 0 : random.nextDouble() / 2;
    boolean isWhole = random.nextBoolean();
    fill(by.mu(), 1, true, isWhole, random);
    fill(by.low(), dense, false, isWhole, random);
    fill(by.up(), dense, false, isWhole, random);
    fill(by.pair(), dense, true, isWhole, random);
    for (int copy = 0; copy < 2; copy++) {
      fill(by.above()[copy], dense, false, isWhole, random);
      fill(by.pass()[copy], dense, true, isWhole, random);
    }
    fill(by.inputs(), dense, true, isWhole, random);
    for (int copy = 0; copy < 2 && !Double.isInfinite(sample.ball.from(0)); copy++) {
      fill(by.ball()[copy], dense, true, isWhole, random);
    }
    return by;
  }

  private static void fill(
      double[] into, double dense, boolean mayBeNegative, boolean isWhole, Random random) {
    for (int i = 0; i < into.length; i++) {
      if (random.nextDouble() < dense) {
        double value = isWhole ? random.nextInt(5) - 2 : random.nextGaussian();
        into[i] = mayBeNegative ? value : Math.abs(value);
      }
    }
  }
}
