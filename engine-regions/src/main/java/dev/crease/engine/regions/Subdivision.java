package dev.crease.engine.regions;

import dev.crease.Rounding;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Cuts a window into cells on which networks are affine: layer by layer, and within a layer neuron
 * by neuron. A neuron that is active on a cell adds one rank-one term to the rows of the next
 * layer, once for all the cells within; nothing is ever subtracted, so the error bounds of {@link
 * Stage} hold on every path.
 */
final class Subdivision {

  private final Stages stages;
  private final double[] origin;
  private final int m;
  private final ToDoubleFunction<Cell> distance;
  private final double[] reach;
  private long filtered;
  private long exactSigns;

  /**
   * @param origin where the coordinates have their zero
   * @param distance a lower bound on the distance of a cell from where the search begins
   */
  Subdivision(Stages stages, double[] origin, ToDoubleFunction<Cell> distance) {
    this.stages = stages;
    this.origin = origin;
    this.m = origin.length;
    this.distance = distance;
    this.reach = new double[m];
  }

  Stages stages() {
    return stages;
  }

  /** How many signs of a neuron on a cell or at a vertex the doubles decided. */
  long filtered() {
    return filtered;
  }

  /** How many signs had to be computed exactly. */
  long exactSigns() {
    return exactSigns;
  }

  /** Takes leaves from near to far. */
  final class BestFirst {
    private final PriorityQueue<Node> queue = new PriorityQueue<>();

    BestFirst(Cell window) {
      queue.add(root(window));
    }

    /** No leaf that is still to come is nearer. */
    double least() {
      Node head = queue.peek();
      return head == null ? Double.POSITIVE_INFINITY : head.key();
    }

    /** One step: works on the nearest cell, and gives it when it is a leaf. */
    Optional<Leaf> step() {
      Node node = queue.remove();
      if (settle(node)) {
        return Optional.of(leaf(node));
      }
      queue.addAll(split(node));
      return Optional.empty();
    }
  }

  /**
   * Every leaf of a window, in depth-first order, in memory that does not grow with their number.
   *
   * @param visitor takes a leaf and says whether to go on
   * @return whether all were visited
   */
  boolean forEach(Cell window, Predicate<Leaf> visitor) {
    Deque<Node> stack = new ArrayDeque<>();
    stack.push(root(window));
    while (!stack.isEmpty()) {
      Node node = stack.pop();
      if (!settle(node)) {
        split(node).forEach(stack::push);
      } else if (!visitor.test(leaf(node))) {
        return false;
      }
    }
    return true;
  }

  private Node root(Cell window) {
    Context context = new Context(stages, 0, stages.firstRows(0, origin), new long[stages.words()]);
    Node node =
        new Node(
            window, distance.applyAsDouble(window), new long[stages.words()], context, nextOf(0));
    openAll(node);
    return node;
  }

  private Leaf leaf(Node node) {
    return new Leaf(stages, node.cell(), node.key(), node.outputs(), node.active());
  }

  private double[][] nextOf(int stage) {
    return stages.stage(stage).isLast() ? new double[0][] : stages.stage(stage + 1).start(m);
  }

  /** Begins a stage: neurons without a ReLU pass everything on, the others are open. */
  private void openAll(Node node) {
    Stage stage = stages.stage(node.context().stage());
    int[] open = new int[stage.neurons()];
    int count = 0;
    for (int i = 0; i < stage.neurons(); i++) {
      if (stage.isRelu(i)) {
        open[count++] = i;
      } else {
        add(node, i);
      }
    }
    node.setOpen(open, count);
  }

  /** The neuron is active: it passes its pre-activation on. */
  private void add(Node node, int i) {
    int s = node.context().stage();
    Stage stage = stages.stage(s);
    int number = stage.number(i);
    node.active()[number >> 6] |= 1L << number;
    if (stage.isLast()) {
      return;
    }
    double[] weights = stages.stage(s + 1).column(i);
    for (int k = 0; k <= m; k++) {
      double c = node.context().coefficients(k)[i];
      if (c != 0) {
        axpy(c, weights, node.next()[k]);
      }
    }
  }

  private static void axpy(double c, double[] x, double[] y) {
    for (int l = 0; l < y.length; l++) {
      y[l] += c * x[l];
    }
  }

  /**
   * Decides what can be decided without splitting, through as many layers as possible.
   *
   * @return whether every neuron is decided; if not, the node says which one to split by
   */
  private boolean settle(Node node) {
    while (true) {
      decide(node);
      if (node.openCount() > 0) {
        return false;
      }
      int s = node.context().stage();
      Stage stage = stages.stage(s);
      double[][][] outputs = node.outputs();
      double[][] rows = node.next();
      if (stage.isLast()) {
        outputs = Arrays.copyOf(outputs, outputs.length + 1);
        outputs[outputs.length - 1] = output(node, stage);
        if (s + 1 == stages.count()) {
          node.enter(node.context(), rows, outputs);
          return true;
        }
        rows = stages.firstRows(s + 1, origin);
      }
      Context context = new Context(stages, s + 1, rows, node.active().clone());
      node.enter(context, nextOf(s + 1), outputs);
      openAll(node);
    }
  }

