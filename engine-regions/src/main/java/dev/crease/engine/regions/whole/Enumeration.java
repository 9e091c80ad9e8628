package dev.crease.engine.regions.whole;

import dev.crease.bounds.Norm;
import dev.crease.certify.Budget;
import dev.crease.certify.CellTree;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.StopReason;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.witness.Fractions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.fraction.BigFraction;

/**
 * Walks the linear regions of a network on all of {@code R^m}, layer by layer and ReLU by ReLU, and
 * decides whether it is one-to-one there (design, section 1.10): if all determinants have one sign,
 * a piecewise-linear map is proper and open, and every point that is not on the image of a border
 * has as many preimages as the degree says. So it is one-to-one if one such point has one preimage.
 *
 * <p>The point is the image of one inside the first region; another point of any closed region with
 * that image is a collision by itself, so that borders need no care.
 */
public final class Enumeration {

  /** How much further than what is known to collide is to be looked. */
  private static final double BEYOND = 1 + 1e-9;

  private static final int TELL = 256;

  private final ExactLayers layers;
  private final int[] firstNeuron;
  private final Query query;
  private final Budget budget;
  private final CertifyListener listener;
  private final Optional<List<CellTree.Step>> steps;
  private long nodes;
  private long regions;
  private int sign;
  private Optional<Cone> first = Optional.empty();
  private Vector point = Vector.of();
  private BigInteger[] image = {};

  private Enumeration(Query query, Budget budget, CertifyListener listener, boolean withProof) {
    ReluNetwork network = query.f();
    this.query = query;
    this.budget = budget;
    this.listener = listener;
    this.layers = new ExactLayers(network);
    this.steps = withProof ? Optional.of(new ArrayList<>()) : Optional.empty();
    firstNeuron = new int[layers.count()];
    for (int l = 1; l < firstNeuron.length; l++) {
      firstNeuron[l] = firstNeuron[l - 1] + layers.layer(l - 1).reluCount();
    }
  }

  /**
   * Decides it.
   *
   * @param query about a network with as many outputs as inputs, without shared inputs
   * @param budget of which up to half is taken
   * @param withProof whether to collect a proof
   */
  public static WholeSpace of(
      Query query, Budget budget, CertifyListener listener, boolean withProof) {
    Enumeration search = new Enumeration(query, budget, listener, withProof);
    try {
      search.layer(0, search.layers.inputs(), Cone.space(query.f().inputs()), 0);
    } catch (Ended e) {
      return e.answer;
    }
    Optional<CellTree> proof =
        search.steps.map(steps -> new CellTree(fractions(search.point), steps));
    return new WholeSpace.OneToOne(search.regions, search.sign, proof);
  }

  /** Ends the walk from deep inside. */
  private static final class Ended extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient WholeSpace answer;

