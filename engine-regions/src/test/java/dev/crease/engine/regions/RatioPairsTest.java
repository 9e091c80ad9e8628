package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left out, or proved, is so at random points of the leaves. */
class RatioPairsTest {

  private static final double RADIUS = 0.75;
  private static final int POINTS = 40;

  private static List<Leaf> leaves(Question question) {
    List<Leaf> leaves = new ArrayList<>();
    Distances distances = new Distances(question);
    new Subdivision(
            new Stages(question.networks(), question.origin()), question.origin(), cell -> 0)
        .forEach(
            BallCell.of(question, RADIUS),
            leaf -> {
              if (distances.of(leaf.cell()) < RADIUS) {
                leaves.add(leaf);
              }
              return true;
            });
    return leaves;
  }

  private static double[] point(Leaf leaf, Random random) {
    double[] x = new double[leaf.cell().dimension()];
    double[] weights = new double[leaf.cell().vertices().length];
    double sum = 0;
    for (int v = 0; v < weights.length; v++) {
      // Often near a corner, where the extremes are.
      weights[v] = Math.pow(random.nextDouble(), 6);
      sum += weights[v];
    }
    for (int v = 0; v < weights.length; v++) {
      for (int k = 0; k < x.length; k++) {
        x[k] += leaf.cell().vertices()[v].x(k) * weights[v] / sum;
      }
    }
    return x;
  }

  /** The least ratio of random points in the ball, of which one is in each leaf. */
  private static double sampled(Query query, Leaf first, Leaf second, Random random) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < POINTS; i++) {
      double[] x = point(first, random);
      double[] other = point(second, random);
      double away = query.norm().distance(x, other);
      if (away > 1e-6 && query.distance(x) <= RADIUS && query.distance(other) <= RADIUS) {
        double apart = query.norm().distance(query.f().evaluate(x), query.f().evaluate(other));
        least = Math.min(least, apart / away);
      }
    }
    return least;
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void noRatioIsBelowThatIsLeftOutOrProvedNotToBe(Norm norm) {
    int leftOut = 0;
    int proved = 0;
    int below = 0;
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      int outputs = 2 + seed % 2;
      ReluNetwork f =
          seed < 4 ? Networks.random(seed, 2, 4, 3, outputs) : Networks.residual(2, 9, seed);
      Query query = Query.local(f, norm, 0, 0).upTo(RADIUS);
      Question question = new Question(query);
      List<Leaf> leaves = leaves(question);
      List<LeafTree.Piece> pieces = new ArrayList<>();
      for (Leaf leaf : leaves) {
        pieces.add(LeafTree.Piece.of(question, leaf, pieces.size()));
      }
      Stretch stretch = new Stretch(norm);
      RatioPairs pairs =
          new RatioPairs(question, stretch, new LeafTree(pieces), new LeafTree(pieces));
      double[] lambdas = seed < 4 ? new double[] {0.01, 0.03, 0.1} : new double[] {0.96, 0.98, 1};
      for (double lambda : lambdas) {
        Set<List<Integer>> open = new HashSet<>();
        for (RatioPairs.Pair pair : pairs.below(lambda, true, () -> false).orElseThrow()) {
          int i = pair.first().index();
          int j = pair.second().index();
          open.add(List.of(Math.min(i, j), Math.max(i, j)));
          if (open.size() % 3 != 0) {
            continue;
          }
          double[] low = new double[2];
          double[] high = new double[2];
          pair.differences(question, low, high);
          PairRatio.Answer answer =
              new PairRatio(
                      question,
                      new Secants(question),
                      leaves.get(i),
                      leaves.get(j),
                      BigInteger.valueOf(1000))
                  .below(lambda, low, high);
          if (answer.outcome() == PairRatio.Outcome.PROVED) {
            double least = sampled(query, leaves.get(i), leaves.get(j), random);
            assertTrue(least >= lambda * (1 - 1e-9), seed + ": " + least + " below " + lambda);
            proved++;
          } else if (answer.outcome() == PairRatio.Outcome.BELOW) {
            assertTrue(answer.secant().orElseThrow().most() < lambda);
            below++;
          }
        }
        for (int i = 0; i < leaves.size(); i++) {
          for (int j = 0; j <= i; j++) {
            if (!open.contains(List.of(j, i))) {
              double least = sampled(query, leaves.get(i), leaves.get(j), random);
              assertTrue(least >= lambda * (1 - 1e-9), seed + ": " + least + " below " + lambda);
              leftOut++;
            }
          }
        }
      }
    }
    assertTrue(leftOut > 50 && proved >= 1 && below > 20, leftOut + " " + proved + " " + below);
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void aMatrixIsStretchedAsItsRandomVectorsAre(Norm norm) {
    Random random = new Random(1);
    Stretch stretch = new Stretch(norm);
    for (int i = 0; i < 60; i++) {
      int m = 1 + i % 3;
      int n = m + i % 2;
      double[][] a = new double[n][m];
      double[][] errors = new double[n][m];
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < m; k++) {
          a[j][k] = random.nextGaussian();
          errors[j][k] = i % 4 == 3 ? 0.02 : 0;
        }
      }
      double least = stretch.least(a, errors);
      double most = stretch.most(a, errors);
      double smallest = Double.POSITIVE_INFINITY;
      double largest = 0;
      for (int t = 0; t < 3000; t++) {
        double[] d = new double[m];
        double[] y = new double[n];
        for (int k = 0; k < m; k++) {
          d[k] = random.nextInt(3) == 0 ? random.nextInt(3) - 1 : random.nextGaussian();
        }
        for (int j = 0; j < n; j++) {
          for (int k = 0; k < m; k++) {
            y[j] += (a[j][k] + errors[j][k] * (2 * random.nextInt(2) - 1)) * d[k];
          }
        }
        double size = norm.of(d);
        if (size > 0) {
          smallest = Math.min(smallest, norm.of(y) / size);
          largest = Math.max(largest, norm.of(y) / size);
        }
      }
      assertTrue(least <= smallest * (1 + 1e-9), i + ": " + least + " of " + smallest);
      assertTrue(most >= largest * (1 - 1e-9), i + ": " + most + " of " + largest);
      if (i % 4 != 3 && n == m) {
        assertEquals(least, ratio(norm, a, stretch.flattest(a)), 1e-9 * most, "matrix " + i);
      }
      if (i % 4 != 3) {
        assertEquals(most, ratio(norm, a, stretch.steepest(a)), 1e-9 * most, "matrix " + i);
      }
    }
  }

  private static double ratio(Norm norm, double[][] a, double[] d) {
    double[] y = new double[a.length];
    for (int j = 0; j < y.length; j++) {
      for (int k = 0; k < d.length; k++) {
        y[j] += a[j][k] * d[k];
      }
    }
    return norm.of(y) / norm.of(d);
  }
}