  /** The rows of the output: those of the last layer, without the inactive ones. */
  private double[][] output(Node node, Stage stage) {
    double[][] rows = new double[stage.neurons()][m + 1];
    for (int i = 0; i < rows.length; i++) {
      int number = stage.number(i);
      if ((node.active()[number >> 6] >>> number & 1) != 0) {
        for (int k = 0; k <= m; k++) {
          rows[i][k] = node.context().coefficients(k)[i];
        }
      }
    }
    return rows;
  }

  /**
   * Takes out of the open neurons those with one sign on the cell. With {@code |x_k| <= X_k} and an
   * error of {@code e} in each coordinate, a pre-activation in doubles is off by at most {@code e
   * sum |a_k| + sum E_k X_k + E_m + gamma (sum |a_k| X_k + |c|)}, where {@code E} bounds the errors
   * of the coefficients.
   */
  private void decide(Node node) {
    Cell cell = node.cell();
    Context context = node.context();
    Stage stage = stages.stage(context.stage());
    double[] middle = cell.middle();
    double[] half = cell.halfWidth();
    double e = cell.error();
    for (int k = 0; k < m; k++) {
      reach[k] = Math.abs(middle[k]) + half[k] + e;
    }
    double[] constants = context.coefficients(m);
    double[] constantErrors = stage.errors(m);
    double unit = Rounding.gamma(m + 4);
    int[] open = node.open();
    int left = 0;
    double bestScore = -1;
    int best = -1;
    for (int o = 0; o < node.openCount(); o++) {
      int i = open[o];
      double value = constants[i];
      double spread = 0;
      double size = Math.abs(value);
      double slope = 0;
      double inherited = constantErrors[i];
      for (int k = 0; k < m; k++) {
        double a = context.coefficients(k)[i];
        double abs = Math.abs(a);
        value += a * middle[k];
        spread += abs * half[k];
        size += abs * reach[k];
        slope += abs;
        inherited += stage.errors(k)[i] * reach[k];
      }
      double error = (inherited + slope * e + unit * size) * (1 + 1e-9);
      if (value - spread > error) {
        filtered++;
        add(node, i);
        continue;
      }
      if (value + spread < -error) {
        filtered++;
        continue;
      }
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (Vertex v : cell.vertices()) {
        double z = constants[i];
        for (int k = 0; k < m; k++) {
          z += context.coefficients(k)[i] * v.x(k);
        }
        low = Math.min(low, z);
        high = Math.max(high, z);
      }
      boolean positive = high > error;
      boolean negative = low < -error;
      if (!(positive && negative) && !(low > error || high < -error)) {
        Hyperplane kink = context.kink(i);
        for (Vertex v : cell.vertices()) {
          int sign = sign(kink, v, error);
          positive |= sign > 0;
          negative |= sign < 0;
        }
      }
      if (positive && negative) {
        open[left++] = i;
        // Halves as equal as can be: then the others are decided high up, for many cells at once.
        double score = Math.min(high, -low) / (high - low);
        if (score > bestScore) {
          bestScore = score;
          best = i;
        }
      } else {
        filtered++;
        if (positive) {
          add(node, i);
        }
        // Where it is 0 all over, active or not is the same.
      }
    }
    node.setOpen(open, left);
    node.setSplitter(left > 0 && best < 0 ? open[0] : best);
  }

  private int sign(Hyperplane kink, Vertex v, double error) {
    double z = kink.coefficient(m);
    for (int k = 0; k < m; k++) {
      z += kink.coefficient(k) * v.x(k);
    }
    if (z > error) {
      return 1;
    }
    if (z < -error) {
      return -1;
    }
    exactSigns++;
    return kink.exactSign(v);
  }

  private List<Node> split(Node node) {
    Cell cell = node.cell();
    int i = node.splitter();
    Hyperplane kink = node.context().kink(i);
    Vertex[] vertices = cell.vertices();
    int[] own = new int[vertices.length];
    for (int v = 0; v < own.length; v++) {
      own[v] = sign(kink, vertices[v], error(kink, vertices[v]));
    }
    List<Cell.Cut> cuts = cell.cuts(kink, own);
    Cell on = cell.part(kink, own, 1, cuts);
    Cell off = cell.part(kink, own, -1, cuts);
    Node active = node.half(on, Math.max(node.key(), distance.applyAsDouble(on)));
    Node inactive = node.half(off, Math.max(node.key(), distance.applyAsDouble(off)));
    add(active, i);
    return List.of(active, inactive);
  }

  /** The bound of {@link #decide}, for one vertex. */
  private double error(Hyperplane kink, Vertex v) {
    double size = Math.abs(kink.coefficient(m));
    double inherited = kink.error(m);
    for (int k = 0; k < m; k++) {
      double abs = Math.abs(kink.coefficient(k));
      double far = Math.abs(v.x(k)) + v.error();
      size += abs * far;
      inherited += abs * v.error() + kink.error(k) * far;
    }
    return (inherited + Rounding.gamma(m + 4) * size) * (1 + 1e-9);
  }
}
