package dev.crease.formats.lowering;

import dev.crease.formats.source.SourceFile;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A network while it is being read: a growing, acyclic set of neurons, and {@link Affine} forms
 * over them. Neurons {@code 0 .. inputs-1} are the inputs; every other neuron is a form, or the
 * ReLU of one.
 *
 * <p>Operations on forms merge into one form where that rounds nothing. Where it would, the
 * operands first become neurons of their own (they are <em>settled</em>), and the new form refers
 * to those: an extra linear layer in place of a rounded weight.
 */
public final class NeuronGraph {

  // 1 GiB of doubles.
  private static final long MAX_WEIGHTS = 1L << 27;

  private static final long MAX_LAYER = 1L << 30;

  // While a file is read there are up to three copies of a weight.
  private static final long BYTES_PER_WEIGHT = 3 * Double.BYTES;

  /** The row of a form that depends on no input. */
  public static final int NONE = -1;

  static final int SEVERAL = -2;

  private final SourceFile file;
  private final int inputs;
  private final List<Neuron> neurons = new ArrayList<>();
  private final IdentityHashMap<Affine, Integer> settled = new IdentityHashMap<>();
  private final IdentityHashMap<Affine, Affine> rectified = new IdentityHashMap<>();
  private final Map<Integer, Integer> copies = new HashMap<>();
  private final Origins origins = new Origins();
  private long weights;
  private long expected;

  /**
   * A neuron that is not an input.
   *
   * @param form its pre-activation
   * @param relu whether it has a ReLU
   * @param level the first layer that can hold it, counted from 1; 0 for inputs
   * @param origin what the file made it with, as {@link Origins} counts
   */
  record Neuron(Affine form, boolean relu, int level, int origin) {}

  /** A graph of the inputs alone. */
  public NeuronGraph(SourceFile file, int inputs) {
    this.file = file;
    this.inputs = inputs;
    for (int i = 0; i < inputs; i++) {
      neurons.add(new Neuron(Affine.constant(0), false, 0, Origins.NONE));
    }
  }

  /** The inputs as forms. */
  public Affine[] inputForms() {
    Affine[] forms = new Affine[inputs];
    Arrays.setAll(forms, Affine::neuron);
    return forms;
  }

  /** {@code max(0, form)}. */
  public Affine relu(Affine form) {
    if (form.isNeuron() && neurons.get(form.id(0)).relu()) {
      return form;
    }
    if (form.terms() == 0) {
      return merged(Affine.constant(Math.max(0, form.bias())), form, form);
    }
    Affine known = rectified.get(form);
    if (known == null) {
      known = Affine.neuron(add(form, true, origins.of(form.origin(), Origins.NONE)));
      rectified.put(form, known);
    }
    return known;
  }

  /** {@code a + b}. */
  public Affine sum(Affine a, Affine b) {
    if (a.terms() > 0 && b.terms() > 0) {
      charge((long) a.terms() + b.terms());
    }
    // A constant stays one: as a neuron it would pass through all the layers between.
    return a.plus(b)
        .map(form -> merged(form, a, b))
        .orElseGet(
            () ->
                made(
                    (b.terms() == 0
                            ? settle(a).plus(b)
                            : settle(b).plus(a.terms() == 0 ? a : settle(a)))
                        .orElseThrow(IllegalStateException::new)));
  }

  /** {@code factor * form}. */
  public Affine scaled(Affine form, double factor) {
    charge(form.terms());
    return form.times(factor)
        .map(scaled -> scaled == form ? form : merged(scaled, form, form))
        .orElseGet(() -> made(Affine.scaledNeuron(settle(form).id(0), factor)));
  }

  /** {@code form / divisor}, if that rounds nothing. */
  public Optional<Affine> quotient(Affine form, double divisor) {
    return form.dividedBy(divisor).map(part -> part == form ? form : merged(part, form, form));
  }

  /** A form that the present node makes of two others. */
  private Affine merged(Affine form, Affine a, Affine b) {
    return form.of(origins.of(a.origin(), b.origin()));
  }

