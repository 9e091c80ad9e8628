package dev.crease.engine.regions.whole;

import dev.crease.certify.CellTree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Why a phase is impossible (Motzkin, Gordan): a function that is not negative on a cone is a sum
 * of walls with multipliers that are not negative. Of a wall that is zero wherever the function is,
 * as much is taken off as leaves it not negative; then it is zero on a larger face, so that after
 * as many steps as there are dimensions nothing is left.
 */
final class Multipliers {

  private Multipliers() {}

  /**
   * The step of a neuron that has one sign on a cone.
   *
   * @param function its pre-activation, times {@code 2^shift}
   * @param isActive whether that is positive inside the cone; else negative
   */
  static CellTree.Implied of(Cone cone, int neuron, Vector function, int shift, boolean isActive) {
    Vector rest = isActive ? function : function.negated();
    BigInteger own = BigInteger.ONE;
    List<BigInteger> factors = new ArrayList<>();
    List<Cone.Wall> used = new ArrayList<>();
    while (!rest.isZero()) {
      int index = supporting(cone, zeros(cone, rest));
      Cone.Wall wall = cone.walls().get(index);
      BigInteger part = BigInteger.ONE;
      BigInteger whole = BigInteger.ZERO;
      for (Cone.Ray ray : cone.rays()) {
        if (ray.walls().get(index)) {
          continue;
        }
        BigInteger over = rest.times(ray.at());
        BigInteger under = wall.function().times(ray.at());
        if (whole.signum() == 0 || over.multiply(whole).compareTo(part.multiply(under)) < 0) {
          part = over;
          whole = under;
        }
      }
      BigInteger[] left = new BigInteger[rest.size()];
      for (int k = 0; k < left.length; k++) {
        left[k] = rest.entry(k).multiply(whole).subtract(wall.function().entry(k).multiply(part));
      }
      rest = Vector.of(left);
      BigInteger times = whole;
      factors.replaceAll(factor -> factor.multiply(times));
      own = own.multiply(times);
      factors.add(part);
      used.add(wall);
    }
    return step(neuron, shift, isActive, own, factors, used);
  }

  private static CellTree.Implied step(
      int neuron,
      int shift,
      boolean isActive,
      BigInteger own,
      List<BigInteger> factors,
      List<Cone.Wall> used) {
    BigInteger divisor = own.shiftLeft(shift);
    for (int k = 0; k < used.size(); k++) {
      // What is behind the last entry alone is a constant, which may be left over.
      if (used.get(k).split() != Cone.FAR) {
        divisor = divisor.gcd(factors.get(k).shiftLeft(used.get(k).shift()));
      }
    }
    List<CellTree.Multiplier> multipliers = new ArrayList<>();
    for (int k = 0; k < used.size(); k++) {
      if (used.get(k).split() != Cone.FAR) {
        BigInteger factor = factors.get(k).shiftLeft(used.get(k).shift()).divide(divisor);
        multipliers.add(new CellTree.Multiplier(used.get(k).split(), factor));
      }
    }
    return new CellTree.Implied(
        neuron, isActive, own.shiftLeft(shift).divide(divisor), multipliers);
  }

  /** The rays where a function is zero. */
  private static List<Cone.Ray> zeros(Cone cone, Vector function) {
    return cone.rays().stream().filter(ray -> function.sign(ray.at()) == 0).toList();
  }

  /** A wall that holds some rays of a proper face, and not all there are. */
  private static int supporting(Cone cone, List<Cone.Ray> face) {
    BitSet common = new BitSet();
    common.set(0, cone.walls().size());
    face.forEach(ray -> common.and(ray.walls()));
    for (int k = common.nextSetBit(0); k >= 0; k = common.nextSetBit(k + 1)) {
      int wall = k;
      if (cone.rays().stream().anyMatch(ray -> !ray.walls().get(wall))) {
        return wall;
      }
    }
    throw new IllegalStateException("a face of a cone that no wall holds");
  }
}
