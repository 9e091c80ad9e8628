package dev.crease.engine.regions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the pairs of images whose bounding boxes meet, by a grid over the first two outputs. */
final class OverlapGrid {

  private static final int MOST_CELLS = 1 << 10;

  private final List<Image> images;
  private final int axes;
  private final double[] low = new double[2];
  private final double[] step = new double[2];
  private final int[] count = {1, 1};

  OverlapGrid(List<Image> images, int outputs) {
    this.images = images;
    this.axes = Math.min(2, outputs);
    int side = Math.max(1, Math.min(MOST_CELLS, (int) Math.sqrt(images.size())));
    for (int i = 0; i < axes; i++) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (Image image : images) {
        least = Math.min(least, image.low(i));
        most = Math.max(most, image.high(i));
      }
      low[i] = least;
      step[i] = (most - least) / side;
      count[i] = step[i] > 0 ? side : 1;
    }
  }

  /** Takes the indices of two images, the first not larger than the second. */
  @FunctionalInterface
  interface Visitor {
    void visit(int first, int second);
  }

  /**
   * Each pair once of which the second is new; an image is not paired with itself.
   *
   * @param oldCount how many images at the beginning are not new
   */
  void forEach(int oldCount, Visitor visitor) {
    List<List<Integer>> buckets = new ArrayList<>();
    for (int k = 0; k < count[0] * count[1]; k++) {
      buckets.add(new ArrayList<>(4));
    }
    for (int j = 0; j < images.size(); j++) {
      int[] from = place(images.get(j), true);
      int[] to = place(images.get(j), false);
      for (int a = from[0]; a <= to[0]; a++) {
        for (int b = from[1]; b <= to[1]; b++) {
          List<Integer> bucket = buckets.get(a * count[1] + b);
          if (j >= oldCount) {
            for (int i : bucket) {
              if (isHome(i, j, a, b) && meet(images.get(i), images.get(j))) {
                visitor.visit(i, j);
              }
            }
          }
          bucket.add(j);
        }
      }
    }
  }

  /** Whether this bucket is the first that both are in, so that a pair is seen once. */
  private boolean isHome(int i, int j, int a, int b) {
    int[] first = place(images.get(i), true);
    int[] second = place(images.get(j), true);
    return a == Math.max(first[0], second[0]) && b == Math.max(first[1], second[1]);
  }

  private boolean meet(Image a, Image b) {
    for (int i = 0; i < axes; i++) {
      if (a.low(i) > b.high(i) || b.low(i) > a.high(i)) {
        return false;
      }
    }
    return true;
  }

  private int[] place(Image image, boolean lower) {
    int[] at = new int[2];
    for (int i = 0; i < axes; i++) {
      double value = lower ? image.low(i) : image.high(i);
      double cell = step[i] > 0 ? (value - low[i]) / step[i] : 0;
      at[i] = (int) Math.max(0, Math.min(count[i] - 1.0, Math.floor(cell)));
    }
    return at;
  }

  @Override
  public String toString() {
    return "OverlapGrid" + Arrays.toString(count);
  }
}