  /** A form that the present node makes of neurons alone. */
  private Affine made(Affine form) {
    return form.of(origins.of(Origins.NONE, Origins.NONE));
  }

  /** {@code a - b}. */
  public Affine difference(Affine a, Affine b) {
    charge((long) a.terms() + b.terms());
    Affine negated = b.times(-1).orElseThrow(IllegalStateException::new);
    return a.plus(negated)
        .map(form -> merged(form, a, b))
        .orElseGet(
            () ->
                made(
                    (a.terms() == 0 ? a : settle(a))
                        .plus(b.terms() == 0 ? negated : Affine.scaledNeuron(settle(b).id(0), -1))
                        .orElseThrow(IllegalStateException::new)));
  }

  /** The larger of two forms: {@code max(a, b) = b + max(0, a - b)}. */
  public Affine max(Affine a, Affine b) {
    if (isSame(a, b)) {
      return a;
    }
    if (a.terms() == 0 && b.terms() == 0) {
      return merged(Affine.constant(Math.max(a.bias(), b.bias())), a, b);
    }
    if (a.terms() == 0) {
      return max(b, a);
    }
    if (b.terms() == 0 && b.bias() == 0) {
      return relu(a);
    }
    return sum(compact(b), relu(difference(a, b)));
  }

  /** The smaller of two forms: {@code min(a, b) = b - max(0, b - a)}. */
  public Affine min(Affine a, Affine b) {
    if (isSame(a, b)) {
      return a;
    }
    if (a.terms() == 0 && b.terms() == 0) {
      return merged(Affine.constant(Math.min(a.bias(), b.bias())), a, b);
    }
    if (a.terms() == 0) {
      return min(b, a);
    }
    return difference(compact(b), relu(difference(b, a)));
  }

  /** Whether two forms are plainly the same value. */
  private static boolean isSame(Affine a, Affine b) {
    return a == b || (a.isNeuron() && b.isNeuron() && a.id(0) == b.id(0));
  }

  /** Whether a form is the value of a neuron with a ReLU, so that it is never negative. */
  public boolean isRectified(Affine form) {
    return form.isNeuron() && neurons.get(form.id(0)).relu();
  }

  /** A form that a later layer can use without all the neurons that this one is made of. */
  public Affine compact(Affine form) {
    return form.terms() <= 1 ? form : settle(form);
  }

  /**
   * Weighted sums of some of the forms of a column, each exact. An operand that is the constant 0,
   * such as of a padded border, takes no neuron.
   */
  public Affine[] sums(Affine[] column, WeightedSums sums) {
    charge(sums.terms());
    Affine[] x = new Affine[column.length];
    for (int i = 0; i < sums.rows(); i++) {
      for (int j = 0; j < sums.terms(i); j++) {
        int k = sums.operand(i, j);
        if (x[k] == null) {
          boolean plain = column[k].isScaledNeuron() || isZero(column[k]);
          x[k] = plain ? column[k] : settle(column[k]);
        }
        if (!isZero(x[k]) && !Exact.product(x[k].weight(0), sums.weight(i, j))) {
          x[k] = settle(x[k]);
        }
      }
    }
    Affine[] result = new Affine[sums.rows()];
    for (int i = 0; i < result.length; i++) {
      result[i] = sum(x, sums, i);
    }
    return result;
  }

  private static boolean isZero(Affine form) {
    return form.terms() == 0 && form.bias() == 0;
  }

