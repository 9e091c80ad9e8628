package dev.crease.verifier;

import dev.crease.network.ReluNetwork;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/** What is asked about: {@code f}, and what it is to determine, {@code g} or the point itself. */
final class Subject {

  private final ExactNetwork f;
  private final Optional<ExactNetwork> g;
  private final int relus;

  Subject(ReluNetwork f, Optional<ReluNetwork> g) {
    this.f = new ExactNetwork(f);
    this.g = g.map(ExactNetwork::new);
    this.relus = f.reluCount();
  }

  /**
   * A point and its values, in homogeneous coordinates whose denominators are, up to constants, the
   * same: a weighted sum of points, weight for weight, is the weighted sum of the values wherever
   * the networks are affine.
   *
   * @param x the point
   * @param y what {@code f} gives
   * @param z what is to be determined
   * @param positive the ReLUs with a positive pre-activation
   * @param negative the ReLUs with a negative pre-activation
   */
  record Vertex(BigInteger[] x, BigInteger[] y, BigInteger[] z, BitSet positive, BitSet negative) {}

  /** How many weights are multiplied for a value. */
  long weights() {
    return f.weights() + g.map(ExactNetwork::weights).orElse(0L);
  }

  Vertex at(BigInteger[] x) {
    BitSet positive = new BitSet();
    BitSet negative = new BitSet();
    BigInteger[] y = f.evaluate(x, 0, positive, negative);
    BigInteger[] z = g.map(n -> n.evaluate(x, relus, positive, negative)).orElse(x);
    return new Vertex(x, y, z, positive, negative);
  }

  /**
   * Whether no ReLU has opposite signs at two of the points. Then both networks are affine on their
   * hull: layer by layer, the pre-activations are affine there and each ReLU sees one sign.
   */
  static boolean isAffineOn(List<Vertex> hull) {
    BitSet positive = new BitSet();
    BitSet negative = new BitSet();
    for (Vertex vertex : hull) {
      positive.or(vertex.positive);
      negative.or(vertex.negative);
    }
    return !positive.intersects(negative);
  }

  static BigInteger[] homogeneous(List<BigFraction> point) {
    BigInteger[] x = new BigInteger[point.size() + 1];
    x[0] = BigInteger.ONE;
    for (BigFraction value : point) {
      BigInteger d = value.getDenominator();
      x[0] = x[0].divide(x[0].gcd(d)).multiply(d);
    }
    for (int i = 1; i < x.length; i++) {
      BigFraction value = point.get(i - 1);
      x[i] = value.getNumerator().multiply(x[0].divide(value.getDenominator()));
    }
    return x;
  }
}
