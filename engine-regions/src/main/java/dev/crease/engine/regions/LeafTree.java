package dev.crease.engine.regions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Leaves in a tree of boxes: where they lie, where their images lie, and between what the entries
 * of their Jacobians are. All boxes are rounded outward.
 */
final class LeafTree {

  /** Room for the rounding of a sum of two or three terms. */
  private static final double OUT = 1e-12;

  private final Piece[] pieces;
  private final Optional<Node> root;

  /**
   * A leaf with its boxes.
   *
   * @param index which leaf it is
   * @param leaf itself
   * @param low of its points, in all coordinates of the question
   * @param high of its points
   * @param imageLow of the outputs of the query's network
   * @param imageHigh of the outputs
   * @param matrix the Jacobian, outputs by coordinates of the ball
   * @param corners with their outputs
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Piece(
      int index,
      Leaf leaf,
      double[] low,
      double[] high,
      double[] imageLow,
      double[] imageHigh,
      Averages.Blurred matrix,
      CornerPairs corners) {

    double[][] jacobian() {
      return matrix.entries();
    }

    double[][] errors() {
      return matrix.errors();
    }

    static Piece of(Question question, Leaf leaf, int index) {
      Cell cell = leaf.cell();
      int m = cell.dimension();
      double[] low = new double[m];
      double[] high = new double[m];
      for (int k = 0; k < m; k++) {
        double half = cell.halfWidth()[k] + 2 * cell.error();
        low[k] = Math.nextDown(cell.middle()[k] - half);
        high[k] = Math.nextUp(cell.middle()[k] + half);
      }
      double radius = question.query().maxRadius();
      for (int k : question.ball()) {
        low[k] = Math.max(low[k], -radius);
        high[k] = Math.min(high[k], radius);
      }
      Image image = Image.of(leaf);
      int n = question.query().f().outputs();
      double[] imageLow = new double[n];
      double[] imageHigh = new double[n];
      for (int i = 0; i < n; i++) {
        imageLow[i] = Math.nextDown(image.low(i));
        imageHigh[i] = Math.nextUp(image.high(i));
      }
      return new Piece(
          index,
          leaf,
          low,
          high,
          imageLow,
          imageHigh,
          Averages.Blurred.of(question, leaf),
          CornerPairs.of(question, leaf));
    }
  }

  /** Some leaves that are near to each other. */
  static final class Node {
    private final int from;
    private final int to;
    private final Optional<Node> left;
    private final Optional<Node> right;
    private final double[] low;
    private final double[] high;
    private final double[] imageLow;
    private final double[] imageHigh;
    private final double[][] least;
    private final double[][] most;

