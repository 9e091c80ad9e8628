package dev.crease.engine.regions;

import dev.crease.certify.Secant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two points with nearly one output, on the two sides of a facet where the orientation changes.
 * With the maps {@code A} and {@code B} on its sides, {@code n} its normal and {@code p} on it,
 * {@code f(p + A^-1 B b) = f(p + b)}, as {@code n} is a left eigenvector of {@code A^-1 B} for the
 * quotient of the determinants, which is negative: the two points are on different sides.
 */
final class FoldPair {

  /** How far the points are from the facet at first, by the radius; then a quarter each time. */
  private static final double STEP = 0.25;

  private static final int MOST_STEPS = 24;
  private static final int MOST_FACETS = 64;

  private final Question question;
  private final Secants secants;

  FoldPair(Question question, Secants secants) {
    this.question = question;
    this.secants = secants;
  }

  /** The first that is found in the ball among leaves that lie side by side. */
  Optional<Secant> among(List<Leaf> leaves, List<LeafTree.Piece> pieces) {
    Map<List<Long>, Integer> byPattern = new HashMap<>();
    for (int i = 0; i < leaves.size(); i++) {
      byPattern.put(pattern(leaves.get(i).active(), -1), i);
    }
    int tried = 0;
    for (int i = 0; i < leaves.size() && tried < MOST_FACETS; i++) {
      Leaf leaf = leaves.get(i);
      if (leaf.sign() >= 0) {
        continue;
      }
      for (int facet = 0; facet < leaf.cell().facets().length; facet++) {
        int label = leaf.cell().facets()[facet].label();
        Integer j = label < 0 ? null : byPattern.get(pattern(leaf.active(), label));
        if (j == null || leaves.get(j).sign() <= 0) {
          continue;
        }
        tried++;
        Optional<Secant> found = at(leaf, facet, pieces.get(i), pieces.get(j));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** A pattern with one neuron flipped, or none. */
  private static List<Long> pattern(long[] active, int flipped) {
    List<Long> words = new ArrayList<>();
    for (int w = 0; w < active.length; w++) {
      words.add(flipped >= 0 && flipped >> 6 == w ? active[w] ^ 1L << flipped : active[w]);
    }
    return words;
  }

  private Optional<Secant> at(Leaf leaf, int facet, LeafTree.Piece own, LeafTree.Piece other) {
    int m = leaf.cell().dimension();
    double[] p = new double[m];
    int on = 0;
    for (int v = 0; v < leaf.cell().vertices().length; v++) {
      if ((leaf.cell().incidence(v, facet >> 6) >>> facet & 1) != 0) {
        for (int k = 0; k < m; k++) {
          p[k] += leaf.cell().vertices()[v].x(k);
        }
        on++;
      }
    }
    for (int k = 0; k < m; k++) {
      p[k] /= on;
    }
    Hyperplane plane = leaf.cell().facets()[facet];
    int[] ball = question.ball();
    double[] b = new double[ball.length];
    for (int k = 0; k < b.length; k++) {
      b[k] = -leaf.cell().side(facet) * plane.coefficient(ball[k]);
    }
    double[] a = SmallMatrix.solved(own.jacobian(), times(other.jacobian(), b));
    double size = 0;
    for (int k = 0; k < a.length; k++) {
      size = Math.max(size, Math.max(Math.abs(a[k]), Math.abs(b[k])));
    }
    double step = STEP * question.query().maxRadius() / size;
    for (int i = 0; i < MOST_STEPS && step > 0; i++) {
      double[] x = p.clone();
      double[] xPrime = p.clone();
      for (int k = 0; k < b.length; k++) {
        x[ball[k]] += step * a[k];
        xPrime[ball[k]] += step * b[k];
      }
      Optional<Secant> found = secants.between(x, xPrime).filter(s -> s.most() < 1e-7);
      if (found.isPresent()) {
        return found;
      }
      step /= 4;
    }
    return Optional.empty();
  }

  private static double[] times(double[][] matrix, double[] x) {
    return Arrays.stream(matrix)
        .mapToDouble(
            row -> {
              double sum = 0;
              for (int k = 0; k < x.length; k++) {
                sum += row[k] * x[k];
              }
              return sum;
            })
        .toArray();
  }
}