  /** One weighted sum of multiples of neurons. */
  private Affine sum(Affine[] x, WeightedSums sums, int row) {
    int[] ids = new int[sums.terms(row)];
    double[] weights = new double[ids.length];
    int count = 0;
    int origin = origins.of(Origins.NONE, Origins.NONE);
    boolean isSorted = true;
    for (int j = 0; j < ids.length; j++) {
      Affine operand = x[sums.operand(row, j)];
      double weight = sums.weight(row, j);
      if (weight != 0 && !isZero(operand)) {
        ids[count] = operand.id(0);
        double scale = operand.weight(0);
        weights[count] = scale == 1 ? weight : weight * scale;
        origin = operand.origin() == Origins.NONE ? origin : origins.of(origin, operand.origin());
        isSorted &= count == 0 || ids[count - 1] < ids[count];
        count++;
      }
    }
    if (isSorted) {
      return new Affine(Arrays.copyOf(ids, count), Arrays.copyOf(weights, count), 0).of(origin);
    }
    Map<Integer, Double> merged = new TreeMap<>();
    for (int j = 0; j < count; j++) {
      int id = ids[j];
      double before = merged.getOrDefault(id, 0.0);
      // A neuron that stands twice in a sum is copied where its weights cannot be added exactly.
      while (!Exact.sum(before, weights[j])) {
        id = copies.computeIfAbsent(id, this::copy);
        before = merged.getOrDefault(id, 0.0);
      }
      merged.put(id, Exact.add(before, weights[j]));
    }
    return new Affine(
            merged.keySet().stream().mapToInt(Integer::intValue).toArray(),
            merged.values().stream().mapToDouble(Double::doubleValue).toArray(),
            0)
        .of(origin);
  }

  private int copy(int neuron) {
    return add(Affine.neuron(neuron), false, origins.of(Origins.NONE, Origins.NONE));
  }

  /** The products of {@code matrix} with a column of forms: one form per row. */
  public Affine[] product(Matrix matrix, Affine[] column) {
    charge((long) matrix.rows() * matrix.columns());
    Optional<Affine[]> distinct = distinctNeurons(column);
    if (distinct.isEmpty()) {
      return sums(column, WeightedSums.of(matrix));
    }
    Affine[] x = distinct.get();
    for (int k = 0; k < x.length; k++) {
      double scale = x[k].weight(0);
      for (int i = 0; scale != 1 && i < matrix.rows(); i++) {
        if (!Exact.product(matrix.get(i, k), scale)) {
          x[k] = settle(x[k]);
          scale = 1;
        }
      }
    }
    // A product with settled operands is exact, but settling may have met a neuron that another
    // operand already stands for.
    if (distinctNeurons(x).isEmpty()) {
      return sums(x, WeightedSums.of(matrix));
    }

    Integer[] order = new Integer[x.length];
    Arrays.setAll(order, k -> k);
    Arrays.sort(order, (k, l) -> Integer.compare(x[k].id(0), x[l].id(0)));
    int[] ids = new int[x.length];
    int origin = origins.of(Origins.NONE, Origins.NONE);
    for (int j = 0; j < ids.length; j++) {
      ids[j] = x[order[j]].id(0);
      origin = origins.of(origin, x[j].origin());
    }
    Affine[] result = new Affine[matrix.rows()];
    for (int i = 0; i < result.length; i++) {
      double[] row = new double[ids.length];
      for (int j = 0; j < ids.length; j++) {
        double scale = x[order[j]].weight(0);
        double weight = matrix.get(i, order[j]);
        row[j] = scale == 1 ? weight : weight * scale;
      }
      result[i] = new Affine(ids, row, 0).of(origin);
    }
    return result;
  }

  /** The same values as multiples of neurons, unless one is a constant or a neuron stands twice. */
  private Optional<Affine[]> distinctNeurons(Affine[] column) {
    if (Arrays.stream(column).anyMatch(form -> form.terms() == 0)) {
      return Optional.empty();
    }
    Affine[] x = new Affine[column.length];
    Arrays.setAll(x, k -> column[k].isScaledNeuron() ? column[k] : settle(column[k]));
    boolean isDistinct =
        Arrays.stream(x).mapToInt(form -> form.id(0)).distinct().count() == x.length;
    return isDistinct ? Optional.of(x) : Optional.empty();
  }

  /** The form as the plain value of a neuron, a new one unless it is one already. */
  Affine settle(Affine form) {
    if (form.isNeuron()) {
      return form;
    }
    Integer id = settled.get(form);
    if (id == null) {
      boolean isMade = form.origin() != Origins.NONE;
      id = add(form, false, isMade ? form.origin() : origins.of(Origins.NONE, Origins.NONE));
      settled.put(form, id);
    }
    return Affine.neuron(id);
  }

