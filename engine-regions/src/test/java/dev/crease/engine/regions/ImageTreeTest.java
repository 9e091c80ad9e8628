package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree finds what looking at all boxes finds. */
class ImageTreeTest {

  private static List<Image> images(Random random, int count, int dimension) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] y = random.doubles(dimension, -1, 1).toArray();
      double[] errors = random.doubles(dimension, 0, 0.3).toArray();
      // Some in one place, and some that overflowed.
      if (random.nextInt(8) == 0) {
        y = new double[dimension];
      } else if (random.nextInt(20) == 0) {
        errors[0] = Double.POSITIVE_INFINITY;
      }
      images.add(Image.around(y, errors));
    }
    return images;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void nothingIsMissed(int dimension) {
    Random random = new Random(dimension);
    for (int count : new int[] {1, 3, 4, 5, 200}) {
      List<Image> images = images(random, count, dimension);
      ImageTree tree = new ImageTree(images, dimension);
      for (int i = 0; i < 50; i++) {
        double[] from = random.doubles(dimension, -1.5, 1.5).toArray();
        double[] to = from.clone();
        for (int k = 0; k < dimension; k++) {
          to[k] += random.nextInt(2) * random.nextDouble();
        }
        TreeSet<Integer> found = new TreeSet<>();
        tree.forEach(from, to, found::add);
        for (int j = 0; j < count; j++) {
          boolean meets = true;
          for (int k = 0; k < dimension; k++) {
            meets &= images.get(j).low(k) <= to[k] && images.get(j).high(k) >= from[k];
          }
          assertTrue(found.contains(j) || !meets);
        }
        assertEquals(least(images, from), nearest(tree, images, from), 1e-12);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 64})
  void theVisitorMayStop(int most) {
    List<Image> images = images(new Random(1), 100, 2);
    List<Integer> seen = new ArrayList<>();
    new ImageTree(images, 2)
        .forEach(
            new double[] {-9, -9},
            new double[] {9, 9},
            i -> {
              seen.add(i);
              return seen.size() < most;
            });
    assertEquals(most, seen.size());
  }

  private static double least(List<Image> images, double[] y) {
    return images.stream().mapToDouble(image -> squared(image, y)).min().orElseThrow();
  }

  private static double nearest(ImageTree tree, List<Image> images, double[] y) {
    double[] best = {Double.POSITIVE_INFINITY};
    tree.nearest(
        y,
        y,
        i -> {
          best[0] = Math.min(best[0], squared(images.get(i), y));
          return best[0];
        });
    return best[0];
  }

  private static double squared(Image image, double[] y) {
    double sum = 0;
    for (int k = 0; k < y.length; k++) {
      double gap = Math.max(0, Math.max(image.low(k) - y[k], y[k] - image.high(k)));
      sum += gap * gap;
    }
    return sum;
  }
}