    Ended(WholeSpace answer) {
      super("ended", null, false, false);
      this.answer = answer;
    }
  }

  /**
   * Walks a cone on which all layers before are affine.
   *
   * @param before what the layer before gives
   * @param depth splits so far
   */
  private void layer(int l, Vector[] before, Cone cone, int depth) {
    if (l == layers.count()) {
      region(new AffineMap(before), cone);
      return;
    }
    Vector[] functions = layers.preActivations(l, before);
    List<Unit> open = new ArrayList<>();
    int neuron = firstNeuron[l];
    for (int i = 0; i < functions.length; i++) {
      if (layers.layer(l).isRelu(i)) {
        open.add(new Unit(i, neuron++));
      }
    }
    decide(l, functions, open, cone, depth);
  }

  /**
   * A ReLU of a layer.
   *
   * @param place in the layer
   * @param number among all ReLUs
   */
  private record Unit(int place, int number) {}

  /**
   * Decides the ReLUs of a layer.
   *
   * @param functions the pre-activations, zero where the ReLU is known not to be active
   * @param open the ReLUs that are not known
   */
  private void decide(int l, Vector[] functions, List<Unit> open, Cone cone, int depth) {
    checkBudget();
    Vector[] known = functions.clone();
    List<Unit> left = new ArrayList<>();
    for (Unit unit : open) {
      Vector function = functions[unit.place()];
      if (function.isZero()) {
        continue;
      }
      Cone.Side side = cone.side(function);
      if (side == Cone.Side.BOTH) {
        left.add(unit);
        continue;
      }
      boolean isActive = side == Cone.Side.POSITIVE;
      if (!isActive) {
        known[unit.place()] = zero();
      }
      if (steps.isPresent() && !isConstant(function)) {
        steps.get().add(Multipliers.of(cone, unit.number(), function, layers.shift(l), isActive));
      }
    }
    if (left.isEmpty()) {
      layer(l + 1, known, cone, depth);
      return;
    }
    Unit next = left.remove(0);
    Vector function = known[next.place()];
    steps.ifPresent(s -> s.add(new CellTree.Split(next.number())));
    int shift = layers.shift(l);
    decide(l, known, left, cone.cut(new Cone.Wall(function, depth, shift)), depth + 1);
    Vector[] off = known.clone();
    off[next.place()] = zero();
    Cone other = cone.cut(new Cone.Wall(function.negated(), depth, shift));
    decide(l, off, left, other, depth + 1);
  }

  private Vector zero() {
    BigInteger[] entries = new BigInteger[query.f().inputs() + 1];
    Arrays.fill(entries, BigInteger.ZERO);
    return Vector.of(entries);
  }

  private static boolean isConstant(Vector function) {
    for (int k = 0; k < function.size() - 1; k++) {
      if (function.entry(k).signum() != 0) {
        return false;
      }
    }
    return true;
  }

  private void region(AffineMap map, Cone cone) {
    regions++;
    if (map.sign() == 0) {
      throw new Ended(
          new WholeSpace.Fails(regions, reach(cone), "a linear region loses a direction"));
    }
    if (first.isEmpty()) {
      first = Optional.of(cone);
      sign = map.sign();
      point = cone.inside();
      image = map.at(point);
    } else if (map.sign() != sign) {
      double radius = Math.max(reach(cone), reach(first.get()));
      throw new Ended(
          new WholeSpace.Fails(regions, radius, "two linear regions have opposite orientations"));
    } else {
      Vector other = map.preimage(image);
      if (cone.holds(other) >= 0) {
        double radius = Math.max(distance(point), distance(other));
        throw new Ended(
            new WholeSpace.Fails(
                regions, radius, "all orientations agree, but some point has two preimages"));
      }
    }
    steps.ifPresent(s -> s.add(new CellTree.Cell()));
  }

  /** No larger ball misses the inside of a cone. */
  private double reach(Cone cone) {
    double nearest = distance(cone.inside());
    for (Cone.Ray ray : cone.rays()) {
      if (ray.at().entry(ray.at().size() - 1).signum() > 0) {
        nearest = Math.min(nearest, distance(ray.at()));
      }
    }
    return nearest;
  }

  /** The distance from the centre, rounded up; nobody looks further than the largest double. */
  private double distance(Vector at) {
    Norm norm = query.norm();
    double[] x = fractions(at).stream().mapToDouble(Fractions::nearest).toArray();
    double size = norm.of(query.center());
    double distance = (norm.distance(x, query.center()) + 1e-12 * (1 + size)) * BEYOND;
    return distance <= Double.MAX_VALUE ? distance : Double.MAX_VALUE;
  }

  private static List<BigFraction> fractions(Vector at) {
    List<BigFraction> fractions = new ArrayList<>();
    for (int k = 0; k < at.size() - 1; k++) {
      fractions.add(new BigFraction(at.entry(k), at.entry(at.size() - 1)));
    }
    return fractions;
  }

  private void checkBudget() {
    Optional<StopReason> over = budget.over();
    if (over.isPresent() || budget.isOver(2)) {
      throw new Ended(new WholeSpace.Stopped(regions, over.orElse(StopReason.TIME_LIMIT)));
    }
    if (nodes++ % TELL == 0) {
      listener.progress(
          new CertifyListener.Bracket(
              0, OptionalDouble.empty(), Double.POSITIVE_INFINITY, regions, budget.elapsed()));
    }
  }
}