  /** Which nodes of the file make what; they are said as they begin. */
  public Origins origins() {
    return origins;
  }

  /** The first layer that can hold a form, counted from 1, or make something of a neuron. */
  public int layerOf(Affine form) {
    int level = 0;
    for (int j = 0; j < form.terms(); j++) {
      level = Math.max(level, neurons.get(form.id(j)).level());
    }
    return level + 1;
  }

  private int add(Affine form, boolean relu, int origin) {
    neurons.add(new Neuron(form, relu, layerOf(form), origin));
    return neurons.size() - 1;
  }

  /** Refuses weights that are about to be read, if with those before them they are too many. */
  public void expect(long more) {
    expected += more;
    if (expected > mostWeights()) {
      throw tooLarge(expected);
    }
  }

  /** How many weights there are at most, once those that layers hold are counted too. */
  public void refuseMoreThan(long total) {
    if (total > mostWeights()) {
      throw tooLarge(total);
    }
  }

  /** Refuses a layer that no array could hold with its zeros, as some engines do. */
  void refuseLayer(long outputs, long inputs) {
    if (outputs * inputs > MAX_LAYER) {
      throw file.unsupported(
          "a layer of it would have "
              + outputs
              + " x "
              + inputs
              + " weights, most of them 0, and "
              + MAX_LAYER
              + " are the most that are read; use a smaller network");
    }
  }

  /** The most weights that are read: what fits a few times into the memory that Java has. */
  private static long mostWeights() {
    return Math.min(MAX_WEIGHTS, Runtime.getRuntime().maxMemory() / BYTES_PER_WEIGHT);
  }

  private void charge(long more) {
    weights += more;
    if (weights > mostWeights()) {
      throw tooLarge(weights);
    }
  }

  private RuntimeException tooLarge(long count) {
    return file.unsupported(
        "the network needs "
            + count
            + " weights or more, and "
            + mostWeights()
            + " is the most that is read"
            + (mostWeights() < MAX_WEIGHTS ? " with this much memory" : "")
            + "; use a smaller network"
            + (mostWeights() < MAX_WEIGHTS ? ", or give Java more memory (-Xmx)" : ""));
  }

  /** The layers that make the given outputs of all inputs. */
  public Layering layering(Affine[] outputs) {
    return layering(outputs, 0, inputs);
  }

  /**
   * The layers that make the given outputs of some of the inputs, all that they depend on.
   *
   * @param from the first of the inputs
   * @param to one after the last
   */
  public Layering layering(Affine[] outputs, int from, int to) {
    int[] terminals = Arrays.stream(outputs).mapToInt(output -> settle(output).id(0)).toArray();
    int[] taken = IntStream.range(from, to).toArray();
    return new Layering(this, inputs, taken, List.copyOf(neurons), terminals);
  }

  /** The network with the given outputs. */
  public ReluNetwork toNetwork(Affine[] outputs) {
    return ReluNetwork.of(file.networkName(), layering(outputs).layers());
  }

  /**
   * Which row of the inputs each form depends on: {@link #NONE} where it depends on none, {@link
   * #SEVERAL} where on more than one. Weights of 0 count.
   *
   * @param columns how many inputs a row has
   */
  public int[] rows(Affine[] forms, int columns) {
    int[] row = new int[neurons.size()];
    for (int id = 0; id < row.length; id++) {
      row[id] = id < inputs ? id / columns : row(neurons.get(id).form(), row);
    }
    return Arrays.stream(forms).mapToInt(form -> row(form, row)).toArray();
  }

  private static int row(Affine form, int[] row) {
    int of = NONE;
    for (int j = 0; j < form.terms(); j++) {
      int other = row[form.id(j)];
      if (other != NONE && of != NONE && other != of) {
        return SEVERAL;
      }
      of = other == NONE ? of : other;
    }
    return of;
  }
}