    private Node(Piece piece, int at) {
      from = at;
      to = at + 1;
      left = Optional.empty();
      right = Optional.empty();
      low = piece.low;
      high = piece.high;
      imageLow = piece.imageLow;
      imageHigh = piece.imageHigh;
      int n = piece.jacobian().length;
      int m = piece.jacobian()[0].length;
      least = new double[n][m];
      most = new double[n][m];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < m; k++) {
          least[i][k] = Math.nextDown(piece.jacobian()[i][k] - piece.errors()[i][k]);
          most[i][k] = Math.nextUp(piece.jacobian()[i][k] + piece.errors()[i][k]);
        }
      }
    }

    private Node(Node a, Node b) {
      from = a.from;
      to = b.to;
      left = Optional.of(a);
      right = Optional.of(b);
      low = min(a.low, b.low);
      high = max(a.high, b.high);
      imageLow = min(a.imageLow, b.imageLow);
      imageHigh = max(a.imageHigh, b.imageHigh);
      least = new double[a.least.length][];
      most = new double[a.least.length][];
      for (int i = 0; i < least.length; i++) {
        least[i] = min(a.least[i], b.least[i]);
        most[i] = max(a.most[i], b.most[i]);
      }
    }

    int size() {
      return to - from;
    }

    boolean isOne() {
      return left.isEmpty();
    }

    Node left() {
      return left.orElseThrow();
    }

    Node right() {
      return right.orElseThrow();
    }

    double low(int k) {
      return low[k];
    }

    double high(int k) {
      return high[k];
    }

    double imageLow(int i) {
      return imageLow[i];
    }

    double imageHigh(int i) {
      return imageHigh[i];
    }

    double[] low() {
      return low;
    }

    double[] high() {
      return high;
    }
  }

  /** Between what the entries of some Jacobians are, as middles and half-widths. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Hull(double[][] middle, double[][] half) {}

  LeafTree(List<Piece> from) {
    pieces = from.toArray(Piece[]::new);
    root = pieces.length == 0 ? Optional.empty() : Optional.of(build(0, pieces.length));
  }

  Optional<Node> root() {
    return root;
  }

  /** The leaf of a node that holds one. */
  Piece piece(Node one) {
    return pieces[one.from];
  }

  private Node build(int from, int to) {
    if (to - from == 1) {
      return new Node(pieces[from], from);
    }
    int m = pieces[from].low.length;
    int widest = 0;
    double most = -1;
    for (int k = 0; k < m; k++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int p = from; p < to; p++) {
        low = Math.min(low, center(pieces[p], k));
        high = Math.max(high, center(pieces[p], k));
      }
      if (high - low > most) {
        most = high - low;
        widest = k;
      }
    }
    int axis = widest;
    Arrays.sort(pieces, from, to, Comparator.comparingDouble(p -> center(p, axis)));
    int middle = (from + to) >>> 1;
    return new Node(build(from, middle), build(middle, to));
  }

  private static double center(Piece piece, int k) {
    return piece.low[k] / 2 + piece.high[k] / 2;
  }

  /**
   * The hull of the Jacobians of all leaves that meet a box.
   *
   * @param low of the box
   * @param high of the box; it meets some leaf
   */
  Hull hull(double[] low, double[] high) {
    Node all = root.orElseThrow();
    int n = all.least.length;
    int m = all.least[0].length;
    double[][] least = new double[n][m];
    double[][] most = new double[n][m];
    for (int i = 0; i < n; i++) {
      Arrays.fill(least[i], Double.POSITIVE_INFINITY);
      Arrays.fill(most[i], Double.NEGATIVE_INFINITY);
    }
    add(all, low, high, least, most);
    double[][] middle = new double[n][m];
    double[][] half = new double[n][m];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < m; k++) {
        middle[i][k] = least[i][k] / 2 + most[i][k] / 2;
        double out = Math.max(most[i][k] - middle[i][k], middle[i][k] - least[i][k]);
        half[i][k] = Math.nextUp(out * (1 + OUT));
      }
    }
    return new Hull(middle, half);
  }

  private static void add(
      Node node, double[] low, double[] high, double[][] least, double[][] most) {
    boolean isInside = true;
    for (int k = 0; k < low.length; k++) {
      if (node.high[k] < low[k] || node.low[k] > high[k]) {
        return;
      }
      isInside &= node.low[k] >= low[k] && node.high[k] <= high[k];
    }
    if (isInside || node.isOne()) {
      for (int i = 0; i < least.length; i++) {
        for (int k = 0; k < least[i].length; k++) {
          least[i][k] = Math.min(least[i][k], node.least[i][k]);
          most[i][k] = Math.max(most[i][k], node.most[i][k]);
        }
      }
      return;
    }
    add(node.left(), low, high, least, most);
    add(node.right(), low, high, least, most);
  }

  /**
   * The leaves that meet a box, unless there are too many.
   *
   * @param low of the box
   * @param high of the box
   * @param most how many at most
   */
  Optional<List<Piece>> meeting(double[] low, double[] high, int most) {
    List<Piece> found = new ArrayList<>();
    List<Node> stack = new ArrayList<>();
    root.ifPresent(stack::add);
    while (!stack.isEmpty()) {
      Node node = stack.remove(stack.size() - 1);
      if (!meets(node, low, high)) {
        continue;
      }
      if (node.isOne()) {
        found.add(piece(node));
        if (found.size() > most) {
          return Optional.empty();
        }
      } else {
        stack.add(node.left());
        stack.add(node.right());
      }
    }
    return Optional.of(found);
  }

  private static boolean meets(Node node, double[] low, double[] high) {
    for (int k = 0; k < low.length; k++) {
      if (node.high[k] < low[k] || node.low[k] > high[k]) {
        return false;
      }
    }
    return true;
  }

  private static double[] min(double[] a, double[] b) {
    double[] c = a.clone();
    for (int i = 0; i < c.length; i++) {
      c[i] = Math.min(c[i], b[i]);
    }
    return c;
  }

  private static double[] max(double[] a, double[] b) {
    double[] c = a.clone();
    for (int i = 0; i < c.length; i++) {
      c[i] = Math.max(c[i], b[i]);
    }
    return c;
  }
}
