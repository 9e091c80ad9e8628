package dev.crease.engine.regions.whole;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A closed convex polyhedron with an inside, as the cone over it in homogeneous coordinates: where
 * affine functions are not negative, and at the same time what lines and rays span (the double
 * description, Motzkin et al. 1953). Rays whose last entry is 0 are directions of recession.
 */
final class Cone {

  /** The split of the wall {@code t >= 0}, which is not one of a neuron's. */
  static final int FAR = -1;

  /**
   * An affine function that is not negative on the cone.
   *
   * @param split which split made it, counted along the path from 0, or {@link #FAR}
   * @param shift the function that is meant is this over {@code 2^shift}
   */
  record Wall(Vector function, int split, int shift) {}

  /** An extreme ray up to lines, and which walls it lies on. */
  record Ray(Vector at, BitSet walls) {}

  /** On which side of a function the inside of a cone lies. */
  enum Side {
    POSITIVE,
    NEGATIVE,
    BOTH
  }

  private final List<Wall> walls;
  private final List<Vector> lines;
  private final List<Ray> rays;

  private Cone(List<Wall> walls, List<Vector> lines, List<Ray> rays) {
    this.walls = walls;
    this.lines = lines;
    this.rays = rays;
  }

  /** All of {@code R^m}. */
  static Cone space(int m) {
    List<Vector> lines = new ArrayList<>();
    for (int k = 0; k < m; k++) {
      lines.add(Vector.unit(m + 1, k));
    }
    Vector t = Vector.unit(m + 1, m);
    return new Cone(List.of(new Wall(t, FAR, 0)), lines, List.of(new Ray(t, new BitSet())));
  }

  List<Wall> walls() {
    return walls;
  }

  List<Ray> rays() {
    return rays;
  }

  /** Where a function that is not zero has which sign. */
  Side side(Vector function) {
    boolean positive = false;
    boolean negative = false;
    for (Vector line : lines) {
      if (function.sign(line) != 0) {
        return Side.BOTH;
      }
    }
    for (Ray ray : rays) {
      int sign = function.sign(ray.at());
      positive |= sign > 0;
      negative |= sign < 0;
      if (positive && negative) {
        return Side.BOTH;
      }
    }
    return positive ? Side.POSITIVE : Side.NEGATIVE;
  }

  /** The part where a function is not negative that has both signs here. */
  Cone cut(Wall wall) {
    List<Wall> more = new ArrayList<>(walls);
    more.add(wall);
    for (int k = 0; k < lines.size(); k++) {
      if (wall.function().sign(lines.get(k)) != 0) {
        return cutLine(more, wall.function(), k);
      }
    }
    return new Cone(more, lines, cutRays(wall.function()));
  }

  /**
   * A line leaves the wall: half of it becomes a ray, the others are moved along it to the wall.
   */
  private Cone cutLine(List<Wall> more, Vector function, int index) {
    Vector found = lines.get(index);
    Vector line = function.sign(found) > 0 ? found : found.negated();
    BigInteger step = function.times(line);
    List<Vector> otherLines = new ArrayList<>();
    for (int k = 0; k < lines.size(); k++) {
      if (k != index) {
        Vector other = lines.get(k);
        otherLines.add(other.combined(step, function.times(other).negate(), line));
      }
    }
    List<Ray> moved = new ArrayList<>();
    for (Ray ray : rays) {
      Vector at = ray.at().combined(step, function.times(ray.at()).negate(), line);
      moved.add(new Ray(at, with(ray.walls(), walls.size())));
    }
    BitSet all = new BitSet();
    all.set(0, walls.size());
    moved.add(new Ray(line, all));
    return new Cone(more, otherLines, moved);
  }

  private List<Ray> cutRays(Vector function) {
    List<Ray> kept = new ArrayList<>();
    List<Ray> positive = new ArrayList<>();
    List<Ray> negative = new ArrayList<>();
    for (Ray ray : rays) {
      int sign = function.sign(ray.at());
      if (sign == 0) {
        kept.add(new Ray(ray.at(), with(ray.walls(), walls.size())));
      } else {
        (sign > 0 ? positive : negative).add(ray);
      }
    }
    kept.addAll(positive);
    for (Ray p : positive) {
      for (Ray n : negative) {
        BitSet common = (BitSet) p.walls().clone();
        common.and(n.walls());
        if (isEdge(common, p, n)) {
          BigInteger a = function.times(n.at()).negate();
          Vector at = p.at().combined(a, function.times(p.at()), n.at());
          kept.add(new Ray(at, with(common, walls.size())));
        }
      }
    }
    return kept;
  }

  /** Whether two rays span a face: no third one lies on all of their common walls. */
  private boolean isEdge(BitSet common, Ray p, Ray n) {
    for (Ray ray : rays) {
      if (ray != p && ray != n && isWithin(common, ray.walls())) {
        return false;
      }
    }
    return true;
  }

  static boolean isWithin(BitSet part, BitSet whole) {
    for (int k = part.nextSetBit(0); k >= 0; k = part.nextSetBit(k + 1)) {
      if (!whole.get(k)) {
        return false;
      }
    }
    return true;
  }

  private static BitSet with(BitSet set, int one) {
    BitSet more = (BitSet) set.clone();
    more.set(one);
    return more;
  }

  /** A point inside, at a finite place, in general position as far as that is easily had. */
  Vector inside() {
    int size = walls.get(0).function().size();
    Vector sum = rays.get(0).at();
    for (int k = 1; k < rays.size(); k++) {
      // Like weights would put it on symmetry axes, where networks written by hand have borders.
      BigInteger weight = BigInteger.valueOf(100 + (37L * k * k + 11L * k) % 97);
      sum = sum.combined(BigInteger.valueOf(101), weight, rays.get(k).at());
    }
    for (int k = 0; k < lines.size(); k++) {
      BigInteger weight = sum.entry(size - 1).multiply(BigInteger.valueOf(7 + 4L * k));
      BigInteger unit = BigInteger.valueOf(60).multiply(BigInteger.valueOf(101));
      sum = sum.combined(unit, weight, lines.get(k));
    }
    return sum;
  }

  /** The signs of the walls at a point: 1 if it is inside, 0 on the border, -1 outside. */
  int holds(Vector point) {
    int least = 1;
    for (Wall wall : walls) {
      least = Math.min(least, wall.function().sign(point));
      if (least < 0) {
        return -1;
      }
    }
    return least;
  }
}
