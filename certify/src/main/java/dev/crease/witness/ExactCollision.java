package dev.crease.witness;

import dev.crease.question.Units;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * Collisions that come arbitrarily near to two points, in rational numbers: for every {@code t} in
 * [0, 1] the points {@code p + t (u - p)} and {@code p' + t (u' - p')} have the same output, and
 * for all but at most one {@code t} they differ in what is to be determined. So the radius is not
 * above the distance of {@code p} or {@code p'}, whichever is further. At a fold {@code p = p'}; a
 * collision that is attained has {@code u = p} and {@code u' = p'}.
 *
 * <p>Easily checked: {@code f} (and {@code g}) is affine on each of the two segments, since no
 * neuron changes its sign between the ends; {@code f(p) = f(p')}, {@code f(u) = f(u')}, and {@code
 * g(u) != g(u')}.
 *
 * @param p limit of the first points, one entry per input of the network
 * @param pPrime limit of the second points
 * @param u a first point of a collision
 * @param uPrime the second point of that collision
 */
public record ExactCollision(
    List<BigFraction> p, List<BigFraction> pPrime, List<BigFraction> u, List<BigFraction> uPrime) {

  /** Copies the points. */
  public ExactCollision {
    p = List.copyOf(p);
    pPrime = List.copyOf(pPrime);
    u = List.copyOf(u);
    uPrime = List.copyOf(uPrime);
  }

  /** The same collisions as inputs of the networks that a question was asked about. */
  public ExactCollision in(Units units) {
    return units.isScaled()
        ? new ExactCollision(
            point(units, p), point(units, pPrime), point(units, u), point(units, uPrime))
        : this;
  }

  private static List<BigFraction> point(Units units, List<BigFraction> at) {
    double[] center = units.center();
    double[] scale = units.scale();
    List<BigFraction> x = new ArrayList<>(at);
    units
        .places()
        .forEach(
            (j, k) ->
                x.set(j, Fractions.of(center[k]).add(Fractions.of(scale[k]).multiply(at.get(j)))));
    return x;
  }

  /** Whether the points at the radius collide themselves. */
  public boolean isAttained() {
    return p.equals(u) && pPrime.equals(uPrime);
  }

  /**
   * The first point of a collision.
   *
   * @param t in (0, 1]; the nearer to 0, the nearer to the radius
   */
  public List<BigFraction> first(BigFraction t) {
    return between(p, u, t);
  }

  /** The second point of a collision; see {@link #first}. */
  public List<BigFraction> second(BigFraction t) {
    return between(pPrime, uPrime, t);
  }

  private static List<BigFraction> between(
      List<BigFraction> from, List<BigFraction> to, BigFraction t) {
    BigFraction[] point = new BigFraction[from.size()];
    for (int i = 0; i < point.length; i++) {
      point[i] = from.get(i).add(to.get(i).subtract(from.get(i)).multiply(t));
    }
    return List.of(point);
  }
}
