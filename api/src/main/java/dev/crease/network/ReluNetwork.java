package dev.crease.network;

import dev.crease.Rounding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A ReLU network {@code f: R^m -> R^n}: layers applied one after the other. Immutable.
 *
 * <p>It is continuous and piecewise linear: on the inputs of one {@linkplain ActivationPattern
 * activation pattern} it is one {@linkplain #localMap affine map}. Operations that make a new
 * network ({@link #fixInputs}, {@link #then}, {@link #iterate}, {@link #selectOutputs}) keep every
 * weight as it is and round nothing, so the new network is exactly the function that it says.
 */
public final class ReluNetwork {

  private final String name;
  private final List<Layer> layers;

  private ReluNetwork(String name, List<Layer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("network " + name + " has no layers");
    }
    for (int k = 1; k < layers.size(); k++) {
      if (layers.get(k).inputs() != layers.get(k - 1).outputs()) {
        throw new IllegalArgumentException(
            "layer "
                + k
                + " takes "
                + layers.get(k).inputs()
                + " values, layer "
                + (k - 1)
                + " gives "
                + layers.get(k - 1).outputs());
      }
    }
    this.name = name;
    this.layers = List.copyOf(layers);
  }

  /**
   * A network from its layers.
   *
   * @param name what to call it in messages
   * @param layers at least one layer, each fitting the one before
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static ReluNetwork of(String name, List<Layer> layers) {
    return new ReluNetwork(name, layers);
  }

  /**
   * The residual block {@code x -> x + W2 max(0, W1 x + b1) + b2}. It is invertible by construction
   * when {@code ||W1|| ||W2|| < 1} (Behrmann et al., Invertible Residual Networks, 2019, theorem
   * 1).
   *
   * @param w1 hidden x d
   * @param b1 hidden entries
   * @param w2 d x hidden
   * @param b2 d entries
   */
  public static ReluNetwork residualBlock(
      String name, Matrix w1, double[] b1, Matrix w2, double[] b2) {
    int hidden = w1.rows();
    int d = w1.columns();
    if (b1.length != hidden || w2.columns() != hidden || w2.rows() != d || b2.length != d) {
      throw new IllegalArgumentException(
          "a residual block of W1 "
              + hidden
              + " x "
              + d
              + " needs "
              + hidden
              + " biases, W2 "
              + d
              + " x "
              + hidden
              + " and "
              + d
              + " biases, not "
              + b1.length
              + ", "
              + w2.rows()
              + " x "
              + w2.columns()
              + " and "
              + b2.length);
    }
    double[][] up = new double[hidden + d][d];
    boolean[] relu = new boolean[hidden + d];
    for (int i = 0; i < hidden; i++) {
      up[i] = w1.row(i);
      relu[i] = true;
    }
    double[][] down = new double[d][hidden + d];
    for (int i = 0; i < d; i++) {
      up[hidden + i][i] = 1;
      System.arraycopy(w2.row(i), 0, down[i], 0, hidden);
      down[i][hidden + i] = 1;
    }
    return of(
        name,
        List.of(
            Layer.of(Matrix.of(up), Arrays.copyOf(b1, hidden + d), relu),
            Layer.linear(Matrix.of(down), b2)));
  }

  /** What the network is called in messages. */
  public String name() {
    return name;
  }

  /** The same network under another name. */
  public ReluNetwork withName(String newName) {
    return new ReluNetwork(newName, layers);
  }

  /** The layers, first to last. */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * The same function, exactly, with hidden neurons scaled by powers of two so that the largest
   * outgoing weight of each is between 1 and 2: an absolute tolerance on a neuron then means about
   * the same of the outputs. Neurons whose weights are too large or small for that stay.
   */
  public ReluNetwork balanced() {
    return Balance.of(this);
  }

  /**
   * The same function, exactly, without hidden neurons that are constant because all their weights
   * are 0 and without those that no later neuron takes up; each layer keeps at least one.
   */
  public ReluNetwork withoutDeadNeurons() {
    return DeadNeurons.removed(this);
  }

  /**
   * The network with each output times a power of two; rounds nothing.
   *
   * @param exponents one for each output
   * @throws IllegalArgumentException if the count is wrong, or a weight or bias would round
   */
  public ReluNetwork withScaledOutputs(int... exponents) {
    return Balance.scaledOutputs(this, exponents);
  }

  /** Number of inputs, m. */
  public int inputs() {
    return layers.get(0).inputs();
  }

  /** Number of outputs, n. */
  public int outputs() {
    return layers.get(layers.size() - 1).outputs();
  }

  /** Number of ReLUs. */
  public int reluCount() {
    return layers.stream().mapToInt(Layer::reluCount).sum();
  }

  /** The widths, such as {@code 3-64-64-2}; layers without a ReLU before the last are left out. */
  public String shape() {
    return IntStream.range(0, layers.size())
        .filter(k -> layers.get(k).reluCount() > 0 || k == layers.size() - 1)
        .mapToObj(k -> "-" + layers.get(k).outputs())
        .collect(Collectors.joining("", String.valueOf(inputs()), ""));
  }

  /**
   * The output at {@code x}, in double arithmetic.
   *
   * @throws IllegalArgumentException if {@code x} does not have {@link #inputs()} entries
   */
  public double[] evaluate(double... x) {
    checkInput(x);
    double[] y = x;
    for (Layer layer : layers) {
      y = layer.preActivations(y);
      layer.activate(y);
    }
    return y;
  }

  /**
   * A bound on how far any entry of {@link #evaluate} at {@code x} is from the exact value; see
   * {@link #preActivationErrors}.
   */
  public double evaluationError(double... x) {
    double worst = 0;
    for (double e : preActivationErrors(x).get(layers.size() - 1)) {
      worst = Math.max(worst, e);
    }
    return worst;
  }

  /**
   * Bounds on how far the {@link #preActivations} at {@code x} are from the exact values: the
   * errors of each layer's sums (Higham, 2002, section 3.1), carried through the layers above by
   * the magnitudes of their weights. A ReLU does not enlarge them.
   */
  public List<double[]> preActivationErrors(double... x) {
    checkInput(x);
    List<double[]> all = new ArrayList<>(layers.size());
    double[] y = x;
    double[] error = new double[x.length];
    for (Layer layer : layers) {
      double gamma = Rounding.gamma(layer.inputs() + 2);
      double[] next = new double[layer.outputs()];
      for (int i = 0; i < next.length; i++) {
        double size = Math.abs(layer.bias(i));
        double carried = 0;
        for (int k = layer.weights().start(i); k < layer.weights().end(i); k++) {
          int j = layer.weights().column(i, k);
          double w = Math.abs(layer.weights().stored(k));
          size += w * (Math.abs(y[j]) + error[j]);
          carried += w * error[j];
        }
        next[i] = carried * (1 + gamma) + gamma * size + Double.MIN_NORMAL;
      }
      all.add(next);
      y = layer.preActivations(y);
      layer.activate(y);
      error = next;
    }
    return all;
  }

  /** The pre-activations at {@code x}: one array per layer. */
  public List<double[]> preActivations(double... x) {
    checkInput(x);
    List<double[]> all = new ArrayList<>(layers.size());
    double[] y = x;
    for (Layer layer : layers) {
      double[] z = layer.preActivations(y);
      all.add(z.clone());
      layer.activate(z);
      y = z;
    }
    return all;
  }

  /** The activation pattern at {@code x}: a ReLU is active when its pre-activation is positive. */
  public ActivationPattern pattern(double... x) {
    List<BitSet> bits = new ArrayList<>(layers.size());
    List<double[]> z = preActivations(x);
    for (int k = 0; k < layers.size(); k++) {
      BitSet active = new BitSet();
      for (int i = 0; i < layers.get(k).outputs(); i++) {
        if (layers.get(k).isRelu(i) && z.get(k)[i] > 0) {
          active.set(i);
        }
      }
      bits.add(active);
    }
    return ActivationPattern.of(bits);
  }

  /**
   * The affine map {@code (A_s, b_s)} that the network is on the region of a pattern.
   *
   * @return {@code A_s}, n x m, and {@code b_s}, n entries, rounded to doubles
   */
  public AffineMap localMap(ActivationPattern pattern) {
    return localMaps(pattern).get(layers.size());
  }

  /** The affine map that the network is on the linear region that holds {@code x}. */
  public AffineMap localMap(double... x) {
    return localMap(pattern(x));
  }

  /**
   * The affine maps from the input to each layer on the region of a pattern: entry {@code k} gives
   * the pre-activations of layer {@code k}; the last entry, one more than there are layers, gives
   * the output.
   */
  public List<AffineMap> localMaps(ActivationPattern pattern) {
    List<AffineMap> maps = new ArrayList<>(layers.size() + 1);
    Matrix a = Matrix.identity(inputs());
    double[] b = new double[inputs()];
    for (int k = 0; k < layers.size(); k++) {
      Layer layer = layers.get(k);
      b = layer.preActivations(b);
      a = layer.weights().times(a);
      maps.add(new AffineMap(a, b));
      double[] rows = a.toRowMajor();
      for (int i = 0; i < layer.outputs(); i++) {
        if (layer.isRelu(i) && !pattern.isActive(k, i)) {
          Arrays.fill(rows, i * inputs(), (i + 1) * inputs(), 0);
          b[i] = 0;
        }
      }
      a = Matrix.ofRowMajor(layer.outputs(), inputs(), rows);
    }
    maps.add(new AffineMap(a, b));
    return maps;
  }

  /**
   * The network with some inputs fixed: a function of the inputs that remain, in their order. The
   * values are held in the bias of a leading layer without ReLUs, so nothing is rounded and the
   * values at a point are those of this network to the last bit.
   *
   * @param values value by input index, counted from 0
   * @throws IllegalArgumentException if an index is out of range, a value is not finite, or no
   *     input remains
   */
  public ReluNetwork fixInputs(Map<Integer, Double> values) {
    if (values.isEmpty()) {
      return this;
    }
    int m = inputs();
    for (Map.Entry<Integer, Double> entry : values.entrySet()) {
      checkIndex("input", entry.getKey(), m);
      if (!Double.isFinite(entry.getValue())) {
        throw new IllegalArgumentException(
            "input " + entry.getKey() + " cannot be fixed to " + entry.getValue());
      }
    }
    int free = m - values.size();
    if (free == 0) {
      throw new IllegalArgumentException("all " + m + " inputs are fixed, none remains");
    }
    double[] data = new double[m * free];
    double[] bias = new double[m];
    int column = 0;
    for (int i = 0; i < m; i++) {
      Double value = values.get(i);
      if (value == null) {
        data[i * free + column++] = 1;
      } else {
        bias[i] = value;
      }
    }
    List<Layer> all = new ArrayList<>(layers.size() + 1);
    all.add(Layer.linear(Matrix.ofRowMajor(m, free, data), bias));
    all.addAll(layers);
    return new ReluNetwork(name, all);
  }

  /**
   * The network as a function of {@code u}, where its input is {@code origin + scale u} entry by
   * entry. Both are held in a leading layer without ReLUs, so nothing is rounded.
   *
   * @param origin one entry for each input
   * @param scale likewise, positive
   * @throws IllegalArgumentException if a length does not fit or a value is not usable
   */
  public ReluNetwork from(double[] origin, double[] scale) {
    int m = inputs();
    if (origin.length != m || scale.length != m) {
      throw new IllegalArgumentException(
          "network "
              + name
              + " takes "
              + m
              + " inputs, not "
              + origin.length
              + " with "
              + scale.length
              + " scales");
    }
    double[] data = new double[m * m];
    for (int j = 0; j < m; j++) {
      if (!(scale[j] > 0 && Double.isFinite(scale[j])) || !Double.isFinite(origin[j])) {
        throw new IllegalArgumentException(
            "input " + j + " cannot be " + origin[j] + " and " + scale[j] + " times another");
      }
      data[j * m + j] = scale[j];
    }
    List<Layer> all = new ArrayList<>(layers.size() + 1);
    all.add(Layer.linear(Matrix.ofRowMajor(m, m, data), origin));
    all.addAll(layers);
    return new ReluNetwork(name, all);
  }

  /**
   * The network that gives only some outputs, in the order given.
   *
   * @throws IllegalArgumentException if no output is given, or an index is out of range or repeated
   */
  public ReluNetwork selectOutputs(int... indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("no output is selected");
    }
    Set<Integer> seen = new TreeSet<>();
    for (int index : indices) {
      checkIndex("output", index, outputs());
      if (!seen.add(index)) {
        throw new IllegalArgumentException("output " + index + " is selected twice");
      }
    }
    Layer last = layers.get(layers.size() - 1);
    double[] bias = new double[indices.length];
    boolean[] relu = new boolean[indices.length];
    for (int k = 0; k < indices.length; k++) {
      bias[k] = last.bias(indices[k]);
      relu[k] = last.isRelu(indices[k]);
    }
    List<Layer> all = new ArrayList<>(layers.subList(0, layers.size() - 1));
    all.add(Layer.of(last.weights().selectRows(indices), bias, relu));
    return new ReluNetwork(name, all);
  }

  /**
   * The composition {@code next(this(x))}.
   *
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public ReluNetwork then(ReluNetwork next) {
    List<Layer> all = new ArrayList<>(layers);
    all.addAll(next.layers);
    return new ReluNetwork(name + ", " + next.name, all);
  }

  /**
   * The k-fold composition {@code f(f(... f(x)))}: k steps of a dynamical system.
   *
   * @param k number of steps, at least 1
   * @throws IllegalArgumentException if {@code k < 1} or the network is not square
   */
  public ReluNetwork iterate(int k) {
    return iterate(k, new int[0]);
  }

  /**
   * The k-fold composition of a map with parameters: inputs at the given indices are parameters,
   * the others the state; every step gets the same parameters, and the result takes the inputs of
   * this network.
   *
   * @param k number of steps, at least 1
   * @param parameters indices of the inputs that are parameters
   * @throws IllegalArgumentException if {@code k < 1}, an index is out of range, or the number of
   *     outputs differs from the number of inputs that are not parameters
   */
  public ReluNetwork iterate(int k, int... parameters) {
    if (k < 1) {
      throw new IllegalArgumentException("a composition needs at least one step, not " + k);
    }
    boolean[] isParameter = new boolean[inputs()];
    for (int index : parameters) {
      checkIndex("input", index, inputs());
      isParameter[index] = true;
    }
    int states = 0;
    for (boolean p : isParameter) {
      states += p ? 0 : 1;
    }
    if (states != outputs()) {
      throw new IllegalArgumentException(
          "network "
              + name
              + " has "
              + states
              + " state inputs and "
              + outputs()
              + " outputs: it cannot be composed with itself");
    }
    if (k == 1) {
      return this;
    }
    List<Layer> carrying = carryParameters(isParameter);
    List<Layer> all = new ArrayList<>();
    for (int step = 1; step < k; step++) {
      all.addAll(carrying);
    }
    all.addAll(layers);
    return new ReluNetwork(name + "^" + k, all);
  }

  /** One step whose output is laid out like its input: new states, and the parameters unchanged. */
  private List<Layer> carryParameters(boolean[] isParameter) {
    int[] index = IntStream.range(0, isParameter.length).filter(i -> isParameter[i]).toArray();
    int p = index.length;
    if (p == 0) {
      return layers;
    }
    List<Layer> carrying = new ArrayList<>();
    for (int k = 0; k < layers.size(); k++) {
      Layer layer = layers.get(k);
      boolean first = k == 0;
      boolean last = k == layers.size() - 1;
      int columns = layer.inputs() + (first ? 0 : p);
      int rows = layer.outputs() + p;
      double[][] w = new double[rows][columns];
      double[] b = new double[rows];
      boolean[] relu = new boolean[rows];
      int state = 0;
      int parameter = 0;
      for (int i = 0; i < rows; i++) {
        // The last layer interleaves states and parameters as the input does.
        boolean carries = last ? isParameter[i] : i >= layer.outputs();
        if (carries) {
          w[i][first ? index[parameter] : layer.inputs() + parameter] = 1;
          parameter++;
        } else {
          System.arraycopy(layer.weights().row(state), 0, w[i], 0, layer.inputs());
          b[i] = layer.bias(state);
          relu[i] = layer.isRelu(state);
          state++;
        }
      }
      carrying.add(Layer.of(Matrix.of(w), b, relu));
    }
    return carrying;
  }

  private void checkInput(double[] x) {
    if (x.length != inputs()) {
      throw new IllegalArgumentException(
          "network " + name + " takes " + inputs() + " inputs, not " + x.length);
    }
  }

  private static void checkIndex(String what, int index, int count) {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException(
          what + " " + index + " does not exist: " + what + "s count from 0 to " + (count - 1));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReluNetwork that && layers.equals(that.layers);
  }

  @Override
  public int hashCode() {
    return layers.hashCode();
  }

  @Override
  public String toString() {
    return "ReluNetwork[" + name + ", " + shape() + "]";
  }
}
