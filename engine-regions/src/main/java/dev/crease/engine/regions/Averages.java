package dev.crease.engine.regions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Whether no average of some matrices stretches less than a number: the simplex that they span is
 * halved until the matrices of each part are alike.
 */
final class Averages {

  /** So many matrices are looked at in all, whatever parts they are in. */
  private static final int MOST_LOOKS = 20_000;

  private final Stretch stretch;

  Averages(Stretch stretch) {
    this.stretch = stretch;
  }

  /**
   * A matrix and how far its entries may be off.
   *
   * @param entries outputs by inputs
   * @param errors of the entries
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Blurred(double[][] entries, double[][] errors) {

    /** The Jacobian of a leaf: outputs of the query's network by coordinates of the ball. */
    static Blurred of(Question question, Leaf leaf) {
      int n = question.query().f().outputs();
      int m = question.ball().length;
      double[][] entries = new double[n][m];
      double[][] errors = new double[n][m];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < m; k++) {
          entries[i][k] = leaf.rows(0)[i][question.ball()[k]];
          errors[i][k] = leaf.rowError(0, i, question.ball()[k]);
        }
      }
      return new Blurred(entries, errors);
    }
  }

  /** Whether it is certain. */
  boolean isStretched(List<Blurred> matrices, double lambda) {
    Deque<List<Blurred>> open = new ArrayDeque<>();
    open.push(matrices);
    for (int looks = 0; looks < MOST_LOOKS; looks += matrices.size()) {
      if (open.isEmpty()) {
        return true;
      }
      List<Blurred> vertices = open.pop();
      double[][] middle = middle(vertices);
      if (stretch.least(middle, vertices) >= lambda) {
        continue;
      }
      if (vertices.size() < 2
          || stretch.least(middle, new double[middle.length][middle[0].length]) < lambda) {
        return false;
      }
      open.addAll(halves(vertices));
    }
    return open.isEmpty();
  }

  private static double[][] middle(List<Blurred> vertices) {
    double[][] middle =
        new double[vertices.get(0).entries().length][vertices.get(0).entries()[0].length];
    for (Blurred vertex : vertices) {
      for (int i = 0; i < middle.length; i++) {
        for (int k = 0; k < middle[i].length; k++) {
          middle[i][k] += vertex.entries()[i][k] / vertices.size();
        }
      }
    }
    return middle;
  }

  /** Cut in the middle of the edge whose ends differ most. */
  private static List<List<Blurred>> halves(List<Blurred> vertices) {
    int from = 0;
    int to = 1;
    double longest = -1;
    for (int i = 0; i < vertices.size(); i++) {
      for (int j = i + 1; j < vertices.size(); j++) {
        double length = distance(vertices.get(i), vertices.get(j));
        if (length > longest) {
          longest = length;
          from = i;
          to = j;
        }
      }
    }
    Blurred middle = between(vertices.get(from), vertices.get(to));
    List<Blurred> first = new ArrayList<>(vertices);
    List<Blurred> second = new ArrayList<>(vertices);
    first.set(from, middle);
    second.set(to, middle);
    return List.of(first, second);
  }

  private static double distance(Blurred a, Blurred b) {
    double sum = 0;
    for (int i = 0; i < a.entries().length; i++) {
      for (int k = 0; k < a.entries()[i].length; k++) {
        double away = a.entries()[i][k] - b.entries()[i][k];
        sum += away * away;
      }
    }
    return sum;
  }

  private static Blurred between(Blurred a, Blurred b) {
    int n = a.entries().length;
    int m = a.entries()[0].length;
    double[][] entries = new double[n][m];
    double[][] errors = new double[n][m];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < m; k++) {
        entries[i][k] = a.entries()[i][k] / 2 + b.entries()[i][k] / 2;
        errors[i][k] =
            Math.max(a.errors()[i][k], b.errors()[i][k]) * (1 + 1e-12)
                + 2 * Math.ulp(entries[i][k]);
      }
    }
    return new Blurred(entries, errors);
  }
}
