package dev.crease.engine.regions;

/**
 * A cell on its way to a leaf: all neurons of the layers before its stage are decided on it, and
 * some of its stage's.
 */
final class Node implements Comparable<Node> {

  private final Cell cell;
  private final double key;
  private final long[] active;
  private Context context;
  private int[] open;
  private int openCount;
  private double[][] next;
  private double[][][] outputs;
  private int splitter = -1;

  /**
   * @param key how far the cell is, at least
   * @param active which neurons are active, as bits
   */
  Node(Cell cell, double key, long[] active, Context context, double[][] next) {
    this.cell = cell;
    this.key = key;
    this.active = active;
    this.context = context;
    this.next = next;
    this.open = new int[0];
    this.outputs = new double[0][][];
  }

  /** One half of a split: the neuron that split is decided. */
  Node half(Cell part, double newKey) {
    double[][] rows = new double[next.length][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = next[k].clone();
    }
    Node half = new Node(part, newKey, active.clone(), context, rows);
    half.open = new int[openCount - 1];
    for (int k = 0; k < openCount; k++) {
      if (open[k] != splitter) {
        half.open[half.openCount++] = open[k];
      }
    }
    half.outputs = outputs;
    return half;
  }

  /** Goes on to another stage. */
  void enter(Context newContext, double[][] newNext, double[][][] newOutputs) {
    context = newContext;
    next = newNext;
    outputs = newOutputs;
  }

  Cell cell() {
    return cell;
  }

  double key() {
    return key;
  }

  long[] active() {
    return active;
  }

  Context context() {
    return context;
  }

  /** Rows of the next stage, as far as the decided neurons make them up. */
  double[][] next() {
    return next;
  }

  /** Rows of the outputs of the networks that are done. */
  double[][][] outputs() {
    return outputs;
  }

  /** Neurons of the stage that are not decided; the first {@link #openCount} entries count. */
  int[] open() {
    return open;
  }

  int openCount() {
    return openCount;
  }

  void setOpen(int[] neurons, int count) {
    open = neurons;
    openCount = count;
  }

  /** The neuron to split by. */
  int splitter() {
    return splitter;
  }

  void setSplitter(int neuron) {
    splitter = neuron;
  }

  @Override
  public int compareTo(Node other) {
    return Double.compare(key, other.key);
  }
}
