package dev.crease.engine.regions;

import dev.crease.Rounding;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * The bounding boxes of images in a binary tree, halved by number along the side in which they
 * spread the most, so that an output finds those that may hold it. Boxes are closed and hold the
 * exact images, so nothing is missed.
 */
final class ImageTree {

  private static final int FEW = 4;

  private final double[][] low;
  private final double[][] high;
  private final int[] order;
  private final Branch root;

  /**
   * A box around those of the images from one place of the order to another; with halves unless
   * they are few.
   */
  private record Branch(int from, int to, double[] low, double[] high, Branch[] halves) {}

  /** Images of one dimension; there is one at least. */
  ImageTree(List<Image> images, int dimension) {
    low = new double[images.size()][dimension];
    high = new double[images.size()][dimension];
    Integer[] boxed = new Integer[images.size()];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = i;
      for (int k = 0; k < dimension; k++) {
        low[i][k] = Math.nextDown(images.get(i).low(k));
        high[i][k] = Math.nextUp(images.get(i).high(k));
      }
    }
    root = branch(boxed, 0, boxed.length);
    order = Arrays.stream(boxed).mapToInt(Integer::intValue).toArray();
  }

  private Branch branch(Integer[] boxed, int from, int to) {
    double[] least = low[boxed[from]].clone();
    double[] most = high[boxed[from]].clone();
    for (int i = from; i < to; i++) {
      for (int k = 0; k < least.length; k++) {
        least[k] = Math.min(least[k], low[boxed[i]][k]);
        most[k] = Math.max(most[k], high[boxed[i]][k]);
      }
    }
    if (to - from <= FEW) {
      return new Branch(from, to, least, most, new Branch[0]);
    }
    int side = 0;
    for (int k = 1; k < least.length; k++) {
      if (most[k] - least[k] > most[side] - least[side]) {
        side = k;
      }
    }
    int widest = side;
    Arrays.sort(
        boxed, from, to, Comparator.comparingDouble(i -> low[i][widest] / 2 + high[i][widest] / 2));
    int middle = from + (to - from) / 2;
    Branch[] halves = {branch(boxed, from, middle), branch(boxed, middle, to)};
    return new Branch(from, to, least, most, halves);
  }

  /**
   * The images whose boxes meet another.
   *
   * @param visitor takes an index and says whether to go on
   */
  void forEach(double[] from, double[] to, IntPredicate visitor) {
    visit(root, from, to, visitor);
  }

  private boolean visit(Branch branch, double[] from, double[] to, IntPredicate visitor) {
    if (!meet(branch.low, branch.high, from, to)) {
      return true;
    }
    for (Branch half : branch.halves) {
      if (!visit(half, from, to, visitor)) {
        return false;
      }
    }
    for (int i = branch.from; branch.halves.length == 0 && i < branch.to; i++) {
      int image = order[i];
      if (meet(low[image], high[image], from, to) && !visitor.test(image)) {
        return false;
      }
    }
    return true;
  }

  private static boolean meet(double[] low, double[] high, double[] from, double[] to) {
    for (int k = 0; k < low.length; k++) {
      if (to[k] < low[k] || from[k] > high[k]) {
        return false;
      }
    }
    return true;
  }

  private record Waiting(double squared, Branch branch, int image) {}

  /**
   * The images from near to far, until none can be nearer than what was found.
   *
   * @param from the least that each entry of the output may be
   * @param to the largest
   * @param visitor takes an index and gives the least squared distance that is known by now,
   *     rounded up
   */
  void nearest(double[] from, double[] to, IntToDoubleFunction visitor) {
    PriorityQueue<Waiting> queue =
        new PriorityQueue<>(Comparator.comparingDouble(Waiting::squared));
    queue.add(new Waiting(squared(root.low, root.high, from, to), root, -1));
    double found = Double.POSITIVE_INFINITY;
    while (!queue.isEmpty() && queue.peek().squared <= found) {
      Waiting next = queue.remove();
      if (next.image >= 0) {
        found = visitor.applyAsDouble(next.image);
        continue;
      }
      Branch branch = next.branch;
      for (Branch half : branch.halves) {
        queue.add(new Waiting(squared(half.low, half.high, from, to), half, -1));
      }
      for (int i = branch.from; branch.halves.length == 0 && i < branch.to; i++) {
        int image = order[i];
        queue.add(new Waiting(squared(low[image], high[image], from, to), branch, image));
      }
    }
  }

  /** Not more than the squared distance of any point of a box to any of another. */
  private static double squared(double[] low, double[] high, double[] from, double[] to) {
    double sum = 0;
    for (int k = 0; k < low.length; k++) {
      double gap = Math.max(0, Math.max(low[k] - to[k], from[k] - high[k]));
      sum += gap * gap;
    }
    // A NaN, of infinities, excludes nothing.
    double down = sum * (1 - Rounding.gamma(low.length + 4));
    return down > 0 ? down : 0;
  }
}
