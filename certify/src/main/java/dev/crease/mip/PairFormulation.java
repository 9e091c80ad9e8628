package dev.crease.mip;

import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.InputSet;
import dev.crease.bounds.Interval;
import dev.crease.bounds.NetworkBounds;
import dev.crease.bounds.Norm;
import dev.crease.encoding.BallEncoding;
import dev.crease.encoding.DifferenceLinks;
import dev.crease.encoding.EncodedNetwork;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.Separation;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.Variable;
import dev.crease.network.ActivationPattern;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Noise;
import dev.crease.question.Query;
import dev.crease.tightening.HalfSpace;
import dev.crease.tightening.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two points with one output as a mixed-integer model: {@code f(x) = f(x')}, {@code x, x'} in
 * {@code B_q(c, rho)}, and {@code ||g(x) - g(x')||} at least {@code delta} or to be maximised (Cui
 * et al. 2023, equations 4 to 8). When {@code x'} is pinned to the centre its copy of the network
 * is a constant and takes no variable.
 */
final class PairFormulation {

  private final Model model;
  private final List<LinearExpression> x;
  private final List<LinearExpression> xPrime;
  private final List<Copy> copies;

  /** One network at one of the two points, for warm starts. */
  private record Copy(ReluNetwork network, EncodedNetwork encoded, boolean prime) {}

  /** Both copies of one network. */
  private record Pair(NetworkBounds bounds, EncodedNetwork first, EncodedNetwork second) {}

  private PairFormulation(
      Model model, List<LinearExpression> x, List<LinearExpression> xPrime, List<Copy> copies) {
    this.model = model;
    this.x = x;
    this.xPrime = xPrime;
    this.copies = copies;
  }

  /** The model to solve. */
  Model model() {
    return model;
  }

  /** The unstable neurons of all copies. */
  List<EncodedNetwork.Neuron> neurons() {
    return copies.stream().flatMap(c -> c.encoded().neurons().stream()).toList();
  }

  /** The same with another model of the same variables. */
  PairFormulation with(Model stronger) {
    return new PairFormulation(stronger, x, xPrime, copies);
  }

  /** The first point of a solution. */
  double[] x(double[] values) {
    return x.stream().mapToDouble(e -> e.valueAt(values)).toArray();
  }

  /** The second point of a solution. */
  double[] xPrime(double[] values) {
    return xPrime.stream().mapToDouble(e -> e.valueAt(values)).toArray();
  }

  /** A partial point of the model, from two points: the inputs and the activation patterns. */
  Map<Integer, Double> warmStart(double[] atX, double[] atXPrime) {
    Map<Integer, Double> values = new HashMap<>();
    put(values, x, atX);
    put(values, xPrime, atXPrime);
    for (Copy copy : copies) {
      ActivationPattern pattern = copy.network().pattern(copy.prime() ? atXPrime : atX);
      for (EncodedNetwork.Neuron neuron : copy.encoded().neurons()) {
        boolean active = pattern.isActive(neuron.layer(), neuron.index());
        neuron.t().ifPresent(t -> values.put(t.index(), active ? 1.0 : 0.0));
      }
    }
    return values;
  }

  private static void put(
      Map<Integer, Double> values, List<LinearExpression> expressions, double[] at) {
    for (int i = 0; i < at.length; i++) {
      LinearExpression e = expressions.get(i);
      if (e.size() == 1 && e.coefficient(0) == 1 && e.constant() == 0) {
        values.put(e.variable(0), at[i]);
      }
    }
  }

  /** How the parts of a formulation are written. */
  record Writing(Bounding bounds, NetworkEncoder encoder, BallEncoding balls) {
    Writing with(Bounding other) {
      return new Writing(other, encoder, balls);
    }
  }

  /**
   * {@code f(x) = f(x')}, with {@code x, x'} in {@code B_q(c, rho)} and {@code rho} between two
   * radii.
   */
  static Builder of(Query query, double rhoMin, double rhoMax, Writing writing) {
    return new Builder(query, rhoMin, rhoMax, writing);
  }

  /**
   * Collects what a formulation asks for, beside equal outputs in a ball; the last call makes it.
   * Not thread-safe.
   */
  static final class Builder {
    private final Query query;
    private final double rhoMin;
    private final double rhoMax;
    private Writing writing;
    private double delta;
    private InputSet all;
    private InputSet prime;
    private Optional<Cone> cone = Optional.empty();

    private Builder(Query query, double rhoMin, double rhoMax, Writing writing) {
      this.query = query;
      this.rhoMin = rhoMin;
      this.rhoMax = rhoMax;
      this.writing = writing;
      this.all = query.inputs(rhoMax);
      this.prime = query.isPinned() ? query.inputs(0) : all;
    }

    /** {@code ||g(x) - g(x')|| >= delta} in the L-infinity norm. */
    Builder apart(double least) {
      delta = least;
      return this;
    }

    /** {@code x} lies in a cone. */
    Builder in(Cone of) {
      cone = Optional.of(of);
      InputSet box = of.set(rhoMin, rhoMax);
      Bounding known = writing.bounds();
      writing =
          writing.with(
              (network, inputs, region) ->
                  known.bounds(network, box, region.within(of.halfSpaces())));
      return this;
    }

    /**
     * {@code x} lies in one box and {@code x'} in another one, or the same.
     *
     * @param first bounds of {@code f} over the box of {@code x}
     * @param second bounds of {@code f} over the box of {@code x'}
     */
    Builder inBoxes(NetworkBounds first, NetworkBounds second) {
      all = first.inputs();
      prime = second.inputs();
      writing =
          writing.with(
              (network, inputs, region) ->
                  network != query.f()
                      ? BoundsMethod.symbolic().bounds(network, inputs)
                      : inputs == first.inputs() ? first : second);
      return this;
    }

    /** Minimise {@code rho}. */
    PairFormulation nearest() {
      Assembly parts = assemble();
      Variable rho = parts.model.continuous("rho", rhoMin, rhoMax);
      parts.ball(LinearExpression.of(rho));
      cone.ifPresent(
          c -> {
            HalfSpace.add(parts.model, c.halfSpaces(), parts.x);
            InputSet box = c.set(rhoMin, rhoMax);
            parts.model.range(
                "near", box.lower(c.input()), parts.x.get(c.input()), box.upper(c.input()));
          });
      LinearExpression least = LinearExpression.constant(delta);
      if (mayBeExchanged() && query.g().isEmpty()) {
        least = LinearExpression.of(parts.link(rho, delta));
      }
      if (parts.gap() < delta) {
        parts.separation(Norm.LINF).add(parts.model, "sep", parts.difference, parts.ranges, least);
      }
      return parts.minimize(rho);
    }

    /**
     * Minimise {@code rho} for a local question where {@code x - x'} is largest in one input and
     * positive there, and {@code delta} at least; the copies are linked by bounds on the
     * differences.
     *
     * @param face the input that differs most
     * @param range bounds on the differences
     */
    PairFormulation nearestOnFace(int face, DifferenceLinks.Range range) {
      Assembly parts = assemble();
      Variable rho = parts.model.continuous("rho", rhoMin, rhoMax);
      parts.ball(LinearExpression.of(rho));
      Variable w = parts.distance(rho, delta);
      parts.model.atLeast(
          "face", parts.x.get(face).minus(parts.xPrime.get(face)).minus(LinearExpression.of(w)), 0);
      Pair pair = parts.pairs.get(0);
      DifferenceLinks.add(parts.model, range, pair.first(), pair.second(), w);
      return parts.minimize(rho);
    }

    /** Minimise {@code rho} where what is determined differs by some amount in a norm. */
    PairFormulation nearestApart(Norm norm, double least) {
      Assembly parts = assemble();
      Variable rho = parts.model.continuous("rho", rhoMin, rhoMax);
      parts.ball(LinearExpression.of(rho));
      Separation separation = parts.separation(norm);
      if (separation.largest(parts.ranges) < least) {
        parts.model.atLeast("empty", LinearExpression.of(rho), Math.nextUp(2 * rhoMax + 1));
      } else {
        separation.add(
            parts.model, "sep", parts.difference, parts.ranges, LinearExpression.constant(least));
      }
      return parts.minimize(rho);
    }

    /** Maximise {@code p = ||g(x) - g(x')||} in a norm, within the largest radius. */
    PairFormulation furthest(Norm norm) {
      Assembly parts = assemble();
      parts.ball(LinearExpression.constant(rhoMax));
      Separation separation = parts.separation(norm);
      Variable p = parts.model.continuous("p", 0, separation.largest(parts.ranges));
      separation.add(parts.model, "sep", parts.difference, parts.ranges, LinearExpression.of(p));
      parts.model.objective(Objective.maximize(LinearExpression.of(p)));
      return parts.build();
    }

    private boolean mayBeExchanged() {
      return !query.isPinned() && all == prime;
    }

    private Assembly assemble() {
      return new Assembly(query, rhoMax, all, prime, writing);
    }
  }

  private static final class Assembly {
    private static final BoundsMethod POINT = BoundsMethod.symbolic();

    private final Query query;
    private final BallEncoding balls;
    private final Model.Builder model;
    private final double[] center;
    private final List<LinearExpression> x = new ArrayList<>();
    private final List<LinearExpression> xPrime = new ArrayList<>();
    private final List<Copy> copies = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final List<LinearExpression> difference = new ArrayList<>();
    private final List<Interval> ranges = new ArrayList<>();
    private final double radius;
    private final boolean isOneSet;

    /** Points of two sets; one set for both says that they may be exchanged. */
    Assembly(Query query, double radius, InputSet all, InputSet prime, Writing writing) {
      Bounding bounds = writing.bounds();
      NetworkEncoder encoder = writing.encoder();
      this.isOneSet = all == prime;
      this.balls = writing.balls();
      this.radius = radius;
      this.query = query;
      this.center = query.center();
      this.model = Model.builder(query.toString());
      points(all, prime);
      equalOutputs(bounds, encoder, all, prime);
      if (query.g().isPresent()) {
        determinedByNetwork(query.g().get(), bounds, encoder, all, prime);
      } else {
        determinedByIdentity(all, prime);
      }
    }

    private void points(InputSet all, InputSet prime) {
      Map<Integer, Interval> shared = query.shared();
      int next = 0;
      for (int i = 0; i < query.f().inputs(); i++) {
        if (shared.containsKey(i)) {
          Interval range = shared.get(i);
          LinearExpression parameter =
              LinearExpression.of(model.continuous("p" + i, range.lower(), range.upper()));
          x.add(parameter);
          xPrime.add(parameter);
        } else {
          x.add(LinearExpression.of(model.continuous("x" + i, all.lower(i), all.upper(i))));
          xPrime.add(
              query.isPinned()
                  ? LinearExpression.constant(center[next])
                  : LinearExpression.of(model.continuous("w" + i, prime.lower(i), prime.upper(i))));
          next++;
        }
      }
    }

    private void equalOutputs(
        Bounding bounds, NetworkEncoder encoder, InputSet all, InputSet prime) {
      NetworkBounds atX;
      NetworkBounds atPrime;
      if (query.isPinned()) {
        atPrime = POINT.bounds(query.f(), prime);
        Region known = query.noise().eps() > 0 ? Region.whole() : sameOutputs(atPrime);
        atX = nonEmpty(query.f(), all, bounds.bounds(query.f(), all, known));
      } else {
        atX = nonEmpty(query.f(), all, bounds.bounds(query.f(), all, Region.whole()));
        atPrime = all == prime ? atX : bounds.bounds(query.f(), prime, Region.whole());
      }
      EncodedNetwork f = encode(encoder, "f", atX, x, false);
      EncodedNetwork fPrime = encode(encoder, "h", atPrime, xPrime, true);
      pairs.add(new Pair(atX, f, fPrime));
      List<LinearExpression> apart = new ArrayList<>();
      for (int i = 0; i < query.f().outputs(); i++) {
        apart.add(f.outputs().get(i).minus(fPrime.outputs().get(i)));
      }
      double eps = query.noise().eps();
      if (eps > 0) {
        within(apart, eps);
      } else {
        for (int i = 0; i < apart.size(); i++) {
          model.equal("out" + i, apart.get(i), 0);
        }
      }
    }

    /** {@code ||f(x) - f(x')|| <= eps}. */
    private void within(List<LinearExpression> apart, double eps) {
      boolean isSum = Noise.norm(query.norm()) == Norm.L1;
      LinearExpression.Builder sum = LinearExpression.builder();
      for (int i = 0; i < apart.size(); i++) {
        if (isSum) {
          Variable size = model.continuous("e" + i, 0, eps);
          LinearExpression most = LinearExpression.of(size);
          model.atMost("out" + i + ".up", apart.get(i).minus(most), 0);
          model.atLeast("out" + i + ".lo", apart.get(i).plus(most), 0);
          sum.add(1, size);
        } else {
          model.range("out" + i, -eps, apart.get(i), eps);
        }
      }
      if (isSum) {
        model.atMost("noise", sum.build(), eps);
      }
    }

    /** Outputs that a point must have to collide with one that has these. */
    private static Region sameOutputs(NetworkBounds atPrime) {
      List<Interval> outputs = new ArrayList<>();
      for (int i = 0; i < atPrime.network().outputs(); i++) {
        outputs.add(new Interval(atPrime.outputLower(i), atPrime.outputUpper(i)));
      }
      return new Region(List.of(), Optional.of(outputs));
    }

    /** Bounds to encode with: where they are empty, the model says by a row that nothing is. */
    private NetworkBounds nonEmpty(ReluNetwork network, InputSet set, NetworkBounds bounds) {
      if (!bounds.isEmpty()) {
        return bounds;
      }
      model.atLeast("empty", x.get(firstFree()), set.upper(firstFree()) + 1 + radius);
      return POINT.bounds(network, set);
    }

    private int firstFree() {
      int i = 0;
      while (query.shared().containsKey(i)) {
        i++;
      }
      return i;
    }

    private EncodedNetwork encode(
        NetworkEncoder encoder,
        String prefix,
        NetworkBounds bounds,
        List<LinearExpression> at,
        boolean isPrime) {
      EncodedNetwork encoded = encoder.encode(model, prefix, bounds, at);
      copies.add(new Copy(bounds.network(), encoded, isPrime));
      return encoded;
    }

    private void determinedByNetwork(
        ReluNetwork g, Bounding bounds, NetworkEncoder encoder, InputSet all, InputSet prime) {
      NetworkBounds atX = nonEmpty(g, all, bounds.bounds(g, all, Region.whole()));
      NetworkBounds atPrime = all == prime ? atX : POINT.bounds(g, prime);
      EncodedNetwork g1 = encode(encoder, "g", atX, x, false);
      EncodedNetwork g2 = encode(encoder, "k", atPrime, xPrime, true);
      pairs.add(new Pair(atX, g1, g2));
      for (int i = 0; i < g.outputs(); i++) {
        difference.add(g1.outputs().get(i).minus(g2.outputs().get(i)));
        ranges.add(
            new Interval(
                Math.nextDown(atX.outputLower(i) - atPrime.outputUpper(i)),
                Math.nextUp(atX.outputUpper(i) - atPrime.outputLower(i))));
      }
    }

    private void determinedByIdentity(InputSet all, InputSet prime) {
      for (int i = 0; i < x.size(); i++) {
        if (!query.shared().containsKey(i)) {
          difference.add(x.get(i).minus(xPrime.get(i)));
          ranges.add(
              new Interval(
                  Math.nextDown(all.lower(i) - prime.upper(i)),
                  Math.nextUp(all.upper(i) - prime.lower(i))));
        }
      }
    }

    /** How far the difference is from 0 at the least, in L-infinity. */
    double gap() {
      double gap = 0;
      for (Interval range : ranges) {
        gap = Math.max(gap, Math.max(range.lower(), -range.upper()));
      }
      return gap;
    }

    void ball(LinearExpression rho) {
      ball("ball", x, rho);
      if (!query.isPinned()) {
        ball("ballw", xPrime, rho);
      }
    }

    /** Ties the copies together through the distance {@code w >= delta} of the points. */
    Variable link(Variable rho, double delta) {
      boolean[] varies = new boolean[x.size()];
      Variable w = distance(rho, delta);
      for (int i = 0; i < x.size(); i++) {
        varies[i] = !query.shared().containsKey(i);
      }
      for (Pair pair : pairs) {
        DifferenceLinks.add(model, pair.bounds(), varies, pair.first(), pair.second(), w);
      }
      return w;
    }

    /** {@code delta <= w <= 2 rho}, not below any difference of an input. */
    Variable distance(Variable rho, double delta) {
      // Two points of the ball are at most 2 rho apart in L-infinity, whatever the norm.
      Variable w = model.continuous("w", delta, Math.max(delta, Math.nextUp(2 * rho.upper())));
      model.atMost("w", LinearExpression.of(w).minus(LinearExpression.term(2, rho)), 0);
      for (int i = 0; i < x.size(); i++) {
        if (!query.shared().containsKey(i)) {
          LinearExpression d = x.get(i).minus(xPrime.get(i));
          model.atMost("w" + i + ".up", d.minus(LinearExpression.of(w)), 0);
          model.atLeast("w" + i + ".lo", d.plus(LinearExpression.of(w)), 0);
        }
      }
      return w;
    }

    private void ball(String name, List<LinearExpression> point, LinearExpression rho) {
      List<LinearExpression> offsets = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < point.size(); i++) {
        if (!query.shared().containsKey(i)) {
          offsets.add(point.get(i).minus(LinearExpression.constant(center[next++])));
        }
      }
      balls.add(model, name, query.norm(), offsets, rho);
    }

    Separation separation(Norm norm) {
      // Points of one set may be exchanged.
      return isOneSet ? Separation.in(norm).symmetric() : Separation.in(norm);
    }

    PairFormulation minimize(Variable rho) {
      model.objective(Objective.minimize(LinearExpression.of(rho)));
      return build();
    }

    PairFormulation build() {
      return new PairFormulation(model.build(), x, xPrime, copies);
    }
  }
}
