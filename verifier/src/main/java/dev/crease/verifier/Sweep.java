package dev.crease.verifier;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** The pairs of point sets whose bounding boxes meet, found by a sweep along the first axis. */
final class Sweep {

  /** Twice what sorting takes for one of the most items that there are. */
  private static final int COMPARISONS = 40;

  private Sweep() {}

  /** What to do with a pair of items, by their numbers. */
  interface Pairs {
    void visit(int i, int j);
  }

  /** The least and the greatest value along each axis, as points that attain them. */
  private record Box(int item, BigInteger[][] least, BigInteger[][] greatest) {

    boolean meets(Box other) {
      for (int k = 1; k < least.length; k++) {
        if (compare(least[k], other.greatest[k], k) > 0
            || compare(other.least[k], greatest[k], k) > 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** Visits every pair once, an item with itself left out. */
  static void overlaps(List<List<BigInteger[]>> items, Effort effort, Pairs pairs) {
    long bits = 0;
    for (List<BigInteger[]> item : items) {
      for (BigInteger[] point : item) {
        bits = Math.max(bits, bits(point));
      }
    }
    // Least and greatest points, and the order of the boxes.
    int coordinates = items.stream().mapToInt(i -> i.size() * i.get(0).length).max().orElse(0);
    effort.spend(items.size() * (COMPARISONS + 4L * coordinates), bits);
    List<Box> boxes =
        new ArrayList<>(
            IntStream.range(0, items.size()).mapToObj(i -> box(i, items.get(i))).toList());
    boxes.sort((a, b) -> compare(a.least[1], b.least[1], 1));
    List<Box> open = new ArrayList<>();
    for (Box box : boxes) {
      for (Iterator<Box> others = open.iterator(); others.hasNext(); ) {
        Box other = others.next();
        effort.spend(2L * box.least.length, bits);
        if (compare(other.greatest[1], box.least[1], 1) < 0) {
          others.remove();
        } else if (other.meets(box)) {
          pairs.visit(Math.min(box.item, other.item), Math.max(box.item, other.item));
        }
      }
      open.add(box);
    }
  }

  private static Box box(int item, List<BigInteger[]> points) {
    int axes = points.get(0).length;
    BigInteger[][] least = new BigInteger[axes][];
    BigInteger[][] greatest = new BigInteger[axes][];
    for (int k = 1; k < axes; k++) {
      int axis = k;
      Comparator<BigInteger[]> order = (a, b) -> compare(a, b, axis);
      least[k] = points.stream().min(order).orElseThrow();
      greatest[k] = points.stream().max(order).orElseThrow();
    }
    return new Box(item, least, greatest);
  }

  /** The most bits of a coordinate. */
  static long bits(BigInteger[] point) {
    long bits = 0;
    for (BigInteger coordinate : point) {
      bits = Math.max(bits, coordinate.bitLength());
    }
    return bits;
  }

  /** Compares coordinate {@code k} of two points in homogeneous coordinates. */
  static int compare(BigInteger[] a, BigInteger[] b, int k) {
    return a == b ? 0 : a[k].multiply(b[0]).compareTo(b[k].multiply(a[0]));
  }
}
